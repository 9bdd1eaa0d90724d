"""serve: the screens in a web browser, on this machine alone unless one says otherwise."""

from __future__ import annotations

import os
import shlex
import sys
from ipaddress import ip_address

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.encoding import put


@click.command()
@options
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.pass_obj
def command(call: Call, host: str, port: int) -> None:
    """Serve the screens to a web browser on this machine; Ctrl+C ends it. Needs the extra: pip install 'dlroadmap[web]'.

    There is no password: whoever reaches the address uses your progress and your rights. So it listens on 127.0.0.1 alone;
    another --host is your own risk, and is warned of.
    """
    try:
        from textual_serve.server import Server  # noqa: PLC0415 an extra that most don't have
    except ImportError:
        raise click.ClickException("serve needs the extra 'web': pip install 'dlroadmap[web]'") from None
    if not _is_loopback(host):
        warning = f"{host} can be reached from other machines, and there is no password: whoever comes acts as you"
        put(f"dlroadmap: warning: {warning}", error=True)
    again = [sys.executable, "-m", "dlroadmap", *(["--roadmap", call.roadmap] if call.roadmap else [])]
    os.environ.setdefault("COLORTERM", "truecolor")
    put(f"http://{host}:{port} shows the Map; Ctrl+C ends it.")
    Server(shlex.join(again), host=host, port=port, title="dlroadmap").serve()


def _is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
