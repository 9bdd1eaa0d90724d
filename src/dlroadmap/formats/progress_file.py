"""Progress files: every event of every roadmap as JSON or TOML text, and back.

Anybody may have written the text: its size and shape are limited before it is parsed, and each event is checked.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from dlroadmap.formats.located import NotARoadmap
from dlroadmap.formats.roadmap_toml import parse
from dlroadmap.roadmap import clean
from dlroadmap.rows import LAST, NAME, READABLE, Row, checksum

FORMAT = 1
"""The format number at the beginning of a file."""
LARGEST = 64 * 1024 * 1024
"""The most bytes of a file."""
MARK = "dlroadmap_progress"

_PIECES = 2_000_000
"""The most lists and objects of JSON, and a third of the most values: so many fit into 500 MB of memory."""
_HEAD = 64 * 1024
"""In TOML the events must begin within this many characters."""
_LONGEST = 7 * READABLE
"""The most characters of an event in TOML: each of its body may be written as six."""
_DEEPEST = 16
"""A body that is nested deeper than this isn't written as a table, but as JSON text."""
_EVENT = re.compile(r"^\[\[event\]\][ \t]*(?:#.*)?$", re.MULTILINE)
_ROADMAP = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_KIND = re.compile(r"[A-Za-z]\w{0,63}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotProgress(ValueError):  # noqa: N818 it names what the file is, not what the program did
    """A file that can't be read as progress; the message has its name, the line (0 if it belongs to none) and the cause."""

    def __init__(self, name: str, line: int, cause: str) -> None:
        self.name, self.line, self.cause = name, line, cause
        super().__init__(f"{name}{f':{line}' if line else ''}: {' '.join(clean(cause).split())}")


class _Found(NamedTuple):
    """An event as it is in the file, and its line."""

    line: int
    table: Any


# Writing


def to_json(rows: Iterable[Row]) -> str:
    """Write events as JSON, one on a line."""
    lines = [json.dumps(_table(row), ensure_ascii=False) for row in rows]
    events = _harmless(",\n".join(lines))
    return f'{{"{MARK}": {FORMAT}, "events": {len(lines)}, "event": [\n{events}\n]}}\n'


def to_toml(rows: Iterable[Row]) -> str:
    """Write events as TOML, one table each."""
    import tomli_w  # noqa: PLC0415 only writing needs it

    listed, parts = list(rows), []
    for row in listed:
        table = _table(row, nulls=False)
        body = tomli_w.dumps({"event": {"body": table.pop("body")}}) if isinstance(table["body"], dict) else ""
        if "\n[" in body and _dumped(tomllib.loads(body)["event"]["body"]) != row.body:  # TOML has moved tables behind other values
            table, body = row._asdict(), ""
        parts.append(f"\n[[event]]\n{tomli_w.dumps(table)}{body}")
    return f"{MARK} = {FORMAT}\nevents = {len(listed)}\n{_harmless(''.join(parts))}"


def _harmless(text: str) -> str:
    """Escape control characters, which a terminal would obey; in JSON and TOML they can only be inside strings."""
    return text.translate({ord(char): f"\\u{ord(char):04x}" for char in set(text) if char < "\uffff" and not clean(char)})


def _table(row: Row, *, nulls: bool = True) -> dict[str, Any]:
    """Return an event with its body as a table if that is equal and readable, else as its JSON text."""
    try:
        body = json.loads(row.body) if len(row.body) < _HEAD else None
        same = isinstance(body, dict) and _dumped(body) == row.body and _is_simple(body, _DEEPEST, nulls=nulls)
    except (ValueError, RecursionError):
        same = False
    return {**row._asdict(), "body": body if same else row.body}


def _dumped(body: Any) -> str:
    """Write a body as JSON. Raises ValueError or TypeError if JSON can't express it."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _is_simple(value: Any, deepest: int, *, nulls: bool) -> bool:
    """Return whether TOML can express a value within the limits of reading; nulls: allow null."""
    match value:
        case None:
            return nulls
        case int():
            return abs(value) < 2**63
        case dict():
            return deepest > 0 and all(len(k) < 1000 and _is_simple(v, deepest - 1, nulls=nulls) for k, v in value.items())
        case list():
            return deepest > 0 and all(_is_simple(inside, deepest - 1, nulls=nulls) for inside in value)
        case _:
            return True


# Reading


def read(content: bytes, name: str) -> list[Row]:
    """Read and check a file's events, in the order of their ids. Raises NotProgress with the first thing that is wrong."""
    if len(content) > LARGEST:
        raise NotProgress(name, 0, f"the file is too large; at most {LARGEST // 1048576} MiB can be read")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotProgress(name, content[: error.start].count(b"\n") + 1, "not UTF-8 text") from None
    if not text.strip():
        raise NotProgress(name, 0, "the file is empty")
    if MARK not in text[:_HEAD]:
        raise NotProgress(name, 0, "not a file that dlroadmap export wrote")
    found = _of_json(text, name) if text.lstrip().startswith("{") else _of_toml(text, name)
    rows: dict[str, Row] = {}
    newest = "", 0
    for line, table in found:
        try:
            row = _row(table)
        except (TypeError, ValueError, RecursionError) as error:
            raise NotProgress(name, line, f"an event {error}") from None
        if rows.setdefault(row.id, row) != row:
            raise NotProgress(name, line, f"the event {row.id} stands twice, each time otherwise")
        newest = max(newest, (row.id, line))
    if rows and int(newest[0][:14]) - int(LAST) >= len(rows):  # after LAST ids are counted up one by one
        raise NotProgress(name, newest[1], f"an event has an id that is none: '{newest[0]}'")
    return sorted(rows.values())


def _versioned(head: Any, name: str) -> int:
    """Return the number of events that a file states."""
    if not isinstance(head, dict) or MARK not in head:
        raise NotProgress(name, 0, "not a file that dlroadmap export wrote")
    if type(head[MARK]) is not int or head[MARK] != FORMAT:
        cause = f"format {head[MARK]!r:.60} is not one that this version reads ({FORMAT}); install a newer dlroadmap"
        raise NotProgress(name, 0, cause)
    if type(head.get("events")) is not int:
        raise NotProgress(name, 0, "`events`, how many there are, is missing")
    return int(head["events"])


def _of_json(text: str, name: str) -> Iterator[_Found]:
    if text.count("{") + text.count("[") > _PIECES or max(text.count('"'), text.count(",")) > 3 * _PIECES:
        raise NotProgress(name, 0, f"more than {_PIECES} lists and tables, or {3 * _PIECES} values; no export has so many")
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise NotProgress(name, error.lineno, _not_json(error)) from None
    except (ValueError, RecursionError) as error:
        raise NotProgress(name, 0, f"not JSON that can be read: {str(error).splitlines()[0][:100]}") from None
    number, events = _versioned(document, name), document.get("event")
    if not isinstance(events, list) or len(events) != number:
        there = len(events) if isinstance(events, list) else 0
        raise NotProgress(name, 0, f"{there} of {number} events are in the file")
    line, last, lost = 1, 0, False
    for table in events:
        if not lost and isinstance(table, dict) and isinstance(table.get("id"), str):
            at = text.find(json.dumps(table["id"], ensure_ascii=False), last)
            lost = at < 0  # it is written differently: searching all of them this way would take too long
            if not lost:
                line, last = line + text.count("\n", last, at), at
        yield _Found(line, table)


def _not_json(error: json.JSONDecodeError) -> str:
    if error.msg.startswith("Unterminated string") or error.pos >= len(error.doc.rstrip()):
        return "the file breaks off here: only a part of it has arrived"
    return f"not JSON: {error.msg.removesuffix(' at')}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key stands twice in one table")
    return table


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _of_toml(text: str, name: str) -> Iterator[_Found]:
    """Parse event by event, so that a fault is found quickly in a long file, too."""
    starts = [match.start() for match in _EVENT.finditer(text)]
    head = text[: starts[0] if starts else len(text)]
    if len(head) > _HEAD:
        raise NotProgress(name, 1, f"no [[event]] within {_HEAD} characters")
    number, line = _versioned(_parsed(head, name, 1), name), head.count("\n") + 1
    if number != len(starts):
        raise NotProgress(name, 0, f"{len(starts)} of {number} events are in the file")
    for start, end in pairwise([*starts, len(text)]):
        if end - start > _LONGEST:
            raise NotProgress(name, line, "an event is too long")
        document = _parsed(text[start:end], name, line)
        if set(document) != {"event"} or len(document["event"]) != 1:
            raise NotProgress(name, line, "something stands here that is no event")
        yield _Found(line, document["event"][0])
        line += text.count("\n", start, end)


