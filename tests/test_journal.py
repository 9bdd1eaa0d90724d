"""The journal: committed before it is told, the same after any restart, kill or other program; never another's file."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import MONDAY, examples
from tests.histories import MACHINES, histories

from dlroadmap import database as module
from dlroadmap import events as e
from dlroadmap.events import Entry, milliseconds_of
from dlroadmap.formats import progress_file
from dlroadmap.journal import SNAPSHOT_EVERY, Journal, JournalFault
from dlroadmap.progress import RULES, Progress, fold
from dlroadmap.rows import LAST, LONGEST, Row, checksum


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "progress.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    fresh = Journal(path)
    yield fresh
    fresh.close()


def opened(path: Path) -> closing[Journal]:
    """Open a journal once more, for a while."""
    return closing(Journal(path))


def tick(topic: str) -> e.Event:
    return e.TopicTicked(topic=topic)


def ticked(progress: Progress) -> set[str]:
    return {name for name, topic in progress.topics.items() if topic.ticked and topic.ticked.on}


def fill(journal: Journal, count: int, roadmap: str = "r") -> list[Entry]:
    return [journal.append(roadmap, tick(f"t{n}"), MONDAY + timedelta(minutes=n)) for n in range(count)]


def raw(path: Path, *statements: str) -> None:
    """Do to the file what only a broken or another program would."""
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def insert(path: Path, entries: list[Entry], roadmap: str = "r") -> None:
    """Put entries of any machine into the file, as a sync will."""
    with closing(sqlite3.connect(path)) as db, db:
        for entry in entries:
            kind, body = type(entry.event).__name__, entry.event.model_dump_json(exclude_defaults=True)
            row = (entry.id, roadmap, entry.at.isoformat(), kind, body)
            db.execute("INSERT INTO event(id, roadmap, at, kind, body, sum) VALUES (?, ?, ?, ?, ?, ?)", (*row, checksum(*row)))


def sums(folder: Path) -> dict[str, str]:
    """Return the sum of every file but the shared memory, which readers use too."""
    files = (p for p in folder.iterdir() if p.is_file() and not p.name.endswith("-shm"))
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


# Writing and reading


def test_first_opening_makes_the_folder_and_an_empty_journal(path: Path, journal: Journal) -> None:
    assert path.is_file()
    assert journal.is_new()
    assert journal.roadmaps() == []
    assert journal.load("r").progress == Progress()
    if sys.platform != "win32":
        assert path.parent.stat().st_mode & 0o077 == 0


@given(histories(max_size=12))
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_event_comes_back_as_it_went_in(tmp_path: Path, entries: list[Entry]) -> None:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"
    with opened(path) as journal:
        written = [journal.append("r", entry.event, entry.at) for entry in entries]
        assert journal.load("r").progress == fold(written)
    assert [entry.event for entry in written] == [entry.event for entry in entries]
    assert [entry.at.utcoffset() for entry in written] == [entry.at.utcoffset() for entry in entries]
    with opened(path) as journal:
        assert list(journal.newest_first("r")) == written[::-1]
        assert journal.load("r").progress == fold(written)


def test_ids_only_rise_whatever_the_clock_does(journal: Journal) -> None:
    moments = [MONDAY, MONDAY, MONDAY - timedelta(hours=1), MONDAY + timedelta(days=1), datetime(1960, 1, 1, tzinfo=MONDAY.tzinfo)]
    ids = [journal.append("r", tick("t"), at).id for at in moments]
    assert ids == sorted(set(ids))
    assert milliseconds_of(ids[0]) == MONDAY.timestamp() * 1000
    assert {entry.machine for entry in journal.newest_first("r")} == {journal.machine}


def test_clock_before_1970_begins_a_journal_that_goes_on(journal: Journal) -> None:
    for _ in range(2):
        journal.append("r", tick("t"), datetime(1960, 1, 1, tzinfo=MONDAY.tzinfo))
    assert len(list(journal.newest_first("r"))) == 2


def test_clock_set_back_between_tick_and_untick(path: Path, journal: Journal) -> None:
    loaded = journal.load("r")
    journal.append("r", tick("t"), MONDAY)
    journal.append("r", e.TopicUnticked(topic="t"), MONDAY - timedelta(hours=1))
    assert ticked(journal.catch_up("r", loaded).progress) == set()
    journal.close()
    with opened(path) as again:
        assert ticked(again.load("r").progress) == set()


def test_roadmaps_are_kept_apart(journal: Journal) -> None:
    journal.append("a", tick("x"), MONDAY)
    journal.append("b", tick("y"), MONDAY)
    assert journal.roadmaps() == ["a", "b"]
    assert ticked(journal.load("a").progress) == {"x"}
    assert not journal.is_new()


def test_places_are_remembered_and_are_no_events(path: Path, journal: Journal) -> None:
    assert journal.place("r", "cursor") is None
    journal.keep_place("r", "cursor", "t1")
    journal.keep_place("r", "cursor", "t2")
    assert (journal.place("r", "cursor"), journal.place("other", "cursor")) == ("t2", None)
    assert journal.is_new()
    journal.close()
    with opened(path) as again:
        assert again.place("r", "cursor") == "t2"


def test_events_are_never_changed_nor_deleted(path: Path, journal: Journal) -> None:
    journal.append("r", tick("t"), MONDAY)
    for statement in ("UPDATE event SET body = '{}'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError):
            raw(path, statement)
    assert ticked(journal.load("r").progress) == {"t"}


# What this version doesn't know, and what is damaged


@pytest.mark.parametrize(
    ("kind", "body"),
    [("TopicDreamt", '{"topic":"t"}'), ("TopicTicked", '{"topic":"u","mood":"good"}'), ("TopicTicked", "\x00{"), ("", "")],
)
def test_unknown_event_is_kept_without_effect(path: Path, journal: Journal, kind: str, body: str) -> None:
    first = journal.append("r", tick("t"), MONDAY)
    row = (first.id.replace("-", "1-"), "r", MONDAY.isoformat(), kind, body)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO event(id, roadmap, at, kind, body, sum) VALUES (?, ?, ?, ?, ?, ?)", (*row, checksum(*row)))
    assert journal.load("r").progress == fold([first])
    assert next(journal.newest_first("r")).event == e.Unreadable()
    journal.append("r", tick("v"), MONDAY)
    assert ticked(journal.load("r").progress) == {"t", "v"}
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("SELECT kind, body FROM event WHERE id = ?", (row[0],)).fetchone() == (kind, body)


@pytest.mark.parametrize("column", ["at", "body", "kind", "id"])
@pytest.mark.parametrize("damage", ["'\x01\x02'", "''", "x'ff00ff'", "7"])
def test_one_damaged_event_leaves_the_others_standing(path: Path, journal: Journal, column: str, damage: str) -> None:
    fill(journal, 3)
    raw(path, "DROP TRIGGER event_is_never_changed", f"UPDATE event SET {column} = {damage} WHERE seq = 2")  # noqa: S608 the test's own words
    assert {"t0", "t2"} <= ticked(journal.load("r").progress)
    journal.append("r", tick("t9"), MONDAY + timedelta(days=1))
    assert {"t0", "t2", "t9"} <= ticked(journal.load("r").progress)
    assert len(list(journal.newest_first("r"))) == 4


# Snapshots


def snapshots(path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute("SELECT upto, entries FROM snapshot ORDER BY upto").fetchall()


def test_long_fold_is_kept_and_gives_the_same(path: Path, journal: Journal) -> None:
    entries = fill(journal, SNAPSHOT_EVERY)
    assert journal.load("r").progress == fold(entries)
    assert snapshots(path) == [(entries[-1].id, SNAPSHOT_EVERY)]
    entries.append(journal.append("r", tick("more"), MONDAY))
    journal.close()
    again = Journal(path)
    assert again.load("r").progress == fold(entries)
    raw(path, "DELETE FROM snapshot")
    assert again.load("r").progress == fold(entries)
    again.close()


def test_short_fold_is_not_kept(path: Path, journal: Journal) -> None:
    fill(journal, SNAPSHOT_EVERY - 1)
    journal.load("r")
    assert snapshots(path) == []


def test_snapshots_lie_ever_wider_apart(path: Path, journal: Journal) -> None:
    for _ in range(12):
        fill(journal, SNAPSHOT_EVERY)
        journal.keep("r", journal.load("r"))
    kept = [entries for _, entries in snapshots(path)]
    assert kept[-1] == 12 * SNAPSHOT_EVERY
    gaps = [b - a for a, b in itertools.pairwise(kept)][::-1]
    assert gaps == sorted(gaps)
    assert 3 <= len(kept) <= 6


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE snapshot SET body = '{}'",
        "UPDATE snapshot SET body = replace(body, 't1', 'x1')",
        "UPDATE snapshot SET body = 'not JSON'",
        "UPDATE snapshot SET upto = '9' || upto",
        "UPDATE snapshot SET entries = entries + 1",
        "UPDATE snapshot SET rules = rules + 1",
        "UPDATE snapshot SET sum = ''",
    ],
)
def test_damaged_snapshot_is_passed_over(path: Path, journal: Journal, damage: str) -> None:
    entries = fill(journal, SNAPSHOT_EVERY)
    journal.load("r")
    raw(path, damage)
    assert journal.load("r").progress == fold(entries)


def test_snapshot_whose_sum_fits_but_whose_body_does_not_is_passed_over(path: Path, journal: Journal) -> None:
    entries = fill(journal, SNAPSHOT_EVERY)
    journal.load("r")
    [(upto, count)] = snapshots(path)
    body = '{"topics":3}'
    total = checksum("r", upto, str(count), str(RULES), body)
    raw(path, f"UPDATE snapshot SET body = '{body}', sum = '{total}'")  # noqa: S608 the test's own words
    assert journal.load("r").progress == fold(entries)


def test_sound_snapshot_of_older_rules_is_folded_anew(path: Path, journal: Journal) -> None:
    entries = fill(journal, SNAPSHOT_EVERY)
    journal.load("r")
    [(upto, count)] = snapshots(path)
    body = Progress(path="other").model_dump_json(exclude_defaults=True)
    total = checksum("r", upto, str(count), str(RULES - 1), body)
    raw(path, f"UPDATE snapshot SET rules = {RULES - 1}, body = '{body}', sum = '{total}'")  # noqa: S608 as above
    assert journal.load("r").progress == fold(entries)


@pytest.mark.parametrize("when", ["first", "middle", "last"])
def test_undone_after_a_snapshot_is_as_if_it_had_never_been(path: Path, journal: Journal, when: str) -> None:
    entries = fill(journal, SNAPSHOT_EVERY + 50)
    loaded = journal.load("r")
    one = entries[{"first": 0, "middle": 120, "last": -1}[when]]
    undone = journal.append("r", e.Undone(entry=one.id), MONDAY)
    expected = fold([entry for entry in entries if entry is not one])
    assert journal.catch_up("r", loaded).progress == expected
    assert journal.load("r").progress == expected
    journal.close()
    again = Journal(path)
    assert again.load("r").progress == expected
    again.append("r", e.Redone(entry=one.id), MONDAY)
    assert again.load("r").progress == fold(entries)
    assert undone.id > entries[-1].id
    again.close()


def test_what_was_undone_by_an_undoing_that_a_snapshot_lies_after(path: Path, journal: Journal) -> None:
    entries = fill(journal, 10)
    restored = journal.append("r", e.Restored(entries=(entries[3].id, entries[4].id)), MONDAY)
    entries += fill(journal, SNAPSHOT_EVERY)
    journal.load("r")
    assert snapshots(path)
    journal.append("r", e.Undone(entry=restored.id), MONDAY)
    assert journal.load("r").progress == fold(entries)


def test_restore_reaches_as_far_as_what_it_undoes_reached(path: Path, journal: Journal) -> None:
    entries = fill(journal, 10)
    undone = journal.append("r", e.Undone(entry=entries[2].id), MONDAY)
    more = fill(journal, SNAPSHOT_EVERY)
    journal.keep("r", journal.load("r"))
    journal.append("r", e.Restored(entries=(undone.id,)), MONDAY)
    assert journal.load("r").progress == fold(entries + more)
    retired = journal.append("r", e.QuestionRetired(topic="t", question="q"), MONDAY)
    fill(journal, SNAPSHOT_EVERY)
    journal.keep("r", journal.load("r"))
    assert snapshots(path)
    journal.append("r", e.Undone(entry=retired.id), MONDAY)
    assert snapshots(path) == []


def test_amendments_that_name_one_another_in_a_circle_end(path: Path, journal: Journal) -> None:
    first = fill(journal, 1)[0]
    ids = [f"{milliseconds_of(first.id) + n:014d}-{MACHINES[0]}" for n in (1, 2)]
    insert(path, [Entry(ids[0], MONDAY, e.Undone(entry=ids[1])), Entry(ids[1], MONDAY, e.Undone(entry=ids[0]))])
    journal.append("r", e.Redone(entry=ids[0]), MONDAY)
    assert ticked(journal.load("r").progress) == {"t0"}


def test_snapshot_that_another_program_made_stale_meanwhile_is_not_kept(path: Path, journal: Journal) -> None:
    entries = fill(journal, SNAPSHOT_EVERY)
    raw(path, "DELETE FROM snapshot")
    loaded = journal.load("r")
    raw(path, "DELETE FROM snapshot")
    other = Journal(path)
    other.append("r", e.Undone(entry=entries[5].id), MONDAY)
    journal.keep("r", loaded)
    assert snapshots(path) == []
    expected = fold([entry for entry in entries if entry is not entries[5]])
    assert other.load("r").progress == expected
    assert journal.load("r").progress == expected
    other.close()


@given(histories(max_size=20), st.randoms(use_true_random=False))
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_entries_of_two_machines_in_any_order_of_arrival_with_snapshots_between(
    tmp_path: Path, entries: list[Entry], order: object
) -> None:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"
    arriving = list(entries)
    order.shuffle(arriving)  # type: ignore[attr-defined] # a random.Random, which hypothesis types as its own
    with opened(path) as journal:
        loaded = journal.load("r")
        for n, entry in enumerate(arriving):
            insert(path, [entry])
            loaded = journal.catch_up("r", loaded)
            assert loaded.progress == fold(arriving[: n + 1])
            if n % 3 == 0:
                journal.keep("r", loaded)
            assert journal.load("r").progress == loaded.progress


# Two programs


def test_what_another_program_wrote_is_seen(path: Path, journal: Journal) -> None:
    loaded = journal.load("r")
    version = journal.data_version()
    other = Journal(path)
    other.append("r", tick("theirs"), MONDAY)
    assert journal.data_version() != version
    journal.append("r", tick("ours"), MONDAY)
    assert ticked(journal.catch_up("r", loaded).progress) == {"theirs", "ours"}
    assert ticked(other.load("r").progress) == {"theirs", "ours"}
    other.close()


def test_events_of_another_roadmap_in_between_change_nothing(journal: Journal) -> None:
    first = journal.append("r", tick("a"), MONDAY)
    loaded = journal.load("r")
    journal.append("other", tick("x"), MONDAY)
    journal.append("other", e.Undone(entry=first.id), MONDAY)
    between = journal.catch_up("r", loaded)
    assert between.progress is loaded.progress
    assert (between.upto, between.seq) == (loaded.upto, 3)
    journal.append("r", tick("b"), MONDAY)
    assert journal.catch_up("r", between) == journal.load("r")
    assert ticked(journal.load("r").progress) == {"a", "b"}


ALTERNATE = """
    import sys
    from datetime import datetime, UTC
    from pathlib import Path
    from dlroadmap import events as e
    from dlroadmap.journal import Journal
    journal, topic = Journal(Path(sys.argv[1])), sys.argv[2]
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(100):
        event = e.TopicUnticked(topic=topic) if n % 2 else e.TopicTicked(topic=topic)
        journal.append("r", event, datetime.now(UTC))
    print("done", flush=True)
    sys.stdin.readline()
    print(len(list(journal.newest_first("r"))), *sorted(journal.load("r").progress.topics), flush=True)
    journal.close()
