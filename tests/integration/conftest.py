"""A companion on a real store in a temporary folder, its clock at a Sunday noon, and ways to call it."""

import errno
import os
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

import companion.store
from companion.reading.pages import PageReader
from companion.settings import Settings
from companion.web.app import create_app
from companion.web.busy_refresher import BusyRefresher
from companion.web.context import Companion
from companion.web.housekeeping import Housekeeping
from companion.web.launch import cookie_name, csrf_token, let_in
from tests.integration.calendar_site import OnThisMachine, calendar_site
from tests.integration.commands import serving

PORT = 7715
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
EXTENSION = "chrome-extension://" + "a" * 32
CONTROL = "the-control-secret"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

ARTICLE = (
    "<!doctype html><html lang=nl><head><title>Ploegendienst zonder schuldgevoel | Vakblad Slaap</title>"
    '<meta property="og:site_name" content="Vakblad Slaap"></head>'
    "<body><article><h1>Ploegendienst zonder schuldgevoel</h1>"
    + "<p>Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het verzuim daalde fors.</p>" * 20
    + "</article></body></html>"
)
# As it is saved in a file, which has to say its address itself.
PAGE = ARTICLE.replace("<head>", "<head><link rel=canonical href=https://example.com/story>")


def capture(**changes):
    """A capture of an article, as the extension sends it."""
    return {
        "id": str(uuid4()),
        "url": "https://vakblad.example/slaap/ploegendienst",
        "title": "Ploegendienst zonder schuldgevoel | Vakblad Slaap",
        "html": ARTICLE,
        "captured_at": "2026-11-21T10:00:00Z",
        "client": {"name": "Kwartier for Chromium", "version": "0.1.0"},
        **changes,
    }


def kept_on_disk(running):
    """The files of the store's records, as they are."""
    return b"".join(path.read_bytes() for path in sorted(running.store.folder.glob("*.tsv")))


class Caller:
    """A test client that names the right host and, unless told otherwise, a valid token."""

    def __init__(self, app, token=None):
        self.client, self.token = app.test_client(), token

    def __call__(self, method, path, json=None, **more):
        headers = {"Host": HOST, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        headers |= more.pop("headers", {})
        return self.client.open(path, method=method, json=json, headers=headers, **more)

    def get(self, path, **more):
        return self("GET", path, **more)

    def post(self, path, json=None, **more):
        return self("POST", path, json, **more)


@pytest.fixture(scope="session")
def reader():
    """Reads pages in a process of its own, as it does for the companion."""
    with closing(PageReader()) as reader:
        yield reader


@pytest.fixture
def running(tmp_path, reader):
    store = companion.store.open(tmp_path / "data")
    settings = Settings(data=tmp_path / "data", zone=ZoneInfo("Europe/Amsterdam"))
    running = Companion(settings, store, PORT, CONTROL, clock=lambda: NOW, reader=reader)
    yield running
    running.links.stop()
    running.calendars.stop()
    store.close()


@pytest.fixture
def app(running):
    return create_app(running)


@pytest.fixture
def anyone(app):
    """A caller without a token."""
    return Caller(app)


@pytest.fixture
def api(app):
    """A program with a token of its own."""
    made = Caller(app, CONTROL).post("/api/control/tokens", {"name": "a program"})
    return Caller(app, made.json["token"])


@pytest.fixture
def browser(app, running):
    """A browser that was let in; `browser.csrf` is the token of its forms."""
    caller = Caller(app)
    cookie = let_in(running.store, None, NOW)
    caller.client.set_cookie(cookie_name(running.store), cookie, domain="127.0.0.1")
    caller.csrf = csrf_token(cookie)
    return caller


def pair(app, origin=EXTENSION, browser="Chrome on Windows", **more):
    """An extension that the user let in: a caller with its token and origin."""
    extension = Caller(app)
    extension.origin = {"Origin": origin}
    asked = extension.post("/api/pairing", {"browser": browser, **more}, headers=extension.origin).json
    app.extensions["kwartier"].pairings.decide(asked["id"], True, NOW)
    path = f"/api/pairing/{asked['id']}"
    extension.pairing = extension.post(path, {"secret": asked["secret"]}, headers=extension.origin).json
    extension.token = extension.pairing["token"]
    return extension


@pytest.fixture
def extension(app):
    return pair(app)


@pytest.fixture
def item_id(api):
    return api.post("/api/captures", capture()).json["item"]["id"]


@pytest.fixture
def housekeeping(running):
    return Housekeeping(running)


@pytest.fixture
def fails(running, monkeypatch):
    """The disk answers the next write with a fault, after which nothing may be written."""

    def break_now():
        def fault(*_):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", fault)
            broken.setattr(os, "fdatasync", fault, raising=False)
            with pytest.raises(Exception, match="cannot be read or written"):
                running.store.singletons.put({"id": "x"})

    return break_now


@pytest.fixture
def data(tmp_path):
    return tmp_path / "a folder" / "data"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture(params=["running", "not running"])
def companion_state(request, data):
    """Each command is tried while a companion has the folder, and while none has."""
    if request.param == "not running":
        yield
        return
    with serving(data):
        yield


@pytest.fixture
def site():
    """A site that has a calendar."""
    with calendar_site() as site:
        yield site


@pytest.fixture
def nearby(running):
    """Calendars may lie on this machine."""
    running.calendars = BusyRefresher(running.store, running.settings.zone, lambda: running.clock(), OnThisMachine())
    yield
    running.calendars.stop()
