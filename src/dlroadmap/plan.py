"""The path a learner is on, and what comes next and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import count, groupby
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import JsonValue, ValidationError

from dlroadmap.events import PathChosen
from dlroadmap.progress import Progress
from dlroadmap.review import seconds_an_idea
from dlroadmap.roadmap import Path, PathPhase, Resource, Roadmap, Step, Topic, clean, named
from dlroadmap.standing import Counts, Where, counts, of_topic, step_done, where
from dlroadmap.wording import plural

Action = Literal["step", "checkpoint", "tick"]


def paths(roadmap: Roadmap, progress: Progress) -> Mapping[str, Path]:
    """Return the roadmap's paths and the learner's own, by id.

    An own path follows changes of the roadmap: renamed topics get their new ids, removed ones are left out, new needs are added.
    An own path without any topic left is left out.
    """
    if not progress.paths:
        return roadmap.paths
    from dlroadmap.faults import path_faults  # noqa: PLC0415 only own paths need it

    own: dict[str, Path] = {}
    for name, body in progress.paths.items():
        try:
            path = arranged(roadmap, _followed(roadmap, Path.model_validate({**body, "id": name})))
        except ValidationError:
            continue
        if path.topics and not any(path_faults(roadmap, path)):
            own[name] = path
    return {**own, **roadmap.paths}


def _followed(roadmap: Roadmap, path: Path) -> Path:
    """Return a path with the present ids of its topics, without topics that the roadmap no longer has."""

    def present(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(topic.id for name in names if (topic := roadmap.formerly(name)))

    phases = (phase.model_copy(update={"topics": present(phase.topics), "added": present(phase.added)}) for phase in path.phase)
    return path.model_copy(update={"phase": tuple(phases)})


def arranged(roadmap: Roadmap, path: Path) -> Path:
    """Return a path with each topic after its needs; needs that the path lacks are put in and marked as added.

    The roadmap must have every topic of the path.
    """
    whole, placed = set(path.topics), set[str]()
    phases: list[PathPhase] = []
    for phase in path.phase:
        topics: list[str] = []
        for name in phase.topics:
            topics += _behind_needs(roadmap, name, placed)
            placed.update(topics)
        added = tuple(name for name in topics if name not in whole or name in path.added)
        if topics:
            phases.append(phase.model_copy(update={"topics": tuple(topics), "added": added}))
    return path.model_copy(update={"phase": tuple(phases)})


def _behind_needs(roadmap: Roadmap, name: str, placed: AbstractSet[str]) -> list[str]:
    """Return a topic after all its needs that aren't placed yet, in the roadmap's order where needs allow it."""
    from graphlib import TopologicalSorter  # noqa: PLC0415 only own paths need it

    lacking, looked = set[str](), [name]
    while looked:
        topic = looked.pop()
        if topic not in placed and topic not in lacking:
            lacking.add(topic)
            looked += roadmap.topics[topic].needs
    order = {topic: n for n, topic in enumerate(roadmap.topics) if topic in lacking}
    sorter = TopologicalSorter({topic: lacking.intersection(roadmap.topics[topic].needs) for topic in order})
    sorter.prepare()
    ready, found = set[str](), list[str]()
    while sorter.is_active():
        ready.update(sorter.get_ready())
        found.append(min(ready, key=order.__getitem__))
        ready.remove(found[-1])
        sorter.done(found[-1])
    return found


def own_path(roadmap: Roadmap, title: str, topics: Iterable[str], own: Mapping[str, Path] = MappingProxyType({})) -> Path:
    """Return a new path of the learner over topics in this order, in phases like the roadmap's.

    own: the learner's paths so far, by id; one with the same title is overwritten, the id of any other isn't used again. Raises
    ValueError if there is no topic and, with words for the learner, if there is no title or it means a path of the roadmap.
    """
    title = " ".join(clean(title).split())
    if not title:
        raise ValueError("a path needs a name")
    if path_id(title) in roadmap.paths or named(roadmap.paths.values(), title):
        raise ValueError("the roadmap has a path of that name; choose another")
    same = (path.id for path in own.values() if path.title == title)
    free = (name for name in _ids(title) if name not in own)
    loose = Path(
        id=next(same, None) or next(free), title=title, phase=(PathPhase(id="p", title="P", topics=tuple(dict.fromkeys(topics))),)
    )
    ordered = arranged(roadmap, loose)
    phases: list[PathPhase] = []
    for phase, run in groupby(ordered.topics, key=lambda topic: roadmap.phase_of[topic].id):
        its, taken = tuple(run), {one.id for one in phases}
        name = next(name for name in _parts(phase) if name not in taken)
        added = tuple(topic for topic in its if topic in ordered.added)
        phases.append(PathPhase(id=name, title=roadmap.phase_of[its[0]].title, topics=its, added=added))
    return Path(id=loose.id, title=loose.title, phase=tuple(phases))


def path_id(title: str) -> str:
    """Return an id made of a title: its Latin letters in lower case and its digits, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", title.casefold())
    return "-".join(words)[:60].strip("-") or "path"


def _ids(title: str) -> Iterator[str]:
    first = path_id(title)
    yield first
    for n in count(2):
        yield f"{first}-{n}"


def _parts(phase: str) -> Iterator[str]:
    yield phase
    for n in count(2):
        yield f"{phase[:50].strip('._-')}-part-{n}"


def path_body(path: Path) -> dict[str, JsonValue]:
    """Return a path as PathSaved stores it."""
    return path.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)


def active_path(roadmap: Roadmap, progress: Progress) -> Path:
    """Return the path that the learner is on; the whole map if the chosen path is gone."""
    every = paths(roadmap, progress)
    return every.get(progress.path) or named(every.values(), progress.path) or every["all"]


