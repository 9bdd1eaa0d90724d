"""The journal: the SQLite file of events, and the only owner of progress on disk.

What `append` returns is committed and survives the power failing. Snapshots of the fold are a cache: dropping them loses nothing.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from dlroadmap import database
from dlroadmap.database import COLUMNS, Damaged, Health, JournalFault, telling
from dlroadmap.events import Entry, Event, Restored, entry_id, milliseconds_of, read_event
from dlroadmap.progress import AMENDING, RULES, Progress, amended_by, fold, reach
from dlroadmap.rows import LAST, Row, checksum, row_of

__all__ = ["SNAPSHOT_EVERY", "Damaged", "Journal", "JournalFault", "Loaded"]

SNAPSHOT_EVERY = 200
"""A fold of at least this many entries is kept."""

_ID = "[0-9]" * 14 + "-*"


class Loaded(NamedTuple):
    """The fold of one roadmap's entries, up to a row of the file."""

    progress: Progress
    seq: int
    upto: str


class Journal:
    """One open journal. Not for use from several threads."""

    def __init__(
        self,
        path: Path,
        *,
        before_migration: Callable[[], object] | None = None,
        instead: tuple[str, Iterable[Row]] | None = None,
        only_read: str = "",
    ) -> None:
        """Open a journal, or begin one. Raises JournalFault where that can't be done, Damaged where salvage can help.

        Where the file can't be written it is read from a private copy, and `read_only` says why. A file of an older format is
        turned into one of this after before_migration has made sure that nothing can be lost; without it, a copy of it is read.
        instead: why the file isn't to be used at all, and the rows that are shown in its place. only_read: why it isn't to be
        written, as a backup isn't.
        """
        self.path = path
        self.read_only = ""
        self.notice = ""
        """What the learner should know of it although it can be used."""
        self._tag = ""
        self.damaged: set[str] = set()
        """The ids of the events that were read and found damaged: they have no effect."""
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._before_migration = before_migration
        self._only_read = only_read
        try:
            if instead:
                self._begin_privately(*instead)
            else:
                self._open()
        except BaseException as error:
            self.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise database.fault_of(path, error) from error
            if isinstance(error, OSError):
                cure = "set DLROADMAP_HOME to a folder that you can write"
                raise JournalFault(f"{path}: {error.strerror or error}; {cure}") from None
            raise

    def close(self) -> None:
        """Close the file."""
        if hasattr(self, "_db"):  # it has none where opening failed before the file was reached
            self._db.close()
        if self._copy:
            self._copy.cleanup()

    @property
    def news(self) -> str:
        """What the learner should be told of the file; "" where all is well."""
        many = len(self.damaged)
        spoilt = f"{self.path}: {many} event{'s are' if many > 1 else ' is'} damaged and left out; dlroadmap doctor tells more"
        return self.read_only or (spoilt if many else self.notice)

    # Opening

    def _open(self) -> None:
        reason = self._only_read or database.obstacle(self.path)
        if reason and not os.path.isfile(self.path):  # noqa: PTH113 Path.is_file raises where a folder may not be entered
            self._begin_privately(f"nothing is saved: {self.path}: {reason}")
            return
        database.look_at_header(self.path)
        if reason:
            self._open_copy(reason)
            return
        try:
            self._open_in_place()
        except sqlite3.OperationalError as error:
            fault = database.fault_of(self.path, error)
            if isinstance(fault, Damaged) or "in use" in str(fault) or not self.path.stat().st_size:
                raise
            self._db.close()
            self._open_copy(f"{error}; make room, or set DLROADMAP_HOME to another folder")  # a full disk, most often

    def _open_in_place(self) -> None:
        log = Path(f"{self.path}-wal")
        careful = log.exists() and log.stat().st_size > 0  # an ordinary reader folds such a log into the file when it closes
        self._db = database.connect(self.path, "ro" if careful else "rwc")
        version = database.version_of(self._db, self.path)
        if version > database.FORMAT:
            self._db.close()
            self._open_copy(f"a newer dlroadmap wrote it (format {version}); install that version")
            return
        if version:
            database.look_over(self._db, self.path)
        if careful:
            self._db.close()
            self._db = database.connect(self.path)
        if 0 < version < database.FORMAT and not self._migrate():
            self._db.close()
            self._open_copy(f"an older dlroadmap wrote it (format {version})")
            return
        database.keep_a_log(self._db)
        self._look = self.path.stat()
        if version == 0:
            self._create()

    def _migrate(self) -> bool:
        if self._before_migration is None:
            return False
        self._before_migration()
        self._look = self.path.stat()
        with self._writing():
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])  # another program may have done it just now
            database.migrate(self._db, version)
        database.look_over(self._db, self.path)
        return True

    def _private(self) -> Path:
        self._copy = tempfile.TemporaryDirectory(prefix="dlroadmap-", ignore_cleanup_errors=True)
        return Path(self._copy.name) / "progress.sqlite3"

    def _open_copy(self, reason: str) -> None:
        """Read a copy of the file and its log: SQLite can't read a log in place without writing beside it."""
        copy = self._private()
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{self.path}{suffix}", f"{copy}{suffix}")
        self._db = database.connect(copy)
        if database.version_of(self._db, self.path) == 0:
            self._create()
        self.read_only = f"nothing is saved: {self.path}: {reason}"

    def _begin_privately(self, reason: str, rows: Iterable[Row] = ()) -> None:
        self.read_only = ""
        self._db = database.connect(self._private())
        self._create()
        with self._writing():
            self._take(rows)
        self.read_only = reason

    def _create(self) -> None:
        with self._writing():
            if not self._db.execute("PRAGMA user_version").fetchone()[0]:
                database.create(self._db)

    @property
    def machine(self) -> str:
        """This machine's tag: drawn when it is first wanted, anew where the file was copied to another place or host."""
        if not self._tag and self.read_only:
            self._tag = "reader"
        elif not self._tag:
            with telling(self.path):
                self._tag = self._tag_of(self._here)
        if not self._tag:
            with self._writing():
                self._draw_tag()
        return self._tag

    @property
    def _here(self) -> str:
        return f"{self._look.st_dev}:{self._look.st_ino}:{socket.gethostname()}"

    def _draw_tag(self) -> None:
        self._tag = self._tag_of(self._here) or os.urandom(4).hex()  # another program may have drawn one just now
        self._db.executemany("REPLACE INTO meta VALUES (?, ?)", [("machine", self._tag), ("home", self._here)])

    def _tag_of(self, here: str) -> str:
        known = dict(self._db.execute("SELECT name, value FROM meta WHERE name IN ('machine', 'home')").fetchall())
        return str(known["machine"]) if known.get("home") == here else ""

    # Writing

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise JournalFault(self.read_only)
        with telling(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._still_there()
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                self._tag = ""  # it may have been drawn just now, in vain
                raise

    def _still_there(self) -> None:
        """Make sure that what is written goes where the next start will look: not into a file that was moved or replaced."""
        if self._copy:
            return
        try:
            look = self.path.stat()
            same = (look.st_dev, look.st_ino) == (self._look.st_dev, self._look.st_ino)
        except OSError:
            same = False
        if not same:
            raise JournalFault(f"{self.path} was moved or replaced while it was open, so nothing is saved; start dlroadmap again")

    def append(self, roadmap: str, event: Event, at: datetime) -> Entry:
        """Commit an event and return it as an entry. Raises JournalFault; then nothing was written."""
        with self._writing():
            return self._append(roadmap, event, at)

    def _append(self, roadmap: str, event: Event, at: datetime) -> Entry:
        found = self._db.execute("SELECT id FROM event WHERE id GLOB ? ORDER BY id DESC LIMIT 1", (_ID,)).fetchone()
        newest = milliseconds_of(found[0]) if found else -1
        now = min(int(at.timestamp() * 1000), int(LAST))
        if not self._tag:
            self._draw_tag()
        entry = Entry(entry_id(max(now, newest + 1), self._tag), at, event)
        self._insert(row_of(roadmap, entry))
        first = self._reach(event)
        if first is not None:
            self._db.execute("DELETE FROM snapshot WHERE roadmap = ? AND upto >= ?", (roadmap, first))
        return entry

    def _insert(self, row: Row) -> None:
        self._db.execute(f"INSERT INTO event({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608 our own names

    def take(self, rows: Iterable[Row]) -> list[Row]:
        """Commit, all at once, the rows that the journal lacks, and return them. Raises JournalFault; then nothing was written."""
        with self._writing():
            return self._take(rows)

    def _take(self, rows: Iterable[Row]) -> list[Row]:
        fresh, _ = self._compare(rows)
        for row in fresh:
            self._insert(row)
        return fresh

    def compare(self, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        """Return the rows that the journal lacks, in order, and those that it has otherwise, which no honest copy can have."""
        with telling(self.path):
            return self._compare(rows)

    def _compare(self, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        known, given = dict(self._db.execute("SELECT id, sum FROM event").fetchall()), list(rows)
        lacking = {row.id: row for row in given if row.id not in known}
        other = [row for row in given if known.get(row.id, row.sum) != row.sum]
        return sorted(lacking.values()), other

    def restore(self, rows: Iterable[Row], at: datetime) -> tuple[int, int]:
        """Let exactly these rows count again, all at once: add what the journal lacks, undo what they don't have.

        Returns how many were added and how many undone. Raises JournalFault; then nothing was written.
        """
        theirs = {row.id: row for row in rows}
        with self._writing():
            added, undone = len(self._take(theirs.values())), 0
            for roadmap in self._roadmaps():
                entries = list(self._entries(roadmap))
                more = tuple(entry.id for entry in entries if entry.id not in theirs)
                if more and fold(entries) != fold(entry for entry in entries if entry.id in theirs):
                    self._append(roadmap, Restored(entries=more), at)
                    undone += len(more)
        return added, undone

    def _reach(self, event: Event) -> str | None:
        """Return the earliest entry that an event changes: for the undoing of an amendment, what that had reached."""
        reached: list[str] = []
        todo, seen = [event], set[str]()
        while todo:
            one = todo.pop()
            first = reach(one)
            reached += [] if first is None else [first]
            for name in amended_by(one) - seen:
                seen.add(name)
                row = self._db.execute("SELECT kind, body FROM event WHERE id = ?", (name,)).fetchone()
                todo += [read_event(*row)] if row else []
        return min(reached, default=None)

    def keep(self, roadmap: str, loaded: Loaded) -> None:
        """Keep a snapshot of a fold, and thin out the older ones to ever wider gaps."""
        if self.read_only or not loaded.upto:
            return
        body = loaded.progress.model_dump_json(exclude_defaults=True)
        row = (roadmap, loaded.upto, loaded.progress.entries, RULES, body)
        with self._writing():
            newer = "SELECT 1 FROM event WHERE roadmap = ? AND seq > ? LIMIT 1"
            if self._db.execute(newer, (roadmap, loaded.seq)).fetchone():
                return  # another program's, which may undo what is folded here
            self._db.execute("REPLACE INTO snapshot VALUES (?, ?, ?, ?, ?, ?)", (*row, checksum(*map(str, row))))
            kept, gap = loaded.progress.entries, SNAPSHOT_EVERY // 2
            for upto, entries in self._db.execute(
                "SELECT upto, entries FROM snapshot WHERE roadmap = ? AND upto < ? ORDER BY upto DESC", (roadmap, loaded.upto)
            ).fetchall():
                if kept - entries < gap:
                    self._db.execute("DELETE FROM snapshot WHERE roadmap = ? AND upto = ?", (roadmap, upto))
                else:
                    kept, gap = entries, gap * 2

    # Reading

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Let several questions see one state of the file."""
        with telling(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                with suppress(sqlite3.Error):
                    self._db.execute("COMMIT")

    def load(self, roadmap: str) -> Loaded:
        """Fold one roadmap's entries, from the newest sound snapshot on."""
        with self._reading():
            for progress, upto in self._snapshots(roadmap):
                start, entries = progress, list(self._entries(roadmap, after=upto))
                if not any(self._reaches(x.event, upto) for x in entries):
                    break
            seq = self._db.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        loaded = Loaded(fold(entries, start), int(seq), entries[-1].id if entries else upto)
        if len(entries) >= SNAPSHOT_EVERY and not self.damaged:
            with suppress(JournalFault):  # a cache that can't be written costs time, nothing else
                self.keep(roadmap, loaded)
        return loaded

    def catch_up(self, roadmap: str, loaded: Loaded) -> Loaded:
        """Fold in what this and other programs have appended since."""
        with self._reading():
            rows = self._db.execute(f"SELECT seq, {COLUMNS} FROM event WHERE seq > ? ORDER BY seq", (loaded.seq,)).fetchall()  # noqa: S608 our own names
        if not rows:
            return loaded
        entries = sorted(self._entry(row[1:]) for row in rows if row[2] == roadmap)
        if not entries:
            return loaded._replace(seq=rows[-1][0])
        if any(isinstance(x.event, AMENDING) for x in entries) or entries[0].id < loaded.upto:
            return self.load(roadmap)
        return Loaded(fold(entries, loaded.progress), rows[-1][0], entries[-1].id)

    def newest_first(self, roadmap: str) -> Iterator[Entry]:
        """Yield a roadmap's entries from the newest back."""
        with telling(self.path):
            yield from self._entries(roadmap, order="DESC")

    def rows(self) -> list[Row]:
        """Return every sound event of every roadmap as it stands in the file, in the order of their ids."""
        with telling(self.path):
            rows = [Row._make(row) for row in self._db.execute(f"SELECT {COLUMNS} FROM event ORDER BY id")]  # noqa: S608 our own names
        self.damaged |= {str(row.id) for row in rows if not row.sound}
        return [row for row in rows if row.sound]

    def data_version(self) -> int:
        """Return a number that changes when another program has written."""
        with telling(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def is_new(self) -> bool:
        """Tell whether no event was ever recorded."""
        with telling(self.path):
            return self._db.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None

    def roadmaps(self) -> list[str]:
        """Return the ids of all roadmaps that have events."""
        with telling(self.path):
            return self._roadmaps()

    def _roadmaps(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT DISTINCT roadmap FROM event ORDER BY roadmap").fetchall()]

    def examine(self) -> Health:
        """Check the whole file and every event's sum; takes time. Raises JournalFault."""
        with self._reading():
            return database.examine(self._db)

    def _reaches(self, event: Event, upto: str) -> bool:
        """Tell whether an event changes what a snapshot has folded."""
        first = self._reach(event) if isinstance(event, AMENDING) and upto else None
        return first is not None and first <= upto

    def _snapshots(self, roadmap: str) -> Iterator[tuple[Progress | None, str]]:
        """Yield the sound snapshots from the newest back, each with its last entry; at the end none at all."""
        listed = self._db.execute(
            "SELECT rowid FROM snapshot WHERE roadmap = ? AND rules = ? ORDER BY upto DESC", (roadmap, RULES)
        ).fetchall()
        for where in listed:
            *row, total = self._db.execute(
                "SELECT roadmap, upto, entries, rules, body, sum FROM snapshot WHERE rowid = ?", where
            ).fetchone()
            if checksum(*map(str, row)) == total:
                try:
                    progress = Progress.model_validate_json(row[4])
                except ValidationError:
                    continue
                yield progress, row[1]
        yield None, ""

    def _entries(self, roadmap: str, after: str = "", order: str = "") -> Iterator[Entry]:
        later = "id > ?" if after else "'' = ?"  # a damaged id may be anything
        question = f"SELECT {COLUMNS} FROM event WHERE roadmap = ? AND {later} ORDER BY id {order}"  # noqa: S608 our own names
        return map(self._entry, self._db.execute(question, (roadmap, after)))

    def _entry(self, columns: tuple[str, ...]) -> Entry:
        row = Row._make(columns)
        if not row.sound:
            self.damaged.add(str(row.id))
        return row.entry

    # Where the cursor stands: local to the machine, no event

    def place(self, roadmap: str, name: str) -> str | None:
        """Return a remembered place of the screen."""
        with telling(self.path):
            row = self._db.execute("SELECT value FROM place WHERE roadmap = ? AND name = ?", (roadmap, name)).fetchone()
        return str(row[0]) if row else None

    def keep_place(self, roadmap: str, name: str, value: str) -> None:
        """Remember a place of the screen; where that can't be done the next start is at the top, no more."""
        if not self.read_only:
            with suppress(JournalFault), self._writing():
                self._db.execute("REPLACE INTO place VALUES (?, ?, ?)", (roadmap, name, value))
