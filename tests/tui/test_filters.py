from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.color import Color

from dlroadmap.tui.filters import NoColour, one_for_one, spelled_out


@given(st.text(st.characters(categories=["L", "S", "P", "N"]), max_size=40))
def test_ascii_takes_as_many_cells_as_before(text: str) -> None:
    found = one_for_one(text)
    assert found.isascii()
    assert len(found) == cell_len(text) or any(cell_len(c) == 0 for c in text)


def test_borders_bars_and_signs_have_their_twins() -> None:
    assert one_for_one("╭─╮│█▒░▸✓") == "+-+|#=.>+"
    assert one_for_one("a title that is c…") == "a title that is c~"  # no full stop


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5·10¹⁸ of 2×10⁻⁵", "5*1e18 of 2x1e-5"),
        ("10⁶, 3.15·10⁷, 3·4 · (n + 1)·m", "1e6, 3.15*1e7, 3*4 * (n + 1)*m"),
        ("x₁ − x₂, 110², ▂", "x1 - x2, 1102, #"),
    ],
)
def test_powers_of_ten_keep_their_value_and_indices_their_number(text: str, shown: str) -> None:
    assert one_for_one(text) == shown


def test_words_are_spelled_out_with_their_styles() -> None:
    text = Text("the norm ‖w‖² and ")
    text.append("σ(z)", "code")
    found = spelled_out(text)
    assert found.plain == "the norm ||w||^2 and sigma(z)"
    assert [found.plain[span.start : span.end] for span in found.spans] == ["sigma(z)"]


@pytest.mark.parametrize(("line", "shown"), [("a │ x² ≤ 3", "a │ x² ≤ 3"), ("θ = 3  # ≤", "theta = 3  # <=")])
def test_listings_keep_their_columns_where_each_character_has_a_twin(line: str, shown: str) -> None:
    assert spelled_out(Text(line), aligned=True).plain == shown


def test_no_colour_keeps_what_isnt_one() -> None:
    style = Style(color="#ff0000", bgcolor="blue", bold=True, reverse=True, meta={"@click": "app.bell"})
    (segment,) = NoColour().apply([Segment("x", style)], Color(0, 0, 0))
    assert segment.style is not None
    assert segment.style.render("x").startswith("\x1b[1;7m")
    assert segment.style.meta["@click"] == "app.bell"
