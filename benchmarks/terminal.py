"""A real terminal for benchmarks: a program in a pty of a given size, its bytes with the moments at which they came."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from types import TracebackType
from typing import Self

QUIET = 0.06
"""Seconds without a byte after which a screen counts as drawn."""


class Terminal:
    """A program that runs in a pty."""

    def __init__(self, command: list[str], *, columns: int = 120, rows: int = 36, environ: dict[str, str] | None = None) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", **(environ or {})})  # noqa: S606 it is ours
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def drawn(self, *, first: float = 10.0) -> tuple[float, bytes]:
        """Wait until output has come and ceased; return when the last byte came, and the bytes."""
        last, data, wait = time.perf_counter(), b"", first
        while select.select([self.fd], [], [], wait)[0]:
            try:
                data += os.read(self.fd, 65536)
            except OSError:
                break
            last, wait = time.perf_counter(), QUIET
        return last, data

    def press(self, key: bytes) -> float:
        """Press a key; return the seconds until the last byte of what it changed."""
        start = time.perf_counter()
        os.write(self.fd, key)
        last, _ = self.drawn(first=2.0)
        return last - start
