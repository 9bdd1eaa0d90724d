"""A few real terminals: the program in a pty, killed, hung up, started again."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from dlroadmap.events import Answered
from dlroadmap.study import Study

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty is a thing of POSIX")

ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"


class Terminal:
    """dlroadmap in a pty."""

    def __init__(self, file: Path, columns: int = 100, rows: int = 30, environ: dict[str, str] | None = None) -> None:
        import fcntl  # noqa: PLC0415 POSIX alone has it
        import pty  # noqa: PLC0415 as above
        import termios  # noqa: PLC0415 as above

        self.seen = b""
        self.mark = 0
        self.pid, self.fd = pty.fork()
        home = Path((environ or {}).get("DLROADMAP_HOME") or os.environ["DLROADMAP_HOME"])
        home.mkdir(parents=True, exist_ok=True)
        (home / "config.toml").touch()  # somebody who has been welcomed
        if self.pid == 0:
            known = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(environ or {})}
            whole = {name: value for name, value in os.environ.items() if name not in ("LINES", "COLUMNS")} | known
            command = [sys.executable, "-m", "dlroadmap", "--roadmap", str(file)]
            os.execve(sys.executable, command, whole)  # noqa: S606 the program itself
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self.fd], [], [], left)[0]:
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                return

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Read until a text was drawn since the last wait."""
        end = time.monotonic() + seconds
        while text not in self.text(self.mark):
            assert time.monotonic() < end, f"{text!r} never came; the last was {self.text(self.mark)[-600:]!r}"
            self.read(0.1)
        self.mark = len(self.seen)

    def text(self, start: int = 0) -> str:
        return re.sub(r"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]", "", self.seen[start:].decode("utf-8", "replace"))

    def press(self, keys: str) -> None:
        for key in keys:
            os.write(self.fd, key.encode())
            self.read(0.15)

    def end(self, kind: signal.Signals) -> None:
        os.kill(self.pid, kind)
        self.read(3)
        os.waitpid(self.pid, 0)


@contextmanager
def terminal(file: Path, **environ: str) -> Iterator[Terminal]:
    opened = Terminal(file, environ=environ)
    try:
        yield opened
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(opened.pid, signal.SIGKILL)
            os.waitpid(opened.pid, 0)
        os.close(opened.fd)


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    """A roadmap of one topic with four ideas, each asked by a choice."""
    ideas = "".join(f'[[phase.topic.idea]]\nid = "i{n}"\ntext = "idea {n}"\n' for n in range(4))
    options = '[{ text = "yes", right = true, why = "so it is" }, { text = "no", why = "it is not" }]'
    ask = 'kind = "choice"\nask = "Is it?"\nwhy = "It is, by definition."\n'
    questions = "".join(f'[[phase.topic.question]]\nid = "q{n}"\nidea = "i{n}"\n{ask}options = {options}\n' for n in range(4))
    head = (
        'format = 1\nid = "quick"\ntitle = "Quick"\n[[phase]]\nid = "p"\ntitle = "P"\n[[phase.topic]]\nid = "t"\ntitle = "Topic"\n'
    )
    file = tmp_path / "quick.toml"
    file.write_text(head + ideas + questions, encoding="utf-8")
    return file


def test_a_tick_and_three_answers_survive_sigkill_and_the_sitting_goes_on(home: Path, quick: Path) -> None:
    with terminal(quick) as screen:
        screen.wait_for("Topic")
        screen.press(" ")
        screen.wait_for("undoes")
        screen.press("c")
        for n in range(1, 4):
            screen.wait_for(f"question {n} of")
            screen.press("1\r")
            screen.wait_for("Why")
            if n < 3:
                screen.press("\r")
        screen.end(signal.SIGKILL)
    study = Study.open(str(quick))
    ticked = study.progress.topics["t"].ticked
    assert ticked is not None
    assert ticked.on
    given = [x.event for x in study.journal.newest_first("quick") if isinstance(x.event, Answered)]
    assert len(given) == 3
    study.close()
    with terminal(quick) as screen:
        screen.wait_for("Topic")
        screen.press("c")
        screen.wait_for("question 4 of")


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_sane(home: Path, small_file: Path, kind: signal.Signals) -> None:
    with terminal(small_file) as screen:
        screen.wait_for("Numbers")
        assert ALTERNATE_ON in screen.seen
        screen.end(kind)
        assert screen.seen.rindex(ALTERNATE_OFF) > screen.seen.rindex(ALTERNATE_ON)


def test_q_quits_and_says_what_comes_next(home: Path, small_file: Path) -> None:
    with terminal(small_file) as screen:
        screen.wait_for("Numbers")
        screen.press("q")
        screen.wait_for("Next time", seconds=5)
        _, status = os.waitpid(screen.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0


def test_no_color_gives_no_colour_on_screen(home: Path, small_file: Path) -> None:
    with terminal(small_file, NO_COLOR="1") as screen:
        screen.wait_for("Numbers")
        screen.read(0.5)
        colours = set(re.findall(rb"\x1b\[[0-9;]*[34]8[;:][25][;:][0-9;:]*m", screen.seen))
        assert not colours


def test_a_dumb_terminal_gets_no_screen(home: Path, small_file: Path) -> None:
    with terminal(small_file, TERM="dumb") as screen:
        screen.wait_for("needs a terminal")
        assert b"\x1b" not in screen.seen
