"""undo: this machine's last action counts as if it had never been."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, options


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Take the last action of this machine back; again for the one before it. Nothing is lost: redo brings it back."""
    with call.study() as study:
        call.must_save(study)
        entry = study.undo()
        said = study.told(entry.event) if entry else None
        if call.json:
            call.answer(undone=said)
        elif said:
            paper = call.paper()
            paper.say(f"Undone: {said}")
            paper.line(f"{call.command('redo')} brings it back")
        else:
            call.paper().say(f"There is nothing to undo. {call.command('next')} says what to do now")
