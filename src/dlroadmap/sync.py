"""Sync: two or more machines exchange events through a shared folder, where each writes one file with all events it knows.

Events are united by their ids, so that any order, delay and number of machines leads to the same progress.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from dlroadmap.files import read_up_to, write_whole
from dlroadmap.formats.progress_file import LARGEST, NotProgress, read, to_json
from dlroadmap.journal import Journal
from dlroadmap.rows import Row

_OURS = re.compile(r"dlroadmap-[0-9a-f]{8}\.json")


class SyncFault(Exception):  # noqa: N818 what is wrong with the folder, in words for the learner
    """The folder can't be used; the message says why."""


class Synced(NamedTuple):
    """The result of a sync: the events taken in, the number of other machines, and the files skipped with the reasons."""

    taken: list[Row]
    machines: int
    skipped: list[str]
    wrote: bool
    file: Path


def sync(journal: Journal, folder: Path) -> Synced:
    """Take in the events of other machines from a folder, and write this machine's there. Raises SyncFault or JournalFault."""
    if not folder.is_dir():
        raise SyncFault(f"{folder}: no such folder; make it first, or plug in what it lies on")
    mine = folder / f"dlroadmap-{journal.machine}.json"
    found: dict[str, Row] = {}
    machines, skipped = 0, []
    try:
        files = sorted(path for path in folder.iterdir() if path.name.startswith("dlroadmap-"))  # other files aren't ours
    except OSError as error:
        raise SyncFault(f"{folder}: {error.strerror or error}") from error
    for path in files:
        try:
            rows = read_file(path) if _OURS.fullmatch(path.name) else _strange(path)
        except NotProgress as fault:
            skipped.append(str(fault))
            continue
        differing = journal.compare(rows)[1] or [row for row in rows if found.get(row.id, row) != row]
        if differing:
            skipped.append(f"{path}: the event {differing[0].id} is another one here")
            continue
        found |= {row.id: row for row in rows}
        machines += path != mine
    taken = journal.take(found.values())
    return Synced(taken, machines, skipped, _write(mine, journal), mine)


def read_file(path: Path) -> list[Row]:
    """Read a file of progress from disk. Raises NotProgress."""
    try:
        return read(read_up_to(path, LARGEST), str(path))
    except OSError as error:
        raise NotProgress(str(path), 0, f"can't be read: {error.strerror or error}") from error


def _strange(path: Path) -> list[Row]:
    raise NotProgress(str(path), 0, "not a file of a machine (dlroadmap-12345678.json); left alone")


def _write(file: Path, journal: Journal) -> bool:
    """Write all events that this machine knows, whole or not at all; return whether the file has changed."""
    content = to_json(journal.rows()).encode()
    try:
        if file.is_file() and file.read_bytes() == content:
            return False
        write_whole(file, content)
    except OSError as error:
        raise SyncFault(f"{file}: {error.strerror or error}; what the others left was taken in") from error
    return True
