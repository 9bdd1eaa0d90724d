"""No byte of an escape sequence where no terminal is, or a dumb one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.conftest import MONDAY

from dlroadmap.events import entry_id
from dlroadmap.formats.progress_file import to_json
from dlroadmap.rows import Row, checksum

Program = Callable[..., CompletedProcess[str]]
EVIL = "\x1b]0;pwned\x07\x1b[31mred\x9b7m\u202e"
BODIES = {
    "NoteWritten": '{"topic":"numbers","text":"n%s\\nnote%s"}',
    "TopicTicked": '{"topic":"gone%s"}',
    "StepTicked": '{"topic":"numbers","step":"gone%s"}',
    "SittingStarted": '{"sitting":"s%s","kind":"checkpoint","scope":["numbers"],"seed":1,"questions":[]}',
    "Answered": '{"sitting":"s%s","topic":"numbers","question":"%s","idea":"%s","kind":"%s","given":"%s","credit":0.0}',
    "PathSaved": '{"path":"own","body":{"title":"own%s","phase":[{"id":"a","title":"%s","topics":["numbers"]}]}}',
    "PathChosen": '{"path":"p%s","start":"s%s"}',
    "Unheard": '{"x":"%s"}',
}
"""Events as a file of anybody's may have them: JSON, with a place for what no terminal should get."""

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
    ("export", "-", "--format", "json"),
    ("doctor",),
    ("roadmap", "list"),
    ("validate",),
    ("completion", "fish"),
    ("help",),
    ("help", "keys"),
    ("nonsense",),
    ("show", "\x1b[31mnumbers"),
]


@pytest.fixture
def evil_file(tmp_path: Path) -> Path:
    """An export with escapes in every text of its events."""
    inside = EVIL.replace("\x1b", "\\u001b").replace("\x07", "\\u0007")
    rows = []
    for n, (kind, body) in enumerate(BODIES.items()):
        at = MONDAY + timedelta(minutes=n)
        fields = (entry_id(int(at.timestamp() * 1000), "abcdef01"), "small", at.isoformat(), kind, body.replace("%s", inside))
        rows.append(Row(*fields, checksum(*fields)))
    file = tmp_path / "evil.json"
    file.write_text(to_json(rows), encoding="utf-8")
    return file


def test_nothing_of_an_imported_file_reaches_the_terminal_as_more_than_text(small_program: Program, evil_file: Path) -> None:
    assert small_program("import", str(evil_file)).returncode == 0
    assert "note" in small_program("note", "numbers").stdout
    for words in (*CALLS, *[("undo",)] * len(BODIES), *[("redo",)] * len(BODIES)):
        ran = small_program(*words, stdin="1\n\n.\n?\n")
        assert not set(ran.stdout + ran.stderr) & {"\x1b", "\x07", "\x9b", "\u202e"}, words


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is a thing of POSIX")
def test_nothing_of_an_imported_file_reaches_the_screens_as_more_than_text(
    small_program: Program, small_file: Path, evil_file: Path
) -> None:
    from tests.emulator import emulated  # noqa: PLC0415 POSIX alone has what it needs

    small_program("import", str(evil_file))
    with emulated("--roadmap", str(small_file)) as screen:
        screen.wait_for("Numbers")
        screen.press("/")
        screen.press(*"note", "\x1b")
        screen.press("p")
        screen.wait_for("own]0;pwned")
        screen.press("\x1b", "e")
        screen.wait_for("My note")
        screen.wait_for("note]0;pwned")  # the note in its field, as text
        screen.press("\x1b", *"uuuuu", "3")
        screen.wait_for("─ Stats ─")
        for evil in (b"\x1b]0;pwned", b"\x1b[31mred", b"\xc2\x9b", "\u202e".encode()):
            assert evil not in screen.seen, evil


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
