"""What is wrong in a roadmap or its questions: all faults at once, each with its place and how to fix it.

A warning means that a file works but teaches or tests less well than it could.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from statistics import median
from typing import Any, NamedTuple

from dlroadmap.arithmetic import ArithmeticFault, evaluate
from dlroadmap.question import Choice, Match, Multi, Numeric, Open, Order, Question, Text, Variant, loosely, number_text
from dlroadmap.roadmap import Path, Roadmap, Topic, clean, is_web_address


class Fault(NamedTuple):
    """Something wrong in a roadmap file: where, what, and how to fix it."""

    place: tuple[str | int, ...]
    message: str
    warning: bool = False

    @property
    def path(self) -> str:
        """The place in writing: phase[2].topic[0].needs."""
        return clean("".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in self.place).lstrip("."))


Place = tuple[str | int, ...]


def roadmap_faults(roadmap: Roadmap) -> Iterator[Fault]:
    """Find every fault that shows only in the whole: repeated ids, unknown references, cycles, paths out of order."""
    yield from _repeated(((("phase", i), p.id, p.aliases) for i, p in enumerate(roadmap.phase)), "phase")
    places = {topic.id: ("phase", i, "topic", j) for i, phase in enumerate(roadmap.phase) for j, topic in enumerate(phase.topic)}
    everything = [
        (("phase", i, "topic", j), topic.id, topic.aliases)
        for i, phase in enumerate(roadmap.phase)
        for j, topic in enumerate(phase.topic)
    ]
    yield from _repeated(everything, "topic")
    for i, phase in enumerate(roadmap.phase):
        for j, topic in enumerate(phase.topic):
            yield from _topic_faults(roadmap, topic, ("phase", i, "topic", j))
    for cycle in _cycles(roadmap):
        way = " needs ".join([*cycle, cycle[0]])
        yield Fault((*places[cycle[0]], "needs"), f"a cycle: {way}; take one of these needs out")
    yield from _repeated(((("path", i), p.id, p.aliases) for i, p in enumerate(roadmap.path)), "path")
    for i, path in enumerate(roadmap.path):
        yield from path_faults(roadmap, path, ("path", i))


def _topic_faults(roadmap: Roadmap, topic: Topic, place: Place) -> Iterator[Fault]:
    yield from _repeated((((*place, "idea", n), idea.id, idea.aliases) for n, idea in enumerate(topic.idea)), "idea")
    practice = [((*place, "practice", n), step.id, step.aliases) for n, step in enumerate(topic.practice)]
    projects = [((*place, "project", n), step.id, step.aliases) for n, step in enumerate(topic.project)]
    resources = [((*place, "resource", n), step.id, step.aliases) for n, step in enumerate(topic.resource)]
    steps = practice + projects + resources
    yield from _repeated(steps, "step (practice, project or resource)")
    for field in ("needs", "helps"):
        for n, name in enumerate(getattr(topic, field)):
            if name not in roadmap.topics:
                yield Fault((*place, field, n), f"no topic '{name}'{did_you_mean(roadmap.topics, name)}")
            elif name == topic.id:
                yield Fault((*place, field, n), f"'{name}' names the topic itself; take it out")
            elif name in getattr(topic, field)[:n]:
                yield Fault((*place, field, n), f"'{name}' stands here twice; keep the first")
    for n, resource in enumerate(topic.resource):
        if not is_web_address(resource.url):
            yield Fault(
                (*place, "resource", n, "url"),
                f"'{resource.url}' is not an http or https address; it is shown as text and never opened",
                warning=True,
            )


WIDEST = 70
"""Lines of code must have fewer columns than this, to fit a narrow terminal without wrapping."""
EXAMPLE_LINES = 12
FIGURE = (60, 16)
"""The largest figure, in columns and lines."""


def standards(roadmap: Roadmap) -> Iterator[Fault]:
    """Warn where a topic's page misses what makes a good one; see docs/authoring.md."""
    for i, phase in enumerate(roadmap.phase):
        for j, topic in enumerate(phase.topic):
            for fault in (*_page_warnings(topic), *_idea_warnings(topic)):
                yield fault._replace(place=("phase", i, "topic", j, *fault.place), warning=True)


def _page_warnings(topic: Topic) -> Iterator[Fault]:
    starts = sum(resource.start for resource in topic.resource)
    if topic.resource and starts != 1:
        yield Fault(("resource",), f"{starts} resources have `start = true`; mark the one to begin with")
    minutes = sum(step.minutes for step in topic.steps)
    if minutes and abs(minutes / 60 - topic.hours) > 0.4 * topic.hours:
        told = f"{topic.hours:g} hour{'' if topic.hours == 1 else 's'}"
        yield Fault(("hours",), f"{told}, but its steps and resources take {minutes / 60:.1f}; judge them again")
    if len(topic.example.splitlines()) > EXAMPLE_LINES:
        yield Fault(("example",), f"has more than {EXAMPLE_LINES} lines; shorten it")
    if topic.figure:
        lines = topic.figure.text.strip("\n").splitlines()
        if len(lines) > FIGURE[1] or max(map(len, lines), default=0) > FIGURE[0]:
            yield Fault(("figure", "text"), f"is larger than {FIGURE[0]}×{FIGURE[1]} characters; draw it smaller")
    listings: list[tuple[Place, str]] = [(("example",), listing) for listing in topic.example.split("```")[1::2]]
    listings += [(("practice", n, "starter"), step.starter) for n, step in enumerate(topic.practice) if step.starter]
    for place, listing in listings:
        yield from _too_wide(listing, place)


