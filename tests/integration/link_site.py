"""A site for links to lead to: one article, a shortened link to it, documents, and pages of other sorts."""

from http.server import BaseHTTPRequestHandler

from tests.documents import BROKEN, LOCKED, SCANNED, document, paragraphs
from tests.integration.conftest import ARTICLE

REPORT = document(paragraphs("Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken. " * 9))
LOGIN = "<title>Inloggen</title><form>Wachtwoord <input type=password></form><p>Wachtwoord vergeten?</p>"
HEADLINES = [f"<h3><a href=/{n}>Nieuws van dag {n} uit de stad</a></h3>" for n in range(9)]
PAGES = {
    "/": (200, "text/html", "".join(HEADLINES)),
    "/article": (200, "text/html", ARTICLE),
    "/app": (200, "text/html", "<title>React App</title><p>You need to enable JavaScript to run this app."),
    "/empty": (200, "text/html", "<title>Nothing here</title>"),
    "/gone": (404, "text/html", "gone"),
    "/closed": (401, "text/html", "closed"),
    "/closed.pdf": (403, "text/html", "closed"),
    "/login": (200, "text/html", LOGIN),
    "/file": (200, "application/zip", "PK"),
    "/report": (200, "application/pdf", REPORT),
    "/saved": (200, "application/octet-stream", REPORT),
    "/scan.pdf": (200, "application/pdf", SCANNED),
    "/locked.pdf": (200, "application/pdf", LOCKED),
    "/broken.pdf": (200, "application/pdf", BROKEN),
    "/no.pdf": (200, "application/pdf", "<p>No PDF."),
}


REDIRECTS = {
    "/private.pdf": "/login",
    "/old-article": "/",
    "/older-article": "/",
    "/short": "/article?utm_source=short",
    "/signs": "/article?x=a b<c>\x01",
    "/accents": "/article?x=" + "\u00e9" * 500,
    "/long": "/article?x=" + "a" * 2500,
    "/far": "/article#" + "b" * 2500,
}


class Site(BaseHTTPRequestHandler):
    """A site with one article, a shortened link to it, and pages of other sorts."""

    def do_GET(self):
        if self.path in REDIRECTS:
            self.send_response(302)
            self.send_header("Location", REDIRECTS[self.path])
            self.end_headers()
            return
        status, kind, text = PAGES[self.path.partition("?")[0]]
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode() if isinstance(text, str) else text)

    def log_message(self, *_):
        """Nothing to say."""
