"""Faults with file and line, and the error for a file with faults; this module can be imported without reading a roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dlroadmap.faults import Fault

LARGEST = 4 * 1024 * 1024
"""The most bytes of a roadmap's file."""


class Located(NamedTuple):
    """A fault with its file and line; 0 if it belongs to no line."""

    file: str
    line: int
    fault: Fault

    @property
    def spot(self) -> str:
        """The file and the line in the form that editors understand."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        place = f"{self.fault.path}: " if self.fault.place else ""
        return f"{self.spot}: {place}{self.fault.message}"


class NotARoadmap(ValueError):  # noqa: N818 it names what the file is, not what the program did
    """A file that can't be used as a roadmap; `faults` has at least one."""

    def __init__(self, faults: list[Located]) -> None:
        self.faults = faults
        more = sum(1 for f in faults if not f.fault.warning) - 1
        others = f" (and {more} more: dlroadmap validate {faults[0].file})" if more > 0 else ""
        super().__init__(f"{faults[0]}{others}")
