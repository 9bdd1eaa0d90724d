from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.tui.widgets.key_bar import chosen, key_name

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
