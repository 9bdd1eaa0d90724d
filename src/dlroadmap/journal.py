"""The journal: the SQLite file of events, and the only owner of progress on disk.

What `append` returns is committed and survives a power failure. Snapshots of the fold are a cache: losing them does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from dlroadmap import database
from dlroadmap.amendments import AMENDING, amended_by, reach
from dlroadmap.database import COLUMNS, Damaged, Health, JournalFault, telling
from dlroadmap.events import Entry, Event, Restored, entry_id, milliseconds_of, read_event
from dlroadmap.progress import RULES, Progress, fold
from dlroadmap.rows import LAST, LONGEST, Row, checksum, row_of
from dlroadmap.store import Store

__all__ = ["SNAPSHOT_EVERY", "Damaged", "Journal", "JournalFault", "Loaded"]

SNAPSHOT_EVERY = 200
"""After this many entries the fold is saved as a snapshot."""

_ID = "[0-9]" * 14 + "-*"
UNDONE_AT_ONCE = 10_000
"""How many ids fit into one event, even if machines' tags are as long as possible."""


class Loaded(NamedTuple):
    """The fold of one roadmap's entries, and the last row of the file that is in it."""

    progress: Progress
    seq: int
    upto: str


class Journal(Store):
    """One open journal. Not for use from several threads."""

    # Writing

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
        row = row_of(roadmap, entry)
        if len(row.body) > LONGEST:  # exported files may not have longer ones
            raise JournalFault(f"that is too long to be kept: {len(row.body)} characters of at most {LONGEST}; nothing was saved")
        self._insert(row)
        first = self._reach(event)
        if first is not None:
            self._db.execute("DELETE FROM snapshot WHERE roadmap = ? AND upto >= ?", (roadmap, first))
        return entry

    def take(self, rows: Iterable[Row]) -> list[Row]:
        """Commit the rows that the journal lacks, all or none, and return them. Raises JournalFault; then nothing was written."""
        with self._writing():
            return self._take(rows)

    def compare(self, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        """Return the rows that the journal lacks, in order, and those that contradict it: the same id with other content."""
        with telling(self.path):
            return self._compare(rows)

    def restore(self, rows: Iterable[Row], at: datetime) -> tuple[int, int]:
        """Make exactly these rows count, in one transaction: add those that the journal lacks, undo all others.

        Return how many were added and how many undone. Raises JournalFault; then nothing was written.
        """
        theirs = {row.id: row for row in rows}
        with self._writing():
            added, undone = len(self._take(theirs.values())), 0
            for roadmap in self._roadmaps():
                entries = list(self._entries(roadmap))
                more = tuple(entry.id for entry in entries if entry.id not in theirs)
                if more and fold(entries) != fold(entry for entry in entries if entry.id in theirs):
                    for begin in range(0, len(more), UNDONE_AT_ONCE):
                        self._append(roadmap, Restored(entries=more[begin : begin + UNDONE_AT_ONCE]), at)
                    undone += len(more)
        return added, undone

    def _reach(self, event: Event) -> str | None:
        """Return the earliest entry whose effect an event changes; undoing an amendment changes all that the amendment changed."""
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
        """Save a snapshot of a fold, and remove some older ones: the older, the wider the gaps."""
        if self.read_only or not loaded.upto:
            return
        body = loaded.progress.model_dump_json(exclude_defaults=True)
        row = (roadmap, loaded.upto, loaded.progress.entries, RULES, body)
        with self._writing():
            newer = "SELECT 1 FROM event WHERE roadmap = ? AND seq > ? LIMIT 1"
            if self._db.execute(newer, (roadmap, loaded.seq)).fetchone():
                return  # another program wrote since, and may have undone what is folded here
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

    def load(self, roadmap: str) -> Loaded:
        """Fold one roadmap's entries, starting from the newest undamaged snapshot."""
        with self._reading():
            for progress, upto in self._snapshots(roadmap):
                start, entries = progress, list(self._entries(roadmap, after=upto))
                if not any(self._reaches(x.event, upto) for x in entries):
                    break
            seq = self._db.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        loaded = Loaded(fold(entries, start), int(seq), entries[-1].id if entries else upto)
        if len(entries) >= SNAPSHOT_EVERY and not self.damaged:
            with suppress(JournalFault):  # a cache that can't be written only costs time
                self.keep(roadmap, loaded)
        return loaded

    def catch_up(self, roadmap: str, loaded: Loaded) -> Loaded:
        """Fold what this and other programs have appended since."""
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
        """Yield a roadmap's entries, newest first."""
        with telling(self.path):
            yield from self._entries(roadmap, order="DESC")

    def rows(self) -> list[Row]:
        """Return all undamaged events of all roadmaps as the file has them, in the order of their ids."""
        with telling(self.path):
            rows = [Row._make(row) for row in self._db.execute(f"SELECT {COLUMNS} FROM event ORDER BY id")]  # noqa: S608 our own names
        self.damaged |= {str(row.id) for row in rows if not row.sound}
        return [row for row in rows if row.sound]

    def is_new(self) -> bool:
        """Return whether no event was ever recorded."""
        with telling(self.path):
            return self._db.execute("SELECT 1 FROM event LIMIT 1").fetchone() is None

    def roadmaps(self) -> list[str]:
        """Return the ids of all roadmaps that have events."""
        with telling(self.path):
            return self._roadmaps()

    def _roadmaps(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT DISTINCT roadmap FROM event ORDER BY roadmap").fetchall()]

    def examine(self) -> Health:
        """Check the whole file and every event's checksum; this takes time. Raises JournalFault."""
        with self._reading():
            return database.examine(self._db)

    def _reaches(self, event: Event, upto: str) -> bool:
        """Return whether an event changes the effect of entries in a snapshot."""
        first = self._reach(event) if isinstance(event, AMENDING) and upto else None
        return first is not None and first <= upto

    def _snapshots(self, roadmap: str) -> Iterator[tuple[Progress | None, str]]:
        """Yield the undamaged snapshots, newest first, each with its last entry's id; at the end (None, "")."""
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
