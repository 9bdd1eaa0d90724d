"""A learner whose machine is killed at random moments, and the oracle: what was acknowledged is there after the next start.

`python -m tests.crashing HOME ROADMAP SHARED SEED` is the child: it does random things and says on stdout what it has written.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from dlroadmap import backups, database, sync
from dlroadmap import events as e
from dlroadmap.events import Entry, entry_id
from dlroadmap.formats.progress_file import to_json
from dlroadmap.journal import Journal
from dlroadmap.opening import open_journal
from dlroadmap.places import Places
from dlroadmap.rows import Row, row_of
from dlroadmap.sitting import answer
from dlroadmap.study import Study

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small" / "roadmap.toml"
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEXT = ("ALTER TABLE event ADD COLUMN mood TEXT", "CREATE TABLE extra(x)", "INSERT INTO extra SELECT id FROM event")
"""A format that there isn't yet, for the migration to be killed in."""


def at(home: Path) -> Places:
    return Places(home, home, home / "cache")


# The child


def main(home: str, shared: str, seed: str, *mode: str) -> None:
    """Do random things for ever, and acknowledge each: a plus sign, what it was, and the ids that it wrote."""
    chance, here = random.Random(int(seed)), at(Path(home))
    print("ready", flush=True)
    if mode == ("migrating",):
        with newer_format(), closing(open_journal(here, BEGAN)) as journal:
            print("+ migrated", flush=True)
            tick(journal, 0)
        return
    study = Study.open(str(SMALL), at=here)
    doings = [_tick, _tick, _tick, _answer, _answer, _undo, _redo, _note, _keep, _backup, _restore, _sync]
    while True:
        doing = chance.choice(doings)
        if doing is _sync:
            written = [row.id for row in sync.sync(study.journal, Path(shared)).taken]
            study.refresh()
        else:
            before = _newest(study)
            doing(study, chance)
            written = _newer(study, before)
        print("+", doing.__name__, *written, flush=True)


def _newest(study: Study) -> str:
    return next((entry.id for entry in study.journal.newest_first(study.roadmap.id)), "")


def _newer(study: Study, than: str) -> list[str]:
    newest_first = (entry.id for entry in study.journal.newest_first(study.roadmap.id))
    return [*takewhile(lambda name: name != than, newest_first)]


def _tick(study: Study, chance: random.Random) -> None:
    topic = chance.choice(list(study.roadmap.topics))
    study.record(e.TopicTicked(topic=topic) if chance.random() < 0.6 else e.TopicUnticked(topic=topic))


def _note(study: Study, chance: random.Random) -> None:
    study.record(e.NoteWritten(topic="numbers", text="ä" * chance.choice([1, 50, 3000, 20000])))


def _answer(study: Study, chance: random.Random) -> None:
    topic = study.roadmap.topics["numbers"]
    sitting = study.under_way("checkpoint", [topic.id])
    if sitting is None:
        study.begin_checkpoint(topic)
        return
    turn = sitting.turn
    assert turn is not None
    question = study.bank(turn.topic).find(turn.topic, turn.question)
    assert question is not None
    event, _ = answer(sitting, question, None, confidence=None, seconds=chance.random(), hint=False)
    study.record(event)


def _undo(study: Study, _: random.Random) -> None:
    study.undo()


def _redo(study: Study, _: random.Random) -> None:
    study.redo()


def _keep(study: Study, _: random.Random) -> None:
    study.journal.keep(study.roadmap.id, study._loaded)


def _backup(study: Study, _: random.Random) -> None:
    backups.make(study.journal.path, study.journal.path.parent / "backups", study.now())


def _restore(study: Study, chance: random.Random) -> None:
    found = backups.listed(study.journal.path.parent / "backups")
    if found:
        study.restore(backups.read(chance.choice(found).path))


def _sync(study: Study, _: random.Random) -> None:
    raise NotImplementedError  # main does it: what it writes is not the newest


@contextmanager
def newer_format() -> Iterator[None]:
    """Let the program be of a version whose journal has another format."""
    old = database.FORMAT, database.MIGRATIONS, database.SCHEMA
    event, *others = database.SCHEMA
    database.FORMAT, database.MIGRATIONS = 2, {1: NEXT}
    database.SCHEMA = (event[:-1] + ", mood TEXT)", *others, NEXT[1])
    try:
        yield
    finally:
        database.FORMAT, database.MIGRATIONS, database.SCHEMA = old


