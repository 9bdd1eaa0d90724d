"""export: progress as a file, in one of several formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.paper import plural
from dlroadmap.files import read_up_to, write_whole
from dlroadmap.formats.progress_file import MARK, to_json, to_toml
from dlroadmap.study import Study

Writer = Callable[[Study], str]

WRITERS: Mapping[str, Writer] = {
    "toml": lambda study: to_toml(study.journal.rows()),
    "json": lambda study: to_json(study.journal.rows()),
}
"""How each format is written; those that hold every event can be imported again."""
_MARKS: Mapping[str, str] = {"toml": MARK, "json": MARK}
"""What an earlier export of a format has near its beginning: such a file may be written over."""


@click.command()
@options
@click.argument("file", required=False, default="-", metavar="[FILE|-]", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(WRITERS)), help="Its format; else by FILE's ending, else TOML.")
@click.pass_obj
def command(call: Call, file: Path, form: str | None) -> None:
    """Write every event of every roadmap to FILE, or to stdout. dlroadmap import reads it again, on any machine."""
    form = form or (file.suffix[1:] if file.suffix[1:] in WRITERS else "toml")
    with call.study() as study:
        text = WRITERS[form](study)
        if str(file) == "-":
            put(text, end="")
            return
        _write(file, text, form)
        events = len(study.journal.rows())
    if call.json:
        call.answer(file=str(file), format=form, events=events)
        return
    paper = call.paper()
    paper.say(f"Exported {plural(events, 'event')} to {file}")
    if form in _MARKS:
        paper.line(f"Read it on another machine: dlroadmap import {file.name}")


def _write(file: Path, text: str, form: str) -> None:
    if file.exists() and (form not in _MARKS or _MARKS[form].encode() not in read_up_to(file, 1000)):
        raise click.ClickException(f"{file} is there already and is no export of this kind; choose another name, or remove it")
    try:
        write_whole(file, text.encode())
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}; nothing was written") from None