def _too_wide(listing: str, place: Place) -> Iterator[Fault]:
    wide = [line for line in listing.splitlines() if len(line) >= WIDEST]
    if wide:
        yield Fault(place, f"a line of {len(wide[0])} columns; keep code under {WIDEST}: {wide[0].strip()[:30]}…")


def _idea_warnings(topic: Topic) -> Iterator[Fault]:
    if not topic.questions:
        return
    for n, idea in enumerate(topic.idea):
        if idea.questions < 2:
            has = ("no question that counts", "one question that counts")[idea.questions]
            yield Fault(("idea", n), f"idea '{idea.id}' has {has}; give it at least two")


def path_faults(roadmap: Roadmap, path: Path, place: Place = ()) -> Iterator[Fault]:
    """Find what is wrong with one path through a roadmap."""
    met: set[str] = set()
    whole = set(path.topics)
    yield from _repeated((((*place, "phase", n), phase.id, ()) for n, phase in enumerate(path.phase)), "phase of the path")
    for n, phase in enumerate(path.phase):
        for m, name in enumerate(phase.topics):
            here = (*place, "phase", n, "topics", m)
            if name not in roadmap.topics:
                yield Fault(here, f"no topic '{name}'{did_you_mean(roadmap.topics, name)}")
                continue
            if name in met:
                yield Fault(here, f"topic '{name}' stands in this path twice; keep the first")
            for need in roadmap.topics[name].needs:
                if need not in roadmap.topics:
                    continue  # reported at the topic itself
                if need not in whole:
                    yield Fault(here, f"'{name}' needs '{need}', which this path leaves out; add it before")
                elif need not in met:
                    yield Fault(here, f"'{name}' needs '{need}', which comes later in this path; move it before")
            met.add(name)
        for m, name in enumerate(phase.added):
            if name not in phase.topics:
                yield Fault((*place, "phase", n, "added", m), f"'{name}' is marked as added but isn't among the topics")


def _repeated(entries: Iterable[tuple[Place, str, tuple[str, ...]]], what: str) -> Iterator[Fault]:
    taken: dict[str, Place] = {}
    for place, own, aliases in entries:
        for name in (own, *aliases):
            if name in taken:
                yield Fault(place, f"the id '{name}' of this {what} is taken by {Fault(taken[name], '').path}; choose another")
            else:
                taken[name] = place


