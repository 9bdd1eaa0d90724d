"""Types of options: paths, numbers within bounds, one of some words; their errors say what would be right."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click

from dlroadmap.cli.call import brief
from dlroadmap.roadmap import like


class FilePath(click.Path):
    """The path of a file or a folder; an empty text, such as from an unset variable of a script, is an error."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value of a word."""
        if value == "":
            self.fail("it is empty", param, ctx)
        path = super().convert(value, param, ctx)
        return path.absolute() if value != "-" and path == Path("-") else path  # ./- is a file, - is stdin or stdout


class Whole(click.IntRange):
    """A whole number from one bound to another."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the value of a word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{brief(str(value))}' is no whole number from {self.min} to {self.max}", param, ctx)


class Number(click.FloatRange):
    """A number from one bound to another, with or without a fraction."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the value of a word."""
        try:
            number = super().convert(value, param, ctx)
        except click.BadParameter:
            number = math.nan
        if math.isnan(number):
            self.fail(f"'{brief(str(value))}' is no number from {self.min} to {self.max}", param, ctx)
        return number


class OneOf(click.Choice):  # type: ignore[type-arg] # it isn't generic before click 8.2
    """One of some words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value of a word."""
        if value not in self.choices:
            near = like(self.choices, str(value))
            cure = f"; did you mean '{near}'?" if near else ""
            self.fail(f"'{brief(str(value))}' is none of {', '.join(self.choices)}{cure}", param, ctx)
        return value
