"""A year of a simulated learner, with reviews and without: how much of what was passed can be recalled at its end.

`python -m benchmarks.simulate` prints the table that stands in docs/review.md. The forgetting is not FSRS's: it is exponential
(Ebbinghaus 1885), with stabilities that the schedule never sees, noise in each of them, lucky guesses and slips. Its constants are
those of SuperMemo 2 (Wozniak 1990: intervals of 1 and 6 days, then times 2.5, keep about nine in ten), not of FSRS. They were
written down, and committed, before the schedule was run on them. An earlier set, of somebody who keeps 1/e after six days as one
does of nonsense syllables, is still there as `SYLLABLES`: ten minutes a day are not enough for that.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from dlroadmap import events as e
from dlroadmap.events import Entry, entry_id
from dlroadmap.library import examine
from dlroadmap.places import bundled
from dlroadmap.progress import Progress
from dlroadmap.question import Bank
from dlroadmap.review import SECONDS, left_today, outlook, review, waiting
from dlroadmap.roadmap import Roadmap, Topic

SEEDS = (1, 2, 3, 4, 5)
DAYS = 365
STUDY_DAYS = (0, 1, 3, 5)
"""Weekdays on which the learner studies: 5 hours a week in four portions."""
HOURS_A_WEEK = 5.0
SKIPPED = 0.10
"""The share of days on which nothing is done at all."""
HOLIDAY = range(200, 214)
"""Two weeks away."""


class Forgetting(NamedTuple):
    """How fast somebody forgets: recall is 0.9 to the power of days / stability."""

    first: float
    """Days after which a freshly learned idea is recalled with 0.9, in the median."""
    growth: float
    """What a success multiplies a stability by when recall had fallen to 0.9; less where it was fresher (the spacing effect)."""
    lapse: float
    """What a lapse, and the feedback after it, leave of a stability."""
    least: float
    """The least stability, in days."""


CONCEPTS = Forgetting(first=math.sqrt(1 * 6), growth=2.5, lapse=0.3, least=1.0)
SYLLABLES = Forgetting(first=6 * -math.log(0.9), growth=1.7, lapse=0.45, least=1.5 * -math.log(0.9))
SPREAD = 0.6
"""The standard deviation of the logarithm of an idea's first stability."""
GROWTH_NOISE = 0.25
LEARNED_AT_FIRST = 0.85
"""The chance of being right at the first try, right after studying."""
GUESS = {"choice": 0.25, "multi": 0.05, "match": 0.05, "numeric": 0.0}
SLIP = 0.04
PACE = {"choice": 35.0, "multi": 65.0, "match": 70.0, "numeric": 110.0}
"""The seconds this learner really takes, in the median; each answer differs by a quarter."""
KINDS = ("choice", "multi", "numeric")
"""The kinds of the three questions of each idea."""


class Learner:
    """Somebody with a memory of their own, who answers questions."""

    def __init__(self, seed: int, forgetting: Forgetting) -> None:
        self.forgetting = forgetting
        self.dice = random.Random(seed)  # noqa: S311 a simulation, no secret
        self.stability: dict[tuple[str, str], float] = {}
        self.since: dict[tuple[str, str], datetime] = {}
        self.progress = Progress()
        self.entries = 0
        self.minutes: list[float] = []

    def recall(self, idea: tuple[str, str], now: datetime) -> float:
        """Return the true probability that an idea is recalled."""
        return float(0.9 ** ((now - self.since[idea]).total_seconds() / 86400 / self.stability[idea]))

    def record(self, event: e.Event, now: datetime) -> None:
        """Let an event be part of the progress."""
        self.entries += 1
        self.progress = self.progress.after(Entry(entry_id(self.entries, "simulate"), now, event))

    def answer(self, planned: e.Planned, kind: str, now: datetime, *, first: bool) -> e.Answered:
        """Answer a question, and learn from it."""
        idea = (planned.topic, planned.idea)
        chance = LEARNED_AT_FIRST if first else self.recall(idea, now)
        recalled = self.dice.random() < chance
        right = recalled and self.dice.random() >= SLIP
        guessed = not recalled and self.dice.random() < GUESS[kind]
        sure = "certain" if recalled and self.dice.random() < 0.5 else "fairly" if recalled else "guess"
        self._learn(idea, now, recalled=recalled, chance=chance)
        told: dict[str, Any] = {"topic": planned.topic, "question": planned.question, "idea": planned.idea, "kind": kind}
        seconds = PACE[kind] * math.exp(self.dice.gauss(0, 0.25))
        return e.Answered(sitting="s", **told, given="x", credit=float(right or guessed), confidence=sure, seconds=seconds)

    def _learn(self, idea: tuple[str, str], now: datetime, *, recalled: bool, chance: float) -> None:
        how = self.forgetting
        if idea not in self.stability:
            self.stability[idea] = how.first * math.exp(self.dice.gauss(0, SPREAD))
        elif recalled:
            spaced = min(1.3, (1 - chance) / 0.1)  # fresh ideas gain nothing, those beyond their time a little more
            gain = (1 + (how.growth - 1) * spaced) * math.exp(self.dice.gauss(0, GROWTH_NOISE))
            self.stability[idea] *= max(1.0, gain)
        else:
            self.stability[idea] = max(how.least, how.lapse * self.stability[idea])
        self.since[idea] = now


