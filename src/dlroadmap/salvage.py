"""Salvage: reading what is left of a damaged journal, checked by the events' checksums, and writing a new file in its place."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from dlroadmap import backups, database
from dlroadmap.backups import Backup
from dlroadmap.database import COLUMNS, JournalFault
from dlroadmap.files import followed
from dlroadmap.places import Places
from dlroadmap.rows import Row

BESIDE = ("", "-wal", "-shm")
"""The suffixes of a database's files: itself, its log, and the log's index."""

_ID = re.compile(rb"\d{14}-[0-9a-z]{1,32}")
_PAGES = (4096, 1024, 512, 2048, 8192, 16384, 32768, 65536)
_LOCKED = 0x40000002, 510
"""Where every open SQLite connection locks bytes of the file, and how many bytes."""


class Remains(NamedTuple):
    """What is left: the events read from damaged files, those that only a backup has, and that backup."""

    read: list[Row]
    backed_up: list[Row]
    backup: Backup | None

    @property
    def rows(self) -> list[Row]:
        """All events, in the order of their ids."""
        return sorted([*self.read, *self.backed_up])


def remains(here: Places, content: bytes | None = None) -> Remains:
    """Return what can be read from the journal, from files that were set aside before, and from the newest good backup.

    content: the journal's bytes, if the caller has them: a file that it has locked must not be opened again.
    """
    found: dict[str, Row] = {}
    journal = followed(here.journal)
    for file in (journal, *sorted(here.set_aside.glob(f"*/{here.journal.name}"))):
        for part in (Path(f"{file}{suffix}") for suffix in BESIDE[:2]):
            known = content if part == journal and content is not None else _content(part)
            found |= {row.id: row for row in carve(known)}
    for backup in backups.listed(here.backups):
        with suppress(JournalFault):
            more = [row for row in backups.read(backup.path) if row.id not in found]
            return Remains(list(found.values()), more, backup)
    return Remains(list(found.values()), [], None)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.is_file() else b""
    except OSError as error:
        raise JournalFault(f"{file}: {error.strerror or error}") from error


def carve(content: bytes) -> Iterator[Row]:
    """Find every undamaged event in a database file, its log, or a piece of one, whatever the rest contains.

    An event's record is a header of sizes, then its columns (SQLite's file format, 2.1). If its checksum fits, it is an event.
    """
    for match in _ID.finditer(content):
        start = match.start()
        for length in range(8, 17):
            if content[start - length : start - length + 2] != bytes((length, 0)):
                continue
            sizes = _sizes(content[start - length + 2 : start])
            if len(sizes) == 6 and (row := _record(content, start, length, sizes)):
                yield row
                break


def _sizes(header: bytes) -> list[int]:
    """Return the sizes of the texts by a record's header, [] if it can't be an event's header."""
    sizes, value, pending = [], 0, False
    for byte in header:
        value = value << 7 | byte & 0x7F
        pending = bool(byte & 0x80)
        if not pending:
            if value < 13 or not value % 2:
                return []
            sizes.append((value - 13) // 2)
            value = 0
    return [] if pending else sizes


def _record(content: bytes, start: int, length: int, sizes: list[int]) -> Row | None:
    """Read a record's texts, overflow pages included; None if its checksum doesn't fit."""
    size = sum(sizes)
    if size > len(content):
        return None
    whole = content[start : start + size]
    if (row := _row(whole, sizes)) and row.sound:
        return row
    for page in _PAGES:
        for frame, offset in ((page, 0), (page + 24, 32 + 24)):  # as in the file itself; as in its log, where pages lie in frames
            local = _local(length + size, page) - length
            if local < size and (text := _chained(content, start, local, size, page, frame, offset)):
                row = _row(text, sizes)
                if row and row.sound:
                    return row
    return None


def _local(payload: int, page: int) -> int:
    """Return how many bytes of a payload lie on its first page (SQLite's file format, 1.6)."""
    most, least = page - 35, (page - 12) * 32 // 255 - 23
    if payload <= most:
        return payload
    local = least + (payload - least) % (page - 4)
    return local if local <= most else least


def _chained(content: bytes, start: int, local: int, size: int, page: int, frame: int, offset: int) -> bytes:
    """Read a payload over its overflow pages; b"" if the chain is broken."""
    text, left = content[start : start + local], size - local
    number = int.from_bytes(content[start + local : start + local + 4], "big")
    where = {}
    if offset:  # in a log: each frame begins with the number of its page
        where = {int.from_bytes(content[at - 24 : at - 20], "big"): at for at in range(offset, len(content), frame)}
    while left > 0 and number:
        at = where.get(number, -1) if offset else (number - 1) * page
        if at < 0 or at + 4 > len(content):
            return b""
        text += content[at + 4 : at + page][:left]
        left = size - len(text)
        number = int.from_bytes(content[at : at + 4], "big")
    return text if len(text) == size else b""


def _row(text: bytes, sizes: list[int]) -> Row | None:
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    try:
        return Row(*(part.decode("utf-8") for part in parts))
    except UnicodeDecodeError:
        return None


def replace(here: Places, now: datetime) -> tuple[Remains, Path | None]:
    """Set the damaged journal aside and write what is left of it in its place; return what is left, and the old files' folder.

    Raises JournalFault if another program has the journal open or the new file can't be written; then nothing has changed.
    """
    journal = followed(here.journal)
    try:
        with _locked(journal) as opened:
            content = opened.read() if opened else None
            left = remains(here, content)
            fresh = _written(left.rows, journal)
            aside = here.set_aside / f"{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
            if content is not None:
                _keep(content, journal, aside)
            for beside in (Path(f"{journal}{suffix}") for suffix in BESIDE[1:]):
                if beside.is_file():
                    _keep(beside.read_bytes(), beside, aside)
            for suffix in BESIDE[1:]:  # before the new file comes: SQLite would use a log beside it
                Path(f"{journal}{suffix}").unlink(missing_ok=True)
            fresh.replace(journal)
    except OSError as error:
        raise JournalFault(f"{error.filename or journal}: {error.strerror or error}; nothing was changed") from error
    return left, aside if aside.exists() else None


@contextmanager
def _locked(file: Path) -> Iterator[IO[bytes] | None]:
    """Lock a file as SQLite does for exclusive use; yield None if there is no file. Raises JournalFault if it is open elsewhere.

    Read the file only through this handle: POSIX drops a program's locks on a file as soon as it closes any handle of it.
    """
    if not file.is_file():
        yield None
        return
    with file.open("rb+") as opened:
        try:
            _lock(opened)
        except OSError:
            raise JournalFault(f"{file} is open in another dlroadmap; quit that one first") from None
        yield opened


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 only Windows has it

        file.seek(_LOCKED[0])
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, _LOCKED[1])
    else:
        import fcntl  # noqa: PLC0415 Windows doesn't have it

        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED[1], _LOCKED[0])


def _written(rows: list[Row], journal: Path) -> Path:
    """Write a new database of these rows beside the old one."""
    fresh = journal.with_name(f".{journal.name}.new")
    fresh.unlink(missing_ok=True)
    with database.telling(fresh), closing(database.connect(fresh)) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN")
        database.create(db)
        db.executemany(f"INSERT INTO event({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 our own names
        db.execute("COMMIT")
        database.look_over(db, fresh)
        health = database.examine(db)
    if not health.sound or health.events != len(rows):
        raise JournalFault(f"{fresh}: what was written can't be read again ({health}); nothing was changed")
    return fresh


def _keep(content: bytes, file: Path, aside: Path) -> None:
    """Copy a file's content and times to another folder. A hard link would change with the file if a later step failed."""
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (aside / file.name).open("wb") as copy:
        copy.write(content)
        copy.flush()
        os.fsync(copy.fileno())
    shutil.copystat(file, aside / file.name)
