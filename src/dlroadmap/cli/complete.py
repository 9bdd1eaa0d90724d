"""Completion for shells: prints what can come next on the command line, one candidate a line, with a tab and what it is.

The roadmap's ids are read from the lines of its file, so that neither pydantic nor click is loaded.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from typing import NamedTuple

from dlroadmap.cli.verbs import DAYS, EVERYWHERE, OPTIONS, VERBS, Takes
from dlroadmap.places import bundled, places

_TOPIC_FIRST = {"show", "tick", "skip", "know", "quiz", "note", "idea"}
_PHASES_TOO = {"show", "quiz"}
_WORDS = {"completion": ("bash", "zsh", "fish"), "roadmap": ("list", "add", "remove"), "help": ()}

_TABLE = re.compile(r"^\s*\[\[?\s*([a-z_.]+)\s*\]\]?|^\s*(id|title|text)\s*=\s*\"((?:[^\"\\\n]|\\.)*)\"", re.MULTILINE)


class Named(NamedTuple):
    """Something in a roadmap: its table, its topic, its id and its title."""

    table: str
    topic: str
    id: str
    title: str


def answer(words: Sequence[str]) -> int:
    """Print what can replace the last word."""
    try:
        lines = [f"{name}\t{about}\n" for name, about in candidates(words) if name.startswith(words[-1] if words else "")]
        sys.stdout.buffer.write("".join(lines).encode())
        sys.stdout.flush()
    except (OSError, ValueError):
        return 1
    return 0


class Line(NamedTuple):
    """The words before the one that is completed, by their roles."""

    verb: str
    plain: list[str]
    """The words that are neither options nor their values; the first is the verb."""
    given: dict[str, str]
    """The options that have values, with their values."""
    open: str
    """The option whose value is being completed."""

    def takes(self, option: str) -> Takes:
        """Return what an option of this line takes."""
        return OPTIONS.get(self.verb, {}).get(option) or EVERYWHERE.get(option, "")


def candidates(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what can replace the last word, with what it is; nothing if that may be a file or any text."""
    *before, here = words or [""]
    line = _read(before)
    option, equals, value = here.partition("=")
    if line.open:
        yield from _values(line, line.takes(line.open), here)
    elif equals and line.takes(option):
        yield from ((f"{option}={name}", about) for name, about in _values(line, line.takes(option), value))
    elif here.startswith("-"):
        yield from ((name, "") for name in (*OPTIONS.get(line.verb, ()), *EVERYWHERE, *(() if line.verb else ("--version",))))
    elif not line.verb:
        yield from VERBS.items()
    elif line.verb in _TOPIC_FIRST:
        yield from _after_topic(line.verb, line.plain, line.given.get("--roadmap", ""))
    else:
        yield from _others(line)


def _read(words: Sequence[str]) -> Line:
    line = Line("", [], {}, "")
    for word in words:
        option, equals, value = word.partition("=")
        if line.open:
            line = line._replace(given={**line.given, line.open: word}, open="")
        elif equals and line.takes(option):
            line = line._replace(given={**line.given, option: value})
        elif line.takes(word):
            line = line._replace(open=word)
        elif not word.startswith("-"):
            line = line._replace(verb=line.verb or word, plain=[*line.plain, word])
    return line


def _others(line: Line) -> Iterator[tuple[str, str]]:
    """Yield what can follow a verb that doesn't begin with a topic."""
    match line.verb, line.plain[1:]:
        case "path", _ if "--save" in line.given:
            yield from _values(line, "topic", "")
        case "path", [] if not {"--add", "--delete"} & {*line.given}:
            yield from _values(line, "path", "")
        case "help", []:
            yield from ((name, "") for name in pages())
        case "restore", []:
            yield from ((name, "") for name in _backups())
        case "roadmap", ["remove"]:
            yield from ((name, "") for name in _added())
        case verb, [] if verb in _WORDS:
            yield from ((name, "") for name in _WORDS[verb])


def _values(line: Line, takes: Takes, here: str) -> Iterator[tuple[str, str]]:
    """Yield the values that an option or argument can take."""
    roadmap = line.given.get("--roadmap", "")
    match takes:
        case "topic" | "phase":
            yield from _of(roadmap, takes)
        case "path":
            yield ("all", "All")
            yield from _own_paths(roadmap)
            yield from _of(roadmap, takes)
        case "own path":
            yield from _own_paths(roadmap)
        case "roadmap":
            yield from ((one.id, one.title) for one in named() if not one.table)
            yield from ((name, "") for name in _added())
        case "days":
            already = here.split(",")[:-1]
            yield from ((",".join([*already, day]), "") for day in DAYS if day not in already)
        case tuple():
            yield from ((word, "") for word in takes)