def begun_at(path: Path, start: str) -> PathChosen:
    """Return the event that chooses a path with a topic of it to start from."""
    return PathChosen(path=path.id, start=start if start != path.topics[0] else None)


def starting_point(roadmap: Roadmap, progress: Progress, path: Path) -> Topic | None:
    """Return the topic from which the learner starts on a path; None if that is the first one, or not on the path."""
    start = roadmap.topic(progress.start) if progress.start else None
    return start if start and start.id in path.topics[1:] else None


class Overview(NamedTuple):
    """Where everything stands at a moment: every topic, the active path, and their sums."""

    path: Path
    where: Mapping[str, Where]
    all: Counts
    on_path: Counts

    def of_phase(self, topics: tuple[str, ...]) -> Counts:
        """Return the counts over some topics."""
        return counts(self.where[t] for t in topics)


def overview(roadmap: Roadmap, progress: Progress, now: datetime) -> Overview:
    """Return where everything stands at a moment."""
    path = active_path(roadmap, progress)
    places = {topic.id: where(topic, progress, now) for topic in roadmap.topics.values()}
    return Overview(path, places, counts(places.values()), counts(places[t] for t in path.topics))


class Next(NamedTuple):
    """A recommendation: a topic, what to do on it, how long that takes, and why it comes now."""

    topic: Topic
    action: Action
    step: Step | None
    minutes: int
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The reasons in one line."""
        return "; ".join(self.reasons)


def next_steps(
    roadmap: Roadmap, progress: Progress, now: datetime, minutes: int | None = None, view: Overview | None = None
) -> Iterator[Next]:
    """Yield what to do next, best first: one step for each open topic of the path that can be begun.

    A topic is left out while one of its needs is untouched, unless that need lies before the starting point and the topic
    doesn't. Topics before the starting point come last. minutes: steps that fit come first, then the shortest. view: the
    overview, if the caller has it already.
    """
    view = view or overview(roadmap, progress, now)
    order = {topic: n for n, topic in enumerate(view.path.topics)}
    begin = starting_point(roadmap, progress, view.path)
    start = order[begin.id] if begin else 0
    ranked: list[tuple[tuple[int, bool, bool, bool, int], Next]] = []
    for name, position in order.items():
        topic, here = roadmap.topics[name], view.where[name]
        if here.done or here.standing == "skipped":
            continue
        open_needs = [n for n in topic.needs if not _met(view, n)]
        if any(view.where[n].standing == "todo" and not order.get(n, start) < start <= position for n in open_needs):
            continue
        found = _next_step(topic, progress, here, minutes)
        rank = (_beyond(found.minutes, minutes), position < start, bool(open_needs), here.standing != "doing", position)
        ranked.append((rank, found._replace(reasons=_reasons(roadmap, view, topic, open_needs))))
    for _, found in sorted(ranked, key=lambda row: row[0]):
        yield found


def _beyond(taken: int, minutes: int | None) -> int:
    """Return 0 if a step fits into some minutes, else its minutes."""
    return taken if minutes is not None and taken > minutes else 0


def _met(view: Overview, need: str) -> bool:
    here = view.where[need]
    return here.done or here.standing == "skipped"


def _next_step(topic: Topic, progress: Progress, here: Where, minutes: int | None) -> Next:
    done = of_topic(topic, progress)
    reading = [s for s in topic.steps if s.kind == "resource" and getattr(s.of, "start", False)]
    doing = [s for s in topic.steps if s.kind == "practice"]
    left = [s for s in (*reading, *doing) if not step_done(topic, s.id, done)]
    if minutes is not None:
        left.sort(key=lambda s: _beyond(s.minutes, minutes))
    if left:
        return Next(topic, "step", left[0], left[0].minutes, ())
    if here.ideas:
        return Next(topic, "checkpoint", None, checkpoint_minutes(here, progress), ())
    return Next(topic, "tick", None, 0, ())


def checkpoint_minutes(here: Where, progress: Progress) -> int:
    """Return the minutes that a topic's checkpoint takes at the learner's pace; 0 if it has none."""
    return max(1, round(here.to_ask * seconds_an_idea(progress) / 60)) if here.ideas else 0


def _reasons(roadmap: Roadmap, view: Overview, topic: Topic, open_needs: list[str]) -> tuple[str, ...]:
    reasons: list[str] = []
    if view.where[topic.id].standing == "doing":
        reasons.append("in progress")
    if open_needs:
        weakest = min(open_needs, key=lambda n: view.where[n].known / max(1, view.where[n].ideas))
        reasons.append(f"rests on {roadmap.topics[weakest].title}, which isn't done yet")
    else:
        reasons.append("needs met" if topic.needs else "needs nothing before it")
    opened = len(roadmap.opens[topic.id])
    if opened:
        reasons.append(f"opens {plural(opened, 'topic')}")
    if topic.id in view.path.added:
        reasons.append("added to your path because a later topic needs it")
    elif view.path.id != "all":
        reasons.append("on your path")
    reasons.append(f"{topic.hours:g} h")
    return tuple(reasons)


_VERBS = {"video": "watch", "playlist": "watch", "course": "take", "tool": "try", "tutorial": "follow"}


def what_to_do(found: Next) -> str:
    """Say in a few words what a recommendation asks to do."""
    match found.action:
        case "step":
            assert found.step is not None  # noqa: S101 a step's action has its step
            verb = _VERBS.get(found.step.of.kind, "read") + ": " if isinstance(found.step.of, Resource) else ""
            return verb + found.step.text
        case "checkpoint":
            return "take its checkpoint"
        case _:
            return "tick it when you are done"