"""


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def say(process: subprocess.Popen[str], line: str = "") -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_two_processes_that_begin_a_journal_and_tick_at_once_lose_nothing(path: Path) -> None:
    both = [python(ALTERNATE, path, topic) for topic in ("x", "y")]
    for expected in ("ready", "done", "200 x y"):
        assert [hear(process) for process in both] == [expected] * 2
        for process in both:
            say(process)
    for process in both:
        process.communicate()
    journal = Journal(path)
    entries = list(journal.newest_first("r"))
    assert len({entry.id for entry in entries}) == 200
    for topic in ("x", "y"):
        mine = [type(entry.event).__name__ for entry in entries[::-1] if entry.event == e.TopicTicked(topic=topic)]
        assert len(mine) == 50
    journal.close()


BEGIN = """
    import sys
    from pathlib import Path
    from dlroadmap.journal import Journal
    print("ready", flush=True)
    sys.stdin.readline()
    print(Journal(Path(sys.argv[1])).machine, flush=True)
"""


def test_programs_that_begin_a_journal_at_once_are_one_machine(path: Path) -> None:
    several = [python(BEGIN, path) for _ in range(4)]
    assert [hear(process) for process in several] == ["ready"] * 4
    for process in several:
        say(process)
    tags = {hear(process) for process in several}
    for process in several:
        process.communicate()
    with opened(path) as journal:
        assert tags == {journal.machine}


ACKNOWLEDGE = """
    import sys
    from datetime import datetime, UTC
    from pathlib import Path
    from dlroadmap import events as e
    from dlroadmap.journal import Journal
    journal = Journal(Path(sys.argv[1]))
    for n in range(100000):
        journal.append("r", e.TopicTicked(topic=f"t{n}"), datetime.now(UTC))
        print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("count", [1, 7, 40, 113, 250])
