"""A calendar of the plan: study days, the target and a planned break, as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from dlroadmap.formats.report import Report, next_words
from dlroadmap.roadmap import clean

WEEKS = 8
"""For how many weeks study days are written to the calendar."""
MARK = "PRODID:-//dlroadmap//dlroadmap//EN"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar(told: Report) -> str:
    """Write the calendar; an event keeps its UID from export to export, so that importing again updates it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", MARK, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for event in _events(told):
        lines += event
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _events(told: Report) -> Iterator[list[str]]:
    plan, today, title = told.progress.plan, told.stats.today, told.roadmap.title
    until = told.progress.paused_until
    begin = max(today, until or today)
    days = [today + timedelta(days=n) for n in range(7 * WEEKS)]
    study = [day for day in days if day >= begin and _DAYS[day.weekday()] in (plan.days or ())]
    length = _length(60 * plan.hours / len(plan.days)) if plan.hours and plan.days else ""
    following = [f"Next: {next_words(told.next)}"] if told.next else []
    for n, day in enumerate(study if told.stats.forecast.left else []):
        said = "\n".join([*following, *told.forecast]) if n == 0 else ""
        yield _event(told, f"study-{day:%Y%m%d}", day, day + timedelta(days=1), f"Study: {title}{length}", said)
    if until and until > today:
        yield _event(told, f"break-{until:%Y%m%d}", today, until, f"Break: {title}", "A planned break; nothing is asked of you.")
    if plan.target:
        said = told.stats.forecast.target_words
        target = min(plan.target, date.max - timedelta(days=1))
        yield _event(told, "target", target, target + timedelta(days=1), f"Target: {title} is done", said)


def _length(minutes: float) -> str:
    """Say a day's share of the planned hours, at least a minute: ", 1 h 20 min"."""
    hours, rest = divmod(max(1, round(minutes)), 60)
    return ", " + " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _event(told: Report, name: str, first: date, end: date, title: str, said: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{name}.{told.roadmap.id}@dlroadmap",
        f"DTSTAMP:{told.at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        *([f"DESCRIPTION:{_escaped(said)}"] if said else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11)."""
    text = clean(text)
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Fold a line after at most 75 octets, never inside a character (RFC 5545, 3.1)."""
    begin, room = "", 75
    while len(line.encode()) > room:
        cut = room
        while len(line[:cut].encode()) > room:
            cut -= 1
        yield begin + line[:cut]
        line, begin, room = line[cut:], " ", 74
    yield begin + line
