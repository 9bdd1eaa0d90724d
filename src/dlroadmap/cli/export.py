"""export: progress as a file, complete and importable, or as a report for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from dlroadmap.cli.call import Call, brief, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.values import FilePath, OneOf
from dlroadmap.files import followed, read_up_to, write_whole
from dlroadmap.formats import calendar, report
from dlroadmap.formats.page import page
from dlroadmap.formats.progress_file import MARK, to_json, to_toml
from dlroadmap.formats.report import Report
from dlroadmap.study import Study
from dlroadmap.wording import plural


class Format(NamedTuple):
    """How a format is written, the mark near the beginning of its files, and the endings of their names."""

    write: Callable[[Study], str]
    mark: str
    endings: tuple[str, ...]
    whole: bool = False
    """Whether it holds every event, so that it can be imported again."""


def _told(study: Study) -> Report:
    return report.report(study.roadmap, study.progress, study.now())


FORMATS: Mapping[str, Format] = {
    "toml": Format(lambda study: to_toml(study.journal.rows()), MARK, ("toml",), whole=True),
    "json": Format(lambda study: to_json(study.journal.rows()), MARK, ("json",), whole=True),
    "markdown": Format(lambda study: report.markdown(_told(study)), report.MARK, ("md", "markdown")),
    "html": Format(lambda study: page(_told(study)), report.MARK, ("html", "htm")),
    "ics": Format(lambda study: calendar.calendar(_told(study)), calendar.MARK, ("ics",)),
}


@click.command()
@options
@click.argument("file", required=False, default="-", metavar="[FILE|-]", type=FilePath())
@click.option("--format", "form", type=OneOf(list(FORMATS)), help="Its format; else by FILE's ending, else TOML.")
@click.pass_obj
def command(call: Call, file: Path, form: str | None) -> None:
    """Write progress to FILE, or to stdout.

    toml and json hold every event of every roadmap: dlroadmap import reads them again, on any machine. markdown is a plan with
    boxes, html a page with the plots, ics a calendar of planned study days, the target and a break.
    """
    if call.json and str(file) == "-":
        if form not in (None, "json"):
            raise click.UsageError(f"--json and --format {form} are two formats for one stdout", click.get_current_context())
        form = "json"
    form = form or _form_of(file)
    chosen = FORMATS[form]
    with call.study() as study:
        text = chosen.write(study)
        if form == "ics" and "BEGIN:VEVENT" not in text:
            raise click.ClickException(
                f"nothing is planned yet; {call.command('plan', '--hours', '5', '--days', 'mon,thu')} --target DATE plans it"
            )
        if str(file) == "-":
            put(text, end="")
            return
        _write(file, text, chosen)
        events = len(study.journal.rows())
    if call.json:
        call.answer(file=str(file), format=form, events=events)
        return
    paper = call.paper()
    if chosen.whole:
        paper.say(f"Exported {plural(events, 'event')} to {file}")
        paper.line(f"Read it on another machine: dlroadmap import {file.name}")
    else:
        paper.say(f"Wrote {'the calendar' if form == 'ics' else 'the report'} to {file}")
        paper.line(call.command("stats"))


def _form_of(file: Path) -> str:
    """Return the format of a file by the ending of its name; TOML without one."""
    ending = file.suffix[1:].casefold()
    found = next((name for name, known in FORMATS.items() if ending in known.endings), None if ending else "toml")
    if found is None:
        endings = ", ".join(f".{known.endings[0]}" for known in FORMATS.values())
        raise click.UsageError(f"'{brief(file.suffix)}' is no format; choose an ending of {endings}, or name it with --format")
    return found


def _write(file: Path, text: str, form: Format) -> None:
    try:
        if file.exists() and form.mark.encode() not in read_up_to(file, 1000):
            raise click.ClickException(f"{file} is there already and is no export of this kind; choose another name, or remove it")
        write_whole(followed(file), text.encode())
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}; nothing was written") from None
