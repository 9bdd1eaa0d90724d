"""What an answer locks: the event, and the verdict that the learner sees."""

from __future__ import annotations

import pytest

from dlroadmap.arithmetic import ArithmeticFault
from dlroadmap.events import Planned, SittingStarted
from dlroadmap.question import Choice, Numeric, Option, Verdict
from dlroadmap.sitting import Sitting, answer, fits, judgement, verdict_of

CHOICE = Choice(
    topic="sums",
    id="pick",
    aliases=("picked",),
    idea="adding",
    kind="choice",
    ask="1 + 1?",
    options=(Option(text="two", right=True), Option(text="one")),
)
NUMBER = Numeric(
    topic="sums", id="type", idea="adding", kind="numeric", ask="{a} + 1?", answer="a + 1", tolerance=0, vars={"a": (1, 5)}
)


def sitting(question: str = "pick") -> Sitting:
    planned = (Planned(topic="sums", idea="adding", question=question, spare="type"),)
    return Sitting(started=SittingStarted(sitting="s", kind="checkpoint", scope=("sums",), seed=7, questions=planned))


def test_right_answer_has_full_credit_and_keeps_the_authors_words() -> None:
    event, verdict = answer(sitting(), CHOICE, "two", confidence="certain", seconds=4.5, hint=False)
    assert verdict.right
    assert (event.sitting, event.topic, event.question, event.idea, event.kind) == ("s", "sums", "pick", "adding", "choice")
    assert (event.given, event.credit, event.confidence, event.seconds) == ("two", 1, "certain", 4.5)
    assert not event.hint
    assert not event.retry


def test_hint_halves_the_credit_and_is_recorded() -> None:
    event, verdict = answer(sitting(), CHOICE, "two", confidence="fairly", seconds=1, hint=True)
    assert (verdict.credit, event.credit, event.hint) == (1, 0.5, True)


def test_dont_know_has_no_credit_and_no_confidence() -> None:
    event, _ = answer(sitting(), CHOICE, None, confidence="certain", seconds=1, hint=False)
    assert (event.given, event.credit, event.confidence) == (None, 0, None)


@pytest.mark.parametrize("hint", [False, True])
def test_recorded_answer_is_judged_as_it_counted(hint: bool) -> None:
    right, _ = answer(sitting(), CHOICE, "two", confidence="certain", seconds=1, hint=hint)
    wrong, _ = answer(sitting(), CHOICE, "one", confidence="certain", seconds=1, hint=hint)
    none, _ = answer(sitting(), CHOICE, None, confidence=None, seconds=1, hint=hint)
    assert [verdict_of(a, CHOICE).credit for a in (right, wrong, none)] == [1, 0, 0]
    assert verdict_of(wrong.model_copy(update={"credit": 0.5 if hint else 1.0}), CHOICE).right


def test_recorded_answer_to_a_question_that_was_edited_since_counts_as_it_did() -> None:
    asked = sitting("type")
    missed, _ = answer(asked, NUMBER, "9", confidence=None, seconds=1, hint=False)
    assert fits(missed, NUMBER)
    other = NUMBER.model_copy(update={"vars": {"a": (1,), "b": (2,)}, "answer": "a + b"})
    for edited in (Numeric.model_validate(other.model_dump()), CHOICE):
        assert not fits(missed, edited)
        assert verdict_of(missed, edited) == Verdict(0)
        assert verdict_of(missed.model_copy(update={"credit": 0.5}), edited) == Verdict(0.5)
    weighed = NUMBER.model_copy(update={"unit": "kg"})
    told, _ = answer(asked, weighed, "9 kg", confidence=None, seconds=1, hint=False)
    assert verdict_of(told, NUMBER) == Verdict(0)


def test_second_try_is_marked_and_asks_with_the_sittings_variant() -> None:
    missed, _ = answer(sitting(), CHOICE, "one", confidence=None, seconds=1, hint=False)
    again = sitting().answered(missed)
    assert again.turn is not None
    numbers = again.variant(again.turn, NUMBER)
    event, verdict = answer(again, NUMBER, str(numbers["a"] + 1), confidence=None, seconds=1, hint=False)
    assert event.retry
    assert event.variant == numbers
    assert verdict.right
    assert again.answered(event).finished


def test_renamed_question_keeps_the_planned_id_so_that_the_queue_moves_on() -> None:
    event, _ = answer(sitting("picked"), CHOICE, "two", confidence=None, seconds=1, hint=False)
    assert event.question == "picked"
    assert sitting("picked").answered(event).finished


def test_number_that_cant_be_read_locks_nothing() -> None:
    with pytest.raises(ArithmeticFault):
        answer(sitting("type"), NUMBER, "two", confidence=None, seconds=1, hint=False)


def test_clock_that_was_set_back_costs_no_negative_time() -> None:
    assert answer(sitting(), CHOICE, "two", confidence=None, seconds=-3, hint=False)[0].seconds == 0


def test_tea_break_counts_five_minutes_at_most() -> None:
    assert answer(sitting(), CHOICE, "two", confidence=None, seconds=36000, hint=False)[0].seconds == 300


def test_finished_sitting_takes_no_answer() -> None:
    event, _ = answer(sitting(), CHOICE, "two", confidence=None, seconds=1, hint=False)
    with pytest.raises(ValueError, match="no question left"):
        answer(sitting().answered(event), CHOICE, "two", confidence=None, seconds=1, hint=False)


@pytest.mark.parametrize(
    ("verdict", "hint", "told"),
    [
        (1, False, ("right", "Right")),
        (1, True, ("right", "Right: 0.5 of 1, with a hint")),
        (0.5, False, ("partly", "Partly right: 0.5 of 1")),
        (0.5, True, ("wrong", "Partly right: 0.25 of 1, with a hint")),  # its idea is asked again
        (0, True, ("wrong", "Not yet")),
    ],
)
def test_an_answer_is_told_with_the_credit_and_the_sign_by_which_it_counts(
    verdict: float, hint: bool, told: tuple[str, str]
) -> None:
    locked, _ = answer(sitting(), CHOICE, "one", confidence="fairly", seconds=1, hint=hint)
    counted = locked.model_copy(update={"credit": verdict / 2 if hint else verdict})
    assert judgement(counted, Verdict(verdict)) == told


def test_what_is_not_known_and_the_points_of_an_open_question_are_told_as_that() -> None:
    none, verdict = answer(sitting(), CHOICE, None, confidence=None, seconds=1, hint=False)
    assert judgement(none, verdict) == ("wrong", "Not known yet")
    points = none.model_copy(update={"kind": "open", "given": ("a",), "credit": 0.5})
    assert judgement(points, Verdict(0.5)) == ("partly", "50% of the points")
