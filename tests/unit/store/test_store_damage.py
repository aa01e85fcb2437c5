"""Files that were cut or changed: what can be read is there, what cannot is told, and the damaged file is kept."""

import shutil
from random import Random

import pytest

import companion.store
from companion.errors import StoreError
from tests.unit.store.faults import acts
from tests.unit.store.faults.damage import DAMAGE, Found, damage, keep, kept, opened

WHOLE = range(8)


def test_a_tail_cut_anywhere_costs_only_the_unfinished_line(small, in_memory):
    whole = small.newest("journal").read_bytes()
    new = acts.item(99)
    ends = [index + 1 for index, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(ends[0], len(whole) + 1):
        left = small.copy(in_memory / str(cut))
        left.newest("journal").write_bytes(whole[:cut])
        # A line that lacks nothing but its line feed is as good as whole.
        lines = sum(end - 1 <= cut for end in ends) - 1
        expected = dict(list(small.model["items"].items())[:lines])
        store = companion.store.open(left.folder)
        assert (acts.contents(store)["items"], list(store.notices)) == (expected, []), f"cut at {cut}"
        store.items.put(new)
        store.close()
        assert opened(left.folder) == Found({"items": {**expected, new["id"]: new}, "slots": {}}, []), f"cut at {cut}"
        shutil.rmtree(left.folder)


@pytest.mark.parametrize("bits", [1, pytest.param(8, marks=pytest.mark.long)])
def test_a_flipped_bit_costs_at_most_its_line_and_is_told(small, in_memory, bits):
    whole, random = small.newest("journal").read_bytes(), Random(1)
    ids = list(small.model["items"])
    for place in range(len(whole)):
        line = whole.count(b"\n", 0, place)
        hit = ids[max(line - 1, 0) : line + (whole[place] == ord("\n"))]
        for bit in random.sample(WHOLE, bits):
            left = small.copy(in_memory / "left")
            damaged = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
            left.newest("journal").write_bytes(damaged)
            check_flip(small, opened(left.folder), left.folder, damaged, hit)
            shutil.rmtree(left.folder)


def check_flip(given, found, folder, damaged, hit):
    """Only records of the lines that were hit may be missing; what is missing is told, and the file was kept."""
    missing = [one for one, record in given.model["items"].items() if found.model["items"].get(one) != record]
    assert set(missing) <= set(hit)
    assert set(found.model["items"]) <= set(given.model["items"])
    if not missing:
        return
    [notice] = found.notices
    assert notice["kind"] == "damage"
    assert any((folder / name).read_bytes() == damaged for name in notice["files"])
    assert len(notice["lost"]) <= len(missing)
    assert notice["lost"] or not notice["is_complete"]


def test_it_tells_which_article_lost_its_change(small):
    journal, record = small.newest("journal"), acts.item(3, 0)
    assert journal.read_bytes().count(b"capture-3") == 1
    journal.write_bytes(journal.read_bytes().replace(b"capture-3", b"capture-0"))
    found = opened(small.folder)
    [[lost]] = [notice["lost"] for notice in found.notices]
    expected = {"table": "items", "id": record["id"], "title": record["article"]["title"], "still_there": False}
    assert lost == expected


def test_an_article_that_is_there_in_an_older_version_is_told_as_such(small):
    keep(small.folder, [acts.item(3, 77)])
    journal = small.newest("journal")
    journal.write_bytes(journal.read_bytes().replace(b"w" * 77, b"v" * 77))
    found = opened(small.folder)
    [[lost]] = [notice["lost"] for notice in found.notices]
    assert (lost["id"], lost["still_there"]) == (acts.item(3)["id"], True)
    assert found.model == small.model


def test_damage_in_what_a_later_line_holds_anew_is_no_loss(small):
    keep(small.folder, [acts.item(3, 77)])
    journal = small.newest("journal")
    journal.write_bytes(journal.read_bytes().replace(b"capture-3", b"capture-0", 1))
    found = opened(small.folder)
    assert found.model["items"] == {**small.model["items"], acts.item(3)["id"]: acts.item(3, 77)}
    assert found.told == set()


def test_damage_is_told_once_and_until_it_is_dismissed(small):
    journal = small.newest("journal")
    journal.write_bytes(journal.read_bytes().replace(b"capture-3", b"capture-0"))
    first = opened(small.folder)
    again = opened(small.folder)
    assert again == first
    store = companion.store.open(small.folder)
    store.notices.discard(first.notices[0]["id"])
    store.compact()
    store.close()
    assert opened(small.folder).notices == []


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_snapshot_is_made_up_for_by_the_one_before_it(two, kind):
    content = damage(two.newest("snapshot"), kind)
    found = opened(two.folder)
    assert found.model == two.model
    assert found.told == set()
    assert content is None or content in kept(two.folder)
    assert opened(two.folder).model == two.model


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_older_snapshot_is_not_needed(two, kind):
    damage(min(two.folder.glob("snapshot-*.tsv")), kind)
    assert opened(two.folder).model == two.model


@pytest.mark.parametrize("kind", DAMAGE)
def test_with_both_snapshots_damaged_all_that_can_be_read_is_there_and_the_rest_is_told(two, kind):
    contents = [damage(path, kind) for path in sorted(two.folder.glob("snapshot-*.tsv"))]
    try:
        found = opened(two.folder)
    except StoreError:
        assert {path.read_bytes() for path in two.folder.glob("snapshot-*.tsv")} == {*contents} - {None}
        return
    in_journals = {acts.item(number)["id"] for number in (1, *range(6, 11))}
    assert in_journals <= set(found.model["items"])
    assert found.model["items"].items() <= two.model["items"].items()
    assert found.notices
    assert all(content in kept(two.folder) for content in contents if content is not None)
    assert opened(two.folder) == found


def test_one_damaged_line_in_both_snapshots_costs_that_record_alone(two):
    lost = acts.item(4)
    for path in two.folder.glob("snapshot-*.tsv"):
        path.write_bytes(path.read_bytes().replace(b"capture-4", b"capture-0"))
    found = opened(two.folder)
    expected = {key: record for key, record in two.model["items"].items() if key != lost["id"]}
    assert found.model["items"] == expected
    assert [one for notice in found.notices for one in notice["lost"]] == [
        {"table": "items", "id": lost["id"], "title": lost["article"]["title"], "still_there": False}
    ]


@pytest.mark.parametrize("kind", [kind for kind in DAMAGE if kind != "missing"])
def test_a_damaged_journal_is_told_and_kept_and_the_snapshot_is_there(two, kind):
    content = damage(two.newest("journal"), kind)
    found = opened(two.folder)
    assert {acts.item(number)["id"] for number in (1, 3, 4, 5)} <= set(found.model["items"])
    assert found.model["items"].items() <= two.model["items"].items()
    if found.model != two.model and kind not in ("cut in half", "without its end"):
        assert found.notices
        assert content is None or content in kept(two.folder)
    keep(two.folder, [acts.item(99)])
    assert opened(two.folder).model["items"] == {**found.model["items"], acts.item(99)["id"]: acts.item(99)}


@pytest.mark.parametrize("last", [b"", b"\x0b"], ids=["gone", "hit"])
def test_a_line_feed_that_is_gone_costs_nothing_and_no_later_line(small, last):
    journal = small.newest("journal")
    journal.write_bytes(journal.read_bytes()[:-1] + last)
    again = keep(small.folder, [acts.item(98), acts.item(99)])
    assert len(again.model["items"]) == len(small.model["items"]) + 2
    assert opened(small.folder) == Found(again.model, [])


def test_a_tail_of_zeros_is_told_and_kept(small):
    """A write that broke off leaves none; a block that the disk lost does."""
    journal = small.newest("journal")
    content = journal.read_bytes()
    zeroed = content[: len(content) // 2] + bytes(len(content) - len(content) // 2)
    journal.write_bytes(zeroed)
    [notice] = opened(small.folder).notices
    assert notice["is_complete"] is False
    assert (small.folder / "damaged" / journal.name).read_bytes() == zeroed


def test_a_line_of_which_nothing_can_be_read_is_not_called_nothing_lost(small):
    journal = small.newest("journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[2] = b"\0" * (len(lines[2]) - 1) + b"\n"
    journal.write_bytes(b"".join(lines))
    [notice] = opened(small.folder).notices
    assert (notice["lost"], notice["is_complete"], notice["copies"]) == ([], False, True)


def test_damage_that_makes_one_id_another_is_not_taken_for_that_other(small):
    """A later line about the other one must not settle what became of the first."""
    journal = small.newest("journal")
    first, third = (f'"{acts.item(number)["id"]}"'.encode() for number in (1, 3))
    journal.write_bytes(journal.read_bytes().replace(b"\t" + first, b"\t" + third, 1))
    found = opened(small.folder)
    assert acts.item(1)["id"] not in found.model["items"]
    assert [notice["is_complete"] for notice in found.notices] == [False]
