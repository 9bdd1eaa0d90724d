"""Backups: complete copies of the journal, verified before they count, and fewer of them the older they are."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dlroadmap import database
from dlroadmap.database import COLUMNS, Damaged, JournalFault
from dlroadmap.files import sweep
from dlroadmap.rows import Row

ALL_FOR = timedelta(days=2)
"""How long every backup is kept."""
DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""For how many days, weeks and months before that the last backup is kept."""

_NAME = re.compile(r"progress-(\d{8}T\d{6})(\d{3})Z\.sqlite3")
_MAKING = ".making-"


class Backup(NamedTuple):
    """A copy of the journal and when it was made."""

    at: datetime
    path: Path

    @property
    def name(self) -> str:
        """The name by which a learner chooses it."""
        return self.path.stem.removeprefix("progress-")


def listed(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the newest first."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if match := _NAME.fullmatch(path.name):
                with suppress(ValueError):
                    at = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                    found.append(Backup(at + timedelta(milliseconds=int(match[2])), path))
    return sorted(found, reverse=True)


def make(journal: Path, folder: Path, now: datetime) -> Backup:
    """Copy the journal, verify the copy, and remove backups no longer needed. Raises JournalFault; then there is no new backup."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(folder, _MAKING)
        handle, name = tempfile.mkstemp(dir=folder, prefix=_MAKING)
        os.close(handle)
        scratch = Path(name)
        try:
            with database.telling(journal):
                _copy(journal, scratch)
            backup = _place(scratch, folder, now)
        finally:
            for suffix in ("", "-journal"):
                Path(f"{scratch}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise JournalFault(f"{folder}: {error.strerror or error}; no backup was made") from error
    thin(folder, now)
    return backup


def _copy(journal: Path, scratch: Path) -> None:
    """Copy and verify. Raises Damaged if the copy is damaged, which means that the journal is, too."""
    with closing(database.connect(journal, "rw")) as source, closing(database.connect(scratch)) as copy:
        least = source.execute("SELECT count(*) FROM event").fetchone()[0]
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, and nothing beside it
        database.look_over(copy, journal)
        health = database.examine(copy)
        if not health.sound or health.events < least:
            raise Damaged(journal, f"damaged ({health if not health.sound else 'events are missing from its copy'})")
    with scratch.open("rb+") as file:
        os.fsync(file.fileno())


def _place(scratch: Path, folder: Path, now: datetime) -> Backup:
    """Give a verified copy its name."""
    at = now.astimezone(UTC)
    while True:
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        path = folder / f"progress-{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03d}Z.sqlite3"
        if not path.exists():
            scratch.replace(path)
            return Backup(at, path)
        at += timedelta(milliseconds=1)


def thin(folder: Path, now: datetime) -> None:
    """Remove the backups that are no longer needed."""
    found = listed(folder)
    keep = kept([backup.at for backup in found], now)
    for backup in found:
        if backup.at not in keep:
            with suppress(OSError):
                backup.path.unlink()


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which backups stay: all of the last two days, then the last of each day, week and month that has one.

    Only days, weeks and months with a backup are counted, so that a clock that jumps ahead deletes none.
    """
    rest = sorted(times, reverse=True)
    keep = {at for at in rest if at > now - ALL_FOR}
    rest = [at for at in rest if at not in keep]
    for form, number in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        last: dict[str, datetime] = {}
        for at in rest:
            if len(last) < number or f"{at:{form}}" in last:
                last.setdefault(f"{at:{form}}", at)
        keep |= set(last.values())
        oldest = min(last.values(), default=None)
        rest = [at for at in rest if oldest and at < oldest and f"{at:{form}}" not in last]
    return keep


def due(folder: Path, now: datetime) -> bool:
    """Return whether no backup was made yet on this day of the learner's calendar."""
    return all(backup.at.astimezone(now.tzinfo).date() != now.date() for backup in listed(folder))


def look_after(journal: Path, folder: Path, now: datetime) -> str:
    """Make the day's backup if it is due, else check the file quickly; return what is wrong, "" if nothing is.

    It opens the file itself, so that it can run in another thread, or after a verb's answer.
    """
    try:
        with database.telling(journal), closing(database.connect(journal, "rw")) as db:
            if not db.execute("SELECT EXISTS (SELECT 1 FROM event)").fetchone()[0]:
                return ""
            if not due(folder, now):
                found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
                return "" if found == "ok" else str(Damaged(journal, f"damaged ({' '.join(found.split())})"))
        make(journal, folder, now)
    except JournalFault as fault:
        return str(fault)
    return ""


def read(backup: Path) -> list[Row]:
    """Return a backup's events, after verifying the file and every event. Raises JournalFault, Damaged if the backup is damaged."""
    if not backup.is_file():
        raise JournalFault(f"{backup}: no such backup; dlroadmap restore lists those that there are")
    database.look_at_header(backup)
    try:
        with closing(database.connect(backup, "ro")) as db:
            version = database.version_of(db, backup)
            if not version:
                raise JournalFault(f"{backup}: holds no progress; dlroadmap restore lists the backups that there are")
            if version > database.FORMAT:
                raise JournalFault(f"{backup}: a newer dlroadmap wrote it; install that version")
            database.look_over(db, backup)
            health = database.examine(db)
            if not health.sound:
                raise Damaged(backup, f"damaged ({health})")
            return [Row._make(row) for row in db.execute(f"SELECT {COLUMNS} FROM event ORDER BY id")]  # noqa: S608 our own names
    except sqlite3.Error as error:
        raise database.fault_of(backup, error) from error
