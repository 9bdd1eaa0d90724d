"""What a question and its feedback look like, without a screen."""

from __future__ import annotations

from dlroadmap.events import Planned, SittingStarted
from dlroadmap.question import Match, Order, Question
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


def test_partly_has_the_sign_that_the_answer_has_everywhere() -> None:
    sitting, draft = drafted(ORDER)
    for given, sign in ((("one", "two", "four", "three"), "x"), (("four", "one", "two", "three"), "~")):
        locked, verdict = answer(sitting, ORDER, given, confidence="fairly", seconds=1, hint=False)
        first = card.feedback(draft, locked, verdict, "", UNICODE, comes_again=False)[0].text.plain
        assert first.startswith(f"{sign} Partly")
        assert card.mark(locked, UNICODE)[0] == sign
