"""A terminal emulator around the real program: what stands on the screen, and the bytes that put it there."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import pyte

COLOUR = re.compile(rb"\x1b\[(?:[0-9;:]*[;:])?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m")
"""A control sequence that sets a colour of any kind."""
DEEP = re.compile(rb"\x1b\[[0-9;:]*[34]8[;:][25][;:][0-9;:]*m")
"""One that sets a colour of 256 or of 24 bits."""


class Emulator:
    """A command in a pty, with pyte as the terminal."""

    def __init__(self, words: Sequence[str], size: tuple[int, int], environ: Mapping[str, str]) -> None:
        import fcntl  # noqa: PLC0415 POSIX alone has it
        import pty  # noqa: PLC0415 as above
        import termios  # noqa: PLC0415 as above

        self.seen = b""
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self._resize: Callable[[int, int], object] = lambda columns, rows: fcntl.ioctl(
            self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0)
        )
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            time.sleep(0.05)  # until the size is set
            known = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "ESCDELAY": "20", **environ}
            # a whole environment: readline, which pytest loads, sets LINES and COLUMNS behind os.environ's back
            whole = {name: value for name, value in os.environ.items() if name not in ("LINES", "COLUMNS")} | known
            os.execve(sys.executable, [sys.executable, "-m", "dlroadmap", *words], whole)  # noqa: S606 the program itself
        self._resize(*size)

    def read(self, seconds: float) -> None:
        """Take in what comes within a time; once something has come, until nothing comes for a tenth of a second."""
        end = time.monotonic() + seconds
        left = seconds
        while left > 0 and select.select([self.fd], [], [], left)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return
            self.seen += data
            left = min(0.1, end - time.monotonic())
            self.stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p", self._private, data))

    @staticmethod
    def _private(found: re.Match[bytes]) -> bytes:
        """Leave out what pyte takes for text: modes and questions of newer terminals."""
        return found[0] if found[0].startswith(b"\x1b[?") and found[0][-1:] in b"hl" else b""

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return list(self.screen.display)

    @property
    def text(self) -> str:
        """What stands on the screen, as one text."""
        return "\n".join(self.lines)

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Read until a text stands on the screen, and the drawing has ceased."""
        end = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} never came:\n{self.text}"
            self.read(0.05)
        self.read(0.15)

    def press(self, *keys: str) -> None:
        """Press keys, each once the one before was drawn."""
        for key in keys:
            os.write(self.fd, key.encode())
            self.read(0.2)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(rows, columns)
        self._resize(columns, rows)
        self.read(0.6)


@contextmanager
def emulated(*words: str, size: tuple[int, int] = (100, 30), **environ: str) -> Iterator[Emulator]:
    """Run dlroadmap with some words in a terminal."""
    opened = Emulator(words, size, environ)
    try:
        yield opened
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(opened.pid, signal.SIGKILL)
            os.waitpid(opened.pid, 0)
        os.close(opened.fd)
