"""know: the learner says that they knew a topic before, or takes that back."""

from __future__ import annotations

from functools import partial

import click

from dlroadmap.cli.acting import act
from dlroadmap.cli.call import Call, options
from dlroadmap.standing import know


@click.command()
@options
@click.argument("topic")
@click.option("--undo", is_flag=True, help="Take the word back.")
@click.pass_obj
def command(call: Call, topic: str, undo: bool) -> None:
    """Mark TOPIC as known before, by your word: it is done. Its checkpoint, taken cold, is the better way."""
    act(call, topic, partial(know, on=not undo), "isn't known by your word" if undo else "is known already")
