"""What a page says of itself: title, authors, date, site, language, address, image, summary and kind.

Each file looks for one of them, in the order of trust that was measured: on 127 news pages of 2023-26 and 1,260 older
ones, of which a third, by host, was kept aside.
"""

from companion.editorial.metadata.authors import authors
from companion.editorial.metadata.dates import published
from companion.editorial.metadata.kinds import kind
from companion.editorial.metadata.languages import language
from companion.editorial.metadata.page import Page, address
from companion.editorial.metadata.previews import excerpt, image
from companion.editorial.metadata.sites import site_name
from companion.editorial.metadata.titles import title

__all__ = [
    "Page",
    "address",
    "authors",
    "excerpt",
    "image",
    "kind",
    "language",
    "published",
    "site_name",
    "title",
]