def _parsed(text: str, name: str, line: int) -> Any:
    try:
        return parse(text.encode(), name).document
    except NotARoadmap as error:
        fault = error.faults[0]
        raise NotProgress(name, line + max(0, fault.line - 1), fault.fault.message) from None


def _row(table: Any) -> Row:
    """Check an event and return it as a row. Raises ValueError or TypeError that says what is wrong."""
    if not isinstance(table, dict):
        raise TypeError("is no table")
    if more := sorted(set(table) - set(Row._fields)):
        raise ValueError(f"has an unknown key '{more[0][:60]}'")
    if less := [key for key in Row._fields[:5] if key not in table]:
        raise ValueError(f"has no `{less[0]}`")
    body = table["body"] if isinstance(table["body"], str) else _written(table["body"])
    row = Row._make([*(table[key] for key in Row._fields[:4]), body, table.get("sum")])
    if not all(isinstance(part, str) for part in row[:5]):
        raise TypeError("has an id, roadmap, at or kind that is no text")
    if not NAME.fullmatch(row.id):
        raise ValueError(f"has an id that is none: '{row.id[:60]}'")
    if not _ROADMAP.fullmatch(row.roadmap) or not _KIND.fullmatch(row.kind):
        raise ValueError("has a roadmap or a kind that is no name")
    _moment(row.at)
    if len(body) > READABLE or "\0" in body:
        raise ValueError("has a body that is too long, or holds NUL")
    if not body.isascii() and _SURROGATE.search(body):
        raise ValueError("has half of a character in its body")
    if row.sum is None:
        row = row._replace(sum=checksum(*row[:5]))
    if not row.sound:
        raise ValueError("was changed or damaged: its `sum` doesn't fit")
    return row


def _written(body: Any) -> str:
    try:
        return _dumped(body)
    except (TypeError, ValueError):  # a TOML date, an infinite number
        raise ValueError("has a body that JSON can't hold") from None


def _moment(at: str) -> None:
    """Raise ValueError if a time has no offset, or can't be converted to every time zone."""
    try:
        moment = datetime.fromisoformat(at if at.isascii() and at.isprintable() else "")
    except ValueError:
        raise ValueError(f"has a time `at` that is none: '{at[:60]}'") from None
    if moment.tzinfo is None or not 1900 <= moment.year <= 4800:
        raise ValueError(f"has a time `at` without an offset, or of no calendar: '{at[:60]}'")
