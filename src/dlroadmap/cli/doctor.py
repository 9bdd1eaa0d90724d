"""doctor: everything that progress depends on, examined section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import click

from dlroadmap import checkup
from dlroadmap.checkup import Finding
from dlroadmap.cli.call import Call, options
from dlroadmap.places import places
from dlroadmap.settings import Settings
from dlroadmap.study import local_clock
from dlroadmap.wording import plural


def _not_worn(settings: Settings) -> Iterator[str]:
    """Yield what the screens can't use in the settings: an unknown theme, keys that are refused."""
    from dlroadmap.tui import themes  # noqa: PLC0415 -h and usage errors need none of it
    from dlroadmap.tui.app import RoadmapApp  # noqa: PLC0415 as above
    from dlroadmap.tui.keys import remapped  # noqa: PLC0415 as above

    if wrong := themes.fault(settings.theme):
        yield wrong
    yield from remapped(settings.keys, RoadmapApp).faults


SECTIONS: Mapping[str, Callable[[], Iterable[Finding]]] = {
    "program": checkup.program,
    "places": lambda: checkup.where(places()),
    "journal": lambda: checkup.journal(places(), local_clock()),
    "backups": lambda: checkup.copies(places(), local_clock()),
    "roadmaps": lambda: checkup.roadmaps(places()),
    "terminal": lambda: checkup.screen(places(), _not_worn),
}
"""What is examined, in this order."""


@click.command()
@options
@click.pass_obj
def command(call: Call) -> int:
    """Examine the program, its places, the journal with every event, the backups and the roadmaps.

    Exit code 1 where something is at fault; what is only worth knowing ends with 0. Nothing is changed.
    """
    found = {name: list(look()) for name, look in SECTIONS.items()}
    faults = sum(finding.verdict == "fault" for section in found.values() for finding in section)
    if call.json:
        sections = {name: [finding._asdict() for finding in section] for name, section in found.items()}
        call.answer(healthy=not faults, faults=faults, sections=sections)
        return 1 if faults else 0
    paper = call.paper()
    marks = {"ok": paper.sign("✓"), "note": "!", "fault": paper.sign("x")}
    for name, section in found.items():
        paper.heading(name.capitalize())
        for finding in section:
            paper.say(f"{finding.name}: {finding.text}", f"{marks[finding.verdict]} ")
    paper.line()
    paper.line(f"{plural(faults, 'fault')}; each names its cure." if faults else "All is well.")
    return 1 if faults else 0
