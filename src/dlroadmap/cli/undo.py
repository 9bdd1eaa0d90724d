"""undo: this machine's last action no longer counts."""

from __future__ import annotations

import click

from dlroadmap.cli.acting import reverse
from dlroadmap.cli.call import Call, options


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Take the last action of this machine back; again for the one before it. Nothing is lost: redo brings it back."""
    reverse(call, "undo")
