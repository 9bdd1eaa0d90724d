"""The journal: the SQLite file of events, and the only owner of progress on disk.

What `append` returns is committed and survives the power failing. Snapshots of the fold are a cache: dropping them loses nothing.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import socket
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from dlroadmap.events import Entry, Event, Unreadable, entry_id, milliseconds_of, read_event
from dlroadmap.progress import AMENDING, RULES, Progress, amended_by, fold, reach

APPLICATION_ID = 0x646C726D  # "dlrm"
FORMAT = 1
"""The journal's format, SQLite's user_version."""
BUSY_SECONDS = 5.0
"""How long to wait for another program that is writing."""
SNAPSHOT_EVERY = 200
"""A fold of at least this many entries is kept."""

_HEADER = b"SQLite format 3\0"
_ID = "[0-9]" * 14 + "-*"
_SCHEMA = """
CREATE TABLE event(
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, roadmap TEXT NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL, body TEXT NOT NULL, sum TEXT NOT NULL);
CREATE INDEX event_of_roadmap ON event(roadmap, id);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is written once'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event stays'); END;
CREATE TRIGGER event_from_elsewhere_is_older AFTER INSERT ON event
    BEGIN DELETE FROM snapshot WHERE roadmap = NEW.roadmap AND upto > NEW.id; END;
CREATE TABLE snapshot(
    roadmap TEXT NOT NULL, upto TEXT NOT NULL, entries INTEGER NOT NULL, rules INTEGER NOT NULL,
    body TEXT NOT NULL, sum TEXT NOT NULL, PRIMARY KEY(roadmap, upto));
CREATE TABLE place(roadmap TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(roadmap, name));
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class JournalFault(Exception):  # noqa: N818 what happened to the file, in words for the learner
    """The journal can't be read or written; the message says why and what to do."""


class Loaded(NamedTuple):
    """The fold of one roadmap's entries, up to a row of the file."""

    progress: Progress
    seq: int
    upto: str


