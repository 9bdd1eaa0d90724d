"""What can stand next on the command line, for the shells' completion: one candidate a line, a tab, what it is.

The roadmap's ids are read off the lines of its file; neither pydantic nor click is loaded.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dlroadmap.cli.verbs import EVERYWHERE, OPTIONS, VERBS
from dlroadmap.places import bundled, places

_WITH_VALUE = {"--roadmap", "--minutes", "--topic", "--phase", "--count", "--most", "--hours", "--days", "--target", "--format"}
_TOPIC_FIRST = {"show", "tick", "skip", "know", "quiz", "note", "idea"}
_PHASES_TOO = {"show", "quiz"}
_WORDS = {"completion": ("bash", "zsh", "fish"), "roadmap": ("list", "add", "remove"), "help": ()}

_TABLE = re.compile(r"^\s*\[\[?\s*([a-z_.]+)\s*\]\]?|^\s*(id|title|text)\s*=\s*\"((?:[^\"\\\n]|\\.)*)\"", re.MULTILINE)


class Named(NamedTuple):
    """Something of a roadmap: the table it stands in, the topic, its id and its title."""

    table: str
    topic: str
    id: str
    title: str


def answer(words: Sequence[str]) -> int:
    """Print what can stand in place of the last of the words."""
    try:
        lines = [f"{name}\t{about}\n" for name, about in candidates(words) if name.startswith(words[-1] if words else "")]
        sys.stdout.buffer.write("".join(lines).encode())
        sys.stdout.flush()
    except (OSError, ValueError):
        return 1
    return 0


def candidates(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what can stand in place of the last of the words, with what it is."""
    *before, here = words or [""]
    roadmap, plain = _split(before)
    verb = plain[0] if plain else ""
    if before and before[-1] in ("--topic", "--phase"):
        yield from _of(roadmap, before[-1][2:])
    elif here.startswith("-"):
        yield from ((name, "") for name in (*OPTIONS.get(verb, ()), *EVERYWHERE))
    elif not plain:
        yield from VERBS.items()
    elif verb in _TOPIC_FIRST:
        yield from _after_topic(verb, plain, roadmap)
    elif len(plain) == 1 and verb == "path":
        yield ("all", "All")
        yield from _of(roadmap, "path")
    elif len(plain) == 1 and verb == "help":
        yield from ((name, "") for name in pages())
    elif len(plain) == 1 and verb in _WORDS:
        yield from ((name, "") for name in _WORDS[verb])


def _after_topic(verb: str, plain: Sequence[str], roadmap: str) -> Iterator[tuple[str, str]]:
    if len(plain) == 1:
        yield from _of(roadmap, "topic")
        if verb in _PHASES_TOO:
            yield from _of(roadmap, "phase")
    elif len(plain) == 2 and verb in ("tick", "idea"):
        kinds = ("idea",) if verb == "idea" else ("practice", "project", "resource")
        yield from ((one.id, one.title) for one in named(roadmap) if one.topic == plain[1] and one.table in kinds)


def _split(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return which roadmap is named, and the words that are neither options nor their values."""
    roadmap, plain, value = "", [], ""
    for word in words:
        if value:
            roadmap = word if value == "--roadmap" else roadmap
            value = ""
        elif word in _WITH_VALUE:
            value = word
        elif not word.startswith("-"):
            plain.append(word)
    return roadmap, plain


def _of(roadmap: str, table: str) -> Iterator[tuple[str, str]]:
    return ((one.id, one.title) for one in named(roadmap) if one.table == table)


def named(roadmap: str = "") -> Iterator[Named]:
    """Yield all that has an id in a roadmap: a file, one that was added, or the bundled one."""
    file = os.path.expanduser(roadmap) if roadmap else str(bundled() / "roadmap.toml")  # noqa: PTH111 pathlib costs what this saves
    if roadmap and not os.path.isfile(file) and re.fullmatch(r"[a-z0-9._-]+", roadmap):  # noqa: PTH113 as above
        file = str(places().roadmaps / roadmap / "roadmap.toml")
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


def pages() -> Iterator[str]:
    """Yield the names of the guide's pages."""
    from dlroadmap.places import guide  # noqa: PLC0415 only help asks

    folder = guide()
    yield from sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".md")) if folder else ()  # noqa: PTH208 as above
