"""The SQLite file that holds the events: its layout, how it is opened and checked, and its faults in words."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dlroadmap.rows import Row

APPLICATION_ID = 0x646C726D  # "dlrm"
FORMAT = 1
"""The file's format, SQLite's user_version."""
MIGRATIONS: Mapping[int, tuple[str, ...]] = {}
"""For each format, the statements that convert a file to the next format."""
BUSY_SECONDS = 5.0
"""How long to wait for another program that is writing."""
SCHEMA: tuple[str, ...] = (
    """CREATE TABLE event(
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, roadmap TEXT NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL, body TEXT NOT NULL, sum TEXT NOT NULL)""",
    "CREATE INDEX event_of_roadmap ON event(roadmap, id)",
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is written once'); END""",
    """CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event stays'); END""",
    """CREATE TRIGGER event_from_elsewhere_is_older AFTER INSERT ON event
    BEGIN DELETE FROM snapshot WHERE roadmap = NEW.roadmap AND upto > NEW.id; END""",
    """CREATE TABLE snapshot(
    roadmap TEXT NOT NULL, upto TEXT NOT NULL, entries INTEGER NOT NULL, rules INTEGER NOT NULL,
    body TEXT NOT NULL, sum TEXT NOT NULL, PRIMARY KEY(roadmap, upto))""",
    "CREATE TABLE place(roadmap TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(roadmap, name))",
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
COLUMNS = "id, roadmap, at, kind, body, sum"
"""A row's columns, in its order."""

_HEADER = b"SQLite format 3\0"
_CURE = "dlroadmap restore --salvage sets it aside unchanged, and goes on with what can be read of it and of the newest backup"


class JournalFault(Exception):  # noqa: N818 what happened to the file, in words for the learner
    """The journal can't be read or written; the message says why and what to do."""


class Damaged(JournalFault):
    """The journal's file is damaged; what can still be read can be salvaged."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} is {what}; {_CURE}")


def obstacle(path: Path) -> str:
    """Say why nothing can be saved at a path, "" if it can; a missing folder is made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = path.stat().st_mode if os.path.lexists(path) else 0
    except OSError as error:
        return f"{error.strerror or error}; set DLROADMAP_HOME to a folder that you can write"
    if mode and not stat.S_ISREG(mode):
        kind = "a folder stands in its place" if stat.S_ISDIR(mode) else "what stands in its place is not a file"
        return f"{kind}; move that away, or set DLROADMAP_HOME to another folder"
    if not os.access(path.parent, os.W_OK):
        return "its folder can't be written"
    return "" if not mode or os.access(path, os.W_OK) else "the file can't be written"


