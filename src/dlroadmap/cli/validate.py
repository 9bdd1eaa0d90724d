"""validate: every fault of a roadmap and its questions, each with file, line, place and how to fix it, without the journal."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.paper import one_line
from dlroadmap.cli.values import FilePath
from dlroadmap.faults import Fault
from dlroadmap.formats.located import Located
from dlroadmap.guesser import ENOUGH, Guesses, guesses
from dlroadmap.library import Library, examine
from dlroadmap.places import bundled, places
from dlroadmap.question import Bank
from dlroadmap.roadmap import Roadmap
from dlroadmap.wording import plural


class _Examined(NamedTuple):
    file: Path
    roadmap: Roadmap | None
    bank: Bank
    faults: list[Located]
    guesses: Guesses

    @property
    def warnings(self) -> int:
        return sum(row.fault.warning for row in self.faults)

    @property
    def errors(self) -> int:
        return len(self.faults) - self.warnings


@click.command()
@options
@click.argument("files", nargs=-1, metavar="[FILE]...", type=FilePath())
@click.pass_obj
def command(call: Call, files: tuple[Path, ...]) -> int:
    """Find every fault of roadmap FILEs and of the checkpoints beside them; without FILE, of the bundled one.

    Errors end with exit code 1; warnings alone don't.
    """
    examined = [_examined(file) for file in files or (_file(call),)]
    if call.json:
        call.answer(
            errors=sum(e.errors for e in examined),
            warnings=sum(e.warnings for e in examined),
            files=[_document(one) for one in examined],
        )
    else:
        for one in examined:
            for row in sorted(one.faults, key=lambda row: (row.file, row.line)):
                put(one_line(written(row)))
            if one.guesses.questions >= ENOUGH:
                put(one_line(_guessed(one)))
            put(one_line(_summary(one)))
        if any(row.line and not row.fault.warning for one in examined for row in one.faults):
            put("Mend the errors, then run it again: an error keeps a roadmap from being opened.")
    return 1 if any(e.errors for e in examined) else 0


def _examined(file: Path) -> _Examined:
    roadmap, bank, faults = examine(file)
    found = guesses(bank.question)
    told = [Located(str(file), 0, Fault((), text, warning=True)) for text in found.warnings]
    return _Examined(file, roadmap, bank, [*faults, *told], found)


def _file(call: Call) -> Path:
    """Return the file to check if none is given: that of --roadmap, else the bundled one."""
    if call.roadmap is None:
        return bundled() / "roadmap.toml"
    file = Path(call.roadmap).expanduser()
    return file if file.suffix or file.exists() else Library(places()).open(call.roadmap, same=True).file


def written(row: Located) -> str:
    """Return a fault as FILE:LINE: place: message; for a warning that word comes before the place."""
    if not row.fault.warning:
        return str(row)
    place = f"{row.fault.path}: " if row.fault.place else ""
    return f"{row.spot}: warning: {place}{row.fault.message}"


def _guessed(one: _Examined) -> str:
    found = one.guesses
    shares = f"chance {found.chance:.0%}, the longest option {found.longest:.0%}, by form {found.guesser:.0%}"
    return f"{one.file}: of {plural(found.questions, 'single choice')} a guesser gets: {shares}"


def _summary(one: _Examined) -> str:
    found = f"{plural(one.errors, 'error') if one.errors else 'no errors'}, {plural(one.warnings, 'warning')}"
    if one.roadmap is None:
        return f"{one.file}: {found}"
    phases, topics = len(one.roadmap.phase), len(one.roadmap.topics)
    size = f"{plural(phases, 'phase')}, {plural(topics, 'topic')}, {plural(len(one.bank.question), 'question')}"
    return f"{one.file}: {size}: {found}"


def _document(one: _Examined) -> dict[str, object]:
    faults = [
        {
            "file": one_line(row.file),
            "line": row.line or None,
            "path": one_line(row.fault.path),
            "message": one_line(row.fault.message),
            "warning": row.fault.warning,
        }
        for row in one.faults
    ]
    return {
        "file": one_line(str(one.file)),
        "roadmap": one.roadmap.id if one.roadmap else None,
        "topics": len(one.roadmap.topics) if one.roadmap else None,
        "questions": len(one.bank.question) if one.roadmap else None,
        "guesser": {name: round(value, 4) for name, value in one.guesses._asdict().items()},
        "errors": one.errors,
        "warnings": one.warnings,
        "faults": faults,
    }
