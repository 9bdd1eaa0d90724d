from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.settings import Loaded, Settings
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.widgets.key_bar import KeyBar, chosen, key_name

ITEMS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.text("xyz", min_size=1, max_size=12)), max_size=10)
KEPT = [("?", "help"), ("q", "quit")]


@given(ITEMS, st.integers(20, 140))
def test_only_whole_items_by_priority_and_the_way_out_always(items: list[tuple[str, str]], width: int) -> None:
    shown = chosen(items, KEPT, width)
    assert shown[-2:] == KEPT
    assert sum(len(key) + len(word) + 3 for key, word in shown) <= max(width, 17)
    assert [item for item in items if item in shown[:-2]][: len(shown) - 2] == shown[:-2] or len(set(items)) < len(items)


@pytest.mark.parametrize(
    ("key", "name"), [("space", "Space"), ("question_mark", "?"), ("ctrl+p", "Ctrl+P"), ("f1", "F1"), ("minus", "-"), ("n", "n")]
)
def test_keys_are_named_as_on_a_keyboard(key: str, name: str) -> None:
    assert key_name(key) == name


async def test_the_way_out_and_the_help_stay_under_whatever_keys(study: Study) -> None:
    keys = {"map.quit": "Q", "map.help": "H", "map.back": "x,z", "settings.back": "X"}
    app = RoadmapApp(study, loaded=Loaded(Settings(keys=keys)))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert str(app.screen.query_one(KeyBar).render()).endswith("H help  Q quit  ")
        await pilot.press("enter")
        await pilot.pause()
        assert str(app.screen.query_one(KeyBar).render()).endswith("H help  x back  ")
        await pilot.press("comma")
        await pilot.pause()
        assert str(app.screen.query_one(KeyBar).render()).endswith("? help  X back  ")


async def test_a_remapped_key_keeps_its_place(study: Study) -> None:
    keys = {"map.tick": "x", "map.next": "f5,w", "map.back": "a,z", "settings.next": "v"}
    app = RoadmapApp(study, loaded=Loaded(Settings(keys=keys)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert str(app.screen.query_one(KeyBar).render()).startswith("x tick  Enter open  F5 next  c checkpoint  ")
        await pilot.press("comma")
        await pilot.pause()
        assert str(app.screen.query_one(KeyBar).render()).startswith("v change  r reset this  e open file  ")
