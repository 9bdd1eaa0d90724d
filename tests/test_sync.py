"""Sync: any number of machines, in any order, with any delay, come to the same progress; no file in the folder can harm it."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import MONDAY, examples

from dlroadmap import events as e
from dlroadmap.amendments import undoable
from dlroadmap.formats.progress_file import to_json
from dlroadmap.journal import Journal, JournalFault
from dlroadmap.progress import fold
from dlroadmap.rows import Row
from dlroadmap.sync import SyncFault, sync


class Killed(BaseException):
    """The power is gone."""


def begun(folder: Path, name: str) -> Journal:
    (folder / name).mkdir(parents=True)
    return Journal(folder / name / "progress.sqlite3")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Journal]:
    with closing(begun(tmp_path, "one")) as journal:
        yield journal


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Journal]:
    with closing(begun(tmp_path, "two")) as journal:
        yield journal


def test_two_machines_meet(one: Journal, two: Journal, shared: Path) -> None:
    one.append("r", e.TopicTicked(topic="a"), MONDAY)
    two.append("r", e.TopicTicked(topic="b"), MONDAY)
    first = sync(one, shared)
    assert (first.taken, first.machines, first.skipped, first.wrote) == ([], 0, [], True)
    second = sync(two, shared)
    assert (len(second.taken), second.machines, second.wrote) == (1, 1, True)
    assert len(sync(one, shared).taken) == 1
    assert one.rows() == two.rows()
    assert one.load("r").progress == two.load("r").progress
    again = sync(one, shared)
    assert (again.taken, again.machines, again.wrote) == ([], 1, False)


def test_new_machine_knows_through_one_what_a_third_did(one: Journal, two: Journal, shared: Path, tmp_path: Path) -> None:
    one.append("r", e.TopicTicked(topic="a"), MONDAY)
    sync(one, shared)
    sync(two, shared)
    (shared / f"dlroadmap-{one.machine}.json").unlink()
    with closing(begun(tmp_path, "three")) as three:
        assert len(sync(three, shared).taken) == 1


def test_journal_that_was_lost_is_found_again_in_its_own_file(one: Journal, shared: Path, tmp_path: Path) -> None:
    one.append("r", e.TopicTicked(topic="a"), MONDAY)
    sync(one, shared)
    with closing(begun(tmp_path, "fresh")) as fresh:
        sync(fresh, shared)
        assert fresh.rows() == one.rows()


def test_undo_of_one_machine_reaches_the_other(one: Journal, two: Journal, shared: Path) -> None:
    ticked = one.append("r", e.TopicTicked(topic="a"), MONDAY)
    sync(one, shared)
    sync(two, shared)
    assert undoable(two.newest_first("r"), two.machine) is None
    one.append("r", e.Undone(entry=ticked.id), MONDAY)
    sync(one, shared)
    sync(two, shared)
    assert two.load("r").progress.topics == {}


# What else lies in the folder


def test_damaged_and_half_copied_files_are_named_and_others_left_in_peace(one: Journal, two: Journal, shared: Path) -> None:
    one.append("r", e.TopicTicked(topic="a"), MONDAY)
    two.append("r", e.TopicTicked(topic="b"), MONDAY)
    sync(two, shared)
    good = (shared / f"dlroadmap-{two.machine}.json").read_text(encoding="utf-8")
    (shared / "dlroadmap-00000001.json").write_text(good[: len(good) // 2], encoding="utf-8")
    (shared / "dlroadmap-00000002.json").write_text(good.replace('"b"', '"c"'), encoding="utf-8")
    (shared / "dlroadmap-00000003.json").write_bytes(bytes(5000))
    (shared / f"dlroadmap-{two.machine} (conflicted copy).json").write_text(good, encoding="utf-8")
    (shared / "notes.txt").write_text("mine", encoding="utf-8")
    (shared / ".stfolder").mkdir()
    (shared / "papers").mkdir()
    (shared / "dlroadmap-00000004.json").mkdir()
    before = {path.name: path.read_bytes() for path in shared.iterdir() if path.is_file()}
    done = sync(one, shared)
    assert len(done.taken) == 1
    assert done.machines == 1
    assert len(done.skipped) == 5
    assert all(re.match(re.escape(str(shared)) + r"/dlroadmap-.*: ", line) for line in done.skipped)
    assert {name: (shared / name).read_bytes() for name in before} == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipe_in_the_folder_is_not_waited_for(one: Journal, shared: Path) -> None:
    os.mkfifo(shared / "dlroadmap-00000001.json")
    assert "is not a regular file" in sync(one, shared).skipped[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people link")
def test_link_in_the_place_of_its_own_file_is_replaced_not_followed(one: Journal, shared: Path, tmp_path: Path) -> None:
    one.append("r", e.TopicTicked(topic="a"), MONDAY)
    precious = tmp_path / "precious"
    precious.write_text("years of work", encoding="utf-8")
    (shared / f"dlroadmap-{one.machine}.json").symlink_to(precious)
    assert sync(one, shared).wrote
    assert precious.read_text(encoding="utf-8") == "years of work"


def forge(file: Path, rows: list[Row]) -> None:
    """Write a sound file of events that aren't those of these ids."""
    forged = [row._replace(roadmap="s", sum="") for row in rows]
    file.write_text(to_json(forged).replace(', "sum": ""', ""), encoding="utf-8")