def tick(journal: Journal, number: int) -> Entry:
    return journal.append("small", e.TopicTicked(topic=f"t{number}"), BEGAN + timedelta(minutes=number))


# The parent


class Machine(NamedTuple):
    """A machine that is killed again and again: its home, the folder that it syncs with, and what it acknowledged."""

    home: Path
    shared: Path
    acknowledged: set[str]
    offered: dict[str, Row]
    """What other machines have left in the shared folder."""
    verified: set[Path]
    """The backups that were looked at."""

    @classmethod
    def new(cls, folder: Path) -> Machine:
        (folder / "shared").mkdir(parents=True)
        return cls(folder / "home", folder / "shared", set(), {}, set())


def offer(machine: Machine, chance: random.Random) -> None:
    """Let another machine leave a file of some events in the shared folder."""
    tag = f"{chance.getrandbits(32):08x}"
    first = int((BEGAN + timedelta(seconds=chance.randrange(10**7))).timestamp() * 1000)
    entries = [Entry(entry_id(first + n, tag), BEGAN, e.TopicSkipped(topic="vectors")) for n in range(chance.randrange(1, 40))]
    rows = [row_of("small", entry) for entry in entries]
    machine.offered.update({row.id: row for row in rows})
    (machine.shared / f"dlroadmap-{tag}.json").write_text(to_json(rows), encoding="utf-8")


def kill_once(machine: Machine, chance: random.Random, *, longest: float = 0.12) -> int:
    """Run the child, kill it at a random moment, and return how many actions it acknowledged."""
    if chance.random() < 0.3:
        offer(machine, chance)
    words = [str(machine.home), str(machine.shared), str(chance.getrandbits(30))]
    child = _child(words)
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    time.sleep(chance.random() * longest)
    child.send_signal(signal.SIGKILL)
    done = [line.split() for line in child.stdout.read().split("\n")[:-1]]
    child.communicate()
    machine.acknowledged.update(name for line in done for name in line[2:])
    check(machine)
    return len(done)


def _child(words: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.crashing", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check(machine: Machine) -> None:
    """Assert the oracle: what was acknowledged is there, and at most the one action in flight besides."""
    here = at(machine.home)
    study = Study.open(str(SMALL), at=here)
    with closing(study):
        assert not study.journal.news, study.journal.news
        health = study.journal.examine()
        assert health.sound, health
        kinds = {row.id: row.kind for row in study.journal.rows()}
        there = set(kinds)
        assert machine.acknowledged <= there, sorted(machine.acknowledged - there)
        more = there - machine.acknowledged
        own = more - set(machine.offered)
        given_up = {name for name in own if kinds[name] == "SittingAbandoned"}  # before another begins, in one action
        assert len(own - given_up) <= 1, own
        assert not (own and more - own), "two actions were in flight"
        machine.acknowledged.update(more)
    for backup in backups.listed(here.backups):
        if backup.path not in machine.verified:
            backups.read(backup.path)
            machine.verified.add(backup.path)
    for path in machine.shared.glob("dlroadmap-*.json"):
        sync.read_file(path)


def kill_migration(folder: Path, chance: random.Random, *, events: int = 200) -> bool:
    """Kill a child that migrates a journal, assert that every event is there at the next start, tell whether it had ended."""
    here = at(folder)
    with closing(Journal(here.journal)) as journal:
        rows = [row_of("small", tick(journal, n)) for n in range(events)]
    child = _child([str(folder), str(folder), "0", "migrating"])
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    time.sleep(chance.random() * 0.025)
    child.send_signal(signal.SIGKILL)
    ended = "migrated" in child.stdout.read()
    child.communicate()
    with newer_format(), closing(open_journal(here, BEGAN)) as journal:
        assert not journal.news, journal.news
        found = [row for row in journal.rows() if row in rows]
        assert found == rows
        assert journal.examine().sound
        assert journal._db.execute("PRAGMA user_version").fetchone()[0] == 2
        assert journal._db.execute("SELECT count(*) FROM extra").fetchone()[0] == events
    for backup in backups.listed(here.backups):
        assert backups.read(backup.path) == rows
    return ended


if __name__ == "__main__":
    main(*sys.argv[1:])