def questions(topics: list[Topic]) -> Bank:
    """Return a bank of three questions for each idea, so that the result doesn't depend on the bundled one."""
    rows: list[dict[str, Any]] = []
    options = [{"text": "a", "right": True}, {"text": "b"}]
    for topic in topics:
        for idea in topic.idea:
            for kind in KINDS:
                more = {"answer": 1, "tolerance": 0} if kind == "numeric" else {"options": options}
                told = {"topic": topic.id, "id": f"{idea.id}-{kind}", "idea": idea.id, "kind": kind, "level": 2, "ask": "?"}
                rows.append({**told, **more})
    return Bank.model_validate({"question": rows})


def study_days(dice: random.Random) -> Iterator[tuple[int, bool]]:
    """Yield the days on which something is done, and whether it is a day of study."""
    for day in range(DAYS):
        if day not in HOLIDAY and dice.random() >= SKIPPED:
            yield day, day % 7 in STUDY_DAYS


def year(roadmap: Roadmap, bank: Bank, seed: int, forgetting: Forgetting, *, reviews: bool) -> tuple[int, float, float, int, int]:
    """Return ideas passed, the share recalled at the end, the longest day of review in minutes, reviews made, topics done."""
    learner = Learner(seed, forgetting)
    left = {topic.id: topic.hours for topic in roadmap.topics.values()}
    path = [roadmap.topics[name] for name in roadmap.paths["all"].topics]
    begin = datetime(2026, 1, 5, 19, tzinfo=UTC)
    made = done = 0
    for day, studies in study_days(random.Random(seed + 1000)):  # noqa: S311 as above
        now = begin + timedelta(days=day)
        if reviews:
            minutes, count = _review(learner, roadmap, bank, now, seed + day)
            learner.minutes.append(minutes)
            made += count
        hours = HOURS_A_WEEK / len(STUDY_DAYS) if studies else 0.0
        while hours > 0 and done < len(path):
            topic = path[done]
            spent = min(hours, left[topic.id])
            hours -= spent
            left[topic.id] -= spent
            if left[topic.id] <= 0:
                _checkpoint(learner, topic, now)
                done += 1
    end = begin + timedelta(days=DAYS)
    share = statistics.fmean(learner.recall(idea, end) for idea in learner.stability)
    return len(learner.stability), share, max(learner.minutes, default=0.0), made, done


def _checkpoint(learner: Learner, topic: Topic, now: datetime) -> None:
    """Take a checkpoint; what is missed at first is asked again at its end and explained: it counts as passed."""
    started = e.SittingStarted(sitting="s", kind="checkpoint", scope=(topic.id,), seed=1, questions=())
    learner.record(started, now)
    for n, idea in enumerate(topic.idea):
        kind = KINDS[n % len(KINDS)]
        planned = e.Planned(topic=topic.id, idea=idea.id, question=f"{idea.id}-{kind}")
        learner.record(learner.answer(planned, kind, now, first=True), now)
    learner.record(e.SittingFinished(sitting="s"), now)


def _review(learner: Learner, roadmap: Roadmap, bank: Bank, now: datetime, seed: int) -> tuple[float, int]:
    """Review what the program plans; a question that would end after the day's minutes is left for tomorrow."""
    progress = learner.progress
    found = waiting(roadmap, progress, now)
    cap = left_today(progress, now)
    count = outlook(roadmap, progress, now, len(found)).now
    started = review(found, lambda _: bank, progress, sitting="s", seed=seed, count=count)
    if started is None:
        return 0.0, 0
    learner.record(started, now)
    spent = 0.0
    count = 0
    for planned in started.questions:
        question = bank.find(planned.topic, planned.question)
        assert question is not None  # noqa: S101 the bank has what was planned from it
        if spent + PACE[question.kind] * 2 > cap:
            break
        answered = learner.answer(planned, question.kind, now, first=False)
        spent += answered.seconds
        learner.record(answered, now)
        count += 1
    learner.record(e.SittingFinished(sitting="s"), now)
    return spent / 60, count


def main() -> None:
    """Print the table."""
    assert set(PACE) <= set(SECONDS)  # noqa: S101 the same kinds as the program's
    roadmap, _, faults = examine(Path(bundled()) / "roadmap.toml")
    assert roadmap is not None, faults  # noqa: S101 the bundled roadmap is sound
    topics = [
        topic.model_copy(update={"idea": tuple(idea.model_copy(update={"questions": 3}) for idea in topic.idea)})
        for topic in roadmap.topics.values()
    ]
    by_name = {topic.id: topic for topic in topics}
    phases = tuple(p.model_copy(update={"topic": tuple(by_name[t.id] for t in p.topic)}) for p in roadmap.phase)
    roadmap = roadmap.model_copy(update={"phase": phases})
    bank = questions(topics)
    for name, forgetting in (("SuperMemo 2's constants", CONCEPTS), ("as fast as nonsense syllables", SYLLABLES)):
        print(f"\nForgetting with {name}:\n")
        print("| seed | topics | ideas passed | recalled at the end, with reviews | without | longest day of review | reviews |")
        print("|---|---|---|---|---|---|---|")
        worst = 1.0
        for seed in SEEDS:
            ideas, share, longest, made, done = year(roadmap, bank, seed, forgetting, reviews=True)
            _, without, _, _, _ = year(roadmap, bank, seed, forgetting, reviews=False)
            worst = min(worst, share)
            print(f"| {seed} | {done} | {ideas} | {share:.0%} | {without:.0%} | {longest:.1f} min | {made} |", flush=True)
        print(f"\nThe worst of them with reviews: {worst:.1%}")


if __name__ == "__main__":
    main()
