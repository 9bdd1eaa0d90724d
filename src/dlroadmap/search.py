"""What matches a query: topics, ideas, practice, projects, resources, notes and commands, best first, with what matched.

Every word of a query must be found: as a whole word, at the beginning of a word, inside one, as letters in this order or, if
nothing else is found, with one typing error. The roadmap is folded (lower case, no accents) once; after that each key costs one
scan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from dlroadmap.progress import Progress
from dlroadmap.roadmap import Roadmap, Topic
from dlroadmap.standing import of_topic

Kind = Literal["topic", "idea", "practice", "project", "resource", "note", "command"]
KINDS: tuple[Kind, ...] = ("topic", "idea", "practice", "project", "resource", "note", "command")
TITLES: Mapping[Kind, str] = {
    "topic": "Topics",
    "idea": "Key ideas",
    "practice": "Practice",
    "project": "Projects",
    "resource": "Resources",
    "note": "My notes",
    "command": "Commands",
}
_SHORT: frozenset[Kind] = frozenset({"topic", "project", "resource", "command"})
"""The kinds with short titles: only in these are letters in order searched for."""
LONGEST_QUERY = 100
"""How many characters of a query are used."""

Span = tuple[int, int]


class Entry(NamedTuple):
    """Something that can be found: its title, more text about it, and where it leads.

    key is a step's or idea's id within the topic, or a command's name; aside is shown beside the title.
    """

    kind: Kind
    title: str
    topic: str = ""
    key: str = ""
    aside: str = ""
    text: str = ""


class Indexed(NamedTuple):
    """An entry with its title and text folded; folding keeps the number of characters."""

    entry: Entry
    title: str
    text: str


class Index(NamedTuple):
    """What is searched: entries, and the words of their titles, for typing errors."""

    entries: tuple[Indexed, ...]
    words: frozenset[str]

    def plus(self, entries: Iterable[Entry]) -> Index:
        """Return the index with more entries at the end."""
        return Index((*self.entries, *_indexed(entries)), self.words)


class Hit(NamedTuple):
    """An entry that matches: its score, the matching parts of its title, and an excerpt of its text if that matches."""

    entry: Entry
    score: int
    title: tuple[Span, ...]
    excerpt: str = ""
    spans: tuple[Span, ...] = ()


def fold(text: str) -> str:
    """Return text in lower case and without accents, with the same number of characters."""
    return text.lower() if text.isascii() else "".join(map(_folded, text))


@lru_cache(4096)
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char).casefold()
    return plain[0] if plain else char


def index(roadmap: Roadmap) -> Index:
    """Make the index of a roadmap, once for all queries."""
    entries = tuple(_indexed(_entries(roadmap)))
    return Index(entries, frozenset(word for one in entries for word in re.findall(r"[^\W_]{3,}", one.title)))


def _indexed(entries: Iterable[Entry]) -> Iterator[Indexed]:
    """Yield entries with their texts folded."""
    return (Indexed(entry, fold(entry.title), fold(entry.text)) for entry in entries)


def notes(roadmap: Roadmap, progress: Progress) -> Iterator[Entry]:
    """Yield the learner's notes on the roadmap's topics."""
    for topic in roadmap.topics.values():
        note = of_topic(topic, progress).note
        if note:
            first, _, rest = note.strip().partition("\n")
            yield Entry("note", first, topic.id, aside=topic.title, text=" ".join(rest.split()))


def _entries(roadmap: Roadmap) -> Iterator[Entry]:
    for phase in roadmap.phase:
        for topic in phase.topic:
            yield from _of_topic(topic, phase.title)


def _of_topic(topic: Topic, phase: str) -> Iterator[Entry]:
    yield Entry("topic", topic.title, topic.id, aside=phase, text=_line(topic.id, *topic.aliases, topic.summary))
    for idea in topic.idea:
        yield Entry("idea", _line(idea.text), topic.id, idea.id, topic.title, _line(idea.can))
    for practice in topic.practice:
        yield Entry("practice", _line(practice.text), topic.id, practice.id, topic.title, _line(practice.check))
    for project in topic.project:
        yield Entry("project", project.title, topic.id, project.id, topic.title, _line(project.brief, *project.skills))
    for resource in topic.resource:
        yield Entry("resource", resource.title, topic.id, resource.id, topic.title, _line(resource.by, resource.kind, resource.url))


def _line(*texts: str) -> str:
    return " ".join(" ".join(texts).replace("`", "").replace("**", "").split())


# Matching

EXACT, BEGINS, INSIDE, LETTERS, IN_TEXT, SLIP = 100, 80, 50, 25, 18, 12
"""What a word scores by how it was found; text scores less than a title."""
_WORTH: Mapping[Kind, int] = {"topic": 30, "command": 8, "note": 6, "idea": 4, "project": 2, "practice": 1, "resource": 0}


def search(index: Index, query: str, *, most: int | None = None) -> list[Hit]:
    """Return what matches every word of a query, best first; most: at most this many of each kind."""
    words = fold(query[:LONGEST_QUERY]).split()
    if not words:
        return []
    left: Sequence[tuple[Indexed, int]] = [(one, 0) for one in index.entries]
    for word in words:
        left = _scored(left, word, index.words)
    whole = " ".join(words)
    ranked = sorted(((_rank(found, score, len(words), whole), found) for found, score in left), key=lambda row: -row[0])
    counts = dict.fromkeys(KINDS, 0)
    hits: list[Hit] = []
    for score, found in ranked:
        kind = found.entry.kind
        counts[kind] += 1
        if most is None or counts[kind] <= most:
            hits.append(_hit(found, score, words))
    return hits


def grouped(hits: Iterable[Hit]) -> list[tuple[Kind, list[Hit]]]:
    """Gather hits by kind, the kind with the best hit first."""
    groups: dict[Kind, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.entry.kind, []).append(hit)
    return list(groups.items())


def _rank(found: Indexed, score: int, words: int, whole: str) -> int:
    """Return an entry's total score: the mean of its words and its kind's score; short titles and whole phrases get more."""
    phrase = 40 if found.title == whole else 15 if found.title.startswith(whole) else 6 if whole in found.title else 0
    return 10 * (score // words + _WORTH[found.entry.kind] + phrase) - min(9, len(found.title) // 12)


def _scored(entries: Sequence[tuple[Indexed, int]], word: str, vocabulary: Iterable[str]) -> list[tuple[Indexed, int]]:
    """Return the entries that have a word, with its score added; typing errors are tried only if nothing else matches."""
    starts = re.compile(rf"(?<![^\W_]){re.escape(word)}(?P<on>[^\W_])?")
    found: list[tuple[Indexed, int]] = []
    for one, score in entries:
        if word in one.title:
            begins = starts.search(one.title)
            whole = begins is not None and not begins["on"] and len(word) > 2  # G is a variable more often than a name
            found.append((one, score + (INSIDE if begins is None else EXACT if whole else BEGINS)))
        elif word in one.text:
            found.append((one, score + IN_TEXT + (4 if starts.search(one.text) else 0)))
    if len(word) >= 3:
        known = {id(one) for one, _ in found}
        letters = _letters(word)
        short = ((one, score) for one, score in entries if one.entry.kind in _SHORT and id(one) not in known)
        found += [(one, score + LETTERS) for one, score in short if letters.search(one.title)]
    if found or len(word) < 5:
        return found
    near = _near(word, vocabulary)
    return [(one, score + SLIP) for one, score in entries if near and near.search(one.title)]


@lru_cache(256)
def _letters(word: str) -> re.Pattern[str]:
    """Return a pattern of letters in this order, each at the beginning of a word or right after the one before: `backprtime`."""
    first, *rest = map(re.escape, word)
    gap = r"(?:|[^\W_]*[\W_]+(?:[^\W_]+[\W_]+)?)"
    return re.compile(rf"(?<![^\W_])({first})" + "".join(f"{gap}({char})" for char in rest))


def _near(word: str, vocabulary: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of the words whose beginning is one typing error away; one of the first two letters must be right."""
    size, first, second = len(word), word[0], word[1]
    likely = (w for w in vocabulary if w[0] in (first, second) or w[1] in (second, first))
    near = {w for w in likely if any(one_slip(word, w[:end]) for end in (size - 1, size, size + 1))}
    return re.compile("|".join(sorted(map(re.escape, near), key=len, reverse=True))) if near else None


