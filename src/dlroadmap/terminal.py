"""What the terminal can do, by its environment variables: signs, colours, background, clipboard."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from typing import Literal

Depth = Literal["24bit", "256", "16", "none"]

SMALLEST = (60, 20)
"""The fewest columns and rows that the screens need."""

_TAKE_OSC52 = ("kitty", "wezterm", "iterm", "alacritty", "foot", "ghostty", "contour", "rio", "windows terminal", "vscode")


def is_colourless(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether colours are unwanted: NO_COLOR is set to anything, or the terminal is dumb."""
    return bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"


def depth(wanted: str = "auto", environ: Mapping[str, str] = os.environ) -> Depth:
    """Return how many colours to use: those that the settings want, else those that the terminal has."""
    if is_colourless(environ) or wanted == "none":
        return "none"
    for known in ("24bit", "256", "16"):
        if wanted == known:
            return known
    if environ.get("COLORTERM", "").casefold() in ("truecolor", "24bit") or environ.get("WT_SESSION"):
        return "24bit"
    name = environ.get("TERM", "")
    if any(part in name for part in ("direct", "kitty", "alacritty", "ghostty", "foot", "wezterm")):
        return "24bit"
    return "256" if "256" in name else "16"


def needs_ascii(
    wanted: str = "auto",
    environ: Mapping[str, str] = os.environ,
    encoding: str | None = None,
    *,
    utf8_mode: bool = bool(sys.flags.utf8_mode),
) -> bool:
    """Return whether signs and borders must be ASCII: if the settings want it, on the Linux console, in a locale without UTF-8.

    In UTF-8 mode, which LC_ALL=C turns on, Python reports UTF-8 whatever the locale is; then the locale's name decides.
    """
    wanted = environ.get("DLROADMAP_SIGNS") or wanted
    if wanted in ("ascii", "unicode"):
        return wanted == "ascii"
    encoding = locale.getpreferredencoding(False) if encoding is None else encoding
    named = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") if utf8_mode else None
    return environ.get("TERM") == "linux" or any("utf" not in name.casefold() for name in (encoding, named) if name is not None)


def has_light_ground(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether COLORFGBG names a light background; without it the background counts as dark."""
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return ground.isdigit() and (int(ground) == 7 or int(ground) >= 9)


def takes_osc52(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether copying by OSC 52 surely works; it may not through tmux or screen, or in an unknown terminal."""
    if environ.get("TMUX") or environ.get("STY"):
        return False
    said = " ".join((environ.get("TERM_PROGRAM", ""), environ.get("TERM", ""))).casefold()
    known = environ.get("WT_SESSION") or environ.get("KITTY_WINDOW_ID") or environ.get("ALACRITTY_WINDOW_ID")
    return bool(known) or any(name in said for name in _TAKE_OSC52)


def advice(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return sentences of advice for this terminal."""
    said = ["Select text by dragging; where the terminal takes the mouse hold Shift, on a Mac Option."]
    if environ.get("TMUX"):
        said.append("tmux holds Esc back: `set -sg escape-time 10` in ~/.tmux.conf makes it quick.")
        said.append("Copying through tmux needs `set -g set-clipboard on` there.")
    elif environ.get("STY"):
        said.append("GNU screen passes no copies on: y shows the text, to be selected.")
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        said.append("Over ssh no browser opens: o shows the whole address and copies it, L lists all.")
    else:
        said.append("L lists all links of a topic unboxed, to be selected or clicked.")
    if environ.get("TERM_PROGRAM") == "vscode":
        said.append("VS Code keeps Ctrl+P, Ctrl+F and F1 to itself: `:`, `/` and `?` do the same.")
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        said.append("Apple's Terminal takes no copies from programs: y shows the text, to be selected.")
    said.append("A screen reader gets more out of dlroadmap --plain: every activity line by line.")
    return said


def why_no_screen(environ: Mapping[str, str] = os.environ) -> str:
    """Return why no full screen can be opened; "" if one can, also in the web browser of `serve`."""
    if environ.get("TEXTUAL_DRIVER"):
        return ""
    if environ.get("TERM") == "dumb":
        return "TERM is dumb"
    for name in ("stdin", "stdout", "stderr"):  # Textual draws on stderr
        stream = getattr(sys, name)
        if stream is None or not stream.isatty():
            return f"{name} is no terminal"
    return ""


def widths(glyphs: str, seconds: float = 0.3) -> dict[str, int] | None:
    """Measure how many cells each character takes, by asking the terminal for its cursor; None if it doesn't answer."""
    try:
        import select  # noqa: PLC0415 only doctor asks
        import termios  # noqa: PLC0415 only POSIX has it
        import tty  # noqa: PLC0415 as above
    except ImportError:
        return None
    if why_no_screen() or not sys.stdin.isatty():
        return None
    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    found: dict[str, int] = {}
    try:
        tty.setcbreak(file)
        for glyph in glyphs:
            sys.stdout.write(f"\r{glyph}\x1b[6n")
            sys.stdout.flush()
            said = b""
            while not said.endswith(b"R"):
                if not select.select([file], [], [], seconds)[0]:
                    return None
                said += os.read(file, 32)
            found[glyph] = int(said.rpartition(b";")[2][:-1]) - 1
    except (OSError, ValueError):
        return None
    finally:
        termios.tcsetattr(file, termios.TCSANOW, before)
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    return found
