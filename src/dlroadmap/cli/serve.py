"""serve: the screens in a web browser, only on this machine unless --host says otherwise."""

from __future__ import annotations

import errno
import logging
import os
import shlex
import socket
import sys
from ipaddress import ip_address

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.values import Whole


@click.command()
@options
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=Whole(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.pass_obj
def command(call: Call, host: str, port: int) -> None:
    """Serve the screens to a web browser on this machine; Ctrl+C ends it. Needs the extra: python -m pip install 'dlroadmap[web]'.

    There is no password: whoever reaches the address uses your progress and your rights. So it listens on 127.0.0.1 alone;
    another --host is your own risk, and is warned of.
    """
    if call.json or call.in_lines:
        wanted = "no JSON" if call.json else "no lines: leave --plain out, or change Opens in the Settings"
        raise click.UsageError(f"serve shows screens and prints {wanted}", click.get_current_context())
    try:
        from textual_serve.server import Server  # noqa: PLC0415 an extra that most learners don't install
    except ImportError:
        install = shlex.join([sys.executable, "-m", "pip", "install", "dlroadmap[web]"])
        raise click.ClickException(f"serve needs the extra 'web': {install}") from None
    _try(host, port)
    if not _is_loopback(host):
        warning = f"{host} can be reached from other machines, and there is no password: whoever comes acts as you"
        put(f"dlroadmap: warning: {warning}", error=True)

    class Silent(Server):  # type: ignore[misc, unused-ignore] # types may be checked without the extra installed
        async def on_startup(self, app: object) -> None:
            """Print no banner; `command` prints the address itself."""

        def initialize_logging(self) -> None:
            """Print no line for each request."""
            logging.basicConfig(level="WARNING")

    again = [sys.executable, "-m", "dlroadmap", *call.again, *(["--no-color"] if call.no_color else [])]
    os.environ.setdefault("COLORTERM", "truecolor")
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    put(f"{url} shows the Map; Ctrl+C ends it.")
    Silent(shlex.join(again), host=host, port=port, title="dlroadmap", public_url=url).serve()


def _try(host: str, port: int) -> None:
    """End with the reason if the address can't be used."""
    if not host:
        raise click.UsageError("--host is empty", click.get_current_context())
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as tried:
                if os.name == "posix":  # as the server does; on Windows this would take another program's port
                    tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise click.ClickException(f"the port {port} of {host} is taken; --port chooses another") from None
        raise click.ClickException(f"{host}:{port}: {error.strerror or error}; --host and --port choose others") from None


def _is_loopback(host: str) -> bool:
    """Return whether an address can be reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
