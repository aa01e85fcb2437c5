"""English and Dutch are both complete, in the companion's pages and in the extension."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
WEB = ROOT / "companion" / "web"
CATALOGS = sorted((WEB / "translations").glob("*/LC_MESSAGES/messages.po"))
LOCALES = ROOT / "extension" / "_locales"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def spoken() -> set[str]:
    """Every sentence that the companion's pages and messages mark for translation."""
    found = extract_from_dir(str(WEB.parent), METHODS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def test_there_is_a_dutch_catalog():
    assert "nl" in {path.parent.parent.name for path in CATALOGS}


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_every_sentence_is_translated(path):
    known = {(m.id if isinstance(m.id, str) else m.id[0]): m for m in catalog(path) if m.id}
    missing = sorted(spoken() - set(known))
    assert not missing, f"not in {path.name}: {missing}"
    unfinished = [
        name
        for name, message in known.items()
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert not unfinished, f"without a translation: {unfinished}"


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_nothing_is_translated_that_is_said_nowhere(path):
    unused = {(m.id if isinstance(m.id, str) else m.id[0]) for m in catalog(path) if m.id} - spoken()
    assert not unused, f"said nowhere: {sorted(unused)}"


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)
def test_translations_fill_in_the_same_values(path):
    wrong = [
        message.id
        for message in catalog(path)
        if message.id and isinstance(message.id, str) and isinstance(message.string, str)
        if set(PLACEHOLDER.findall(message.id)) != set(PLACEHOLDER.findall(message.string))
    ]
    assert not wrong, f"other placeholders than the original: {wrong}"


def extension_messages(locale: str) -> dict[str, dict]:
    return json.loads((LOCALES / locale / "messages.json").read_text("utf-8"))


def test_the_extension_says_the_same_things_in_both_languages():
    english, dutch = extension_messages("en"), extension_messages("nl")
    assert set(english) == set(dutch)
    blank = [key for key, entry in [*english.items(), *dutch.items()] if not entry["message"].strip()]
    assert not blank


def test_the_extension_fills_in_the_same_values_in_both_languages():
    english, dutch = extension_messages("en"), extension_messages("nl")
    wrong = [
        key
        for key in english
        if sorted(english[key].get("placeholders", {})) != sorted(dutch[key].get("placeholders", {}))
        or set(re.findall(r"\$\w+", english[key]["message"])) != set(re.findall(r"\$\w+", dutch[key]["message"]))
    ]
    assert not wrong
