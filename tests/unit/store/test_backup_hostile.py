"""Archives that nobody should unpack are refused before anything is written, and so is what only looks like a backup."""

import gzip
import hashlib
import io
import os
import stat
import struct
import zipfile
import zlib

import orjson
import pytest

import companion.store
from companion.errors import KwartierError, StoreError
from companion.store.backups import bundles
from companion.store.backups.archive import RECORDS
from companion.store.journal.lines import encode, header
from companion.store.journal.snapshots import State, snapshot_lines
from tests.unit.store.backups import item, put_back, saved

TEXT = "texts/" + "ab/" + "c" * 62 + ".zlib"


def snapshot(items=()):
    tables = {"items": {record["id"]: orjson.dumps(record) for record in items}}
    return b"".join(snapshot_lines(State(1, tables), 1))


def archived(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in entries.items():
            bundle.writestr(name, content)
    return path


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"other.json": "{}"},
        {RECORDS: snapshot(), "../evil": "x"},
        {RECORDS: snapshot(), "/etc/passwd": "x"},
        {RECORDS: snapshot(), "C:\\evil": "x"},
        {RECORDS: snapshot(), "texts/../../evil.zlib": "x"},
        {RECORDS: snapshot(), "texts/ab/../" + "c" * 62 + ".zlib": "x"},
        {RECORDS: snapshot(), TEXT + "\n": "x"},
        {RECORDS: snapshot(), "config.toml": "port = 1"},
        {RECORDS: snapshot(), link(TEXT): "/etc/passwd"},
        {link(RECORDS): "/etc/passwd"},
        {RECORDS: snapshot(), "kwartier.json": "{}"},
        {RECORDS: snapshot(), TEXT: "\0" * 10_000_000},
        {RECORDS: "\0" * 10_000_000},
        {"kwartier.json": " " * 10_000_000},
    ],
    ids=[
        "empty",
        "something else",
        "path upwards",
        "absolute path",
        "drive",
        "path upwards inside",
        "path upwards between",
        "line feed",
        "settings",
        "link as a text",
        "link as the records",
        "two kinds of records",
        "bomb as a text",
        "bomb as the records",
        "bomb as the first version's records",
    ],
)
def test_a_hostile_archive_is_refused_before_anything_is_written(tmp_path, entries):
    target = tmp_path / "deep" / "folder"
    with pytest.raises(StoreError, match="Nothing was restored"):
        put_back(archived(tmp_path / "all.zip", entries), target)
    assert not target.parent.exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_one_name_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as bundle:
        bundle.writestr(RECORDS, snapshot())
        bundle.writestr(RECORDS, snapshot())
    with pytest.raises(StoreError, match="never has"):
        put_back(tmp_path / "all.zip", tmp_path / "new")


@pytest.mark.parametrize("told", [1_000_001, 1], ids=["told", "kept secret"])
def test_a_million_entries_are_refused_without_an_object_for_each(tmp_path, monkeypatch, told):
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *[0] * 4, 0, 0, 0, 1, *[0] * 4, 0, 0) + b"x"
    directory = entry * 1_000_001
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, told & 0xFFFF, told & 0xFFFF, len(directory), 0, 0)
    (tmp_path / "all.zip").write_bytes(directory + end)
    assert zipfile.ZipFile(io.BytesIO(entry * 3 + end[:12] + struct.pack("<L", len(entry * 3)) + end[16:])).namelist()
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(StoreError, match="not a backup"):
        put_back(tmp_path / "all.zip", tmp_path / "new")


class Unpacked:
    """Counts what is unpacked of the records."""

    def __init__(self, monkeypatch):
        self.bytes = 0
        for kind in (zipfile.ZipExtFile, gzip.GzipFile):
            monkeypatch.setattr(kind, "readline", self.counting(kind.readline))

    def counting(self, readline):
        def read(file, *limit):
            line = readline(file, *limit)
            self.bytes += len(line)
            return line

        return read


@pytest.mark.parametrize("kind", ["archive", "dated"])
@pytest.mark.parametrize(
    "lines",
    [
        lambda: os.urandom(100_000).hex().encode() * 200,
        lambda: b"x\n" * 10_000_000,
        lambda: (
            snapshot().splitlines(keepends=True)[0] + os.urandom(100_000).hex().encode() + b"\n" + b"x\n" * 9_000_000
        ),
    ],
    ids=["one line", "many lines", "many lines after a good one"],
)
def test_of_what_are_no_records_little_is_unpacked(tmp_path, monkeypatch, kind, lines):
    source, content = tmp_path / "backup", lines()
    if kind == "archive":
        monkeypatch.setattr(bundles, "MAX_RATIO", 1 << 20)
        archived(source, {RECORDS: content})
    else:
        source.write_bytes(gzip.compress(content))
    unpacked = Unpacked(monkeypatch)
    with pytest.raises(StoreError, match="Nothing was restored"):
        put_back(source, tmp_path / "new")
    assert 0 < unpacked.bytes < 1_500_000


