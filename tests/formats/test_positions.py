"""Lines of values: in any TOML that tomllib accepts, however it is laid out."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap.faults import Place
from dlroadmap.formats.positions import line_of, positions

LAID_OUT = '''\
# a comment, with [brackets] = "and quotes
title = "one"  # two
"quoted key" = 1
'literal.key' = 2
a.b . "c d" = 3
empty = ""
many = [
  1, 2.5,   # [ not an array
  [ 3,
    4 ], { x = 5, y = [6,
  7] },
]
text = """
[not.a.table]
key = "x" \\""" still
"""
literal = \'\'\'
'[[nor.this]]\'
\'\'\'
quotes = """a"""""
when = 1979-05-27 07:32:00
zoned = 1979-05-27T07:32:00-08:00

[table]
x = 1
[table.inner]
y = 2
[[row]]
n = 1
[[row.sub]]
m = 1
[[row.sub]]
m = 2
[row.sub.deep]
z = 1
[[row]]
n = 2
[[row.sub]]
m = 3
[ "spaced" . out ]
w = 1
'''
EXPECTED: dict[Place, int] = {
    ("title",): 2,
    ("quoted key",): 3,
    ("literal.key",): 4,
    ("a", "b", "c d"): 5,
    ("empty",): 6,
    ("many",): 7,
    ("many", 0): 8,
    ("many", 1): 8,
    ("many", 2): 9,
    ("many", 2, 0): 9,
    ("many", 2, 1): 10,
    ("many", 3): 10,
    ("many", 3, "x"): 10,
    ("many", 3, "y"): 10,
    ("many", 3, "y", 1): 11,
    ("text",): 13,
    ("literal",): 17,
    ("quotes",): 20,
    ("when",): 21,
    ("zoned",): 22,
    ("table",): 24,
    ("table", "x"): 25,
    ("table", "inner"): 26,
    ("table", "inner", "y"): 27,
    ("row",): 28,
    ("row", 0): 28,
    ("row", 0, "n"): 29,
    ("row", 0, "sub"): 30,
    ("row", 0, "sub", 0): 30,
    ("row", 0, "sub", 0, "m"): 31,
    ("row", 0, "sub", 1): 32,
    ("row", 0, "sub", 1, "m"): 33,
    ("row", 0, "sub", 1, "deep"): 34,
    ("row", 0, "sub", 1, "deep", "z"): 35,
    ("row", 1): 36,
    ("row", 1, "n"): 37,
    ("row", 1, "sub", 0): 38,
    ("row", 1, "sub", 0, "m"): 39,
    ("spaced", "out"): 40,
    ("spaced", "out", "w"): 41,
}


def places(value: Any, place: Place = ()) -> set[Place]:
    """Return the places of all that a document holds."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {place} | {p for key, held in inside for p in places(held, (*place, key))}


def test_every_line_of_a_text_that_uses_all_of_toml() -> None:
    document = tomllib.loads(LAID_OUT)
    found = positions(LAID_OUT)
    assert {place: found.get(place) for place in EXPECTED} == EXPECTED
    assert set(found) | {()} == places(document)


keys = st.text("ab.-_ 'é\"#[\n", min_size=1, max_size=4)
scalars = (
    st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.text("ab [\n]{}=#\"'\\,.\t", max_size=12)
    | st.just(dt.date(2026, 11, 1))
    | st.just(dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC))
)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8)


@given(st.dictionaries(keys, values, max_size=4), st.booleans())
def test_every_value_has_a_line_within_the_text(document: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(document, multiline_strings=multiline).replace("\r\n", "\n")
    found = positions(text)
    assert set(found) | {()} == places(tomllib.loads(text))
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@given(st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=3, unique=True), st.integers(0, 3))
def test_blank_lines_and_comments_only_move_lines(names: list[str], blanks: int) -> None:
    rows = [f"{name} = [1,\n# a comment = [\n2]" for name in names]
    gap = "\n" + "# [x] = {\n" * blanks
    found = positions(gap.join(rows))
    for n, name in enumerate(names):
        start = 1 + n * (3 + blanks)
        assert (found[(name,)], found[(name, 0)], found[(name, 1)]) == (start, start, start + 2)


pieces = st.sampled_from(
    [
        *("[", "]", "[[", "]]", "{", "}", "=", ",", ".", "\n", "\n", "\n", " ", "\t", "#", "a", "b", "1", "-", "true", "1e5"),
        *('"', '""', '"""', "'", "'''", "\\", '\\"', "\\\\", "a = ", "b = [", "x.y = {", "[a]\n", "[[a]]\n", '"a"', "'b'"),
        *("= 1\n", '= "" # " [\n', "= [[], {}]\n", "a.b = 1\n", "[[a.b]]\n", '= """x"""\n', "= 07:32:00\n", "= 1.5\n"),
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_whatever_tomllib_accepts_has_a_line_for_everything(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except ValueError:
        return
    found = positions(text)
    assert set(found) | {()} == places(document)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("row", 1, "sub", 0, "missing"), 38),
        (("row", 1, "missing", 3), 36),
        (("missing",), 1),
        ((), 1),
        (("a", "z"), 5),
        (("many", 9), 7),
    ],
)
def test_line_of_what_is_not_there_is_that_of_what_would_hold_it(place: Place, line: int) -> None:
    assert line_of(place, positions(LAID_OUT)) == line
