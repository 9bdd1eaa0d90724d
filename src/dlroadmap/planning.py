"""Planning: how one step up or down changes each part of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, TypeVar, get_args

from dlroadmap.events import PlanSet, Weekday
from dlroadmap.progress import Progress
from dlroadmap.review import REVIEW_MINUTES, cap_minutes
from dlroadmap.schedule import RETENTION
from dlroadmap.welcome import DEFAULT_GOAL, DEFAULT_HOURS, DEFAULT_LEVEL, GOALS, LEVELS

Part = Literal["level", "goal", "hours", "days", "target", "retention", "review_minutes"]
T = TypeVar("T")
N = TypeVar("N", int, float)

DAYS: tuple[Weekday, ...] = get_args(Weekday)
WEEKS = (DAYS, DAYS[:5], DAYS[5:], ("mon", "wed", "fri"), ("tue", "thu", "sat"))
"""The sets of days that stepping goes through."""
HOURS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40)
CAPS = (5, 10, 15, 20, 25, 30, 45, 60, 90)
"""Minutes of review a day."""
RETENTIONS = tuple(n / 100 for n in range(80, 96))
FIRST_TARGET = timedelta(weeks=13)
"""How far ahead the first target date is."""
DEFAULTS: dict[Part, PlanSet] = {
    "level": PlanSet(level=DEFAULT_LEVEL),
    "goal": PlanSet(goal=DEFAULT_GOAL),
    "hours": PlanSet(hours=DEFAULT_HOURS),
    "days": PlanSet(days=DAYS),
    "target": PlanSet(no_target=True),
    "retention": PlanSet(retention=RETENTION),
    "review_minutes": PlanSet(review_minutes=REVIEW_MINUTES),
}


def stepped(part: Part, step: int, progress: Progress, today: date) -> PlanSet | None:
    """Return the event that moves a part of the plan one step up (1) or down (-1); None at the end of a scale.

    Levels, goals and sets of days wrap around; the target moves by weeks, and a step to today or before removes it.
    """
    plan = progress.plan
    values: dict[str, Any]
    match part:
        case "level":
            values = {"level": _after(tuple(LEVELS), plan.level, step)}
        case "goal":
            values = {"goal": _after(tuple(GOALS), plan.goal, step)}
        case "hours":
            values = {"hours": _next(HOURS, DEFAULT_HOURS - 1 if plan.hours is None else plan.hours, step)}
        case "days":
            values = {"days": _after(WEEKS, plan.days, step)}
        case "target":
            values = _target(plan.target, step, today)
        case "retention":
            values = {"retention": _next(RETENTIONS, plan.retention or RETENTION, step)}
        case "review_minutes":
            values = {"review_minutes": _next(CAPS, cap_minutes(progress), step)}
    return None if None in values.values() else PlanSet.model_validate(values)


def toggled(day: Weekday, progress: Progress) -> PlanSet:
    """Return the event that adds a day of the week to the plan, or removes it."""
    days = {*(progress.plan.days or ())} ^ {day}
    return PlanSet(days=tuple(d for d in DAYS if d in days))


def _after(values: Sequence[T], now: object, step: int) -> T:
    """Return the next value, wrapping around; if the current one isn't in the list, the first (step > 0) or the last."""
    return values[(values.index(now) + step) % len(values)] if now in values else values[0 if step > 0 else -1]


def _next(values: Sequence[N], now: float, step: int) -> N | None:
    """Return the nearest greater (step > 0) or smaller value; None if there is none."""
    return next((v for v in values if v > now), None) if step > 0 else next((v for v in reversed(values) if v < now), None)


def _target(now: date | None, step: int, today: date) -> dict[str, Any]:
    if now is None:
        return {"target": today + FIRST_TARGET}
    day = min(now.toordinal() + 7 * step, date.max.toordinal())
    return {"target": date.fromordinal(day)} if day > today.toordinal() else {"no_target": True}