def did_you_mean(names: Iterable[str], wrong: str) -> str:
    """Return the end of a message about an unknown name: the most similar of the first few hundred names."""
    close = get_close_matches(wrong, tuple(islice(names, 300)), n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else ""


def _cycles(roadmap: Roadmap) -> Iterator[list[str]]:
    """Yield the cycles among needs; after each one, one of its needs is ignored, so that the search ends."""
    graph = {t.id: {need for need in t.needs if need in roadmap.topics and need != t.id} for t in roadmap.topics.values()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][:0:-1]  # graphlib lists each node before those that need it
            yield cycle
            graph[cycle[0]].discard(cycle[1 % len(cycle)])
        else:
            return


MOST_WORK = 5_000_000
"""The most `work` that all questions together may take; a thousand questions like the bundled ones take half a million."""
FEW = 12
"""How many variants are tried of a question that takes more work than is left; such questions have MOST_WORK of their own."""


class Effort:
    """The work that is left for trying the variants of a roadmap's questions, so that checking any file ends in bounded time."""

    def __init__(self) -> None:
        self._all = self._few = MOST_WORK

    def allows(self, question: Question) -> int | None:
        """Use up the work for a question; return how many of its variants may be tried: None for all, 0 if no work is left."""
        whole = work(question)
        if whole <= self._all:
            self._all -= whole
            return None
        self._few -= whole * FEW // max(FEW, _sets(question)) + _sets(question) * len(question.require)  # which is tried in all
        return FEW if self._few >= 0 else 0


def _sets(question: Question) -> int:
    return len(question.cases) or math.prod(len(numbers) for numbers in question.vars.values())


def work(question: Question) -> int:
    """Return the work of trying all variants: 1 for each character of an expression, 1 for ten characters of other text."""
    texts = list(_texts(question))
    inside = sum(len(part) for text in texts for part in re.findall(r"\{=[^{}]*", text))
    values = [getattr(question, "answer", ""), question.require, *(trap.value for trap in getattr(question, "traps", ()))]
    return _sets(question) * (inside + sum(map(len, values)) + sum(map(len, texts)) // 10)


def question_faults(question: Question, place: Place, *, most: int | None = None) -> Iterator[Fault]:
    """Find what is wrong with one question in any of its variants; most: try at most this many of them (None: all)."""
    try:
        variants = question.variants if most is None else question.few_variants(most)
    except ArithmeticFault as error:
        yield Fault((*place, "require"), f"can't be evaluated: {error}")
        return
    if most is not None:
        cure = "fewer values of its variables, or fewer expressions in its texts, let all be tried"
        yield Fault(place, f"only {most} of its variants were tried: with those before it they are too many; {cure}", warning=True)
    if not variants:
        yield Fault((*place, "require"), "leaves no variant; relax it or give other values")
    if not question.why:
        yield Fault((*place, "why"), "no explanation; say why the answer is right", warning=True)
    texts = list(_texts(question))
    for variant in variants:
        try:
            for text in texts:
                question.show(text, variant)
            found = list(_variant_faults(question, variant, place))
        except ArithmeticFault as error:
            found = [Fault(place, f"can't be evaluated{_with(variant)}: {error}")]
        if found:
            yield from found
            return
    if question.code:
        yield from (fault._replace(warning=True) for fault in _too_wide(question.code, (*place, "code")))
    if question.kind in ("choice", "multi") and variants:
        yield from _form(question, variants[0], place)


def _with(variant: Variant) -> str:
    return f" with {', '.join(f'{k} = {v}' for k, v in variant.items())}" if variant else ""


def _texts(question: Question) -> Iterator[str]:
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for inside in value.values():
                yield from strings(inside)
        elif isinstance(value, (list, tuple)):
            for inside in value:
                yield from strings(inside)

    yield from strings(
        question.model_dump(exclude={"topic", "id", "aliases", "idea", "kind", "answer", "require", "vars", "cases"})
    )


def _variant_faults(question: Question, variant: Variant, place: Place) -> Iterator[Fault]:
    match question:
        case Choice() | Multi():
            right = sum(o.right for o in question.options)
            if question.kind == "choice" and right != 1:
                yield Fault((*place, "options"), f"{right} right options; a choice has exactly one `right = true`")
            elif right == 0:
                yield Fault((*place, "options"), "no right option; mark at least one with `right = true`")
            shown = [question.show(o.text, variant) for o in question.options]
            yield from _equal(shown, variant, (*place, "options"), "options")
        case Numeric():
            value = question.value(variant)
            numbers = [evaluate(trap.value, variant) for trap in question.traps]
            for n, number in enumerate(numbers):
                if question.near(number, value):
                    yield Fault((*place, "traps", n), f"this trap is the right answer{_with(variant)}")
            yield from _equal([number_text(float(n)) for n in numbers], variant, (*place, "traps"), "traps")
        case Order():
            yield from _equal([question.show(s, variant) for s in question.steps], variant, (*place, "steps"), "steps")
            for n, other in enumerate(question.also):
                if sorted(other) != sorted(question.steps):
                    yield Fault((*place, "also", n), "another order must have the same steps")
        case Match():
            yield from _equal(
                [question.show(left, variant) for left, _ in question.pairs], variant, (*place, "pairs"), "left sides"
            )
            yield from _equal(
                [question.show(right, variant) for right in question.rights], variant, (*place, "pairs"), "right sides"
            )
        case Text():
            if not any(loosely(question.show(a, variant), exact=question.exact) for a in question.accept):
                yield Fault((*place, "accept"), "no right answer that can be typed")
        case Open():
            yield from _equal([question.show(p, variant) for p in question.rubric], variant, (*place, "rubric"), "points")


def _equal(texts: list[str], variant: Variant, place: Place, what: str) -> Iterator[Fault]:
    if len(set(texts)) < len(texts):
        twice = next(t for t in texts if texts.count(t) > 1)
        yield Fault(place, f"two {what} are the same{_with(variant)}: '{twice}'")


def _form(question: Choice | Multi, variant: Variant, place: Place) -> Iterator[Fault]:
    """Warn if the form of an option gives the answer away, or if a wrong option isn't explained."""
    shown = [question.show(o.text, variant) for o in question.options]
    middle = median(map(len, shown))
    for n, (option, text) in enumerate(zip(question.options, shown, strict=True)):
        if not option.why and not option.right:
            yield Fault((*place, "options", n), "no why: name the misconception behind this option", warning=True)
        if option.right and max(map(len, shown)) > 12 and not 0.6 * middle <= len(text) <= 1.6 * middle:
            yield Fault(
                (*place, "options", n, "text"),
                f"the right option has {len(text)} characters, the median is {middle:g}: its length gives it away",
                warning=True,
            )
