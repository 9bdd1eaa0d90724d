"""A whole day line by line, by the script that writes it into the guide."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dlroadmap.places import guide

GUIDE = guide() or Path()


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """The script's names."""
    made: dict[str, Any] = {"__name__": "day", "__file__": str(GUIDE / "day.py")}
    exec(compile((GUIDE / "day.py").read_text(encoding="utf-8"), "day.py", "exec"), made)  # noqa: S102 our own script
    return made


def test_the_guide_holds_the_day_as_it_goes_by_now(script: dict[str, Any]) -> None:
    assert (GUIDE / "accessibility.md").read_text(encoding="utf-8") == script["page"](), "run python docs/day.py"


def test_a_day_goes_by_in_lines_that_are_read_well(script: dict[str, Any]) -> None:
    page = (GUIDE / "accessibility.md").read_text(encoding="utf-8")
    text = page.partition(script["BEGIN"])[2].partition(script["END"])[0]
    for verb in ("next", "show", "quiz", "review", "note", "search", "stats"):
        assert f"$ dlroadmap {verb}" in text
    for way in ("choose one", "choose all", "type a number", "type a word", "put in order", "match:", "answer in your own words"):
        assert way in text
    assert "\x1b" not in text
    ours = "\n".join(
        line for line in text.splitlines() if not re.match(r"\s{2,}", line)
    )  # listings and prose stand in from the left
    assert not set("∙►✓◊◄▸▾█▒░─│╭╮╰╯┌┐└┘├┤ ") - {" "} & set(ours), sorted(set(ours))
    assert "[ ]" not in ours
    assert "[x]" not in ours
    assert "\nNot yet\n" in text
    assert "\nNot known yet\n" in text
    assert "Hint, for half the credit" in text
    assert "Question 8 of 8" in text
