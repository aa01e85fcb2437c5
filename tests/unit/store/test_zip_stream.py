"""Archives made in parts are archives to everybody else, also those that are too large for the old kind."""

import io
import zipfile

from companion.store.backups import zip_stream
from companion.store.backups.zip_stream import ZipStream

ENTRIES = {f"texts/{number:02}/a.zlib": bytes([number]) * number for number in range(20)}
LINES = [b"a line\n", b"", b"another\n" * 1000]


def made(path):
    bundle = ZipStream()
    parts = [*bundle.deflated("records.tsv", lambda: iter(LINES))]
    for name, content in ENTRIES.items():
        parts += bundle.stored(name, content)
    path.write_bytes(b"".join([*parts, *bundle.end(b"a comment")]))
    return path


def test_everything_is_found_again(tmp_path):
    with zipfile.ZipFile(made(tmp_path / "all.zip")) as bundle:
        assert bundle.testzip() is None
        assert bundle.comment == b"a comment"
        assert {name: bundle.read(name) for name in bundle.namelist()} == {**ENTRIES, "records.tsv": b"".join(LINES)}
        assert {entry.external_attr >> 16 for entry in bundle.infolist()} == {0o100600}
        assert bundle.getinfo("records.tsv").compress_size < 200


def test_an_archive_may_be_empty(tmp_path):
    (tmp_path / "none.zip").write_bytes(b"".join(ZipStream().end(b"")))
    assert zipfile.ZipFile(tmp_path / "none.zip").namelist() == []


HOLE = 5 << 30


class BehindAHole(io.BytesIO):
    """A file whose content stands after five gigabytes that nobody reads."""

    def tell(self):
        return super().tell() + HOLE

    def seek(self, place, whence=0):
        return super().seek(place if whence else place - HOLE, whence) + HOLE


def test_an_entry_may_lie_further_than_the_old_kind_can_say():
    bundle = ZipStream()
    bundle._offset = HOLE
    content = b"".join([*bundle.stored("far.txt", b"far away"), *bundle.end(b"")])
    with zipfile.ZipFile(BehindAHole(content)) as read:
        assert read.read("far.txt") == b"far away"


def test_more_entries_than_the_old_kind_can_count(tmp_path):
    bundle = ZipStream()
    path = tmp_path / "many.zip"
    with path.open("wb") as file:
        for number in range(zip_stream.MOST_ENTRIES + 5):
            file.writelines(bundle.stored(str(number), b""))
        file.writelines(bundle.end(b""))
    with zipfile.ZipFile(path) as read:
        assert len(read.namelist()) == zip_stream.MOST_ENTRIES + 5
