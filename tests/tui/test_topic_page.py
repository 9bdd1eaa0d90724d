from __future__ import annotations

from tests.conftest import Clock

from dlroadmap import events as e
from dlroadmap.study import Study
from dlroadmap.tui.signs import UNICODE
from dlroadmap.tui.widgets.topic_page import topic_rows


def test_an_idea_is_told_what_is_left_of_it_or_that_it_was_missed(study: Study, clock: Clock) -> None:
    study.record(e.SittingStarted(sitting="s", kind="checkpoint", scope=("neurons",), seed=1, questions=()))
    told = {"sitting": "s", "topic": "neurons", "question": "weigh", "kind": "choice", "given": "4"}
    study.record(e.Answered.model_validate({**told, "idea": "weights", "credit": 1}))

    def tails() -> list[str]:
        neurons = study.roadmap.topics["neurons"]
        rows = topic_rows(study.roadmap, neurons, study.progress, study.overview(), UNICODE, study.now())
        return [row.tail for idea in neurons.idea for row in rows if row.text.plain == idea.text]

    assert tails() == ["100% today", ""]
    study.record(e.Answered.model_validate({**told, "idea": "bias", "credit": 0}))
    assert tails() == ["100% today", "missed"]


def test_one_idea_has_no_plural(study: Study) -> None:
    neurons = study.roadmap.topics["neurons"]
    gone = neurons.asked[0]
    for name, *_ in gone.asked_by:
        study.record(e.QuestionRetired(topic="neurons", question=name))

    def head() -> str:
        rows = topic_rows(study.roadmap, neurons, study.progress, study.overview(), UNICODE, study.now())
        return rows[0].text.plain

    assert head().endswith("passed 0 of 1 idea")
