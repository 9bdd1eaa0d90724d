"""backup: a verified copy of the journal, now."""

from __future__ import annotations

import click

from dlroadmap import backups
from dlroadmap.cli.call import Call, options
from dlroadmap.places import places
from dlroadmap.wording import plural


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Copy the journal to your backups, and verify the copy. One is made on each day of its own accord."""
    with call.study() as study:
        call.must_save(study)
        made = backups.make(study.journal.path, places().backups, study.now())
        events = len(study.journal.rows())
    if call.json:
        call.answer(backup=made.name, file=str(made.path), at=made.at.isoformat(), events=events)
        return
    paper = call.paper()
    paper.say(f"Backed up and verified: {plural(events, 'event')}, {made.path}")
    paper.line(f"{call.command('restore')} lists the backups")
