"""pause: a planned break, or its end."""

from __future__ import annotations

import re
from datetime import date, timedelta

import click

from dlroadmap.cli.call import Call, brief, options
from dlroadmap.events import Paused, Unpaused

LONGEST = timedelta(days=730)


@click.command()
@options
@click.argument("length", required=False, metavar="[2w|10d|DATE]")
@click.option("--end", is_flag=True, help="End the break now.")
@click.pass_obj
def command(call: Call, *, length: str | None, end: bool) -> None:
    """Plan a break: the forecast moves, and what falls due meanwhile is spread over the days after it."""
    if bool(length) == end:
        raise click.UsageError("a length such as 2w, 10d or a date, or --end", click.get_current_context())
    with call.study() as study:
        today = study.now().date()
        before = study.progress.paused_until
        on_break = before is not None and before > today
        if end:
            if on_break:
                study.record(Unpaused())
            said = "The break is over." if on_break else "There was no break; nothing changed."
            changed = on_break
        else:
            until = _until(length or "", today)
            changed = before != until
            if changed:
                study.record(Paused(until=until))
            said = f"On a break until {until:%A, %d %B %Y}. Nothing is asked of you; what fades is spread over the days after it."
        if call.json:
            now = study.progress.paused_until
            call.answer(paused_until=now.isoformat() if now and now > today else None, changed=changed)
            return
        paper = call.paper()
        paper.say(said)
        paper.line(call.command("plan"))


def _until(length: str, today: date) -> date:
    found = re.fullmatch(r"(\d{1,9})\s*(d|w|m)[a-z]*", length.strip().casefold(), re.ASCII)
    try:
        days = int(found[1]) * {"d": 1, "w": 7, "m": 30}[found[2]] if found else (date.fromisoformat(length) - today).days
    except ValueError:
        text = f"'{brief(length)}' is no length such as 2w or 10d, and no date such as 2027-01-07"
        raise click.UsageError(text, click.get_current_context()) from None
    if not 0 < days <= LONGEST.days:
        raise click.UsageError("a break ends after today and within two years; --end ends one", click.get_current_context())
    return today + timedelta(days=days)
