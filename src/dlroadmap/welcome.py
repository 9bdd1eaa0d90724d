"""Welcome: the path and starting point that a newcomer's answers lead to, and a placement that finds a starting point.

The table is in docs/getting-started.md. Nothing here marks anything as done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, cast

from dlroadmap.events import Answered, PathChosen, PlanSet, SittingStarted
from dlroadmap.forecast import hours_words
from dlroadmap.plan import begun_at
from dlroadmap.progress import Progress
from dlroadmap.review import BankOf
from dlroadmap.roadmap import Path, Roadmap, Topic
from dlroadmap.schedule import SHOWN
from dlroadmap.sitting import draw, plan_idea
from dlroadmap.standing import counting, of_topic
from dlroadmap.wording import plural

Level = Literal["new", "basics", "trained"]
Goal = Literal["understand", "build", "research", "job"]

LEVELS: dict[Level, str] = {
    "new": "New to ML · I can program a little",
    "basics": "Know the basics · Python, NumPy, some classic ML",
    "trained": "Have trained nets · want the gaps and the frontier",
}
GOALS: dict[Goal, str] = {
    "understand": "Understand · the whole map, theory included",
    "build": "Build · train networks and make them fast",
    "research": "Research · papers and mathematics",
    "job": "Job · solve a company's problems with data",
}
HOURS = (2, 5, 10, 20)
DEFAULT_LEVEL: Level = "new"
DEFAULT_GOAL: Goal = "understand"
DEFAULT_HOURS = 5
PATHS: dict[Goal, str] = {
    "understand": "all",
    "build": "deep-learning-engineer",
    "research": "research-scientist",
    "job": "applied-ml-engineer",
}
"""The path for each goal, if the roadmap has it; else the whole map."""
PLACED_BY = 8
"""How many questions a placement asks."""


class Suggestion(NamedTuple):
    """A path, the topic to start from, and the plan that goes with them."""

    path: Path
    start: Topic
    hours: float
    level: Level
    goal: Goal
    weekly: float

    def events(self) -> tuple[PlanSet, PathChosen]:
        """Return the events that are recorded when the suggestion is accepted."""
        return PlanSet(level=self.level, goal=self.goal, hours=self.weekly), begun_at(self.path, self.start.id)

    def words(self, roadmap: Roadmap, today: date) -> str:
        """Describe the suggestion, with when the path would be done."""
        topics = self.path.topics[self.path.topics.index(self.start.id) :]
        following = roadmap.topics[topics[1]] if len(topics) > 1 else None
        then = f", then {following.title} ({following.hours:g} h)" if following else ""
        weeks = round(self.hours / self.weekly)
        done = today + timedelta(weeks=self.hours / self.weekly)
        first = f"{self.start.title} ({self.start.hours:g} h)"
        size = f"{plural(len(topics), 'topic')}, {hours_words(self.hours)}"
        skipped = sum(roadmap.topics[topic].hours for topic in self.path.topics if topic not in topics)
        before = f". What lies before it, {skipped:.0f} h, stays open and comes last" if skipped else ""
        takes = f"about {plural(weeks, 'week')}" if weeks else "less than a week"
        pace = f"At {self.weekly:g} h a week that is {takes}, or until {done:%B %Y} or later"
        later = "All of it can be changed: , for the plan, p for the path"
        return f"Path {self.path.title}: {size}. First: {first}{then}{before}. {pace}. {later}."


def suggestion(roadmap: Roadmap, level: Level, goal: Goal, weekly: float) -> Suggestion:
    """Return the suggestion for some answers: a path by the goal, a starting point by the level.

    new: the path's first topic; basics: the first topic of its second phase; trained: its first advanced topic.
    """
    path = roadmap.paths.get(PATHS[goal]) or roadmap.paths["all"]
    start = path.topics[0]
    if level == "basics" and len(path.phase) > 1:
        start = path.phase[1].topics[0]
    elif level == "trained":
        start = next((t for t in path.topics if roadmap.topics[t].level in ("advanced", "expert")), start)
    return _from(roadmap, path, start, level, goal, weekly)


def fitting(roadmap: Roadmap, progress: Progress) -> Suggestion | None:
    """Return the suggestion for the learner's level and goal; None if neither is known, or if they follow it already."""
    plan = progress.plan
    if not plan.level and not plan.goal:
        return None
    level, goal = cast("Level", plan.level or DEFAULT_LEVEL), cast("Goal", plan.goal or DEFAULT_GOAL)  # PlanSet allows no other
    found = suggestion(roadmap, level, goal, plan.hours or DEFAULT_HOURS)
    _, chosen = found.events()
    return None if (progress.path, progress.start) == (chosen.path, chosen.start) else found


def _from(roadmap: Roadmap, path: Path, start: str, level: Level, goal: Goal, weekly: float) -> Suggestion:
    left = path.topics[path.topics.index(start) :]
    hours = sum(roadmap.topics[t].hours for t in left)
    return Suggestion(path, roadmap.topics[start], hours, level, goal, weekly)


def placement(
    roadmap: Roadmap, path: Path, bank_of: BankOf, progress: Progress, *, sitting: str, seed: int
) -> SittingStarted | None:
    """Plan PLACED_BY questions over the path, in its order; they find a starting point and don't count."""
    every = ((topic, of_topic(topic, progress)) for topic in (roadmap.topics[name] for name in path.topics))
    asked = [(topic, ideas) for topic, done in every if not done.is_skipped and (ideas := counting(topic, done))]
    count = min(PLACED_BY, len(asked))
    chosen = [asked[(2 * n + 1) * len(asked) // (2 * count)] for n in range(count)]
    planned = []
    for topic, ideas in chosen:
        idea = min(ideas, key=lambda i, t=topic: draw(seed, t.id, i.id, "placement"))  # type: ignore[misc]  # the default value keeps this loop's topic
        found = plan_idea(topic, idea, bank_of(topic.id), progress, seed)
        if found:
            planned.append(found.model_copy(update={"spare": None, "spare_asked": 0}))
    if not planned:
        return None
    return SittingStarted(sitting=sitting, kind="placement", scope=(), seed=seed, questions=tuple(planned))


class Placed(NamedTuple):
    """The result of a placement: the answers in the path's order, how many of them were right, and the topic to start from."""

    path: Path
    answers: tuple[Answered, ...]
    known: int
    start: str

    @property
    def event(self) -> PathChosen:
        """The event that records it."""
        return begun_at(self.path, self.start)

    def words(self, roadmap: Roadmap) -> str:
        """Say where to start, and why."""
        before = " What lies before it stays open, and comes last." if self.start != self.path.topics[0] else ""
        return f"{self.known} of {len(self.answers)} known: start with “{roadmap.topics[self.start].title}”.{before}"


def placed(path: Path, answers: Sequence[Answered]) -> Placed:
    """Return where to start after a placement: where right answers turn into misses.

    That is the place with the most right answers before it plus misses after it; if several are equal, the earliest.
    """
    answers = sorted((a for a in answers if a.topic in path.topics), key=lambda a: path.topics.index(a.topic))
    right = [a.credit >= SHOWN and a.confidence != "guess" for a in answers]
    best = max(range(len(right) + 1), key=lambda cut: (sum(right[:cut]) + sum(not r for r in right[cut:]), -cut))
    at = min(path.topics.index(answers[best - 1].topic) + 1, len(path.topics) - 1) if best else 0
    return Placed(path, tuple(answers), sum(right), path.topics[at])
