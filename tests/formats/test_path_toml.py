"""Paths as files: written and read alike, put in order; whatever is wrong has its line."""

from __future__ import annotations

import pytest

from dlroadmap.formats.located import NotARoadmap
from dlroadmap.formats.path_toml import read, to_toml
from dlroadmap.plan import own_path
from dlroadmap.roadmap import Roadmap

MINE = """
[[path]]
id = "mine"
title = "Mine"
[[path.phase]]
id = "a"
title = "A"
"""


def test_written_path_reads_back(small: Roadmap) -> None:
    made = own_path(small, 'A "quoted" \\ path', ["neurons", "training"])
    assert read(to_toml(made).encode(), "f", small) == [made]


def test_needs_that_a_file_lacks_are_added(small: Roadmap) -> None:
    [path] = read(f'{MINE}topics = ["neurons", "numbers"]'.encode(), "f", small)
    assert path.topics == ("numbers", "vectors", "neurons")
    assert path.added == {"vectors"}


def test_file_may_hold_several_and_other_tables_of_a_roadmap(small: Roadmap) -> None:
    text = f'title = "x"\n{MINE}topics = ["numbers"]\n' + f'{MINE}topics = ["vectors"]\n'.replace("mine", "yours")
    assert [path.id for path in read(text.encode(), "f", small)] == ["mine", "yours"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "the file is empty"),
        ("title = 'x'", 1, "no path"),
        ("path = 3", 1, "no path"),
        ("path = []", 1, "no path"),
        ("[[path]]\nid = 'mine'", 1, "title"),
        ("[[path]]\nid = 'M!'\ntitle = 'M'\n[[path.phase]]\nid = 'a'\ntitle = 'A'\ntopics = ['numbers']", 2, "an id is"),
        (f"{MINE}topics = ['numbrs']", 8, "did you mean 'numbers'?"),
        (f"{MINE}topics = ['numbers', 'numbers']", 8, "twice"),
        (f"{MINE}topics = []", 2, "has no topic"),
        (f"{MINE}topic = ['numbers']", 8, "topic"),
        (f"{MINE}topics = ['numbers']".replace('"mine"', '"short"'), 3, "give this one another id"),
        (f"{MINE}topics = ['numbers']".replace('"mine"', '"all"'), 3, "give this one another id"),
        (f"{MINE}topics = ['numbers']" + f"{MINE}topics = ['numbers']", 10, "stands here twice"),
        ("<<<<<<< mine\n[[path]]", 1, "merge conflict"),
    ],
)
def test_fault_has_its_line(small: Roadmap, text: str, line: int, said: str) -> None:
    with pytest.raises(NotARoadmap) as caught:
        read(text.encode(), "f.toml", small)
    first = str(caught.value.faults[0])
    assert first.startswith(f"f.toml:{line}: " if line else "f.toml: ")
    assert said in first
    assert "\n" not in first


def test_bytes_that_are_no_text_are_refused(small: Roadmap) -> None:
    with pytest.raises(NotARoadmap, match="UTF-8"):
        read(b"\xff\xfe", "f", small)
