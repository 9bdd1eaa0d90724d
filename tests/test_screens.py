"""The screens in an emulated terminal: sizes, colours, characters, stopping and going on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is a thing of POSIX", allow_module_level=True)

from tests.emulator import COLOUR, DEEP, Emulator, emulated

pytestmark = pytest.mark.usefixtures("_known")
SIZES = [(120, 36), (80, 24), (60, 20)]
ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.fixture
def _known(home: Path) -> None:
    """A learner whom no welcome asks."""
    home.mkdir()
    (home / "config.toml").touch()


def whole(screen: Emulator) -> None:
    """Check that each frame is closed where it began, and that the footer has the help and the way out, whole."""
    for line in screen.lines[:-1]:
        if line[0] in "│╭╰":
            assert line.rstrip()[-1] in "│╮╯", screen.text
    footer = screen.lines[-1].rstrip()
    assert re.search(r"(\? help|F1 help|Esc leave the field)", footer), screen.text
    assert re.search(r"(q quit|Esc [\w, ]+)$", footer), screen.text
    assert len(footer) < screen.screen.columns, screen.text


@pytest.mark.parametrize("size", SIZES)
def test_frames_and_footers_are_whole_on_every_screen_at_every_size(small_file: Path, size: tuple[int, int]) -> None:
    with emulated("--roadmap", str(small_file), size=size) as screen:
        screen.wait_for("Numbers")
        whole(screen)
        if size == SIZES[0]:  # there is room for all; the small ones are where something is cut
            return
        for key, back in (("\r", "\x1b"), ("2", "1"), ("3", "1"), (",", "\x1b"), ("L", "\x1b"), ("e", "\x1b"), ("c", "\x1b")):
            screen.press(key)
            screen.read(0.25)
            whole(screen)
            screen.press(back)
            screen.read(0.1)


def test_smaller_says_what_to_do_and_growing_keeps_the_place(small_file: Path) -> None:
    with emulated("--roadmap", str(small_file), size=(100, 30)) as screen:
        screen.wait_for("Numbers")
        screen.press("j", "j")
        before = screen.lines
        screen.resize(50, 15)
        screen.wait_for("smaller than 60×20")
        assert "--plain" in screen.text
        screen.resize(70, 22)
        screen.wait_for("Numbers")
        screen.resize(100, 30)
        screen.wait_for(before[10])
        assert screen.lines == before


def test_no_color_sends_no_colour_of_any_kind(small_file: Path) -> None:
    with emulated("--roadmap", str(small_file), NO_COLOR="1") as screen:
        screen.wait_for("Numbers")
        screen.press("j", "?", "\x1b", ",", "\x1b")
        screen.wait_for("Numbers")
        assert not COLOUR.findall(screen.seen)
        assert b"\x1b[7m" in screen.seen or b";7m" in screen.seen  # the line under the cursor


def test_the_linux_console_gets_ascii_and_sixteen_colours(small_file: Path) -> None:
    with emulated("--roadmap", str(small_file), TERM="linux", COLORTERM="") as screen:
        screen.wait_for("Numbers")
        screen.press("j", "?", "\x1b")
        screen.wait_for("Numbers")
        assert screen.seen.isascii()
        assert COLOUR.findall(screen.seen)
        assert not DEEP.findall(screen.seen)


def test_256_colours_are_not_exceeded(small_file: Path) -> None:
    with emulated("--roadmap", str(small_file), COLORTERM="") as screen:
        screen.wait_for("Numbers")
        screen.press("j")
        assert not re.findall(rb"\x1b\[[0-9;:]*[34]8[;:]2[;:]", screen.seen)


def test_it_can_be_stopped_and_goes_on_where_it_was(small_file: Path) -> None:
    with emulated("--roadmap", str(small_file)) as screen:
        screen.wait_for("Numbers")
        screen.press("j")
        screen.wait_for("Numbers")
        os.kill(screen.pid, signal.SIGTSTP)
        _, status = os.waitpid(screen.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        screen.read(0.3)
        assert screen.seen.rindex(ALTERNATE_OFF) > screen.seen.rindex(ALTERNATE_ON)
        os.kill(screen.pid, signal.SIGCONT)
        screen.read(1.0)
        assert screen.seen.rindex(ALTERNATE_ON) > screen.seen.rindex(ALTERNATE_OFF)
        screen.wait_for("Numbers")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_with_a_stream_redirected_no_screen_is_opened(small_file: Path, tmp_path: Path, stream: str) -> None:
    import pty  # noqa: PLC0415 POSIX alone has it

    ours, theirs = pty.openpty()
    file = tmp_path / "out"
    with file.open("wb") as other:
        streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs, stream: other}
        command = [sys.executable, "-m", "dlroadmap", "--roadmap", str(small_file)]
        environ = {**os.environ, "TERM": "xterm-256color"}
        ran = subprocess.run(command, **streams, env=environ, timeout=30, check=False)  # type: ignore[call-overload] # streams by name
    assert ran.returncode == 0
    seen = file.read_bytes()
    os.close(theirs)
    os.close(ours)
    assert b"\x1b" not in seen
    if stream == "stdout":
        assert b"The map needs a terminal (stdout is no terminal)" in seen


def test_a_fake_browser_is_given_the_address_alone(small_file: Path, tmp_path: Path) -> None:
    log, script = tmp_path / "log", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word" >> {log}; done\n', encoding="utf-8")
    script.chmod(0o755)
    with emulated("--roadmap", str(small_file), BROWSER=str(script)) as screen:
        screen.wait_for("Numbers")
        screen.press("o", "a")
        screen.wait_for("Opened in your browser")
        for _ in range(50):
            if log.exists() and log.read_text(encoding="utf-8"):
                break
            screen.read(0.1)
    assert log.read_text(encoding="utf-8") == "https://example.org/primer\n"
