"""Links: opened in a graphical browser, detached from the terminal; never in a browser that runs in the terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from dlroadmap.roadmap import is_web_address

_TEXT_BROWSERS = {"lynx", "w3m", "links", "links2", "elinks", "browsh", "www-browser"}
_OPENERS = ("xdg-open", "wslview", "gio", "firefox", "chromium", "google-chrome", "brave-browser")


def why_not(environ: Mapping[str, str] = os.environ) -> str:
    """Say why no browser can be opened."""
    return "Over ssh no browser opens" if _is_remote(environ) else "No graphical browser here"


def _is_remote(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _chosen(listed: str) -> list[str] | None:
    """Return the command of the first graphical browser that BROWSER lists."""
    for one in listed.split(os.pathsep):
        try:
            words = shlex.split(one)
        except ValueError:  # a quotation mark that is never closed
            continue
        if words and Path(words[0]).name not in _TEXT_BROWSERS:
            return words
    return None


def command(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[str] | None:
    """Return the command that opens an address in a graphical browser here; None if there is none, and under SSH."""
    if _is_remote(environ):
        return None
    if listed := environ.get("BROWSER"):
        return _chosen(listed)
    if platform == "darwin":
        return ["open"]
    if platform == "win32":
        return ["rundll32", "url.dll,FileProtocolHandler"]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("WSL_DISTRO_NAME")):
        return None
    found = next((name for name in _OPENERS if shutil.which(name)), None)
    return [found, "open"] if found == "gio" else [found] if found else None


def open_address(url: str) -> bool:
    """Open an http or https address, never another one; return whether a browser was started."""
    words = command() if is_web_address(url) else None
    if words is None:
        return False
    filled = [word.replace("%s", url) for word in words]
    try:
        subprocess.Popen(  # noqa: S603 the command is the user's own; the address was checked and can't begin with a dash
            filled if filled != words else [*words, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
