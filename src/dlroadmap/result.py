"""The result of a finished sitting: an exam by topic, ideas that are missed again and again, and the gaps that may cause it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from dlroadmap.events import Answered
from dlroadmap.plan import overview
from dlroadmap.progress import MASTERED_FROM, Progress
from dlroadmap.review import LEECH, Outlook, outlook
from dlroadmap.roadmap import Idea, Roadmap, Topic
from dlroadmap.schedule import SHOWN
from dlroadmap.sitting import Outcome, Sitting, outcome
from dlroadmap.standing import Where, of_idea, of_topic, where
from dlroadmap.welcome import Placed, placed

TWICE = 2
"""From this many misses of an idea on, the needs of its topic are looked at."""


class TopicResult(NamedTuple):
    """A topic's result in an exam: how many answers were right, and how much of the topic is known now."""

    topic: Topic
    right: int
    asked: int
    known: float
    ideas: int

    @property
    def solid(self) -> bool:
        """Whether everything asked of it was right."""
        return self.right == self.asked

    @property
    def word(self) -> str:
        """The word for it in an exam's result."""
        return "solid" if self.solid else "look again"


def by_topic(roadmap: Roadmap, progress: Progress, now: datetime, answers: Iterable[Answered]) -> list[TopicResult]:
    """Return an exam's result by topic, the worst first."""
    asked, right = Counter[str](), Counter[str]()
    for a in answers:
        asked[a.topic] += 1
        right[a.topic] += a.credit >= SHOWN
    rows: list[TopicResult] = []
    for name in asked:
        here = where(roadmap.topics[name], progress, now)
        rows.append(TopicResult(roadmap.topics[name], right[name], asked[name], here.known, here.ideas))
    return sorted(rows, key=lambda row: row.right / row.asked)


class Leech(NamedTuple):
    """An idea missed so often that its topic's page helps more than another review."""

    topic: Topic
    idea: Idea
    misses: int


def leeches(roadmap: Roadmap, progress: Progress, names: Iterable[tuple[str, str]]) -> list[Leech]:
    """Return the leeches among some ideas, given as (topic id, idea id)."""
    found: list[Leech] = []
    for topic, name in names:
        above = roadmap.topics[topic]
        mine = above.find_idea(name)
        misses = of_idea(mine, of_topic(above, progress)).misses if mine else 0
        if mine and misses >= LEECH:
            found.append(Leech(above, mine, misses))
    return found


class Gap(NamedTuple):
    """An idea missed again and again, and the least known need of its topic, which may be the cause."""

    topic: Topic
    idea: Idea
    misses: int
    need: Topic
    known: float
    ideas: int
    tested: bool
    passed: bool
    """Whether the need was passed: then a review asks all its ideas, but a retake only those that weren't right at a first try."""

    @property
    def words(self) -> str:
        """The gap in words for the learner."""
        often = {2: "twice"}.get(self.misses, f"{self.misses} times")
        today = f"known today {self.known:.1f} of {self.ideas}" if self.tested else "never tested"
        offer = "review that" if self.passed else "test that"
        return f"You missed this {often}. {self.topic.title} rests on {self.need.title}, {today}: {offer}?"


def gap(roadmap: Roadmap, progress: Progress, now: datetime, topic: str, idea: str) -> Gap | None:
    """Return the weakest need under an idea that was missed at least TWICE; None if all needs are well known."""
    above = roadmap.topics[topic]
    mine = above.find_idea(idea)
    if mine is None:
        return None
    misses = of_idea(mine, of_topic(above, progress)).misses
    if misses < TWICE:
        return None
    needs = [(roadmap.topics[name], where(roadmap.topics[name], progress, now)) for name in above.needs]
    asked = [(need, here) for need, here in needs if here.ideas and here.known < MASTERED_FROM * here.ideas]
    if not asked:
        return None
    need, here = min(asked, key=lambda pair: pair[1].known / pair[1].ideas)
    return Gap(above, mine, misses, need, here.known, here.ideas, here.shown > 0, here.passed)


def gaps(roadmap: Roadmap, progress: Progress, now: datetime, names: Iterable[tuple[str, str]]) -> list[Gap]:
    """Return the gaps under some ideas, given as (topic id, idea id), each need once."""
    found = (gap(roadmap, progress, now, topic, idea) for topic, idea in names)
    by_need: dict[str, Gap] = {}
    for one in found:
        if one:
            by_need.setdefault(one.need.id, one)
    return list(by_need.values())


class Came(NamedTuple):
    """A finished sitting and its results: where its topic stands, an exam by topic, the gaps under the misses.

    here: where the sitting's topic stands, None if it was about several; topics: an exam's, the worst first; placed: a placement's.
    """

    sitting: Sitting
    done: Outcome
    here: Where | None
    topics: Sequence[TopicResult]
    gaps: Sequence[Gap]
    leeches: Sequence[Leech]
    outlook: Outlook
    placed: Placed | None

    @property
    def counts(self) -> bool:
        """Whether its answers count: they change what is known, and misses come back in reviews."""
        return self.sitting.started.kind not in ("practice", "cram", "placement")


def came_to(roadmap: Roadmap, progress: Progress, now: datetime, sitting: Sitting) -> Came:
    """Return the results of a finished sitting; one that doesn't count has no gaps and leeches."""
    started, done, view = sitting.started, outcome(sitting.answers), overview(roadmap, progress, now)
    topic = roadmap.topics.get(started.scope[0]) if len(started.scope) == 1 else None
    came = Came(
        sitting,
        done,
        here=view.where[topic.id] if topic else None,
        topics=by_topic(roadmap, progress, now, done.firsts) if started.kind == "exam" else (),
        gaps=(),
        leeches=(),
        outlook=outlook(roadmap, progress, now, view.all.due),
        placed=placed(view.path, sitting.answers) if started.kind == "placement" else None,
    )
    if not came.counts:
        return came
    under, often = gaps(roadmap, progress, now, done.missed), leeches(roadmap, progress, done.missed)
    return came._replace(gaps=under, leeches=often)
