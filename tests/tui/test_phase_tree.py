from __future__ import annotations

import pytest
from tests.conftest import Clock

from dlroadmap import events as e
from dlroadmap.study import Study
from dlroadmap.tui.signs import UNICODE
from dlroadmap.tui.widgets.phase_tree import PhaseTree


@pytest.mark.parametrize(("ideas", "sign"), [(("adding",), UNICODE.doing), (("adding", "doubling"), UNICODE.due)])
def test_due_ideas_are_told_of_a_topic_that_is_done_and_not_of_one_in_progress(
    study: Study, clock: Clock, ideas: tuple[str, ...], sign: str
) -> None:
    study.record(e.SittingStarted(sitting="s", kind="checkpoint", scope=("numbers",), seed=1, questions=()))
    for idea in ideas:
        study.record(
            e.Answered(sitting="s", topic="numbers", idea=idea, question="double-of-three", kind="text", given="six", credit=1)
        )
    clock.move(days=60)
    view, tree = study.overview(), PhaseTree(UNICODE)
    assert view.where["numbers"].due == len(ideas)
    tree.show(study.roadmap, view)
    assert tree._label("numbers", 30).plain.startswith(f"{sign} Numbers ")
