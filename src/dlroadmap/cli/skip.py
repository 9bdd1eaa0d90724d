"""skip: leaves a topic out of the counts, or takes that back."""

from __future__ import annotations

from functools import partial

import click

from dlroadmap.cli.acting import act
from dlroadmap.cli.call import Call, options
from dlroadmap.standing import skip


@click.command()
@options
@click.argument("topic")
@click.option("--undo", is_flag=True, help="Unskip.")
@click.pass_obj
def command(call: Call, topic: str, undo: bool) -> None:
    """Leave TOPIC out of the counts; it is never counted as done, and what needs it may begin."""
    act(call, topic, partial(skip, on=not undo), "isn't skipped" if undo else "is skipped already")
