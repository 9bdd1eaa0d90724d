"""Plots at their edges: what little there is shows, and no line is wider than its pane."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.stats import Calibrated, Calibration, PhaseStats, Recall, level
from dlroadmap.tui.signs import ASCII, UNICODE, Signs
from dlroadmap.tui.widgets import plots
from dlroadmap.tui.widgets.prose import Row

TODAY = date(2026, 6, 3)
WIDTHS = st.integers(46, 130)
ALPHABETS = st.sampled_from([UNICODE, ASCII])


def lines(rows: list[Row]) -> list[str]:
    return [row.first + row.text.plain for row in rows]


def test_least_length_is_one_full_cell_and_nothing_is_none() -> None:
    due = lines(plots.due([159, 1, 0, *[0] * 25], TODAY, 60, UNICODE))
    assert due[0].startswith("today   ████")
    assert (due[1], due[2]) == ("Thu     █ 1", "Fri     -")
    assert due[-1] == "week 4  -"


def test_little_due_is_no_full_bar() -> None:
    assert lines(plots.due([1, *[0] * 27], TODAY, 60, UNICODE))[0].count("█") < 10


def test_phase_is_full_to_what_is_known_and_shaded_to_what_was_passed() -> None:
    rows = [PhaseStats("a", "A phase", 3, 0, 1, 1, 20, 10, 5.0, 2.0), PhaseStats("b", "B", 3, 0, 0, 0, 0, 0, 0.0, 0.0)]
    first, second = lines(plots.phases(rows, 80, UNICODE))
    bar = [first.count(sign) for sign in "█▒░"]
    assert bar[0] == pytest.approx(sum(bar) / 4, abs=1)
    assert bar[1] == pytest.approx(sum(bar) / 4, abs=1)
    assert first.rstrip().endswith("10/20 known 5 ◊1")
    assert second.rstrip().endswith("no checkpoint yet")


def test_title_that_is_cut_says_so() -> None:
    assert plots.shortened("Neural Network Foundations", 24) == "Neural Network Foundati…"
    assert plots.shortened("Vision", 24) == "Vision"


@pytest.mark.parametrize(("minutes", "dark"), [(None, 0), (0, 1), (10, 1), (10.1, 2), (30, 2), (31, 3), (60, 3), (61, 4), (999, 4)])
def test_levels_of_the_heat_map(minutes: float | None, dark: int) -> None:
    assert level(minutes) == dark


def test_heat_map_ends_today_and_names_the_months() -> None:
    rows = lines(plots.heat_map({TODAY: 90.0, TODAY - timedelta(days=1): 5.0}, TODAY, 60, UNICODE))
    assert [row[-1] for row in rows[1:8]] == ["·", "░", "█", " ", " ", " ", " "]
    assert "May" in rows[0]


@given(WIDTHS, ALPHABETS, st.lists(st.floats(0, 1), min_size=3, max_size=3), st.integers(0, 10_000), st.text("Mm ñ", max_size=50))
def test_no_line_is_wider_than_its_pane(width: int, signs: Signs, shares: list[float], count: int, title: str) -> None:
    passed, today, later = sorted(shares, reverse=True)
    ideas = max(1, count)
    phase = PhaseStats("p", title, 9, 0, 3, 1, ideas, int(passed * ideas), today * int(passed * ideas), 5.5)
    sure = Calibration(tuple(Calibrated(c, 0.5, count, int(today * count)) for c in ("certain", "fairly", "guess")), None)
    recall = Recall(count, 0, today * count, later * count, passed * count)
    minutes = {TODAY - timedelta(days=n): 500 * share for n, share in enumerate(shares)}
    drawn = [
        *plots.phases([phase] * 13, width, signs),
        *plots.weeks([(TODAY, 40 * share) for share in shares], width, signs),
        *plots.due([count] * 28, TODAY, width, signs),
        *plots.calibration(sure, width, signs)[:-1],
        *plots.recall(recall, width, signs),
        *plots.heat_map(minutes, TODAY, width, signs)[:-1],
        *plots.days(minutes, TODAY, 30, width, signs),
    ]
    assert max(len(line) for line in lines(drawn)) <= width
    assert not signs.ascii or not set("█▒░►◊✓∙┃") & set("".join(lines(drawn)).replace(title, ""))
