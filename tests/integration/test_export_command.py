"""`kwartier export` writes each format, and an archive where it takes several files."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

import companion.store
from companion import exports
from companion.cli import main
from companion.editorial.curation import edit_item
from companion.editorial.planning.calendar import calendar, edit_slot
from companion.editorial.planning.placement import place
from tests.unit.planning import AMSTERDAM, queue


@pytest.fixture
def data(tmp_path):
    """Two posts ahead, on two channels."""
    folder, now = tmp_path / "data", datetime.now(UTC)
    with_store = companion.store.open(folder)
    ahead = [now.date() + timedelta(days=days) for days in (7, 35)]
    slots = [slot for slot in calendar(with_store, AMSTERDAM, *ahead) if slot["kind"] == "commentary"][:2]
    for number, slot in enumerate(slots, start=1):
        item_id = queue(with_store, number)
        edit_item(with_store, item_id, {"commentary": "Mijn kijk."}, now)
        place(with_store, item_id, slot["id"], AMSTERDAM, now)
    edit_slot(with_store, slots[1]["id"], {"channel": "X"}, AMSTERDAM)
    with_store.close()
    return folder


@pytest.fixture
def run(data, monkeypatch):
    monkeypatch.setenv("KWARTIER_ZONE", AMSTERDAM.key)
    return lambda *arguments: CliRunner().invoke(main, ["export", *map(str, arguments), "--data", str(data)])


@pytest.fixture
def export(run):
    def succeed(*arguments):
        done = run(*arguments)
        assert done.exit_code == 0, done.output
        return done

    return succeed


@pytest.fixture
def refused(run):
    """What the command says that does not do it."""

    def fail(*arguments):
        done = run(*arguments)
        assert done.exit_code == 1, done.output
        return done.stderr

    return fail


def test_every_format_is_written(export, tmp_path):
    for name in exports.FORMATS:
        export(name, "-o", tmp_path / name / "plan")
        [written] = (tmp_path / name).iterdir()
        assert written.read_bytes()


@pytest.mark.parametrize("name", exports.FORMATS)
def test_what_waits_is_read_only_where_it_is_shown(export, monkeypatch, name):
    read = []
    monkeypatch.setattr("companion.web.plan_files.every_item", lambda *_: read.append(name) or [])
    export(name)
    assert bool(read) == (name in ("xlsx", "csv", "md", "json"))


def test_several_files_are_an_archive_and_it_says_so(export, tmp_path):
    done = export("buffer", "-o", tmp_path / "plan.csv")
    assert done.stderr == f"It takes several files, so that they are in {tmp_path / 'plan.zip'}.\n"
    assert not (tmp_path / "plan.csv").exists()
    with zipfile.ZipFile(tmp_path / "plan.zip") as archive:
        names = sorted(archive.namelist())
        assert [name.rsplit("-", 1)[1] for name in names] == ["linkedin.csv", "x.csv"]
        assert all(name.startswith("kwartier-buffer-20") for name in names)
        assert b"Mijn kijk." in archive.read(names[0])


def test_a_file_with_a_dot_in_its_name_keeps_it(export, tmp_path):
    export("buffer", "-o", tmp_path / "plan-1.5")
    assert [file.name for file in tmp_path.glob("plan*")] == ["plan-1.5.zip"]


@pytest.mark.parametrize("there", ["plan.zip", "plan.csv"])
def test_nothing_is_written_over_or_left_beside_it_from_before(refused, tmp_path, there):
    """The archive was not named, and the file of before would be taken for that of now."""
    (tmp_path / there).write_text("mijn eigen")
    assert f"{tmp_path / there} is there already" in refused("buffer", "-o", tmp_path / "plan.csv")
    assert {file.name: file.read_text() for file in tmp_path.glob("plan*")} == {there: "mijn eigen"}


def test_an_archive_that_was_named_is_one_and_is_written_anew(export, tmp_path):
    for name in ("buffer", "csv", "buffer"):
        export(name, "-o", tmp_path / "plan.zip")
        with zipfile.ZipFile(tmp_path / "plan.zip") as archive:
            assert len(archive.namelist()) == (1 if name == "csv" else 2)


def test_an_archive_is_not_printed_to_a_terminal(refused, monkeypatch):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    assert "name a file with -o" in refused("buffer")


def test_what_is_printed_is_the_file(export):
    assert zipfile.is_zipfile(io.BytesIO(export("buffer").stdout_bytes))
    assert export("csv").stdout_bytes.startswith(b"\xef\xbb\xbfDate,")
