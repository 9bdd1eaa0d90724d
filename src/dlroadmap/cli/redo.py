"""redo: the action that was undone last counts again."""

from __future__ import annotations

import click

from dlroadmap.cli.acting import reverse
from dlroadmap.cli.call import Call, options


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Take the last undo of this machine back, while nothing else was done since."""
    reverse(call, "redo")
