"""Forecast: the hours worked and the hours left, the learner's own pace, and when the path will be done.

The learner's time isn't measured: hours are the roadmap's estimates for what was ticked and passed, and are called estimates.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dlroadmap.plan import Overview, checkpoint_minutes
from dlroadmap.progress import Day, Progress
from dlroadmap.roadmap import Roadmap, Topic
from dlroadmap.standing import Where, counting, needed, of_idea, of_topic, ticked_at
from dlroadmap.wording import plural

PACE_WEEKS = 6
"""How many of the last active weeks the learner's own pace is computed from."""
LEAST_WEEKS = 2
"""With fewer active weeks than this the planned hours are used instead of the learner's own pace."""
RESAMPLES = 400
PERCENTILES = (0.1, 0.9)
SLOW = 1.5
"""The latest date of a forecast without a history: taking this many times as long as planned is common."""
MOST_HOURS = 60.0
"""The most hours a week with which a target counts as possible."""
FARTHEST_WEEKS = 52 * 20


class Work(NamedTuple):
    """Estimated hours of what was done on one day of the learner's calendar."""

    on: date
    topic: str
    hours: float


def worked(roadmap: Roadmap, progress: Progress, where: Mapping[str, Where]) -> list[Work]:
    """Return the estimated hours of what was ticked and passed: a step's hours when it was ticked, a topic's rest when it was done.

    Days are those of the learner's calendar then. A topic gives at most its own hours, even if its steps add up to more; a topic
    that the learner knew before gives none.
    """
    found: list[Work] = []
    for topic in roadmap.topics.values():
        done = of_topic(topic, progress)
        if not (done.steps or done.ticked or done.ideas):
            continue
        rest = topic.hours
        for at, minutes in sorted((at, s.minutes) for s in topic.steps if (at := ticked_at(topic, s.id, done))):
            hours = min(rest, minutes / 60)
            rest -= hours
            found.append(Work(at.date(), topic.id, hours))
        done_at = _done_at(topic, progress, where[topic.id])
        if done_at and not where[topic.id].known_by_word:
            found.append(Work(done_at.date(), topic.id, rest))
    return sorted(one for one in found if one.hours > 0)


def _done_at(topic: Topic, progress: Progress, here: Where) -> datetime | None:
    """Return when a topic was ticked or passed, whichever came first; None if neither."""
    done = of_topic(topic, progress)
    times = [done.ticked.at] if done.ticked and done.ticked.on else []
    if here.passed:
        ideas = [of_idea(idea, done) for idea in counting(topic, done)]
        tried = sorted(i.tried for i in ideas if i.tried)[: needed(len(ideas))]
        times.append(max(*tried, *(i.shown for i in ideas if i.shown)))
    return min(times, default=None)


