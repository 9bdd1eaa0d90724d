"""A real terminal for benchmarks: a program in a pty of a given size, its bytes with the moments at which they came.

The terminal answers what Textual asks of it (synchronized output, in-band resize), as a good emulator does.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

QUIET = 0.06
"""Seconds without a byte after which a screen counts as drawn."""
ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y", b"\x1b[c": b"\x1b[?62;22c"}
"""What the terminal is asked, and what it answers."""


class Terminal:
    """A program that runs in a pty."""

    def __init__(self, command: list[str], *, columns: int = 120, rows: int = 36, environ: dict[str, str] | None = None) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # the terminal's size is set below; a program that asks before gets it from the environment
            looks = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(columns), "LINES": str(rows)}
            os.execvpe(command[0], command, {**os.environ, **looks, **(environ or {})})  # noqa: S606 it is ours
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.memory = 0.0
        self._asked = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def _read(self) -> bytes:
        data = os.read(self.fd, 65536)
        self._asked = (self._asked + data)[-4096:]
        for asked, answer in ANSWERS.items():
            if asked in self._asked:
                self._asked = self._asked.replace(asked, b"")
                os.write(self.fd, answer)
        return data

    def shows(self, *wanted: bytes, within: float = 30.0) -> float:
        """Wait until all of these were written; return the seconds since the start. Raises TimeoutError."""
        seen, end = b"", time.perf_counter() + within
        while select.select([self.fd], [], [], max(0.0, end - time.perf_counter()))[0]:
            try:
                seen += self._read()
            except OSError:
                break
            if all(text in seen for text in wanted):
                return time.perf_counter() - self.began
        raise TimeoutError(f"{wanted} did not come: {seen[-400:]!r}")

    def press_until(self, key: bytes, *wanted: bytes, within: float = 10.0) -> float:
        """Press a key; return the seconds until one of these was written. Raises TimeoutError."""
        start, seen = time.perf_counter(), b""
        os.write(self.fd, key)
        while select.select([self.fd], [], [], max(0.0, start + within - time.perf_counter()))[0]:
            try:
                seen += self._read()
            except OSError:  # the program has ended
                break
            if any(text in seen for text in wanted):
                return time.perf_counter() - start
        raise TimeoutError(f"none of {wanted} came: {seen[-400:]!r}")

    def drawn(self, *, first: float = 10.0) -> tuple[float, bytes]:
        """Wait until output has come and ceased; return when the last byte came, and the bytes."""
        last, data, wait = time.perf_counter(), b"", first
        while select.select([self.fd], [], [], wait)[0]:
            try:
                data += self._read()
            except OSError:
                break
            last, wait = time.perf_counter(), QUIET
        return last, data

    def press(self, key: bytes) -> float:
        """Press a key; return the seconds until the last byte of what it changed. Raises TimeoutError."""
        return self.press_both(key)[1]

    def press_both(self, key: bytes) -> tuple[float, float]:
        """Press a key; return the seconds until the first and until the last byte of what it changed. Raises TimeoutError."""
        start = time.perf_counter()
        os.write(self.fd, key)
        if not select.select([self.fd], [], [], 2.0)[0]:
            raise TimeoutError(f"{key!r} drew nothing")
        self._read()
        first = time.perf_counter()
        last, more = self.drawn(first=QUIET)
        return first - start, (last if more else first) - start

    def peak(self) -> float:
        """Return the most memory that the program has had, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