def _after_topic(verb: str, plain: Sequence[str], roadmap: str) -> Iterator[tuple[str, str]]:
    if len(plain) == 1:
        yield from _of(roadmap, "topic")
        if verb in _PHASES_TOO:
            yield from _of(roadmap, "phase")
    elif len(plain) == 2 and verb in ("tick", "idea"):
        kinds = ("idea",) if verb == "idea" else ("practice", "project", "resource")
        yield from ((one.id, one.title) for one in named(roadmap) if one.topic == plain[1] and one.table in kinds)


def _of(roadmap: str, table: str) -> Iterator[tuple[str, str]]:
    return ((one.id, one.title) for one in named(roadmap) if one.table == table)


def named(roadmap: str = "") -> Iterator[Named]:
    """Yield everything with an id in a roadmap, given by its file or id; "": the bundled one."""
    file = _file(roadmap) if roadmap else str(bundled() / "roadmap.toml")
    with open(file, encoding="utf-8", errors="replace") as opened:  # noqa: PTH123 as above
        text = opened.read(20_000_000)
    table = topic = name = ""
    for found in _TABLE.finditer(text):
        if found[1]:
            if name:
                yield Named(table, topic, name, "")
            table, name = (found[1] if found[1].startswith("path.") else found[1].rpartition(".")[2]), ""
        elif found[2] == "id":
            name = found[3]
            topic = name if table == "topic" else topic
        elif name:
            yield Named(table, topic, name, re.sub(r"\s+", " ", found[3])[:70])
            name = ""
    if name:
        yield Named(table, topic, name, "")


def _file(roadmap: str) -> str:
    """Return the file of a roadmap by its id or the file's name."""
    file = os.path.expanduser(roadmap)  # noqa: PTH111 importing pathlib would cost what this saves
    if os.path.isfile(file) or not re.fullmatch(r"[a-z0-9._-]+", roadmap):  # noqa: PTH113 as above
        return file
    if any(one.id == roadmap for one in named() if not one.table) and roadmap not in _added():
        return str(bundled() / "roadmap.toml")
    return str(places().roadmaps / roadmap / "roadmap.toml")


def _added() -> list[str]:
    """Return the ids of the roadmaps that the learner added."""
    try:
        return sorted(os.listdir(places().roadmaps))  # noqa: PTH208 as above
    except OSError:
        return []


def _backups() -> list[str]:
    """Return the backups' names, the newest first."""
    try:
        files = os.listdir(places().backups)  # noqa: PTH208 as above
    except OSError:
        return []
    found = (re.fullmatch(r"progress-(\d{8}T\d{9}Z)\.sqlite3", name) for name in files)
    return sorted((match[1] for match in found if match), reverse=True)


def _own_paths(roadmap: str) -> Iterator[tuple[str, str]]:
    """Yield the learner's own paths on a roadmap from the journal, without those whose saving was undone."""
    import sqlite3  # noqa: PLC0415 only path asks

    wanted = next((one.id for one in named(roadmap) if not one.table), "")
    file = places().journal
    undone, seen = dict[str, bool](), set[str]()
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=0.2)) as db:
        for event, kind, entry, path, title in db.execute(_PATHS, (wanted,)):
            if undone.get(event):
                continue
            if kind != "PathSaved":
                undone.setdefault(entry, kind == "Undone")
            elif path not in seen:
                seen.add(path)
                if title and f"{path}{title}".isprintable():
                    yield (path, title)


_PATHS = """SELECT id, kind, json_extract(body, '$.entry'), json_extract(body, '$.path'), json_extract(body, '$.body.title')
    FROM event WHERE roadmap = ? AND kind IN ('PathSaved', 'Undone', 'Redone') ORDER BY id DESC"""


def pages() -> Iterator[str]:
    """Yield the names of the guide's pages."""
    from dlroadmap.places import guide  # noqa: PLC0415 only help asks

    folder = guide()
    yield from sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".md")) if folder else ()  # noqa: PTH208 as above