def test_a_line_feed_at_the_front_and_the_mark_of_windows_are_no_fault(store, tmp_path):
    item(store, "a", "a text")
    content = saved(store, tmp_path / "all.json").read_bytes()
    (tmp_path / "all.json").write_bytes(b"\xef\xbb\xbf\r\n" + content)
    assert put_back(tmp_path / "all.json", tmp_path / "new").items == 1


def test_many_small_entries_are_counted(store, tmp_path, monkeypatch):
    for number in range(4):
        item(store, str(number), f"text {number}")
    source = saved(store, tmp_path / "all.zip")
    monkeypatch.setattr(bundles, "MAX_ENTRIES", 8)
    with pytest.raises(StoreError, match="not a backup"):
        put_back(source, tmp_path / "new")


def test_a_small_text_that_unpacks_without_end_is_stopped(tmp_path):
    bomb = zlib.compress(b"\0" * 300_000_000)
    name = hashlib.sha256(b"something else").hexdigest()
    record = {"id": "a", "number": 1, "text_hash": name, "page_hash": None, "article": {"title": "A"}}
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as bundle:
        bundle.writestr(RECORDS, snapshot([record]))
        bundle.writestr(f"texts/{name[:2]}/{name[2:]}.zlib", bomb)
    with pytest.raises(StoreError, match="damaged"):
        put_back(path, tmp_path / "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["all.zip"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a backup"),
        (b"something else", "not a backup"),
        (b"<!doctype html><title>Log in</title>", "not a backup"),
        (b"PK\3\4 and no more", "damaged"),
        (b"\x1f\x8b and no more", "not a backup"),
        (gzip.compress(b"something else\n", mtime=0), "not a backup"),
        (b"[]", "not a backup"),
        (b"{}", "not a backup"),
        (b'{"kwartier": 2}', "not a backup"),
        (b"null", "not a backup"),
        (b"{", "not JSON that can be read"),
        (b"\xef\xbb\xbf {", "not JSON that can be read"),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path, content, said):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(StoreError, match=rf"{said}.*[Nn]othing was restored"):
        put_back(tmp_path / "file", tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        snapshot()[:-10],
        snapshot()[:-1].rpartition(b"\n")[0] + b"\n",
        encode(1, [header("snapshot", 1)]) + encode(1, [("items", "a", b"no JSON")]),
        encode(1, [("kwartier", "end", b"{}")]),
        encode(1, [("kwartier", "header", b"7")]),
        b"%08x\tno number\n" % zlib.crc32(b"no number"),
    ],
    ids=["empty", "cut in a line", "without its end", "no record", "no header", "strange header", "strange line"],
)
@pytest.mark.parametrize("kind", ["archive", "dated"])
def test_records_that_are_not_whole_are_refused(tmp_path, lines, kind):
    source = tmp_path / "backup"
    if kind == "archive":
        archived(source, {RECORDS: lines})
    else:
        source.write_bytes(gzip.compress(lines))
    with pytest.raises(StoreError, match="Nothing was restored"):
        put_back(source, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_bomb_as_a_dated_backup_is_refused(tmp_path):
    source = tmp_path / "2026-11-22.tsv.gz"
    source.write_bytes(gzip.compress(b"0\n" * 50_000_000))
    with pytest.raises(StoreError, match="Nothing was restored"):
        put_back(source, tmp_path / "new")


def newer_snapshot():
    about = orjson.dumps({"kind": "snapshot", "format": 3, "generation": 1})
    return encode(1, [("kwartier", "header", about)])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("all.json", b'{"kwartier": 3, "tables": {}, "texts": {}}'),
        ("kwartier.json", b'{"items": {}, "singletons": {"format": {"id": "format", "version": 3}}}'),
        ("2026-11-22.tsv.gz", gzip.compress(newer_snapshot(), mtime=0)),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KwartierError, match="newer Kwartier"):
        put_back(tmp_path / name, tmp_path / "new")
    with pytest.raises(KwartierError, match="newer Kwartier"):
        put_back(archived(tmp_path / "all.zip", {RECORDS: newer_snapshot()}), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_largest_text_that_is_kept_comes_back(store, tmp_path):
    """Five million times the same letter, which shrinks a thousand times."""
    item(store, "a", "é" * 5_000_000)
    put_back(saved(store, tmp_path / "all.zip"), tmp_path / "new")
    again = companion.store.open(tmp_path / "new")
    assert len(again.texts.get(again.items.find("a")["text_hash"])) == 5_000_000
    again.close()