def one_slip(word: str, other: str) -> bool:
    """Return whether two words differ by one typing error: a letter more, less or different, or two neighbours swapped."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    mine, theirs = word[at:], other[at:]
    return (
        mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:] or (mine[2:] == theirs[2:] and mine[:2] == theirs[1::-1])
    )


# What is shown of a match

BEFORE, AFTER = 24, 60
"""How many characters of a text are shown before and after a match."""


def _hit(found: Indexed, score: int, words: Sequence[str]) -> Hit:
    title = _spans(found.title, words)
    missing = [word for word in words if word not in found.title]
    at = min((found.text.find(word) for word in missing if word in found.text), default=-1)
    if at < 0:
        return Hit(found.entry, score, title)
    start = max(0, at - BEFORE)
    start = found.text.find(" ", start, at) + 1 or start if start else 0
    stop = at + AFTER
    stop = len(found.text) if stop >= len(found.text) else max(found.text.rfind(" ", at, stop), at + len(missing[0]))
    cut = found.entry.text[start:stop]
    lead, end = "…" if start else "", "…" if stop < len(found.text) else ""
    spans = _spans(found.text[start:stop], missing)
    return Hit(found.entry, score, title, f"{lead}{cut}{end}", tuple((a + len(lead), b + len(lead)) for a, b in spans))


def _spans(folded: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Return where words occur in a folded text, without overlap; of letters in order, each letter."""
    marked: set[int] = set()
    for word in words:
        at = folded.find(word)
        if at >= 0:
            while at >= 0:
                marked.update(range(at, at + len(word)))
                at = folded.find(word, at + len(word))
        elif len(word) >= 3 and (found := _letters(word).search(folded)):
            marked.update(found.start(n) for n in range(1, len(word) + 1))
    ordered = sorted(marked)
    begins = [n for n in ordered if n - 1 not in marked]
    ends = [n + 1 for n in ordered if n + 1 not in marked]
    return tuple(zip(begins, ends, strict=True))
