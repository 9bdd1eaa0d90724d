"""Rows: an event as files hold it, all text, with the sum that tells a damaged one from a sound one."""

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
"""No clock is later than this (the year 4821): from here on ids are counted on, one by one."""
LONGEST = 512 * 1024
"""No event's body is written with more characters than this."""
READABLE = 1024 * 1024
"""None is read with more: so long they could once be written."""


class Row(NamedTuple):
    """One event of one roadmap. `at` is ISO 8601 with an offset, `body` is JSON, `sum` is of the five fields before it."""

    id: str
    roadmap: str
    at: str
    kind: str
    body: str
    sum: str

    @property
    def sound(self) -> bool:
        """Whether it is what was written."""
        return all(isinstance(part, str) for part in self) and checksum(*self[:5]) == self.sum

    @property
    def known(self) -> bool:
        """Whether this version knows its kind and all its fields."""
        return self.kind in KINDS and not isinstance(read_event(self.kind, self.body), Unreadable)

    @property
    def entry(self) -> Entry:
        """The event as an entry; one that is damaged or unknown has no effect."""
        with suppress(TypeError, ValueError):
            moment = datetime.fromisoformat(self.at)
            if moment.tzinfo and self.sound:
                return Entry(self.id, moment, read_event(self.kind, self.body))
        return Entry(str(self.id), datetime.fromtimestamp(0, UTC), Unreadable())


def row_of(roadmap: str, entry: Entry) -> Row:
    """Write an entry as a row."""
    body = entry.event.model_dump_json(exclude_defaults=True)
    fields = (entry.id, roadmap, entry.at.isoformat(), type(entry.event).__name__, body)
    return Row(*fields, checksum(*fields))


def checksum(*parts: str) -> str:
    """Return the sum that tells a damaged row from a sound one."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