def test_killed_program_loses_nothing_that_it_acknowledged(path: Path, count: int) -> None:
    process = python(ACKNOWLEDGE, path)
    for _ in range(count):
        hear(process)
    process.send_signal(signal.SIGKILL)
    assert process.stdout
    rest = process.stdout.read().split()
    acknowledged = count + len([n for n in rest if n.isdigit()])
    process.communicate()
    journal = Journal(path)
    there = ticked(journal.load("r").progress)
    assert acknowledged <= len(there) <= acknowledged + 1
    assert {f"t{n}" for n in range(acknowledged)} <= there
    assert not journal.read_only
    journal.close()


# Another machine


def test_copied_file_draws_a_new_tag_and_undoes_nothing_of_the_old_machine(path: Path, journal: Journal, tmp_path: Path) -> None:
    fill(journal, 2)
    tag = journal.machine
    journal.close()
    with opened(path) as again:
        assert again.machine == tag
    shutil.copytree(path.parent, tmp_path / "copy")
    copy = Journal(tmp_path / "copy" / path.name)
    assert copy.machine != tag
    assert ticked(copy.load("r").progress) == {"t0", "t1"}
    assert copy.append("r", tick("x"), MONDAY).machine == copy.machine
    copy.close()


def test_tag_that_was_drawn_for_a_write_that_failed_is_drawn_again(path: Path, journal: Journal) -> None:
    with pytest.raises(JournalFault, match="too long"):
        journal.append("r", e.NoteWritten(topic="t", text="n" * LONGEST), MONDAY)
    written = journal.append("r", tick("t"), MONDAY)
    with opened(path) as again:
        assert again.machine == written.machine