def test_event_that_is_another_one_here_spoils_its_file(one: Journal, two: Journal, shared: Path) -> None:
    mine = one.append("r", e.TopicTicked(topic="a"), MONDAY)
    one.append("r", e.TopicTicked(topic="c"), MONDAY)
    forge(shared / "dlroadmap-00000001.json", [row for row in one.rows() if row.id == mine.id])
    before = one.rows()
    [said] = sync(one, shared).skipped
    assert f"the event {mine.id} is another one here" in said
    assert one.rows() == before


def test_of_two_files_that_contradict_each_other_one_is_taken(one: Journal, two: Journal, shared: Path) -> None:
    ticked = two.append("r", e.TopicTicked(topic="a"), MONDAY)
    sync(two, shared)
    forge(shared / "dlroadmap-ffffffff.json", two.rows())
    two.append("r", e.TopicTicked(topic="b"), MONDAY)
    done = sync(one, shared)
    assert (len(done.taken), done.machines) == (1, 1)
    assert [f"the event {ticked.id} is another one here" in said for said in done.skipped] == [True]


def test_folder_that_isnt_there_is_not_made(one: Journal, tmp_path: Path) -> None:
    with pytest.raises(SyncFault, match="no such folder; make it first, or plug in what it lies on"):
        sync(one, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_journal_that_cant_be_written_takes_nothing(one: Journal, two: Journal, shared: Path) -> None:
    two.append("r", e.TopicTicked(topic="b"), MONDAY)
    sync(two, shared)
    one.read_only = "nothing is saved: because"
    with pytest.raises(JournalFault, match="because"):
        sync(one, shared)
    assert one.is_new()


# Any order, any delay, killed in between


def act(journal: Journal, chance: random.Random, minutes: int) -> None:
    """Do one random thing, by a clock that isn't the others'."""
    now = MONDAY + timedelta(minutes=minutes + chance.choice([-9000, 0, 0, 300]))
    topic = chance.choice("abcd")
    own = [entry for entry in journal.newest_first("r") if entry.machine == journal.machine]
    doing = chance.choice(["tick", "tick", "untick", "note", "undo", "restore"])
    if doing == "undo" and own:
        journal.append("r", e.Undone(entry=chance.choice(own).id), now)
    elif doing == "restore" and own:
        rows = journal.rows()
        journal.restore(rows[: chance.randrange(len(rows))], now)
    elif doing == "note":
        journal.append("r", e.NoteWritten(topic=topic, text=str(minutes)), now)
    else:
        journal.append("r", e.TopicUnticked(topic=topic) if doing == "untick" else e.TopicTicked(topic=topic), now)


def late(folder: Path, seen: Path, chance: random.Random) -> None:
    """Let a cloud service bring some of the files of the one folder to the other, some only in part."""
    for path in sorted(folder.glob("dlroadmap-*.json")):
        if chance.random() < 0.6:
            content = path.read_bytes()
            (seen / path.name).write_bytes(content if chance.random() < 0.8 else content[: chance.randrange(len(content) + 1)])


@given(st.integers(0, 2**32))
@settings(max_examples=examples(12))
def test_three_machines_in_any_order_with_delays_and_kills_come_to_the_same(seed: int) -> None:
    chance = random.Random(seed)  # machines draw tags of their own: no two runs draw quite alike
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        journals = [begun(folder, machine) for machine in ("one", "two", "three")]
        for machine in range(3):
            (folder / f"seen-{machine}").mkdir()
        for minutes in range(25):
            machine = chance.randrange(3)
            journal, seen = journals[machine], folder / f"seen-{machine}"
            if chance.random() < 0.6:
                act(journal, chance, minutes)
            elif chance.random() < 0.3:
                killed_sync(journal, seen, chance)
            else:
                sync(journal, seen)
            late(seen, folder / f"seen-{chance.randrange(3)}", chance)
        for _ in range(2):  # at last everything arrives
            for machine, journal in enumerate(journals):
                sync(journal, folder / f"seen-{machine}")
                for other in range(3):
                    if other != machine:
                        mine = f"dlroadmap-{journal.machine}.json"
                        shutil.copy(folder / f"seen-{machine}" / mine, folder / f"seen-{other}" / mine)
        for machine, journal in enumerate(journals):
            sync(journal, folder / f"seen-{machine}")
        expected = fold(journals[0].newest_first("r"))
        for journal in journals:
            assert journal.rows() == journals[0].rows()
            assert journal.load("r").progress == expected
            assert journal.examine().sound
        for journal in journals:
            journal.close()


def killed_sync(journal: Journal, folder: Path, chance: random.Random) -> None:
    """Sync, and lose the power before or after what was written stands in its place."""
    with pytest.MonkeyPatch.context() as patch:
        real = Path.replace

        def killed(path: Path, target: Path) -> Path:
            if chance.random() < 0.5:
                real(path, target)
            raise Killed

        patch.setattr(Path, "replace", killed)
        with suppress(Killed):
            sync(journal, folder)