def connect(path: Path, mode: str = "rwc") -> sqlite3.Connection:
    """Open a file with one of SQLite's modes: ro, rw or rwc. Nothing is read from it yet."""
    name = f"{path.absolute().as_uri()}?mode={mode}"
    db = sqlite3.connect(name, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    db.text_factory = partial(str, encoding="utf-8", errors="replace")  # a flipped bit must spoil one event, not all reading
    return db


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into JournalFault with words for the learner."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(path, error) from error


def fault_of(path: Path, error: Exception) -> JournalFault:
    """Return the fault that an error of SQLite means for the learner."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return JournalFault(f"{path} is in use by another program that doesn't answer; end it, or try again")
    if "full" in text:
        return JournalFault(f"{path}: the disk is full; make room and try again, nothing that was saved is lost")
    if any(word in text for word in ("malformed", "not a database", "corrupt", "unsupported file format", "no such")):
        return Damaged(path, f"damaged ({text})")
    return JournalFault(f"{path}: {text}; nothing that was saved is lost")


def look_at_header(path: Path) -> None:
    """Raise Damaged if a file's first bytes aren't SQLite's: SQLite would treat some of these files as empty."""
    log = head = b""
    with suppress(FileNotFoundError), Path(f"{path}-wal").open("rb") as file:  # first: it begins after the file's header
        log = file.read(1)
    with suppress(FileNotFoundError), path.open("rb") as file:
        head = file.read(100)
    if not head and not log:
        return  # nothing was ever written, or another program is creating the file now
    if not head:
        raise Damaged(path, "damaged (it is empty, and what was written last lies beside it)")
    if len(head) < 100 or not head.startswith(_HEADER) or not {head[18], head[19]} <= {1, 2}:
        raise Damaged(path, f"damaged ({'it holds zeros' if not any(head) else 'its header is not that of a database'})")


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return a file's format, 0 if it is still empty. Raises Damaged if it belongs to another program."""
    db.execute("BEGIN")  # one state of the file: another program may be creating it now
    try:
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        with suppress(sqlite3.Error):
            db.execute("COMMIT")
    if application != APPLICATION_ID and (application or version or tables):
        raise Damaged(path, "another program's database")
    if version <= 0 < tables:
        raise Damaged(path, f"damaged (its format can't be {version})")
    return version


def look_over(db: sqlite3.Connection, path: Path) -> None:
    """Raise Damaged if one of the quick checks fails: the tables' layout, and the number of events in each index."""
    db.execute("BEGIN")  # one state of the file
    try:
        found = {row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        if db.execute("PRAGMA user_version").fetchone()[0] == FORMAT and not set(SCHEMA) <= found:
            raise Damaged(path, "damaged (its tables are not those that were made)")
        counts = [db.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]]
        for through in ("NOT INDEXED", "INDEXED BY event_of_roadmap", "INDEXED BY sqlite_autoindex_event_1"):
            counts += db.execute(f"SELECT count(*) FROM event {through}").fetchone()  # noqa: S608 our own names
        for table in ("snapshot", "place", "meta"):
            db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 our own names
    finally:
        with suppress(sqlite3.Error):
            db.execute("COMMIT")
    if len(set(counts)) > 1:
        raise Damaged(path, f"damaged ({min(counts)} of {max(counts)} events are left)")


def create(db: sqlite3.Connection) -> None:
    """Create the tables in an empty file, within a transaction."""
    for statement in SCHEMA:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORMAT}")


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Convert a file of an older format to the present one, within a transaction."""
    for older in range(version, FORMAT):
        for statement in MIGRATIONS[older]:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {FORMAT}")


def keep_a_log(db: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, waiting for a program that is creating the file, as SQLite itself doesn't."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.01)
        else:
            break
    db.execute("PRAGMA synchronous = FULL")


class Health(NamedTuple):
    """The result of a full check of the file."""

    faults: tuple[str, ...]
    """What is wrong with the file itself."""
    events: int
    damaged: tuple[str, ...]
    """The ids of damaged events."""
    unknown: tuple[str, ...]
    """The kinds of events that this version doesn't know."""

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged."""
        return not self.faults and not self.damaged

    def __str__(self) -> str:
        many = len(self.damaged)
        told = [f"{many} damaged event{'s' * (many > 1)}: {', '.join(self.damaged[:3])}"] if many else []
        return "; ".join([*self.faults[:2], *told]) or "sound"


def examine(db: sqlite3.Connection) -> Health:
    """Check the whole file and every event's checksum; this takes time."""
    faults: list[str] = []
    damaged: list[str] = []
    unknown: set[str] = set()
    events = 0
    try:
        faults = [str(row[0]) for row in db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
        for row in map(Row._make, db.execute(f"SELECT {COLUMNS} FROM event NOT INDEXED")):  # noqa: S608 our own names
            events += 1
            if not row.sound:
                damaged.append(str(row.id))
            elif not row.known:
                unknown.add(row.kind)
    except sqlite3.DatabaseError as error:
        faults.append(str(error))
    lines = [" ".join(line.split()) for line in "\n".join(faults).splitlines() if not line.startswith("***")]
    return Health(tuple(lines), events, tuple(damaged), tuple(sorted(unknown)))