def monday(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def by_week(work: Iterable[Work]) -> dict[date, float]:
    """Return the sum of hours of each week, by its Monday."""
    weeks: dict[date, float] = {}
    for one in work:
        weeks[monday(one.on)] = weeks.get(monday(one.on), 0.0) + one.hours
    return weeks


def hours_left(roadmap: Roadmap, progress: Progress, view: Overview, topics: Iterable[str]) -> float:
    """Return the estimated hours left of some topics: of those neither done nor skipped, without their ticked steps.

    An open topic has at least its checkpoint left, even if its ticked steps add up to more than its hours.
    """
    left = 0.0
    for name in topics:
        topic, here = roadmap.topics[name], view.where[name]
        if not here.done and here.standing != "skipped":
            done = of_topic(topic, progress)
            ticked = sum(s.minutes for s in topic.steps if ticked_at(topic, s.id, done)) if done.steps else 0
            left += max(60 * topic.hours - ticked, checkpoint_minutes(here, progress)) / 60
    return left


def hours_words(hours: float) -> str:
    """Say hours with no more digits than an estimate deserves."""
    return f"about {hours:.0f} h" if hours >= 1 else "less than 1 h"


class Forecast(NamedTuple):
    """When the path will be done, as a range, and the figures behind it.

    open: the number of topics neither done nor skipped. left: estimated hours. pace: estimated hours a week; measured says whether
    it is the learner's own or the planned one. weeks: the active weeks behind the pace. reviews: hours of review a week. soonest
    and latest: None if unknown or more than twenty years away. needed: the hours a week that the target takes; None without a
    target or if nothing is left.
    """

    open: int
    left: float
    pace: float | None
    measured: bool
    weeks: int
    reviews: float
    soonest: date | None
    latest: date | None
    target: date | None
    needed: float | None
    paused_until: date | None

    @property
    def possible(self) -> bool:
        """Whether the target can be met."""
        return self.needed is not None and self.needed <= MOST_HOURS

    @property
    def words(self) -> str:
        """The forecast in one or two sentences; never a single date."""
        if not self.open:
            return "Nothing is left on this path."
        if not self.left:
            return f"No hours are left on this path, only {plural(self.open, 'topic')} to tick."
        it, is_, ends = ("they", "are", "they are done") if self.left >= 1.5 else ("it", "is", "it is done")
        words = hours_words(self.left)
        about = f"{words[0].upper()}{words[1:]} {is_} left"
        if not self.measured and not (self.pace and self.pace > self.reviews):
            if self.pace:
                return f"{about}; reviews take {self.reviews:.1f} h a week, which leaves nothing of the {self.pace:g} h planned."
            return f"{about}. Set the hours of a week, and this says when {it} will be done."
        own = f"at your own pace of {self.pace:.1f} h in an active week, idle weeks counted,"
        rests = own if self.measured else f"at the {self.pace:g} h a week that you planned"
        if self.soonest is None:
            return f"{about}; {rests} this takes more than twenty years."
        if self.latest is None:
            return f"{about}; {rests} {ends} in {_month(self.soonest)} at the soonest, and it may take more than twenty years."
        if _month(self.soonest) == _month(self.latest):
            return f"{about}; {rests} {ends} around {self.soonest:%B %Y}."
        return f"{about}; {rests} {ends} between {_month(self.soonest)} and {_month(self.latest)}."

    @property
    def target_words(self) -> str:
        """What the target takes, in a sentence; "" without a target."""
        if self.target is None or not self.left:
            return ""
        if self.needed is None or not self.possible:
            return f"{self.target:%d %b %Y} can't be met" + (f": it would take {self.needed:.0f} h a week." if self.needed else ".")
        return f"{self.target:%d %b %Y} takes {self.needed:.1f} h a week, reviews included."


def _month(day: date) -> str:
    """Name a date as roughly as a forecast knows it: early, mid or late in a month."""
    third = "early" if day.day <= 10 else "mid" if day.day <= 20 else "late"
    return f"{third} {day:%B %Y}"


def forecast(roadmap: Roadmap, progress: Progress, view: Overview, now: datetime) -> Forecast:
    """Return when the active path will be done."""
    left, today = hours_left(roadmap, progress, view, view.path.topics), now.date()
    weeks = _past_weeks(by_week(worked(roadmap, progress, view.where)), today)
    active = [hours for hours in weeks if hours][-PACE_WEEKS:]
    reviews = _review_hours(progress, today)
    begin = max(today, progress.paused_until or today)
    measured = len(active) >= LEAST_WEEKS
    planned = progress.plan.hours
    pace = sum(active) / len(active) if measured else planned
    soonest = latest = None
    if left and measured:
        soonest, latest = (_after(today, begin, w) for w in _bootstrap(left, _window(weeks)))
    elif left and planned and planned > reviews:
        net = left / (planned - reviews)
        soonest, latest = _after(today, begin, net), _after(today, begin, SLOW * net)
    target = progress.plan.target
    takes = None
    if target and left and target > begin:
        takes = left / ((target - begin).days / 7) + reviews
    still = view.on_path.counted - view.on_path.done
    return Forecast(still, left, pace, measured, len(active), reviews, soonest, latest, target, takes, progress.paused_until)


def _after(today: date, begin: date, weeks: float) -> date | None:
    """Return the day some weeks after the work begins; None beyond twenty years."""
    taken, farthest = timedelta(weeks=min(weeks, FARTHEST_WEEKS)), timedelta(weeks=FARTHEST_WEEKS)
    return begin + taken if taken <= date.max - begin and begin - today + taken < farthest else None


def _past_weeks(hours: Mapping[date, float], today: date) -> list[float]:
    """Return the hours of each week, from the first active week to last week."""
    if not hours:
        return []
    first, this = min(hours), monday(today)
    return [hours.get(first + timedelta(weeks=n), 0.0) for n in range((this - first).days // 7)]


def _window(weeks: list[float]) -> list[float]:
    """Return the weeks from the PACE_WEEKS-th last active one on, including idle ones."""
    active = [n for n, hours in enumerate(weeks) if hours][-PACE_WEEKS:]
    return weeks[active[0] :] if active else []


def _bootstrap(left: float, weeks: list[float]) -> tuple[float, float]:
    """Return the 10th and 90th percentile of the weeks until some hours are done, drawing past weeks at random."""
    dice = random.Random(f"{left:.3f} {weeks}")  # noqa: S311 a forecast, no secret; without changes the same tomorrow
    taken: list[float] = []
    for _ in range(RESAMPLES):
        done, count = 0.0, 0.0
        while done < left and count < FARTHEST_WEEKS:
            hours = dice.choice(weeks)
            count += min(1.0, (left - done) / hours) if hours else 1.0
            done += hours
        taken.append(count)
    taken.sort()
    low, high = (taken[min(RESAMPLES - 1, math.floor(p * RESAMPLES))] for p in PERCENTILES)
    return low, high


def _review_hours(progress: Progress, today: date) -> float:
    """Return the hours a week that reviews took over the last four weeks."""
    since = [progress.days.get(today - timedelta(days=n), Day()).reviewing for n in range(28)]
    return sum(since) / 4 / 3600


class Rhythm(NamedTuple):
    """This week: active and planned days, and hours done (estimates for work, measured time for reviews) and planned."""

    active: int
    planned: int | None
    hours: float
    planned_hours: float | None

    @property
    def words(self) -> str:
        """This week in words that don't blame."""
        if self.planned and self.active <= self.planned:
            days = f"{self.active} of {self.planned} planned days"
        else:  # days that weren't planned count too, so there may be more than planned
            days = plural(self.active, "active day") + (f", {self.planned} planned" if self.planned else "")
        hours = f"{self.hours:.1f}" + (f" of {self.planned_hours:g} h" if self.planned_hours else " h")
        return f"{days}, {hours} this week"


def rhythm(progress: Progress, work: Iterable[Work], now: datetime) -> Rhythm:
    """Return how this week goes; days that weren't planned count too."""
    begin = monday(now.date())
    week = [progress.days.get(begin + timedelta(days=n), Day()) for n in range(7)]
    hours = by_week(work).get(begin, 0.0) + sum(day.reviewing for day in week) / 3600  # both are part of the planned hours
    days = progress.plan.days
    return Rhythm(sum(1 for day in week if day.entries), len(days) if days else None, hours, progress.plan.hours)
