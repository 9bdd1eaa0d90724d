"""The line that says what to do now, and the title line: what is left out where there is little room, and what a click does."""

from __future__ import annotations

import pytest
from tests.tui.test_map import opened
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget

from dlroadmap.events import TopicTicked
from dlroadmap.forecast import Rhythm
from dlroadmap.plan import next_steps
from dlroadmap.settings import Loaded, Settings
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.screens.review import ReviewScreen
from dlroadmap.tui.screens.stats import StatsScreen
from dlroadmap.tui.widgets.strip import Head, NowStrip, head

FULL = "n ► Numbers · read: A primer, 10 min"


def line(widget: Widget) -> str:
    return widget.render_line(0).text


async def click(pilot: Pilot[str], widget: Widget, word: str) -> None:
    """Click on a word of a widget's first line."""
    frame = widget.content_region.offset - widget.region.offset
    await pilot.click(widget, offset=frame + Offset(line(widget).index(word), 0))
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize(
    ("width", "due", "left", "right"),
    [
        (120, 9, FULL, "2 ◄ 9 ideas, about 5 min   week ░░░░░░░░░ 0.0/5 h"),
        (80, 9, FULL, "2 ◄ 9 ideas   week ░░░░░░░░░ 0.0/5 h"),
        (76, 9, "n ► Numbers · read: A pr…, 10 min", "2 ◄ 9 ideas   week ░░░░░░░░░ 0.0/5 h"),
        (60, 9, "n ► Numbers, 10 min", "2 ◄ 9 ideas   week 0.0/5 h"),
        (60, 0, "n ► Numbers, 10 min", "week ░░░░░░░░░ 0.0/5 h"),
    ],
)
async def test_the_step_is_shortened_then_left_out_and_figures_stay(
    study: Study, width: int, due: int, left: str, right: str
) -> None:
    async with opened(study, (width, 24)) as (pilot, screen):
        strip = screen.query_one(NowStrip)
        strip.show(
            next(next_steps(study.roadmap, study.progress, study.now())),
            study.outlook()._replace(due=due, now=due, minutes=5),
            Rhythm(0, 0, 0.0, 5),
        )
        await pilot.pause()
        said = line(strip)
        assert said.startswith(left)
        assert said.rstrip().endswith(right)


async def test_a_return_is_greeted_in_as_many_words_as_fit(study: Study) -> None:
    async with opened(study) as (pilot, screen):
        strip = screen.query_one(NowStrip)
        strip.show(None, study.outlook()._replace(away=19), Rhythm(0, 0, 0.0, None))
        assert str(strip.border_title) == "Welcome back, 19 days later: carry on, or review a little"
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert str(strip.border_title) == "Welcome back, 19 days later"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (120, "Deep Learning · path: Research Scientist · 0 of 55"),
        (90, "Deep Lear… · path: Research Scientist · 0 of 55"),
        (80, "path: Research Scientist · 0 of 55"),
        (70, "path: Research S… · 0 of 55"),
        (60, "0 of 55"),
    ],
)
def test_what_changes_stays_in_the_title_line(width: int, shown: str) -> None:
    line = head("Map", ("Deep Learning", "path: Research Scientist", "0 of 55"), width).plain
    assert line.partition("3 Stats")[2].strip() == shown
    assert len(line) == width - 2


async def test_a_click_on_the_step_goes_to_it(study: Study) -> None:
    study.record(TopicTicked(topic="numbers"))
    async with opened(study) as (pilot, screen):
        assert screen.tree.here == "vectors"
        await pilot.press("g")
        await click(pilot, screen.query_one(NowStrip), "Vectors")
        assert screen.tree.here == "vectors"


async def test_a_click_on_a_peer_shows_it(study: Study) -> None:
    async with opened(study) as (pilot, _):
        shown: list[type[object]] = []
        for word in ("Review", "3 Stats", "Map"):
            await click(pilot, pilot.app.screen.query_one(Head), word)
            shown.append(type(pilot.app.screen))
        assert shown == [ReviewScreen, StatsScreen, MapScreen]


async def test_the_strip_names_the_keys_that_the_learner_has(study: Study) -> None:
    app = RoadmapApp(study, loaded=Loaded(Settings(keys={"map.next": "f5,w", "map.review": "v"})))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        strip = app.screen.query_one(NowStrip)
        strip.show(
            next(next_steps(study.roadmap, study.progress, study.now())),
            study.outlook()._replace(due=9, now=9, minutes=5),
            Rhythm(0, 0, 0.0, 5),
        )
        await pilot.pause()
        assert line(strip).startswith(FULL.replace("n ", "F5 ", 1))
        assert "v ◄ 9 ideas" in line(strip)