def test_moved_file_on_the_same_disk_keeps_its_tag_but_another_host_does_not(
    path: Path, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = journal.machine
    journal.close()
    path.parent.rename(tmp_path / "moved")
    with opened(tmp_path / "moved" / path.name) as moved:
        assert moved.machine == tag
    monkeypatch.setattr("socket.gethostname", lambda: "elsewhere")
    with opened(tmp_path / "moved" / path.name) as elsewhere:
        assert elsewhere.machine != tag


# Files that are no journal


def refused(path: Path) -> str:
    before = sums(path.parent) if path.is_file() else {}
    with pytest.raises(JournalFault) as fault:
        Journal(path)
    assert (sums(path.parent) if path.is_file() else {}) == before
    assert str(path) in str(fault.value)
    return str(fault.value)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite3"
    raw(path, "CREATE TABLE bookmark(url)")
    assert "another program's database; dlroadmap restore --salvage sets it aside unchanged" in refused(path)
    raw(path, "DROP TABLE bookmark", "PRAGMA user_version = 3")
    assert "another program's database" in refused(path)
    raw(path, "PRAGMA user_version = 0", "PRAGMA application_id = 5")
    assert "another program's database" in refused(path)


@pytest.mark.parametrize("content", [b"garbage" * 1000, b"\x00" * 8192, b"SQLite format 3\x00" + b"\xff" * 8192, b"x"])
def test_garbage_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "progress.sqlite3"
    path.write_bytes(content)
    message = refused(path)
    assert "is damaged (" in message
    assert "dlroadmap restore --salvage sets it aside unchanged" in message


def saves_nothing(path: Path) -> str:
    """Open what can't be a journal, see that it begins empty and saves nothing, and return why."""
    with opened(path) as journal:
        assert journal.is_new()
        assert journal.load("r").progress == Progress()
        with pytest.raises(JournalFault) as fault:
            journal.append("r", tick("t"), MONDAY)
        assert str(fault.value) == journal.read_only
    assert journal.read_only.startswith(f"nothing is saved: {path}: ")
    return journal.read_only


def test_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "progress.sqlite3").mkdir()
    assert "a folder stands in its place; move that away, or set DLROADMAP_HOME" in saves_nothing(tmp_path / "progress.sqlite3")
    assert [p.name for p in tmp_path.iterdir()] == ["progress.sqlite3"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_pipe_in_its_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "progress.sqlite3")
    assert "is not a file; move that away" in saves_nothing(tmp_path / "progress.sqlite3")