class Journal:
    """One open journal. Not for use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open a journal, or begin one. Raises JournalFault where that can't be done.

        Where the file can't be written it is read from a private copy, and `read_only` says why.
        """
        self.path = path
        self.read_only = ""
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        try:
            self._open()
        except BaseException as error:
            self.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise JournalFault(self._reason(error)) from error
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

    # Opening

    def _open(self) -> None:
        if self.path.exists() and not self.path.is_file():
            raise JournalFault(f"{self.path} is not a file; move it away, or set DLROADMAP_HOME to another folder")
        if self.path.exists() and 0 < self.path.stat().st_size < len(_HEADER):
            raise sqlite3.DatabaseError("file is not a database")  # SQLite would take it for an empty one
        if not self._writable():
            self._open_copy("its folder can't be written")
            return
        log = Path(f"{self.path}-wal")
        careful = log.exists() and log.stat().st_size > 0  # an ordinary reader folds such a log into the file when it closes
        self._db = self._connect(self.path, read_only=careful)
        version = self._version()
        if version > FORMAT:
            self._db.close()
            self._open_copy(f"a newer dlroadmap wrote it (format {version}); install that version")
            return
        if careful:
            self._db.close()
            self._db = self._connect(self.path)
        self._keep_a_log()
        self._db.execute("PRAGMA synchronous = FULL")
        if version == 0:
            self._create()
        self.machine = self._machine()

    def _writable(self) -> bool:
        """Tell whether the file can be written, making its folder where there is none."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                return False
            raise
        return os.access(self.path.parent, os.W_OK) and (not self.path.exists() or os.access(self.path, os.W_OK))

    def _connect(self, path: Path, *, read_only: bool = False) -> sqlite3.Connection:
        name = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        db = sqlite3.connect(name, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        db.text_factory = partial(str, encoding="utf-8", errors="replace")  # a flipped bit spoils one event, not the reading
        return db

    def _version(self) -> int:
        self._db.execute("BEGIN")  # one state of the file: another program may be making it just now
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        self._db.execute("COMMIT")
        if application != APPLICATION_ID and (application or version or tables):
            self._db.close()
            raise JournalFault(f"{self.path} is another program's database; move it away, or set DLROADMAP_HOME elsewhere")
        return version

    def _keep_a_log(self) -> None:
        """Switch to write-ahead logging; for a file that another program is making SQLite doesn't wait of itself."""
        patience = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > patience:
                    raise
                time.sleep(0.01)
            else:
                return

    def _open_copy(self, reason: str) -> None:
        """Read a copy of the file and its log: SQLite can't read a log in place without writing beside it."""
        self._copy = tempfile.TemporaryDirectory(prefix="dlroadmap-", ignore_cleanup_errors=True)
        copy = Path(self._copy.name) / self.path.name
        for suffix in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{self.path}{suffix}", f"{copy}{suffix}")
        self._db = self._connect(copy)
        if self._version() == 0:
            self._create()
        self.machine = "reader"
        self.read_only = f"nothing is saved: {self.path}: {reason}"

    def _create(self) -> None:
        with self._writing():
            if not self._db.execute("PRAGMA user_version").fetchone()[0]:
                for statement in _SCHEMA.strip().split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._db.execute(f"PRAGMA user_version = {FORMAT}")

    def _machine(self) -> str:
        """Return this machine's tag: drawn anew where the file was copied to another place or host."""
        look = self.path.stat()
        here = f"{look.st_dev}:{look.st_ino}:{socket.gethostname()}"
        if tag := self._tag_of(here):
            return tag
        with self._writing():
            tag = self._tag_of(here) or secrets.token_hex(4)  # another program may have drawn one just now
            self._db.executemany("REPLACE INTO meta VALUES (?, ?)", [("machine", tag), ("home", here)])
        return tag

    def _tag_of(self, here: str) -> str:
        known = dict(self._db.execute("SELECT name, value FROM meta WHERE name IN ('machine', 'home')").fetchall())
        return str(known["machine"]) if known.get("home") == here else ""

    # Writing

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise JournalFault(self.read_only)
        with self._asking():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    def append(self, roadmap: str, event: Event, at: datetime) -> Entry:
        """Commit an event and return it as an entry. Raises JournalFault; then nothing was written."""
        with self._writing():
            found = self._db.execute("SELECT id FROM event WHERE id GLOB ? ORDER BY id DESC LIMIT 1", (_ID,)).fetchone()
            newest = milliseconds_of(found[0]) if found else -1
            entry = Entry(entry_id(max(int(at.timestamp() * 1000), newest + 1), self.machine), at, event)
            kind, body = type(event).__name__, event.model_dump_json(exclude_defaults=True)
            row = (entry.id, roadmap, at.isoformat(), kind, body)
            self._db.execute(
                "INSERT INTO event(id, roadmap, at, kind, body, sum) VALUES (?, ?, ?, ?, ?, ?)", (*row, checksum(*row))
            )
            first = self._reach(event)
            if first is not None:
                self._db.execute("DELETE FROM snapshot WHERE roadmap = ? AND upto >= ?", (roadmap, first))
        return entry

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
    def _asking(self) -> Iterator[None]:
        """Tell SQLite's errors as faults of the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise JournalFault(self._reason(error)) from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Let several questions see one state of the file."""
        with self._asking():
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
        if len(entries) >= SNAPSHOT_EVERY:
            with suppress(JournalFault):  # a cache that can't be written costs time, nothing else
                self.keep(roadmap, loaded)
        return loaded

    def catch_up(self, roadmap: str, loaded: Loaded) -> Loaded:
        """Fold in what this and other programs have appended since."""
        with self._reading():
            rows = self._db.execute(
                "SELECT seq, id, at, kind, body, roadmap FROM event WHERE seq > ? ORDER BY seq", (loaded.seq,)
            ).fetchall()
        if not rows:
            return loaded
        entries = sorted(_entry(*row[1:5]) for row in rows if row[5] == roadmap)
        if not entries:
            return loaded._replace(seq=rows[-1][0])
        if any(isinstance(x.event, AMENDING) for x in entries) or entries[0].id < loaded.upto:
            return self.load(roadmap)
        return Loaded(fold(entries, loaded.progress), rows[-1][0], entries[-1].id)

    def newest_first(self, roadmap: str) -> Iterator[Entry]:
        """Yield a roadmap's entries from the newest back."""
        with self._asking():
            rows = self._db.execute("SELECT id, at, kind, body FROM event WHERE roadmap = ? ORDER BY id DESC", (roadmap,))
            for row in rows:
                yield _entry(*row)

    def data_version(self) -> int:
        """Return a number that changes when another program has written."""
        with self._asking():
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def is_new(self) -> bool:
        """Tell whether no event was ever recorded."""
        with self._asking():
            return self._db.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None

    def roadmaps(self) -> list[str]:
        """Return the ids of all roadmaps that have events."""
        with self._asking():
            return [row[0] for row in self._db.execute("SELECT DISTINCT roadmap FROM event ORDER BY roadmap")]

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

    def _entries(self, roadmap: str, after: str = "") -> Iterator[Entry]:
        rows = self._db.execute("SELECT id, at, kind, body FROM event WHERE roadmap = ? AND id > ? ORDER BY id", (roadmap, after))
        return (_entry(*row) for row in rows)

    # Where the cursor stands: local to the machine, no event

    def place(self, roadmap: str, name: str) -> str | None:
        """Return a remembered place of the screen."""
        with self._asking():
            row = self._db.execute("SELECT value FROM place WHERE roadmap = ? AND name = ?", (roadmap, name)).fetchone()
        return str(row[0]) if row else None

    def keep_place(self, roadmap: str, name: str, value: str) -> None:
        """Remember a place of the screen; where that can't be done the next start is at the top, no more."""
        if not self.read_only:
            with suppress(JournalFault), self._writing():
                self._db.execute("REPLACE INTO place VALUES (?, ?, ?)", (roadmap, name, value))

    def _reason(self, error: Exception) -> str:
        text = str(error)
        if "locked" in text or "busy" in text:
            return f"{self.path} is in use by another program that doesn't answer; end it, or try again"
        if "full" in text:
            return f"{self.path}: the disk is full; make room and try again, nothing that was saved is lost"
        if "malformed" in text or "not a database" in text or "corrupt" in text:
            return f"{self.path} is damaged ({text}); move it away to start anew, and keep it: its events may be recovered"
        return f"{self.path}: {text}; nothing that was saved is lost"


def checksum(*parts: str) -> str:
    """Return the sum that tells a damaged row from a sound one."""
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def _entry(name: str, at: str, kind: str, body: str) -> Entry:
    """Return a row as an entry; one that is damaged has no effect, and the others stand."""
    with suppress(TypeError, ValueError):
        moment = datetime.fromisoformat(at)
        if moment.tzinfo:
            return Entry(str(name), moment, read_event(kind, body))
    return Entry(str(name), datetime.fromtimestamp(0, UTC), Unreadable())
