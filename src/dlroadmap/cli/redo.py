"""redo: what was undone last counts again."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, options


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Take the last undo of this machine back, while nothing else was done since."""
    with call.study() as study:
        call.must_save(study)
        entry = study.redo()
        said = study.told(entry.event) if entry else None
        if call.json:
            call.answer(redone=said)
        elif said:
            paper = call.paper()
            paper.say(f"Done again: {said}")
            paper.line(f"{call.command('undo')} takes it back")
        else:
            call.paper().say(f"There is nothing to redo. {call.command('next')} says what to do now")
