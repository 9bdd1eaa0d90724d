"""What a question and its feedback look like, without a screen."""

from __future__ import annotations

from dataclasses import replace

from dlroadmap.events import Planned, SittingStarted
from dlroadmap.question import Match, Multi, Open, Option, Order, Question
from dlroadmap.sitting import Sitting, answer
from dlroadmap.tui.signs import UNICODE
from dlroadmap.tui.widgets import question_card as card
from dlroadmap.tui.widgets.draft import Draft
from dlroadmap.tui.widgets.prose import Row

MATCH = Match(
    topic="t",
    id="m",
    idea="i",
    kind="match",
    ask="What calls what?",
    pairs=(("`for x in c`", "`__iter__`"), ("`len(c)`", "`__len__`")),
)
ORDER = Order(topic="t", id="o", idea="i", kind="order", ask="In which order?", code="a\nb", steps=("one", "two", "three", "four"))

MULTI = Multi(
    topic="t",
    id="n",
    idea="i",
    kind="multi",
    ask="Which?",
    options=tuple(Option(text=text, right=text in ("one", "two")) for text in ("one", "two", "three", "four")),
)
OPEN = Open(
    topic="t",
    id="p",
    idea="i",
    kind="open",
    ask="Explain it.",
    model="It weighs and decides.",
    rubric=("it weighs", "it decides"),
)


def lines(rows: list[Row]) -> str:
    return "\n".join(row.first + row.text.plain for row in rows)


def drafted(question: Question) -> tuple[Sitting, Draft]:
    planned = (Planned(topic="t", idea="i", question=question.id),)
    sitting = Sitting(started=SittingStarted(sitting="s", kind="checkpoint", scope=("t",), seed=7, questions=planned))
    assert sitting.turn is not None
    return sitting, Draft.of(sitting, sitting.turn, question)


def test_both_sides_of_a_match_are_markdown() -> None:
    sitting, draft = drafted(MATCH)
    swapped = tuple((left, MATCH.pairs[1 - n][1]) for n, (left, _) in enumerate(MATCH.pairs))
    locked, verdict = answer(sitting, MATCH, swapped, confidence="fairly", seconds=1, hint=False)
    assert "`" not in lines(card.asking(draft.digit(1), "", UNICODE))
    said = lines(card.feedback(draft, locked, verdict, "", UNICODE, comes_again=False))
    assert "`" not in said
    assert "for x in c  → __iter__   yours: __len__" in said


def test_what_was_right_comes_before_the_question_and_its_listing() -> None:
    sitting, draft = drafted(ORDER)
    locked, verdict = answer(sitting, ORDER, ORDER.steps[::-1], confidence="fairly", seconds=1, hint=False)
    said = lines(card.feedback(draft, locked, verdict, "", UNICODE, comes_again=True))
    assert said.index("Not yet") < said.index("In the right order") < said.index("A fresh question") < said.index("1 │ a")


def test_a_model_answer_and_its_points_come_before_the_question() -> None:
    _, draft = drafted(OPEN)
    assert "weighs" not in lines(card.asking(draft, "", UNICODE))
    shown = lines(card.asking(replace(draft, revealed=True), "", UNICODE))
    assert shown.index("tick") < shown.index("A model answer") < shown.index("[ ] it decides") < shown.index("Explain it.")


def test_clicks_pair_both_sides_of_a_match() -> None:
    _, draft = drafted(MATCH)
    assert [row.key for row in card.asking(draft, "", UNICODE) if row.key] == ["0", "1", "r0", "r1"]
    assert draft.click("1").click("r0").picked == (-1, 0)
    assert draft.click("r1").click("r0").picked == (1, 0)


def test_a_second_click_or_space_takes_an_orders_step_back() -> None:
    _, draft = drafted(ORDER)
    assert draft.click("0").click("2").picked == (0, 2)
    assert draft.click("0").click("2").click("0").picked == (2,)
    assert draft.click("3").pick().picked == ()
    assert draft.digit(1).digit(1).picked == (0,)


def test_what_is_chosen_of_several_is_given_in_the_order_shown() -> None:
    _, draft = drafted(MULTI)
    assert draft.digit(3).digit(1).given == (draft.shown[0], draft.shown[2])
    assert draft.digit(3).digit(1).digit(3).given == (draft.shown[0],)


def test_partly_has_the_sign_that_the_answer_has_everywhere() -> None:
    sitting, draft = drafted(ORDER)
    for given, sign in ((("one", "two", "four", "three"), "x"), (("four", "one", "two", "three"), "~")):
        locked, verdict = answer(sitting, ORDER, given, confidence="fairly", seconds=1, hint=False)
        first = card.feedback(draft, locked, verdict, "", UNICODE, comes_again=False)[0].text.plain
        assert first.startswith(f"{sign} Partly")
        assert card.mark(locked, UNICODE)[0] == sign
