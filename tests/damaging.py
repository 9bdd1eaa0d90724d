"""Damage to a journal's file, and what the program makes of it: everything is there, or the damage is named and can be salvaged."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dlroadmap import backups, salvage
from dlroadmap import events as e
from dlroadmap.journal import SNAPSHOT_EVERY, JournalFault
from dlroadmap.opening import open_journal
from dlroadmap.places import Places
from dlroadmap.progress import Progress
from dlroadmap.rows import Row

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = 4096


class Whole(NamedTuple):
    """A sound journal: its file's content, its events, their fold, and a backup of yesterday's that lacks the last of them."""

    content: bytes
    rows: list[Row]
    progress: Progress
    backup: Path
    backed_up: list[Row]


def whole(folder: Path) -> Whole:
    """Make a journal with long and short events, two roadmaps, a snapshot and a backup."""
    here = Places(folder, folder, folder / "cache")
    chance = random.Random(5)
    with closing(open_journal(here, BEGAN)) as journal:
        for n in range(SNAPSHOT_EVERY + 40):
            at = BEGAN + timedelta(minutes=n)
            if n == SNAPSHOT_EVERY:
                journal.keep("r", journal.load("r"))
                made = backups.make(here.journal, here.backups, at)
                backed_up = journal.rows()
            if n % 10 == 0:
                journal.append(
                    "r", e.NoteWritten(topic=f"t{n}", text="".join(chance.choices("abcö ", k=chance.choice([30, 900, 5000])))), at
                )
            else:
                journal.append("r" if n % 7 else "other", e.TopicTicked(topic=f"t{n}"), at)
        rows, progress = journal.rows(), journal.load("r").progress
    return Whole(here.journal.read_bytes(), rows, progress, made.path, backed_up)


def judge(content: bytes, sound: Whole, folder: Path) -> str:
    """Start with a damaged file: return "whole" or what was named. Asserts that nothing else can come of it."""
    here = Places(folder, folder, folder / "cache")
    shutil.rmtree(folder, ignore_errors=True)
    here.backups.mkdir(parents=True)
    shutil.copy(sound.backup, here.backups)
    here.journal.write_bytes(content)
    named = _started(here, sound)
    if named:
        assert str(here.journal) in named, named
        assert "\n" not in named
        _salvaged(here, sound, content if named.startswith("refused: ") else None)
    return named or "whole"


def _started(here: Places, sound: Whole) -> str:
    """Do what a verb does on the next day; return what it says of damage, "" where all is there."""
    now = BEGAN + timedelta(days=1)
    try:
        with closing(open_journal(here, now)) as journal:
            progress, rows = journal.load("r").progress, journal.rows()
            assert set(rows) <= set(sound.rows), "an event that was never written"
            wrong = journal.news or backups.look_after(here.journal, here.backups, now)
            complete = rows == sound.rows and progress == sound.progress
    except JournalFault as fault:
        return f"refused: {fault}"
    assert complete or wrong, f"silently {len(rows)} of {len(sound.rows)} events"
    return wrong


def _salvaged(here: Places, sound: Whole, untouched: bytes | None) -> None:
    """Assert that the newest good state is what salvage offers, and that the damaged file is kept."""
    if untouched is not None:
        assert here.journal.read_bytes() == untouched, "the damaged file was changed"
    left = salvage.remains(here)
    assert set(sound.backed_up) <= set(left.rows) <= set(sound.rows)
    _, aside = salvage.replace(here, BEGAN + timedelta(days=1))
    assert aside
    if untouched is not None:
        assert (aside / here.journal.name).read_bytes() == untouched
    with closing(open_journal(here, BEGAN)) as journal:
        assert not journal.news
        assert journal.rows() == left.rows
        assert journal.examine().sound


def cuts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Cut at every 512th byte."""
    for size in range(0, len(content), 512):
        yield f"cut at {size}", content[:size]


def zeroed(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Put zeros in the place of each page, and of all."""
    for at in range(0, len(content), PAGE):
        yield f"page {at // PAGE} zeroed", content[:at] + bytes(PAGE) + content[at + PAGE :]
    yield "all zeroed", bytes(len(content))


def flipped(content: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Flip one random bit each time."""
    chance = random.Random(seed)
    for _ in range(count):
        at, bit = chance.randrange(len(content)), chance.randrange(8)
        yield f"bit {bit} of byte {at}", content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
