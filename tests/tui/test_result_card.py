"""What a sitting came to, and how it is written, without a screen."""

from __future__ import annotations

import pytest

from dlroadmap import events as e
from dlroadmap.result import Came, came_to
from dlroadmap.review import LEECH
from dlroadmap.sitting import Sitting
from dlroadmap.study import Study
from dlroadmap.tui.signs import UNICODE
from dlroadmap.tui.widgets.result_card import result


def answered(credit: float, sure: str = "fairly") -> e.Answered:
    told = {"sitting": "s", "topic": "vectors", "idea": "length", "question": "length-of", "kind": "numeric", "given": "5"}
    return e.Answered.model_validate({**told, "credit": credit, "confidence": sure})


def came(study: Study, *answers: e.Answered, kind: e.SittingKind = "checkpoint") -> Came:
    sitting = Sitting(e.SittingStarted(sitting="s", kind=kind, scope=("vectors",), seed=1, questions=()), answers)
    return came_to(study.roadmap, study.progress, study.now(), sitting)


def written(study: Study, came: Came) -> str:
    return "\n".join(row.first + row.text.plain for row in result(came, study.roadmap, UNICODE))


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("checkpoint", True), ("review", True), ("exam", True), ("practice", False), ("cram", False), ("placement", False)],
)
def test_misses_of_what_counts_alone_point_at_what_lies_under_them(study: Study, kind: e.SittingKind, counts: bool) -> None:
    study.record(e.SittingStarted(sitting="s", kind="checkpoint", scope=("vectors",), seed=1, questions=()))
    for _ in range(LEECH):
        study.record(answered(0))
    found = came(study, answered(0), kind=kind)
    assert [gap.need.id for gap in found.gaps] == ["numbers"] * counts
    assert [leech.idea.id for leech in found.leeches] == ["length"] * counts


@pytest.mark.parametrize(("ideas", "first_try", "needed"), [(8, 5, 6), (6, 3, 4)])
def test_two_thirds_at_a_first_try_are_told_rounded_up(study: Study, ideas: int, first_try: int, needed: int) -> None:
    found = came(study, answered(1))
    assert found.here
    here = found.here._replace(ideas=ideas, shown=ideas, first_try=first_try)
    shown = found._replace(here=here)
    said = f"All {ideas} ideas shown, {first_try} of them at a first try; {needed} pass."
    said += f" A retake asks the {ideas - first_try} that weren't right at a first try."
    assert said in written(study, shown)


@pytest.mark.parametrize(
    ("shown", "first_try", "passed", "said"),
    [
        (1, 0, False, "The idea is shown, but not at a first try, which a pass takes. A retake asks it again."),
        (0, 0, False, "The idea isn't shown yet: a retake asks it again."),
        (1, 1, True, "✓ Passed: 1 of 1 idea shown"),
    ],
)
def test_a_topic_with_one_idea_is_told_as_one(study: Study, shown: int, first_try: int, passed: bool, said: str) -> None:
    found = came(study, answered(1))
    assert found.here
    here = found.here._replace(ideas=1, shown=shown, first_try=first_try, passed=passed)
    assert written(study, found._replace(here=here)).startswith(f"{said}\n")


@pytest.mark.parametrize(("credit", "sure", "named"), [(0, "certain", True), (0, "fairly", False), (1, "certain", False)])
def test_only_what_was_certain_and_missed_is_to_be_looked_at_first(study: Study, credit: float, sure: str, named: bool) -> None:
    assert ("look here first" in written(study, came(study, answered(credit, sure)))) == named


def test_a_retake_with_nothing_right_passes_nothing(study: Study) -> None:
    found = came(study, answered(0))
    assert found.here
    said = written(study, found._replace(here=found.here._replace(ideas=2, shown=2, first_try=2, passed=True)))
    assert said.startswith("0 of 1 right at a first try; the topic stays passed.\n")


def test_a_topic_whose_questions_are_all_retired_offers_no_retake(study: Study) -> None:
    found = came(study, answered(0))
    assert found.here
    said = written(study, found._replace(here=found.here._replace(ideas=0, shown=0, first_try=0)))
    assert said.startswith("No question of this topic is asked any more.\n")
    assert "retake" not in said


@pytest.mark.parametrize(
    ("missed", "back", "said"),
    [
        (0, None, ""),
        (1, None, "The idea you missed is due for review tomorrow."),
        (2, None, "The ideas you missed are due for review tomorrow, those you were certain of first."),
        (1, "2026-12-05", "The idea you missed comes back after your break."),
        (2, "2026-12-05", "The ideas you missed come back after your break, those you were certain of first."),
    ],
)
def test_an_exam_says_when_what_was_missed_comes_back(study: Study, missed: int, back: str | None, said: str) -> None:
    wrong = [answered(0).model_copy(update={"idea": idea}) for idea in ("length", "adding")[:missed]]
    found = came(study, answered(1, "guess"), *wrong, kind="exam")
    text = written(study, found._replace(outlook=found.outlook._replace(back=back)))
    assert said in text
    assert ("you missed" in text) == bool(said)
