"""The journal's file while it is open: the file itself, a private copy if it can't be written, or a private file made of rows."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dlroadmap import database
from dlroadmap.database import COLUMNS, Damaged, JournalFault, telling
from dlroadmap.files import followed
from dlroadmap.rows import Row


class Store:
    """One open file. Not for use from several threads."""

    def __init__(
        self,
        path: Path,
        *,
        before_migration: Callable[[], object] | None = None,
        instead: tuple[str, Iterable[Row]] | None = None,
        only_read: str = "",
    ) -> None:
        """Open a journal, or create it. Raises JournalFault, or Damaged if salvage can help.

        If the file can't be written, a private copy is read, and `read_only` says why. before_migration is called before a file of
        an older format is converted, to make a backup; without it such a file isn't converted, but a copy is read. instead: why
        the file must not be used at all, and the rows to show in its place. only_read: why it must not be written (a backup).
        """
        self.path = followed(path)
        self.read_only = ""
        self.notice = ""
        """What the learner should know about the file although it can be used."""
        self._tag = ""
        self.damaged: set[str] = set()
        """The ids of the events found damaged so far; they have no effect."""
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
        if hasattr(self, "_db"):  # there is none if opening failed before
            self._db.close()
        if self._copy:
            self._copy.cleanup()

    @property
    def news(self) -> str:
        """What the learner should know about the file; "" if all is well."""
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
        careful = log.exists() and log.stat().st_size > 0  # an ordinary connection writes such a log into the file at its end
        before = self.path.stat() if self.path.exists() else None  # while this waits for the file, salvage may replace it
        self._db = database.connect(self.path, "ro" if careful else "rwc")
        self._look = before or self.path.stat()
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
        if version == 0:
            self._create()

    def _migrate(self) -> bool:
        if self._before_migration is None:
            return False
        self._before_migration()
        with self._writing():
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])  # another program may have just converted it
            database.migrate(self._db, version)
        database.look_over(self._db, self.path)
        return True

    def _private(self) -> Path:
        self._copy = tempfile.TemporaryDirectory(prefix="dlroadmap-", ignore_cleanup_errors=True)
        return Path(self._copy.name) / "progress.sqlite3"

    def _open_copy(self, reason: str) -> None:
        """Read a copy of the file and its log: SQLite can't read a log without writing a file beside it."""
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
        """This machine's tag: random, drawn when first needed, and again if the file was copied to another place or machine."""
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
        self._tag = self._tag_of(self._here) or os.urandom(4).hex()  # another program may have just drawn one
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
                self._tag = ""  # it may have been drawn in this transaction
                raise

    def _still_there(self) -> None:
        """Raise JournalFault if the file was moved or replaced: the next start wouldn't find what is written to it."""
        if self._copy:
            return
        try:
            look = self.path.stat()
            same = (look.st_dev, look.st_ino) == (self._look.st_dev, self._look.st_ino)
        except OSError:
            same = False
        if not same:
            raise JournalFault(f"{self.path} was moved or replaced while it was open, so nothing is saved; start dlroadmap again")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Let several queries see the same state of the file."""
        with telling(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                with suppress(sqlite3.Error):
                    self._db.execute("COMMIT")

    # Rows

    def _insert(self, row: Row) -> None:
        self._db.execute(f"INSERT INTO event({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608 our own names

    def _take(self, rows: Iterable[Row]) -> list[Row]:
        fresh, _ = self._compare(rows)
        for row in fresh:
            self._insert(row)
        return fresh

    def _compare(self, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        known, given = dict(self._db.execute("SELECT id, sum FROM event").fetchall()), list(rows)
        lacking = {row.id: row for row in given if row.id not in known}
        other = [row for row in given if known.get(row.id, row.sum) != row.sum]
        return sorted(lacking.values()), other

    def data_version(self) -> int:
        """Return a number that changes when another program has written."""
        with telling(self.path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    # Places of the screen, such as its cursor's: kept on this machine, not as events

    def place(self, roadmap: str, name: str) -> str | None:
        """Return a place of the screen that was remembered."""
        with telling(self.path):
            row = self._db.execute("SELECT value FROM place WHERE roadmap = ? AND name = ?", (roadmap, name)).fetchone()
        return str(row[0]) if row else None

    def keep_place(self, roadmap: str, name: str, value: str) -> None:
        """Remember a place of the screen; if that fails, nothing happens but that the next start is at the top."""
        if not self.read_only:
            with suppress(JournalFault), self._writing():
                self._db.execute("REPLACE INTO place VALUES (?, ?, ?)", (roadmap, name, value))
