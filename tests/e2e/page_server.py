"""A small web site with articles and a feed, on a host that the extension has no permission for."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HOST = "page.test"

ENGLISH_TITLE = "Courts begin to accept machine-drafted contracts"
ENGLISH_QUOTE = "a contract that nobody has read is still a contract"
DUTCH_TITLE = "Toezichthouder vraagt uitleg bij elk besluit van een algoritme"
PLAIN_TITLE = "How law firms price work that software now does"

ENGLISH_TEXT = [
    "For two decades lawyers have asked what happens when software writes the words that bind. This spring the "
    "question reached three appeal courts within a month, and all three answered it in much the same way.",
    "The judges held that a contract that nobody has read is still a contract, as long as somebody chose to be bound "
    "by it. What counts is the choice, they wrote, and not the hand that held the pen.",
    "For the firms that advise on these documents the ruling changes less than it seems. Their clients still want to "
    "know what they are signing, and a document that was drafted in a minute takes as long to read as before.",
    "What does change is the order of the work. Review now comes first, drafting last, and the price follows the "
    "review. Two of the larger firms have already moved their fees from hours to outcomes.",
    "The courts left one question open: who bears the loss when the software was wrong and nobody could have known. "
    "Until that is settled, insurers ask for a named lawyer beside every document that leaves the building.",
]
DUTCH_TEXT = [
    "De toezichthouder vraagt vanaf komend voorjaar van elke organisatie dat zij kan uitleggen hoe een algoritme tot "
    "een besluit over een mens is gekomen. Dat blijkt uit de richtlijn die deze week is verschenen.",
    "De uitleg moet begrijpelijk zijn voor wie het besluit treft, en niet alleen voor de makers. Een verwijzing naar "
    "het model of naar de leverancier is daarvoor uitdrukkelijk niet genoeg.",
    "Juristen wijzen erop dat de plicht niet nieuw is: zij volgt al uit de wet. Nieuw is dat de toezichthouder zegt "
    "hoe hij haar leest, en dat hij daar vanaf de zomer ook op gaat controleren.",
    "Voor kleinere organisaties komt er een jaar uitstel. In dat jaar wil de toezichthouder voorbeelden verzamelen van "
    "uitleg die mensen werkelijk hielp om te begrijpen wat er over hen besloten was.",
]
PLAIN_TEXT = [
    "Ask a partner what an hour costs and the answer comes at once. Ask what an answer costs and the room goes quiet, "
    "because for a century nobody in the profession had to know.",
    "Software has changed that. Work that took a junior two days is now done before lunch, and a client who knows this "
    "no longer accepts a bill for the two days.",
    "Some firms have begun to price by the question. They look back over a thousand files, work out what each kind of "
    "question was worth to the client, and publish the list.",
    "The first results are better than expected: fewer disputes about bills, more work from the same clients, and "
    "juniors who leave the office at six.",
]

ARTICLE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8"><title>{title} | The Page Test Review</title>
<link rel="canonical" href="{canonical}">
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="og:site_name" content="The Page Test Review">
<meta name="author" content="{author}">
<meta property="article:published_time" content="2026-03-12T07:30:00Z">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{title}",
"author": {{"@type": "Person", "name": "{author}"}}, "datePublished": "2026-03-12T07:30:00Z"}}</script>
</head>
<body>
<header><nav><a href="/feed">Latest</a></nav></header>
<main><article><h1>{title}</h1><p class="byline">By {author}</p>
{paragraphs}
</article></main>
</body>
</html>"""

FEED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Latest stories</title></head>
<body><main><h1>Latest stories</h1>
{entries}
</main></body></html>"""

LOGIN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Log in</title></head>
<body><main><h1>Log in</h1><form action="/login"><input type="hidden" name="to" value="{path}">
<label>E-mail <input type="email" name="name"></label><label>Password <input type="password" name="secret"></label>
<button>Log in</button></form><p><a href="/login/forgotten">Forgotten your password?</a></p></main></body></html>"""
LOGGED_IN = "member=yes"


class PageServer:
    """Serves the site until it is stopped."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.port = self._server.server_port
        # What a test adds to the site: by its path HTML, or a body with its content type. And every path asked for.
        self.added: dict[str, str | tuple[bytes, str]] = {}
        self.asked: list[str] = []
        # The paths of pages that are for who has logged in.
        self.members: set[str] = set()

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str) -> str:
        """The address of a page, as a reader sees it."""
        return f"http://{HOST}:{self.port}{path}"

    def page(self, path: str) -> str | tuple[bytes, str] | None:
        """What is at a path, whatever its query: HTML, or a body with its content type; None where there is nothing."""
        if path in self.added:
            return self.added[path]
        match path.strip("/").split("/"):
            case ["feed"]:
                return _feed()
            case ["english", *_]:
                return self._article("/english", "en", ENGLISH_TITLE, "Anna de Wit", ENGLISH_TEXT)
            case ["dutch"]:
                return self._article("/dutch", "nl", DUTCH_TITLE, "Bram Visser", DUTCH_TEXT)
            case ["plain"]:
                return self._article("/plain", "en", PLAIN_TITLE, "Carla Smit", PLAIN_TEXT)
            case ["numbered", number] if number.isdecimal():
                return self._article(f"/numbered/{number}", "en", numbered_title(number), "Dirk Jan", PLAIN_TEXT)
        return None

    def _article(self, path: str, language: str, title: str, author: str, text: list[str]) -> str:
        paragraphs = "\n".join(f'<p id="p{number}">{paragraph}</p>' for number, paragraph in enumerate(text))
        return ARTICLE.format(
            language=language, title=title, author=author, canonical=self.url(path), paragraphs=paragraphs
        )


def numbered_title(number: str | int) -> str:
    """The title of one of the many articles that differ in their number only."""
    return f"Letter number {number} to a young lawyer"


def _feed() -> str:
    titles = [ENGLISH_TITLE, DUTCH_TITLE, PLAIN_TITLE, *(numbered_title(number) for number in range(1, 20))]
    entries = (f'<div><h2><a href="/numbered/{n}">{title}</a></h2><p>Today</p></div>' for n, title in enumerate(titles))
    return FEED.format(entries="\n".join(entries))


def _handler_of(site: PageServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path == "/login":
                self._let_in(query["to"][0])
                return
            is_member = LOGGED_IN in self.headers.get("Cookie", "")
            found = site.page(path) if is_member or path not in site.members else LOGIN.format(path=path)
            page = found or "<title>Not here</title>"
            body, content_type = page if isinstance(page, tuple) else (page.encode(), "text/html; charset=utf-8")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _let_in(self, path: str) -> None:
            self.send_response(303)
            self.send_header("Set-Cookie", LOGGED_IN)
            self.send_header("Location", path)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """The tests' output is not the place for an access log."""

    return Handler
