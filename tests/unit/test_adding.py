"""What `kwartier add` sends, and what it says came of it."""

import json
from base64 import b64decode
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from companion import adding, contract
from companion.editorial.articles import FINAL
from companion.errors import Invalid, NotFound
from companion.settings import MAX_BODY_BYTES, Settings
from companion.web.client import connect
from tests.documents import SCANNED

URL = "https://vakblad.example/slaap"
PAGE = f"<html><head><link rel=canonical href={URL}></head><body><p>Gelezen.</body></html>"


class Companion:
    """Answers with these items, one after the other."""

    def __init__(self, *items, known=False):
        self.known = known
        self.items = [
            {"id": "a1", "article": {"title": "Slaap", "url": URL, "kind": "article"}, "link_only": True, **item}
            for item in items
        ]
        self.asked = []

    def post(self, path, record):
        self.asked.append(path)
        item = self.items.pop(0)
        return {"item": item, "article": item["article"], "known": self.known}

    def get(self, path):
        self.asked.append(path)
        if self.items[0]["id"] == "gone":
            raise NotFound("There is no such item.")
        return self.items.pop(0) if len(self.items) > 1 else self.items[0]


WAITS = {"fetch": "waiting"}
READ = {"fetch": None, "link_only": False}


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch):
    monkeypatch.setattr(adding, "LOOK_SECONDS", 0)


def said(*items, seconds=5, **more):
    return adding.add(Companion(*items, **more), {}, seconds)


def test_it_waits_until_the_page_is_read():
    companion = Companion(WAITS, WAITS, WAITS, READ)
    assert adding.add(companion, {}) == "Saved: Slaap"
    assert companion.asked == ["/api/captures"] + ["/api/items/a1"] * 3


@pytest.mark.parametrize("reason", [reason for reason in adding.WHY if reason != "waiting"])
def test_every_reason_has_words_and_a_way_on_where_there_is_one(reason):
    way_on = "" if reason in FINAL else f" Open {URL} and click Kwartier's icon there."
    assert said(WAITS, {"fetch": reason}) == f"Saved as a link only: {adding.WHY[reason]}.{way_on}"


def test_a_pdf_is_opened_in_a_browser_that_lets_kwartier_into_it_unless_it_is_too_large():
    article = {"title": "Slaap", "url": URL, "kind": "pdf"}
    assert said({"fetch": "login", "article": article}).endswith(
        f" Open {URL} in Chrome or Edge and click Kwartier's icon there."
    )
    assert said({"fetch": "too_large", "article": article}) == "Saved as a link only: the page is too large."


def test_every_reason_of_the_contract_is_known():
    choices = json.loads(Path("shared_schema/item.json").read_text("utf-8"))["properties"]["fetch"]["anyOf"][0]["enum"]
    assert adding.WHY.keys() == set(choices)


@pytest.mark.parametrize(
    ("items", "known", "line"),
    [
        ([READ], False, "Saved: Slaap"),
        ([{"fetch": None}], False, "Saved as a link only: no article was found in the page."),
        ([READ], True, "Known already: Slaap"),
        ([{"fetch": "too_slow"}], True, "Known already: Slaap"),
        ([WAITS, READ], True, "Saved: Slaap"),
        ([WAITS, {"id": "gone"}], False, "Known already: Slaap"),
    ],
)
def test_what_is_kept_is_said(items, known, line):
    assert said(*items, known=known).startswith(line)


def test_a_companion_is_understood_where_an_item_is_gone(tmp_path):
    with connect(Settings(data=tmp_path, zone=ZoneInfo("Europe/Amsterdam"))) as client, pytest.raises(NotFound):
        client.get("/api/items/gone")


def test_it_does_not_wait_for_ever():
    assert "has not come yet" in said(WAITS, WAITS, seconds=0.05)


def test_a_link_may_be_fetched():
    capture = adding.capture_of(URL, None, "Mijn kijk.")
    assert (capture["url"], capture["fetch"], capture["commentary"]) == (URL, True, "Mijn kijk.")
    assert contract.check("capture", capture) == []


def test_a_saved_page_goes_along_under_its_own_address_or_the_given_one(tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text(PAGE, encoding="utf-8")
    capture = adding.capture_of(str(saved), None, "")
    assert (capture["url"], capture["html"], "fetch" in capture) == (URL, PAGE, False)
    assert adding.capture_of(str(saved), "https://a.example/", "")["url"] == "https://a.example/"
    assert contract.check("capture", capture) == []


def test_no_saved_page_passes_for_a_copy_of_the_extensions(tmp_path):
    saved = tmp_path / "page.html"
    for mark in ("data-kwartier", "DATA-Kwartier", "data-kw\0artier"):
        saved.write_text(f'<html {mark}="seen"><p hidden>Gelezen.', encoding="utf-8")
        assert adding.capture_of(str(saved), URL, "")["html"] == '<html data-elsewhere="seen"><p hidden>Gelezen.'


def test_a_pdf_goes_along_as_it_is(tmp_path):
    saved = tmp_path / "rapport"
    saved.write_bytes(SCANNED)
    capture = adding.capture_of(str(saved), URL, "")
    assert (b64decode(capture["pdf"]), "html" in capture) == (SCANNED, False)
    assert contract.check("capture", capture) == []
    with pytest.raises(Invalid, match="--url"):
        adding.capture_of(str(saved), None, "")


def test_the_largest_pdf_that_is_taken_fits_into_a_capture(tmp_path):
    saved = tmp_path / "rapport.pdf"
    saved.write_bytes(b"%PDF-".ljust(adding.MOST_PDF_BYTES))
    capture = adding.capture_of(str(saved), URL, "x" * 50_000)
    assert contract.check("capture", capture) == []
    assert len(json.dumps(capture)) < MAX_BODY_BYTES
    saved.write_bytes(b"%PDF-".ljust(adding.MOST_PDF_BYTES + 1))
    with pytest.raises(Invalid, match="by its address"):
        adding.capture_of(str(saved), URL, "")


def test_a_page_without_an_address_and_a_file_that_is_not_there_are_refused(tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text("<p>Gelezen.", encoding="utf-8")
    with pytest.raises(Invalid, match="--url"):
        adding.capture_of(str(saved), None, "")
    with pytest.raises(Invalid, match="cannot be read"):
        adding.capture_of(str(tmp_path / "none.html"), None, "")
