"""Rows: events as files store them, all fields as text, with a checksum that shows damage."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from dlroadmap.events import KINDS, Entry, Unreadable, read_event

NAME = re.compile(r"[0-9]{14}-[0-9a-z]{1,32}")
"""An entry's id: milliseconds and a machine's tag."""
LAST = "9" + "0" * 13
"""The last time that is taken from a clock (the year 4821); after it each id is the one before plus 1."""
LONGEST = 512 * 1024
"""The longest body of an event that is written, in characters."""
READABLE = 1024 * 1024
"""The longest body that is read, in characters: earlier versions could write such long ones."""


class Row(NamedTuple):
    """One event of one roadmap. `at` is ISO 8601 with an offset, `body` is JSON, `sum` is the checksum of the other fields."""

    id: str
    roadmap: str
    at: str
    kind: str
    body: str
    sum: str

    @property
    def sound(self) -> bool:
        """Whether it is undamaged: the checksum fits."""
        return all(isinstance(part, str) for part in self) and checksum(*self[:5]) == self.sum

    @property
    def known(self) -> bool:
        """Whether this version knows its kind and all its fields."""
        return self.kind in KINDS and not isinstance(read_event(self.kind, self.body), Unreadable)

    @property
    def entry(self) -> Entry:
        """The row as an entry; a damaged or unknown event has no effect."""
        with suppress(TypeError, ValueError):
            moment = datetime.fromisoformat(self.at)
            if moment.tzinfo and self.sound:
                return Entry(self.id, moment, read_event(self.kind, self.body))
        return Entry(str(self.id), datetime.fromtimestamp(0, UTC), Unreadable())


def row_of(roadmap: str, entry: Entry) -> Row:
    """Return an entry as a row."""
    body = entry.event.model_dump_json(exclude_defaults=True)
    fields = (entry.id, roadmap, entry.at.isoformat(), type(entry.event).__name__, body)
    return Row(*fields, checksum(*fields))


def checksum(*parts: str) -> str:
    """Return the checksum of a row's fields."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
