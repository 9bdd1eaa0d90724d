"""plan: the learner's plan, and when the path will be done; each option changes one part of the plan."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.paper import Paper
from dlroadmap.cli.values import Number, OneOf, Whole
from dlroadmap.cli.verbs import GOALS, LEVELS
from dlroadmap.events import PlanSet, Weekday
from dlroadmap.forecast import Forecast
from dlroadmap.plan import starting_point
from dlroadmap.review import cap_minutes
from dlroadmap.schedule import RETENTION
from dlroadmap.study import Study

DAYS: tuple[str, ...] = get_args(Weekday)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _days(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Read a list of days such as mon,tue or mon-fri,sun."""
    if value is None:
        return None
    named: set[str] = set()
    for part in value.replace(" ", ",").split(","):
        first, dash, last = part.partition("-")
        if part:
            begin, end = _day(first, value), _day(last if dash else first, value)
            named |= {DAYS[n % 7] for n in range(begin, (end if end >= begin else end + 7) + 1)}
    if not named:
        raise click.BadParameter(f"'{value}' isn't a list of days such as mon,tue,sat")
    return tuple(day for day in DAYS if day in named)


def _day(word: str, value: str) -> int:
    """Return the number of a day of the week such as mon or Monday; Monday is 0."""
    found = [n for n, day in enumerate(_WEEK) if len(word) > 2 and day.startswith(word.casefold())]
    if not found:
        raise click.BadParameter(f"'{value}' isn't a list of days such as mon,tue,sat")
    return found[0]


def _target(_context: click.Context, _option: click.Parameter, value: str | None) -> date | str | None:
    """Read a date, or none."""
    if value is None or value == "none":
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"'{value}' isn't a date such as 2027-06-30, or none") from None


@click.command()
@options
@click.option("--hours", type=Number(0, 168), help="Hours a week.")
@click.option("--days", callback=_days, metavar="mon,tue,…", help="Days of study: mon-fri,sun.")
@click.option("--target", callback=_target, metavar="DATE|none", help="When the path shall be done.")
@click.option("--minutes", type=Whole(0, 600), help="Minutes of review a day.")
@click.option("--retention", type=Number(80, 95), help="At which recall, in percent, an idea is due.")
@click.option("--level", type=OneOf(LEVELS), help="Where you began.")
@click.option("--goal", type=OneOf(GOALS), help="What for.")
@click.pass_obj
def command(call: Call, /, **wanted: Any) -> None:
    """Show the plan and the forecast, or change what you plan."""
    with call.study() as study:
        event = _event(wanted)
        today = study.now().date()
        if event.target and event.target < today:
            raise click.UsageError(f"--target {event.target} is past: today is {today}")
        if event != PlanSet():
            study.record(event)
        found = study.forecast()
        if call.json:
            call.answer(**_document(study, found), changed=event != PlanSet())
            return
        paper = call.paper()
        _print(call, paper, study, found)
        paper.line()
        paper.line(call.command("next"))


def _event(wanted: dict[str, Any]) -> PlanSet:
    target, retention = wanted["target"], wanted["retention"]
    return PlanSet(
        level=wanted["level"],
        goal=wanted["goal"],
        hours=wanted["hours"],
        days=wanted["days"],
        review_minutes=wanted["minutes"],
        retention=retention / 100 if retention is not None else None,
        target=target if isinstance(target, date) else None,
        no_target=target == "none",
    )


def _document(study: Study, found: Forecast) -> dict[str, Any]:
    plan = study.progress.plan
    return {
        "path": study.overview().path.id,
        "hours": plan.hours,
        "days": list(plan.days) if plan.days else None,
        "level": plan.level,
        "goal": plan.goal,
        "review_minutes": cap_minutes(study.progress),
        "retention": plan.retention or RETENTION,
        "target": plan.target.isoformat() if plan.target else None,
        "paused_until": found.paused_until.isoformat() if found.paused_until else None,
        "forecast": forecast_document(found),
    }


def forecast_document(found: Forecast) -> dict[str, Any]:
    """Return a forecast for JSON."""
    return {
        "hours_left": round(found.left, 2),
        "pace": round(found.pace, 2) if found.pace is not None else None,
        "pace_is": "measured" if found.measured else "planned",
        "active_weeks": found.weeks,
        "review_hours": round(found.reviews, 2),
        "soonest": found.soonest.isoformat() if found.soonest else None,
        "latest": found.latest.isoformat() if found.latest else None,
        "target": found.target.isoformat() if found.target else None,
        "hours_needed": round(found.needed, 1) if found.needed is not None else None,
        "possible": found.possible if found.target and found.left else None,
    }


def _fitting(call: Call, study: Study) -> str:
    """Say which path and start fit the level and goal; "" if the learner follows them already."""
    from dlroadmap.welcome import fitting  # noqa: PLC0415 only a plan with level or goal needs it

    fits = fitting(study.roadmap, study.progress)
    if fits is None:
        return ""
    _, chosen = fits.events()
    words = ("path", chosen.path, *(("--from", chosen.start) if chosen.start else ()))
    return f" The path {fits.path.title} from {fits.start.title} on fits that: {call.command(*words)}"


def _print(call: Call, paper: Paper, study: Study, found: Forecast) -> None:
    plan = study.progress.plan
    hours = f"{plan.hours:g} h a week" if plan.hours else "no hours planned: --hours 5 sets them"
    days = f" · {', '.join(plan.days)}" if plan.days else ""
    path = study.overview().path
    start = starting_point(study.roadmap, study.progress, path)
    paper.say(f"Path {path.title}{f' from {start.title} on' if start else ''} · {hours}{days}")
    if plan.level or plan.goal:
        told = [f"{name}: {value}" for name, value in (("level", plan.level), ("goal", plan.goal)) if value]
        paper.say(f"{', '.join(told)[0].upper()}{', '.join(told)[1:]}.{_fitting(call, study)}")
    paper.say(f"Reviews: {cap_minutes(study.progress)} min a day, due at {plan.retention or RETENTION:.0%} recall.")
    week = study.rhythm().words
    paper.say(f"{week[0].upper()}{week[1:]}.")
    if found.paused_until and found.paused_until > study.now().date():
        paper.say(f"On a break until {found.paused_until:%d %b %Y}; the forecast begins then.")
    paper.say(found.words)
    if found.measured:
        paper.say(
            "(The 10th to 90th percentile of your past weeks drawn again; hours are estimates of what you ticked and passed.)"
        )
    elif found.soonest:
        paper.say("(From as planned to half as long again; after two active weeks your own pace is used.)")
    if found.target_words:
        paper.say(found.target_words)
