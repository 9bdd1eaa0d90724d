"""The line of each value in a TOML text, needed only when there is a fault to report.

No TOML library returns the lines of valid keys. This reads text that tomllib has accepted, so it need not check anything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dlroadmap.faults import Place

TOKENS = re.compile(
    r"(?P<skip>[ \t\r]+|\#[^\n]*)|(?P<newline>\n)"
    r'|(?P<string>"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'.*?\'{3,5}|"(?!"")(?:[^"\\\n]++|\\.)*+"'
    r"|'(?!'')[^'\n]*')"
    r"|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.#\"']+)|(?P<other>[\"'].*|.)",
    re.DOTALL,
)
"""A quotation mark without an end takes all the rest of the text: searching the end of many such marks would take too long."""


class Token(NamedTuple):
    """A token of TOML: its kind, its text and its line."""

    kind: str
    text: str
    line: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a TOML text, without spaces and comments."""
    line = 1
    for found in TOKENS.finditer(text):
        kind = found.lastgroup or "other"
        if kind != "skip":
            yield Token(kind, found[0], line)
        line += found[0].count("\n")


def positions(text: str) -> Mapping[Place, int]:
    """Map the place of every table, key and element of an array to its line."""
    return _Reader(text).read()


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """Return the line of a place, or of the smallest thing around it that has one; 1 for the whole file."""
    for end in range(len(place), 0, -1):
        if place[:end] in lines:
            return lines[place[:end]]
    return 1


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = [*tokens(text), Token("end", "", 0)]
        self.at = 0
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def read(self) -> Mapping[Place, int]:
        table: Place = ()
        while self.now.kind != "end":
            if self.now.kind == "newline":
                self.at += 1
            elif self.now.text == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def header(self) -> Place:
        line = self.now.line
        many = self.tokens[self.at + 1].text == "["
        self.at += 2 if many else 1
        keys = self.key()
        place: Place = ()
        for n, key in enumerate(keys):
            place = (*place, key)
            self.lines.setdefault(place, line)
            if many and n == len(keys) - 1:
                self.counts[place] = self.counts.get(place, -1) + 1
            if place in self.counts:
                place = (*place, self.counts[place])
        self.lines[place] = line
        self.at += 2 if many else 1
        return place

    def key(self) -> list[str]:
        keys: list[str] = []
        while self.now.kind in ("bare", "string") or self.now.text == ".":
            if self.now.kind == "string":
                keys.append(str(tomllib.loads(f"x = {self.now.text}")["x"]))
            elif self.now.kind == "bare":
                keys.append(self.now.text)
            self.at += 1
        return keys

    def pair(self, table: Place) -> None:
        line = self.now.line
        place = table
        for key in self.key():
            place = (*place, key)
            self.lines.setdefault(place, line)
        if self.now.text == "=":
            self.at += 1
        self.value(place)

    def value(self, place: Place) -> None:
        if self.now.text == "[":
            self.group(place, "]", numbered=True)
        elif self.now.text == "{":
            self.group(place, "}", numbered=False)
        else:
            while self.now.kind not in ("newline", "end") and self.now.text not in (",", "]", "}"):
                self.at += 1

    def group(self, place: Place, close: str, *, numbered: bool) -> None:
        self.at += 1
        number = 0
        while self.now.kind != "end" and self.now.text != close:
            if self.now.kind == "newline" or self.now.text == ",":
                self.at += 1
            elif numbered:
                self.lines[(*place, number)] = self.now.line
                self.value((*place, number))
                number += 1
            else:
                self.pair(place)
        self.at += 1
