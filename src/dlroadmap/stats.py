"""Stats: the numbers behind the plots, each with the sentence that says it; never glyphs or colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dlroadmap.forecast import Forecast, Rhythm, Work, by_week, forecast, monday, rhythm, worked
from dlroadmap.plan import Overview
from dlroadmap.progress import Progress
from dlroadmap.review import Outlook, cap_minutes, coming, ideas_in, outlook
from dlroadmap.roadmap import Roadmap
from dlroadmap.schedule import RETENTION, STATED, Confidence, Memory, Rating, due, recall, remember
from dlroadmap.standing import counting, of_idea, of_topic, ticked_at
from dlroadmap.wording import WHEN_SURE, plural

AHEAD = 30
"""How many days ahead recall is forecast."""
DUE_DAYS = 28
HARDEST = 5
"""How many of the hardest topics and ideas are listed."""
LEVELS = (0, 10, 30, 60)
"""Minutes above which a day of the heat map is darker."""


class PhaseStats(NamedTuple):
    """One phase of the active path: counts of its topics, and of its ideas ever passed and known today.

    hours are the estimates for what is done. Skipped topics are counted in topics, but not in done, and their ideas not in ideas.
    """

    id: str
    title: str
    topics: int
    skipped: int
    done: int
    mastered: int
    ideas: int
    passed: int
    known: float
    hours: float

    @property
    def counted(self) -> int:
        """The number of topics that aren't skipped, of which some are done."""
        return self.topics - self.skipped


class Recall(NamedTuple):
    """The ideas ever passed: how many are known today, and in AHEAD days without reviews and with the planned minutes of review.

    The whole roadmap counts; beyond is how many of the ideas aren't on the active path.
    """

    passed: int
    beyond: int
    today: float
    without: float
    reviewed: float

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        if not self.passed:
            return "Nothing was passed yet; checkpoints begin it."
        without = f"in {AHEAD} days it would be {self.without:.0f} without review and {self.reviewed:.0f} with it"
        beyond = f" ({self.beyond} of them off this path)" if self.beyond else ""
        return f"Of {plural(self.passed, 'idea')} that you passed{beyond} you know {self.today:.0f} today; {without}."


class Calibrated(NamedTuple):
    """The answers of one confidence: how many, how many of them right, and the probability that the confidence states."""

    confidence: Confidence
    stated: float
    answers: int
    right: int

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.answers if self.answers else 0.0


class Calibration(NamedTuple):
    """How right the learner was compared with how sure; brier is the mean squared error of the stated probability (Brier 1950)."""

    rows: tuple[Calibrated, ...]
    brier: float | None

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        said = [f"{row.share:.0%} of the time when {WHEN_SURE[row.confidence]}" for row in self.rows if row.answers]
        if not said:
            return "No answer had a confidence yet."
        last = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]
        sure = next((row for row in self.rows if row.confidence == "certain" and row.answers), None)
        advice = "; you are certain too soon" if sure and sure.answers >= 10 and sure.share < sure.stated - 0.1 else ""
        return f"You are right {last}{advice}."


class Hard(NamedTuple):
    """A topic or an idea that was missed: how often, of how many answers."""

    topic: str
    idea: str
    title: str
    misses: int
    answers: int


class Stats(NamedTuple):
    """Every figure of the Stats screen, of `stats --json` and of the reports."""

    since: date | None
    today: date
    active_days: int
    answers: int
    right: int
    minutes: Mapping[date, float]
    phases: tuple[PhaseStats, ...]
    recall: Recall
    due: tuple[int, ...]
    review: Outlook
    calibration: Calibration
    weeks: tuple[tuple[date, float], ...]
    hard_topics: tuple[Hard, ...]
    hard_ideas: tuple[Hard, ...]
    forecast: Forecast
    rhythm: Rhythm

    @property
    def activity_words(self) -> str:
        """Say in a sentence how active the learner was."""
        if self.since is None:
            return "Nothing was done yet."
        days = f"{plural(self.active_days, 'active day')} since {self.since:%d %b %Y}"
        right = f", {self.right / self.answers:.0%} of {self.answers} answers right" if self.answers else ""
        return f"{days}{right}. {self.rhythm.words[0].upper()}{self.rhythm.words[1:]}."

    @property
    def hours_by_phase(self) -> tuple[tuple[str, float], ...]:
        """The estimated hours done in each phase of the active path and off it, without zeros; their sum is that of the weeks."""
        rows = [(phase.title, phase.hours) for phase in self.phases]
        elsewhere = sum(hours for _, hours in self.weeks) - sum(phase.hours for phase in self.phases)
        return tuple((name, hours) for name, hours in (*rows, ("Off this path", elsewhere)) if hours >= 0.05)

    @property
    def due_words(self) -> str:
        """Say in a sentence what is due."""
        ahead = sum(self.due[1:])
        more = f"{ahead}{' more' if self.review.due else ''} fall{'s' if ahead == 1 else ''}"
        later = f" {more} due in the next {len(self.due) // 7} weeks." if ahead else ""
        words = self.review.words
        return f"{words[0].upper()}{words[1:]}.{later}"

    @property
    def hard_words(self) -> str:
        """Name the hardest idea and topic in a sentence."""
        if not self.hard_ideas:
            return "Nothing was missed yet."
        idea, topic = self.hard_ideas[0], self.hard_topics[0]
        missed = f"{topic.title}, {topic.misses} of {topic.answers} answers"
        return f"Most missed: {missed}; the hardest idea, {plural(idea.misses, 'time')}: {idea.title}"


def level(minutes: float | None) -> int:
    """Return how dark a day of the heat map is: 0 if nothing was done, else 1 to 4."""
    return 0 if minutes is None else max(1, sum(minutes > least for least in LEVELS))


