"""Questions: seven kinds, their variants, their templates, and how answers are graded."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dlroadmap.arithmetic import ArithmeticFault
from dlroadmap.question import (
    Bank,
    Choice,
    Given,
    Match,
    Multi,
    Numeric,
    Open,
    Order,
    Question,
    Text,
    Verdict,
    fill,
    loosely,
    number_text,
)

ANY: TypeAdapter[Question] = TypeAdapter(Question)


def question(kind: str, **fields: Any) -> Any:
    return ANY.validate_python({"id": "q", "topic": "t", "kind": kind, "ask": "?", **fields})


# Every kind: what is right is right


def test_solution_of_every_question_is_right_in_every_variant(bank: Bank) -> None:
    assert {q.kind for q in bank.question} == {"choice", "multi", "numeric", "text", "order", "match", "open"}
    for one in bank.question:
        for variant in one.variants:
            assert one.grade(variant, one.solution(variant)) == Verdict(1)
            assert one.grade(variant, None).credit == 0


@given(
    st.sampled_from(["{a}", "{a} / {b}", "{a} * {b}", "{a} - {b} / 3", "sqrt(abs({a})) * {b}", "{a} ** 3 / 7", "{a} / 2"]),
    st.integers(-(10**9), 10**9),
    st.integers(1, 10**9) | st.floats(1e-6, 1e6),
    st.sampled_from([{"tolerance": 0}, {"tolerance": 0.01}, {"margin": 0}, {"margin": 0.5}]),
)
def test_solution_of_a_number_is_right_however_small_the_tolerance(form: str, a: int, b: float, slack: dict[str, float]) -> None:
    one = question("numeric", answer=form.format(a="a", b="b"), cases=[{"a": a, "b": b}], **slack)
    assert one.grade(one.variants[0], one.solution(one.variants[0])).right


@given(st.lists(st.text("abAB -_.é", min_size=1), min_size=1, max_size=4), st.booleans())
def test_solution_of_a_text_is_right_where_one_can_be_typed(accept: list[str], exact: bool) -> None:
    if not all(a.strip() for a in accept):
        return
    one = question("text", accept=accept, exact=exact)
    typable = any(loosely(a, exact=exact) for a in one.accept)
    assert one.grade({}, one.solution({})).right == typable


# choice and multi

FOUR = [{"text": "a", "right": True}, {"text": "b", "right": True}, {"text": "c"}, {"text": "d"}]


def test_choice_is_right_or_wrong() -> None:
    one = question("choice", options=FOUR[1:])
    assert isinstance(one, Choice)
    assert [one.grade({}, given).credit for given in ("b", "c", "d", "elsewhere", None)] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("chosen", "credit"),
    [
        ("ab", 1),
        ("a", 0.5),
        ("b", 0.5),
        ("abc", 0.5),
        ("ac", 0),
        ("abcd", 0),
        ("cd", 0),
        ("", 0),
        ("aab", 1),
    ],
)
def test_multi_takes_wrong_choices_from_the_right_ones(chosen: str, credit: float) -> None:
    one = question("multi", options=FOUR)
    assert isinstance(one, Multi)
    assert one.grade({}, tuple(chosen)).credit == credit


def test_options_are_told_by_the_authors_words_not_by_the_numbers_shown() -> None:
    one = question("choice", vars={"n": [1, 2]}, options=[{"text": "{n}", "right": True}, {"text": "{= n + 1}"}])
    assert one.grade({"n": 1}, "{n}").right
    assert not one.grade({"n": 1}, "1").right


# numeric


def number(answer: str = "10", **fields: Any) -> Numeric:
    made = question("numeric", answer=answer, **({"tolerance": 0} | fields if "margin" not in fields else fields))
    assert isinstance(made, Numeric)
    return made


@pytest.mark.parametrize(
    ("fields", "typed", "right"),
    [
        ({"tolerance": 0}, "10", True),
        ({"tolerance": 0}, "10.0", True),
        ({"tolerance": 0}, "20/2", True),
        ({"tolerance": 0}, "10.001", False),
        ({"tolerance": 0.01}, "10.1", True),
        ({"tolerance": 0.01}, "9.9", True),
        ({"tolerance": 0.01}, "10.11", False),
        ({"margin": 0.5}, "10.5", True),
        ({"margin": 0.5}, "9.4", False),
        ({"tolerance": 0.5}, "-10", False),
        ({"tolerance": 0, "unit": "GiB"}, "10 gib", True),
    ],
)
def test_number_within_its_tolerance_is_right(fields: dict[str, Any], typed: str, right: bool) -> None:
    assert number(**fields).grade({}, typed).right == right


@pytest.mark.parametrize(("answer", "margin", "off"), [("12345678.5", 0.005, 0.01), ("1234567890123.5", 0.5, 876)])
def test_margin_is_kept_for_large_numbers_that_are_not_whole(answer: str, margin: float, off: float) -> None:
    made = question("numeric", answer=answer, margin=margin)
    assert made.grade({}, str(float(answer) + margin / 2)).right
    assert not made.grade({}, str(float(answer) + off)).right


def test_whole_number_is_exact_however_large() -> None:
    one = number("2**33")
    assert one.grade({}, "8589934592").right
    assert not one.grade({}, "8589934591").right
    assert not one.grade({}, "8.59e9").right
    assert not number("2**60 / 2").grade({}, str(2**59 + 1000)).right


def test_rounding_of_floats_is_forgiven_where_nothing_else_is() -> None:
    assert number("0.1 + 0.2").grade({}, "0.3").right
    assert number("0").grade({}, "0").right
    assert not number("0").grade({}, "0.001").right


def test_trap_is_told_by_its_own_tolerance() -> None:
    traps = [{"value": "a / 1000", "why": "That is {= a / 1000}, in kilo."}, {"value": "a * 2", "why": "Twice."}]
    one = number("a", tolerance=0.05, cases=[{"a": 1000}], traps=traps)
    assert one.grade({"a": 1000}, "1.02") == Verdict(0, "That is 1, in kilo.")
    assert one.grade({"a": 1000}, "40") == Verdict(0, "")
    assert one.grade({"a": 1000}, "2050").trap == "Twice."
    assert one.grade({"a": 1000}, "960") == Verdict(1)


def test_unreadable_number_locks_nothing() -> None:
    with pytest.raises(ArithmeticFault):
        number().grade({}, "ten")


@pytest.mark.parametrize("fields", [{}, {"tolerance": 0, "margin": 1}, {"tolerance": -1}, {"tolerance": 2}, {"margin": -1}])
def test_number_has_one_tolerance(fields: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        question("numeric", answer="1", **fields)


def test_answer_and_traps_may_be_written_as_numbers() -> None:
    one = question("numeric", answer=0.5, tolerance=0, traps=[{"value": 2, "why": "upside down"}])
    assert one.grade({}, "1/2").right
    assert one.grade({}, "2").trap == "upside down"


# text


@pytest.mark.parametrize(
    "typed", ["Back-Propagation", "back propagation", " BACKPROPAGATION ", "back_propagation.", "ＢＡＣＫＰＲＯＰ"]
)
def test_case_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    one = question("text", accept=["backpropagation", "backprop"])
    assert isinstance(one, Text)
    assert one.grade({}, typed).right


def test_they_matter_where_the_question_is_exact() -> None:
    one = question("text", accept=["a-B"], exact=True)
    assert [one.grade({}, typed).right for typed in ("a-B", " a-B ", "a-b", "aB", "a - B")] == [True, True, False, False, False]


def test_nothing_is_never_right() -> None:
    one = question("text", accept=["-", "minus"])
    assert [one.grade({}, typed).right for typed in ("", "  ", "-", "minus")] == [False, False, False, True]
    assert one.solution({}) == "minus"


def test_accepted_text_is_filled() -> None:
    one = question("text", vars={"n": [2, 3]}, accept=["conv{n}d"])
    assert one.grade({"n": 3}, "Conv3d").right
    assert not one.grade({"n": 2}, "Conv3d").right


# order

STEPS = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("given", "credit"),
    [
        ("abcd", 1),
        ("bcda", 2 / 3),
        ("abdc", 1 / 3),
        ("dcba", 0),
        ("ab", 1 / 3),
        ("a", 0),
        ("", 0),
        ("ababcd", 1 / 3),
        ("abcabcd", 2 / 3),
    ],
)
def test_order_is_the_share_of_right_neighbours(given: str, credit: float) -> None:
    one = question("order", steps=STEPS)
    assert isinstance(one, Order)
    assert one.grade({}, tuple(given)).credit == pytest.approx(credit)


def test_nearest_of_the_right_orders_counts() -> None:
    one = question("order", steps=STEPS, also=[("b", "a", "c", "d")])
    assert one.grade({}, ("b", "a", "c", "d")).right
    assert one.grade({}, STEPS).right
    assert one.grade({}, ("c", "d", "b", "a")).credit == pytest.approx(2 / 3)
    assert one.grade({}, ("a", "b", "d", "c")).credit == pytest.approx(1 / 3)


@given(st.permutations(STEPS))
def test_only_a_right_order_has_full_credit(order: list[str]) -> None:
    assert question("order", steps=STEPS).grade({}, tuple(order)).right == (tuple(order) == STEPS)


# match and open

PAIRS = (("a", "1"), ("b", "2"), ("c", "1"))


def test_match_is_the_share_of_right_pairs() -> None:
    one = question("match", pairs=PAIRS, extra=["3", "1"])
    assert isinstance(one, Match)
    assert one.rights == ("1", "2", "3")
    assert one.grade({}, PAIRS).right
    assert one.grade({}, (("a", "2"), ("b", "2"), ("c", "1"))).credit == pytest.approx(2 / 3)
    assert one.grade({}, ()).credit == 0


def test_left_side_matched_with_everything_earns_nothing_by_it() -> None:
    one = question("match", pairs=PAIRS)
    everything = tuple(itertools.product("abc", "12"))
    assert one.grade({}, everything).credit < 1


def test_open_is_the_share_of_the_rubrics_points() -> None:
    one = question("open", model="m", rubric=["x", "y", "z", "w"])
    assert isinstance(one, Open)
    assert one.grade({}, ("x", "y", "x", "elsewhere")).credit == 0.5


@given(
    st.none()
    | st.text(max_size=5)
    | st.lists(st.sampled_from(["a", "b", "c", "d", "elsewhere"]), max_size=6).map(tuple)
    | st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("123")), max_size=6).map(tuple)
)
def test_credit_is_a_share_whatever_is_given(given: Given) -> None:
    for one in (
        question("choice", options=FOUR[1:]),
        question("multi", options=FOUR),
        question("text", accept=["a"]),
        question("order", steps=STEPS),
        question("match", pairs=PAIRS),
        question("open", model="m", rubric=["a", "b"]),
    ):
        assert 0 <= one.grade({}, given).credit <= 1


# Variants


def test_variants_are_every_combination_that_is_required() -> None:
    one = question("text", accept=["x"], vars={"a": [1, 2], "b": [1.5, 3]}, require="a < b")
    assert list(one.variants) == [{"a": 1, "b": 1.5}, {"a": 1, "b": 3}, {"a": 2, "b": 3}]


def test_cases_are_variants_as_they_stand() -> None:
    one = question("text", accept=["x"], cases=[{"a": 1, "b": 2}, {"a": 3, "b": 4}], require="a > 1")
    assert list(one.variants) == [{"a": 3, "b": 4}]


def test_question_without_variables_has_one_variant() -> None:
    assert question("text", accept=["x"]).variants == ({},)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"vars": {"a": [1]}, "cases": [{"a": 1}]}, "vars and cases"),
        ({"cases": [{"a": 1}, {"b": 2}]}, "every case"),
        ({"cases": [{"a": 1}, {}]}, "every case"),
        ({"vars": {"pi": [1]}}, "'pi' can't name"),
        ({"vars": {"a b": [1]}}, "'a b' can't name"),
        ({"vars": {"1a": [1]}}, "can't name"),
        ({"vars": {"a\u202e": [1]}}, "can't name"),
        ({"vars": {"a": list(range(40)), "b": list(range(40))}}, "more than 1000 variants"),
        ({"cases": [{"a": n} for n in range(1001)]}, "more than 1000 variants"),
        ({"vars": {"a": ["x"]}}, "a number"),
        ({"vars": {"a": ["1"]}}, "a number"),
        ({"vars": {"a": [True]}}, "a number"),
        ({"vars": {"a": [float("inf")]}}, "a number"),
        ({"vars": {"a": [10**100]}}, "a number"),
        ({"topic": "Not an id"}, "an id is"),
        ({"idea": "Not an id"}, "an id is"),
    ],
)
def test_senseless_variables_are_refused_once_each(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message) as refused:
        question("text", **{"accept": ["x"], **fields})
    assert refused.value.error_count() == 1


# Templates


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{a} + {b}", "3 + 0.5"),
        ("{= a + b}", "3.5"),
        ("{=a*2}", "6"),
        ("{= a / 7}", "0.428571"),
        ("{= a / 7 :.2f}", "0.43"),
        ("{= -a / 1000 :.1f} and {= -a / 1000 :.3f} and {= -a / 1000 :.0%}", "0.0 and -0.003 and 0%"),
        ("{= a * 1000000 :,d}", "3,000,000"),
        ("{= b :.0%}", "50%"),
        ("{= a == 3}", "1"),
        ("{= 2 * 10**8 / 2}", "100000000"),
        ("{= 12345678 / 2}", "6172839"),
        ("{c} and {self.x} and {a!r} and {a:.2f} and {} and { a }", "{c} and {self.x} and {a!r} and {a:.2f} and {} and { a }"),
        ("{{a}}", "{a}"),
        ("{{{a}}}", "{3}"),
        ("d = {{'k': {a}}}", "d = {'k': 3}"),
        ("only a closing }}", "only a closing }"),
        ("a lone } and a lone {", "a lone } and a lone {"),
        ("{{= a}}", "{= a}"),
        ("no braces", "no braces"),
        ("", ""),
    ],
)
def test_templates_are_filled(text: str, filled: str) -> None:
    assert fill(text, {"a": 3, "b": 0.5}) == filled


def test_nothing_is_replaced_without_variables() -> None:
    assert fill("{a} {= 1 + 1} {{}}", {}) == "{a} {= 1 + 1} {{}}"


@pytest.mark.parametrize(
    "text",
    [
        "{= 9**9**9}",
        "{= a.__class__}",
        "{= [x for x in (1, 2)]}",
        "{= ().__class__.__bases__}",
        "{= a :99999999d}",
        "{= a :.999f}",
        "{= a :>99}",
        "{= a :s}",
        "{= b :d}",
        "{= a :.2d}",
        "{= a :!r}",
        "{= }",
        "{= c}",
        "{= 'x' * 9}",
        "{= 1 / 0}",
    ],
)
def test_hostile_templates_are_refused_at_once(text: str) -> None:
    with pytest.raises(ArithmeticFault):
        fill(text, {"a": 3, "b": 0.5})


@given(st.text("{}=a +1:.2f", max_size=30))
def test_any_text_is_filled_or_refused(text: str) -> None:
    try:
        fill(text, {"a": 3})
    except ArithmeticFault:
        return


@given(st.text("{}ab", max_size=20))
def test_doubled_braces_stand_for_themselves(text: str) -> None:
    assert fill(text.replace("{", "{{").replace("}", "}}"), {"a": 3}) == text


def test_numbers_are_written_in_full_where_whole_and_short_elsewhere() -> None:
    assert [number_text(n) for n in (3, -3, 3.0, 1 / 3, 123456789, 123456789.0, 1e-9, 1e20, 2**70, 1234567.5)] == [
        "3",
        "-3",
        "3",
        "0.333333",
        "123456789",
        "123456789",
        "1e-09",
        "1e+20",
        str(2**70),
        "1.23457e+06",
    ]


# Banks


def test_bank_finds_questions_by_topic_idea_id_and_alias(bank: Bank) -> None:
    assert set(bank.by_topic) == {"numbers", "vectors", "neurons", "training"}
    first = bank.find("numbers", "two-and-two")
    assert first is not None
    assert bank.find("numbers", "four") is first
    assert bank.find("vectors", "two-and-two") is None
    assert [q.id for q in bank.of_idea("numbers", "adding")] == ["two-and-two", "sum-of-two"]
    assert first.key == ("numbers", "two-and-two")


def test_open_questions_do_not_count_for_an_idea(bank: Bank) -> None:
    assert [q.id for q in bank.of_idea("neurons", "bias")] == ["threshold"]
    assert bank.find("neurons", "explain") is not None
