"""Make a regression case of a page on which extraction goes wrong, or must never go wrong.

    .venv/bin/python scripts/new_page_case.py URL-OR-FILE SLUG [--url ADDRESS]

It makes tests/pages/SLUG with page.html, the page without scripts and styles, as the extension sends it, and
expected.json, what is read of it now. Correct that by hand until it is what is right; tests/unit/test_pages.py then
holds extraction to it. Cases are published with the project: replace words that are not yours to publish.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from companion.adding import WHY
from companion.editorial.extraction import extract, page_address
from companion.reading.answers import NotFetched
from companion.reading.fetch import fetch
from companion.records import Article

PAGES = Path(__file__).resolve().parent.parent / "tests" / "pages"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Our choice: F1 of runs of four words. A line too many in a short article costs about this much.
FLOOR = 0.97
PASSAGE_WORDS = 8
# Declarations (JSON-LD) stay, as they do in what the extension sends.
CODE = re.compile(
    r"<script\b(?![^>]*application/ld\+json)[^>]*>.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
DRAWING = re.compile(r"(<svg\b[^>]*>).*?(</svg\s*>)", re.IGNORECASE | re.DOTALL)
TO_CHECK = """\
Check in {file}:
  text       every paragraph of the article, headings and lists too, in its order; nothing else, no captions
  contains   passages that are easily lost: the lead, the first and last lines, what stands behind a break
  lacks      passages that easily slip in: menus, related articles, sharing, comments, captions
  title, authors, published, site_name, language, kind, image
Then: .venv/bin/python -m pytest tests/unit/test_pages.py -k {slug}"""


def main(arguments: list[str]) -> int:
    """Make the case and say what is to be checked; 1 where it cannot be made."""
    options = _parser().parse_args(arguments)
    try:
        folder = make_case(options.source, options.slug, options.url, PAGES)
    except (OSError, ValueError) as error:
        print(f"No case was made: {error}", file=sys.stderr)
        return 1
    print(TO_CHECK.format(file=folder / "expected.json", slug=options.slug))
    return 0


def make_case(source: str, slug: str, url: str | None, pages: Path) -> Path:
    """The folder of a new case. Raises ValueError, or FileExistsError where there is one of this name."""
    if not SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} is no slug: small letters and digits, with single dashes between them.")
    address, html = _page(source, url)
    page = without_code(html)
    expected = expectation(extract(page, address))
    folder = pages / slug
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(page, encoding="utf-8", newline="\n")
    written = json.dumps(expected, indent=2, ensure_ascii=False) + "\n"
    (folder / "expected.json").write_text(written, encoding="utf-8", newline="\n")
    return folder


def without_code(html: str) -> str:
    """The page without scripts, styles, comments and drawings, and otherwise as it is."""
    return DRAWING.sub(r"\1\2", CODE.sub("", html))


def expectation(article: Article) -> dict[str, Any]:
    """What a case expects, where all of it is right."""
    lines = article["text"].splitlines()
    return {
        "url": article["url"],
        "title": article["title"],
        "authors": article["authors"],
        "published": article["published"],
        "site_name": article["site_name"],
        "language": article["language"],
        "kind": article["kind"],
        "image": article["image"],
        "contains": [" ".join(line.split()[:PASSAGE_WORDS]) for line in lines[:1] + lines[1:][-1:]],
        "lacks": [],
        "floor": FLOOR,
        "text": lines,
    }


def _page(source: str, url: str | None) -> tuple[str, str]:
    """The address and the HTML."""
    if source.startswith(("http://", "https://")):
        try:
            fetched = fetch(source)
        except NotFetched as error:
            raise ValueError(f"{WHY[error.reason]}.") from error
        return url or fetched.url, fetched.html
    html = Path(source).read_text(encoding="utf-8", errors="replace")
    address = url or page_address(html)
    if address is None:
        raise ValueError("the file does not say which address it is of; name it with --url.")
    return address, html


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="URL-OR-FILE", help="a public address, or a page saved by a browser")
    parser.add_argument("slug", metavar="SLUG", help="the case's name, such as dutch-live-blog")
    parser.add_argument("--url", metavar="ADDRESS", help="the page's address, where it does not say that itself")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