def stats(roadmap: Roadmap, progress: Progress, view: Overview, now: datetime) -> Stats:
    """Compute all statistics."""
    work = worked(roadmap, progress, view.where)
    today = now.date()
    active = set(progress.days)
    weeks = by_week(work)
    first = monday(min([*active, *(one.on for one in work)], default=today))
    every = [first + timedelta(weeks=n) for n in range((monday(today) - first).days // 7 + 1)]
    return Stats(
        since=min(active, default=None),
        today=today,
        active_days=len(active),
        answers=sum(day.answers for day in progress.days.values()),
        right=sum(day.right for day in progress.days.values()),
        minutes=_minutes(roadmap, progress),
        phases=_phases(view, work),
        recall=_recall(roadmap, progress, view, now),
        due=tuple(coming(roadmap, progress, now, DUE_DAYS)),
        review=outlook(roadmap, progress, now, view.all.due),
        calibration=calibration(progress),
        weeks=tuple((week, weeks.get(week, 0.0)) for week in every),
        hard_topics=_hard_topics(roadmap, progress),
        hard_ideas=_hard_ideas(roadmap, progress),
        forecast=forecast(roadmap, progress, view, now),
        rhythm=rhythm(progress, work, now),
    )


def _minutes(roadmap: Roadmap, progress: Progress) -> dict[date, float]:
    """Return the minutes of each active day: the time of answers, and the estimates for ticked steps."""
    minutes = {day: done.seconds / 60 for day, done in progress.days.items()}
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        for step in topic.steps if done.steps else ():
            at = ticked_at(topic, step.id, done)
            if at:
                minutes[at.date()] = minutes.get(at.date(), 0.0) + step.minutes
    return dict(sorted(minutes.items()))


def _phases(view: Overview, work: Sequence[Work]) -> tuple[PhaseStats, ...]:
    hours: dict[str, float] = {}
    for one in work:
        hours[one.topic] = hours.get(one.topic, 0.0) + one.hours
    rows: list[PhaseStats] = []
    for phase in view.path.phase:
        total = view.of_phase(phase.topics)
        done = sum(hours.get(topic, 0.0) for topic in phase.topics)
        figures = (total.topics, total.skipped, total.done, total.mastered, total.ideas, total.shown, total.known, done)
        rows.append(PhaseStats(phase.id, phase.title, *figures))
    return tuple(rows)


def calibration(progress: Progress) -> Calibration:
    """Compare the confidence of every answer that counts with its result."""
    rows: list[Calibrated] = []
    squares, total = 0.0, 0
    for confidence, stated in reversed(STATED.items()):
        tally = progress.confidence.get(confidence)
        answers, right = (tally.answers, tally.right) if tally else (0, 0)
        rows.append(Calibrated(confidence, stated, answers, right))
        squares += right * (1 - stated) ** 2 + (answers - right) * stated**2
        total += answers
    return Calibration(tuple(rows), squares / total if total else None)


def _recall(roadmap: Roadmap, progress: Progress, view: Overview, now: datetime) -> Recall:
    """Forecast the recall of what was passed.

    With reviews means: each day as many as fit into the planned minutes, lowest recall first, all answered right; none during a
    break, and none of an idea that is suspended, still put off, or without a question.
    """
    memories: list[Memory | None] = []  # None if it was reset: its recall is 0 until it is asked again
    asked_from: list[date] = []
    beyond = 0
    on_path = set(view.path.topics)
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        if not done.ideas or done.is_skipped:
            continue
        for idea in counting(topic, done):
            mine = of_idea(idea, done)
            if mine.shown:
                beyond += topic.id not in on_path
                memories.append(mine.memory)
                asked_from.append(date.max if mine.rests else mine.buried or date.min)

    def recalled(then: datetime) -> list[float]:
        return [recall(memory, then) if memory else 0.0 for memory in memories]

    passed, later = len(memories), now + timedelta(days=AHEAD)
    today, without = sum(recalled(now)), sum(recalled(later))
    a_day = ideas_in(cap_minutes(progress), progress)
    retention = progress.plan.retention or RETENTION
    back = max(0, (progress.paused_until - now.date()).days) if progress.paused_until else 0
    for ahead in range(min(back, AHEAD), AHEAD):
        then = now + timedelta(days=ahead)
        days = (max(due(m, then, retention) if m else date.min, asked_from[n]) for n, m in enumerate(memories))
        waiting = sorted((n for n, day in enumerate(days) if day <= then.date()), key=recalled(then).__getitem__)
        for n in waiting[:a_day]:
            memories[n] = remember(memories[n], Rating.GOOD, then)
    return Recall(passed, beyond, today, without, sum(recalled(later)))


def _hard_topics(roadmap: Roadmap, progress: Progress) -> tuple[Hard, ...]:
    rows: list[Hard] = []
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        if done.ideas:
            mine = [of_idea(idea, done) for idea in topic.asked]
            rows.append(Hard(topic.id, "", topic.title, sum(i.misses for i in mine), sum(i.answers for i in mine)))
    return _worst(rows)


def _hard_ideas(roadmap: Roadmap, progress: Progress) -> tuple[Hard, ...]:
    rows: list[Hard] = []
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        for idea in topic.asked if done.ideas else ():
            mine = of_idea(idea, done)
            rows.append(Hard(topic.id, idea.id, idea.text, mine.misses, mine.answers))
    return _worst(rows)


def _worst(rows: list[Hard]) -> tuple[Hard, ...]:
    missed = [row for row in rows if row.misses]
    return tuple(sorted(missed, key=lambda row: (-row.misses, row.misses / max(1, row.answers) * -1))[:HARDEST])
