"""No byte of an escape sequence where no terminal is, or a dumb one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]

CALLS: list[tuple[str, ...]] = [
    (),
    ("next",),
    ("status",),
    ("show", "numbers"),
    ("show", "basics"),
    ("tick", "numbers"),
    ("skip", "vectors"),
    ("know", "vectors"),
    ("undo",),
    ("redo",),
    ("quiz", "numbers"),
    ("review",),
    ("review", "--list"),
    ("note", "numbers", "a", "\x1b[31mnote"),
    ("note", "numbers"),
    ("search", "numbers"),
    ("idea", "numbers"),
    ("path",),
    ("plan",),
    ("pause",),
    ("stats",),
    ("backup",),
    ("restore",),
    ("export", "-"),
    ("doctor",),
    ("roadmap", "list"),
    ("validate",),
    ("completion", "fish"),
    ("help",),
    ("help", "keys"),
    ("nonsense",),
    ("show", "\x1b[31mnumbers"),
]


@pytest.mark.parametrize("more", [(), ("--plain",)])
def test_nothing_that_is_piped_has_an_escape(
    small_program: Program, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "COLORTERM"):
        monkeypatch.setenv(name, "1")
    for words in CALLS:
        ran = small_program(*words, *more, stdin="1\n\n.\n?\n")
        assert "\x1b" not in ran.stdout + ran.stderr, words


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is a thing of POSIX")
@pytest.mark.parametrize("verb", ["", "status", "doctor"])
def test_a_dumb_terminal_gets_no_escape_either(small_file: os.PathLike[str], home: os.PathLike[str], verb: str) -> None:
    from tests.emulator import Emulator  # noqa: PLC0415 POSIX alone has what it needs

    terminal = Emulator([*([verb] if verb else []), "--roadmap", str(small_file)], (80, 24), {"TERM": "dumb", "LANG": "C.UTF-8"})
    try:
        for _ in range(100):
            terminal.read(0.1)
            done, _ = os.waitpid(terminal.pid, os.WNOHANG)
            if done:
                break
        terminal.read(0.2)
    finally:
        os.close(terminal.fd)
    assert len(terminal.seen) > 40
    assert b"\x1b" not in terminal.seen
