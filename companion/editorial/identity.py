"""When two addresses are one article: the identity URL.

The extension decides the same way in `identity.js`; both are held to the cases in
`shared_schema/examples/identity-cases.json`.
"""

import re
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit

from companion.editorial.places import is_post_place, is_video_place

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "__s_")
TRACKING_PARAMETERS = frozenset(
    """
    __hsfp __hssc __hstc _ga _gl _hsenc _hsmi _openstat at_campaign at_medium cmpid dclid fbclid gbraid gclid
    guccounter guce_referrer guce_referrer_sig hsctatracking igsh igshid li_fat_id lipi mc_cid mc_eid mkt_tok
    ml_subscriber ml_subscriber_hash msclkid ns_campaign ns_fee ns_linkname ns_mchannel ns_source oly_anon_id
    oly_enc_id rb_clickid rcm ref_src ref_url refid s_cid sc_cid spm srsltid trackingid trk ttclid twclid vero_conv
    vero_id wbraid wickedid wt.mc_id wt_mc yclid
    """.split()
)
DEFAULT_PORTS = {"http": 80, "https": 443}
# As the contract limits addresses and the signs in a host.
LONGEST = 2000
HOST = re.compile(r"[^\s/?#@\\\x00-\x1f\x7f]+")
# Subdomains under which sites serve the same article to phones or caches.
SITE_VARIANTS = re.compile(r"^(www|m|mobile|amp)\.")
# A video is told by its `v` alone; beside it stand the second, the list and who shared it.
WATCHED = re.compile(r"(?:[\w-]+\.)*youtube\.com/watch$")
# Fragments that lead to another page of an application, not to a place in this one.
ROUTES = ("!/", "/")


def identity_url(url: str, canonical: str | None = None) -> str:
    """The address that stands for the article at `url`.

    The page's own canonical address counts where it is on the same site and does not merely name the home page; not
    on a page of a post or a video, where it may be that of the one before. Both are http(s) addresses; a canonical
    that is not one is ignored.
    """
    address = urlsplit(url)
    if canonical and not _is_loaded_into_another(url, address) and (named := _usable(canonical, address)):
        return _normal(named)
    return _normal(address)


def _is_loaded_into_another(url: str, address: SplitResult) -> bool:
    """Whether the page may be one in an application that leaves what it declared for the page before."""
    return address.fragment.startswith(ROUTES) or is_post_place(url) or is_video_place(url)


def web_address(found: str) -> str | None:
    """The address in what stood where anything may stand, as a record may hold it: without user name and password.

    None where there is none, or one that is too long.
    The rule is that of `web_address.json`, for processes that start too often to load what judges records.
    """
    try:
        address = _escaped_parts(urlsplit(found.strip()))
    except ValueError:
        return None
    is_usable = address.scheme in DEFAULT_PORTS and address.port != 0 and HOST.fullmatch(address.netloc)
    return address.geturl() if is_usable and len(address.geturl()) <= LONGEST else None


def _escaped_parts(address: SplitResult) -> SplitResult:
    """As browsers write it. Raises ValueError for a host that none would look up."""
    netloc = _host(address) + (f":{address.port}" if address.port is not None else "")
    netloc.encode("idna")
    path, query, fragment = map(_escaped, address[2:])
    return SplitResult(address.scheme, netloc, path, query, fragment)


def _usable(canonical: str, address: SplitResult) -> SplitResult | None:
    try:
        named = urlsplit(canonical)
        named_site, site = _site(named), _site(address)
    except ValueError:
        return None
    names_home = named.path in ("", "/") and not named.query and address.path not in ("", "/")
    is_usable = named.scheme.lower() in DEFAULT_PORTS and named_site == site and not names_home
    return named if is_usable else None


def _site(address: SplitResult) -> tuple[str, int | None]:
    return SITE_VARIANTS.sub("", _host(address)), _port(address)


def _normal(address: SplitResult) -> str:
    port = _port(address)
    host = _host(address) + (f":{port}" if port else "")
    path = _escaped(address.path.rstrip("/") or "/")
    fragment = _escaped(address.fragment) if address.fragment.startswith(ROUTES) else ""
    is_watched = WATCHED.match(f"{host}{path}") is not None
    query = _query("&".join(pair for pair in address.query.split("&") if not is_watched or pair.startswith("v=")))
    scheme = address.scheme.lower()
    return f"{scheme}://{host}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def _host(address: SplitResult) -> str:
    host = (address.hostname or "").lower()
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _port(address: SplitResult) -> int | None:
    return None if address.port == DEFAULT_PORTS.get(address.scheme.lower()) else address.port


def _query(query: str) -> str:
    kept = [pair for pair in query.split("&") if pair and not _is_tracking(pair)]
    return "&".join(sorted(map(_escaped, kept)))


def _is_tracking(pair: str) -> bool:
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _escaped(text: str) -> str:
    """Percent escapes as browsers write them, with capital digits."""
    text = quote(text, safe="%/?:@!$&'()*+,;=~-._[]|^`{}")
    return re.sub("%[0-9a-f]{2}", lambda escape: escape.group().upper(), text, flags=re.IGNORECASE)
