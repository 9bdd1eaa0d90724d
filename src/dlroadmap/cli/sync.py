"""sync: writes this machine's events to a shared folder, and reads the other machines' from there."""

from __future__ import annotations

from pathlib import Path

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.paper import one_line
from dlroadmap.cli.values import FilePath
from dlroadmap.sync import SyncFault
from dlroadmap.wording import plural


@click.command()
@options
@click.argument("folder", metavar="DIR", type=FilePath())
@click.pass_obj
def command(call: Call, folder: Path) -> None:
    """Meet other machines in DIR, any folder that a cloud service, git or a USB stick carries.

    Each machine has one file there, with all that it knows; each takes in the others'. Any order will do, and nothing is lost.
    """
    with call.study() as study:
        call.must_save(study)
        try:
            done = study.sync(folder.expanduser())
        except SyncFault as fault:
            raise click.ClickException(str(fault)) from None
        for skipped in done.skipped:
            put(f"dlroadmap: skipped {one_line(skipped)}", error=True)
        if call.json:
            call.answer(taken=len(done.taken), machines=done.machines, wrote=done.wrote, file=str(done.file), skipped=done.skipped)
            return
        paper = call.paper()
        others = plural(done.machines, "other machine") if done.machines else "no other machine yet"
        paper.say(f"Took in {plural(len(done.taken), 'event')}; {others} in {folder}.")
        paper.say(f"{'Wrote' if done.wrote else 'Nothing new for'} {done.file.name}")
        paper.line(f"See where you are: {call.command('status')}")