def test_file_in_its_folders_place(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    assert "set DLROADMAP_HOME to a folder that you can write" in saves_nothing(tmp_path / "home" / "progress.sqlite3")


def test_cut_file_is_told_as_damaged(path: Path, journal: Journal) -> None:
    fill(journal, 300)
    journal.close()
    whole = path.read_bytes()
    for size in (len(whole) // 2, 5000, 100):
        path.write_bytes(whole[:size])
        with pytest.raises(JournalFault) as fault, opened(path) as cut:  # noqa: PT012 whichever reads the missing part first
            cut.load("r")
            list(cut.newest_first("r"))
        assert "damaged" in str(fault.value)
        assert str(path) in str(fault.value)


# Files that can't be written


def test_newer_file_is_read_and_not_one_byte_of_it_written(path: Path, journal: Journal) -> None:
    entries = fill(journal, 3)
    journal.close()
    raw(path, "PRAGMA user_version = 999")
    before = sums(path.parent)
    reader = Journal(path)
    assert "a newer dlroadmap wrote it (format 999); install that version" in reader.read_only
    assert reader.load("r").progress == fold(entries)
    reader.keep("r", reader.load("r"))
    reader.keep_place("r", "cursor", "t")
    with pytest.raises(JournalFault, match="nothing is saved"):
        reader.append("r", tick("t"), MONDAY)
    reader.close()
    assert sums(path.parent) == before


KILLED = """
    import os, sqlite3, sys
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA user_version = 999")
    db.execute("INSERT INTO place VALUES ('r', 'cursor', 'theirs')")
    print("there", flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_newer_file_whose_program_was_killed_keeps_its_log_too(path: Path, journal: Journal) -> None:
    fill(journal, 3)
    journal.close()
    python(KILLED, path).communicate()
    before = sums(path.parent)
    assert before[f"{path.name}-wal"] != hashlib.sha256(b"").hexdigest()
    reader = Journal(path)
    assert "format 999" in reader.read_only
    assert reader.place("r", "cursor") == "theirs"
    assert len(ticked(reader.load("r").progress)) == 3
    reader.close()
    assert sums(path.parent) == before


UNPRIVILEGED = """
    import os, sys
    from pathlib import Path
    from datetime import datetime, UTC
    from dlroadmap import events as e
    from dlroadmap.journal import Journal, JournalFault
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    journal = Journal(Path(sys.argv[1]))
    print(journal.read_only)
    print(*sorted(journal.load("r").progress.topics))
    try:
        journal.append("r", e.TopicTicked(topic="t"), datetime.now(UTC))
    except JournalFault as fault:
        print(fault)
    journal.close()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may enter, which pytest's own are not."""
    import tempfile  # noqa: PLC0415 for this one fixture

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o555, 0o755])
def test_folder_that_cant_be_written_is_read(folder: Path, mode: int) -> None:
    path = folder / "progress.sqlite3"
    journal = Journal(path)
    fill(journal, 2)
    journal.close()
    path.chmod(0o444)
    folder.chmod(mode)
    before = sums(folder)
    if mode == 0o755 and os.getuid() != 0:
        pytest.skip("the folder is one's own")
    out, _ = python(UNPRIVILEGED, path).communicate()
    reason, topics, fault = out.splitlines()
    assert reason == fault == f"nothing is saved: {path}: its folder can't be written"
    assert topics == "t0 t1"
    assert sums(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_empty_folder_that_cant_be_written_begins_a_journal_that_saves_nothing(folder: Path) -> None:
    folder.chmod(0o555)
    for path in (folder / "progress.sqlite3", folder / "deeper" / "progress.sqlite3"):
        out, _ = python(UNPRIVILEGED, path).communicate()
        reason, topics, fault = out.splitlines()
        assert reason == fault
        assert reason.startswith(f"nothing is saved: {path}: ")
        assert topics == ""
    assert list(folder.iterdir()) == []


# Another program that doesn't answer, and a disk that is full


def test_locked_file_is_told_with_its_cure_and_nothing_is_lost(
    path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = fill(journal, 2)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    waiting = Journal(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalFault) as fault:
        waiting.append("r", tick("x"), MONDAY)
    assert str(fault.value) == f"{path} is in use by another program that doesn't answer; end it, or try again"
    waiting.keep_place("r", "cursor", "x")
    assert waiting.load("r").progress == fold(entries)
    late = Journal(path)
    assert late.load("r").progress == fold(entries)
    late.close()
    holder.execute("ROLLBACK")
    holder.close()
    waiting.append("r", tick("x"), MONDAY)
    assert ticked(waiting.load("r").progress) == {"t0", "t1", "x"}
    waiting.close()


def test_full_disk_is_told_and_the_next_try_works(journal: Journal) -> None:
    entries = fill(journal, 2)
    pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
    journal._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalFault, match="the disk is full; make room and try again, nothing that was saved is lost"):
        journal.append("r", e.NoteWritten(topic="t", text="x" * 100_000), MONDAY)
    assert journal.load("r").progress == fold(entries)
    journal._db.execute("PRAGMA max_page_count = 1000000")
    journal.append("r", tick("x"), MONDAY)
    assert ticked(journal.load("r").progress) == {"t0", "t1", "x"}


def test_snapshot_that_cant_be_kept_costs_time_alone(path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = fill(journal, SNAPSHOT_EVERY)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    waiting = Journal(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert waiting.load("r").progress == fold(entries)
    holder.close()
    waiting.close()
    assert snapshots(path) == []


def test_what_no_file_of_progress_could_have_is_refused(journal: Journal) -> None:
    with pytest.raises(JournalFault, match="that is too long to be kept: 524311 characters of at most 524288; nothing was saved"):
        journal.append("r", e.NoteWritten(topic="t", text="n" * LONGEST), MONDAY)
    assert journal.is_new()


def test_after_the_last_clock_ids_are_counted_on_and_an_export_reads_back(journal: Journal) -> None:
    fields = (f"{LAST}-abcdef01", "r", MONDAY.isoformat(), "TopicTicked", '{"topic":"t"}')
    journal.take([Row(*fields, checksum(*fields))])
    fill(journal, 3)
    rows = journal.rows()
    assert [int(row.id[:14]) - int(LAST) for row in rows] == [0, 1, 2, 3]
    assert progress_file.read(progress_file.to_json(rows).encode(), "file") == rows


def test_restore_undoes_more_than_one_event_has_room_for(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlroadmap.journal.UNDONE_AT_ONCE", 2)
    fill(journal, 6)
    assert journal.restore(journal.rows()[:1], MONDAY + timedelta(days=1)) == (0, 5)
    assert ticked(journal.load("r").progress) == {"t0"}
