"""What a sitting came to: leeches, the gap that lies under them, an exam by topic."""

from __future__ import annotations

from tests.histories import BEGAN
from tests.test_review import IDEAS, ROADMAP, after, answer, at, started

from dlroadmap import events as e
from dlroadmap.events import Event
from dlroadmap.progress import Progress
from dlroadmap.result import by_topic, gap, gaps, leeches
from dlroadmap.review import LEECH


def test_an_idea_missed_twice_points_at_the_weakest_need() -> None:
    twice: list[Event | tuple[float, Event]] = [answer("tb", "ia", 0), (1.0, answer("tb", "ia", 0))]
    never = gap(ROADMAP, after(*twice), at(2), "tb", "ia")
    assert never is not None
    assert never.words == "You missed this twice. TB rests on TA, never tested: test that?"
    known = [answer("ta", i) for i in IDEAS]
    weaker = gap(ROADMAP, after(*known, answer("td", "ia"), (0.5, answer("tb", "ia", 0)), twice[1]), at(2), "tb", "ia")
    assert weaker is not None
    assert weaker.need.id == "td"
    assert weaker.words.startswith("You missed this twice. TB rests on TD, known today 0.9 of 3")
    assert not weaker.passed
    assert weaker.words.endswith(": test that?")


def test_a_need_that_was_passed_is_reviewed_whole() -> None:
    passed = [e.SittingStarted(sitting="s", kind="checkpoint", scope=("ta",), seed=1, questions=())]
    known = [answer(t, i) for t in ("ta", "td") for i in IDEAS]
    missed = [(50.0, answer("tb", "ia", 0)), (51.0, answer("tb", "ia", 0))]
    found = gap(ROADMAP, after(*passed, *known, *missed), at(52), "tb", "ia")
    assert found is not None
    assert (found.need.id, found.passed) == ("ta", True)
    assert found.words.endswith(": review that?")


def test_no_gap_after_one_miss_without_needs_or_with_all_of_them_known() -> None:
    assert gap(ROADMAP, after(answer("tb", "ia", 0)), at(1), "tb", "ia") is None
    assert gap(ROADMAP, after(answer("tc", "ia", 0), (1, answer("tc", "ia", 0))), at(2), "tc", "ia") is None
    known = [answer(t, i) for t in ("ta", "td") for i in IDEAS]
    assert gap(ROADMAP, after(*known, (0.1, answer("tb", "ia", 0)), (1, answer("tb", "ia", 0))), at(1), "tb", "ia") is None
    assert gap(ROADMAP, Progress(), at(1), "tb", "gone") is None


def test_what_lies_under_several_misses_is_named_once_and_leeches_with_it() -> None:
    often = [(n * 2.0, answer("tb", i, 0)) for n in range(LEECH) for i in ("ia", "ib")]
    progress = after(*often)
    names = [("tb", "ia"), ("tb", "ib"), ("tc", "ia")]
    assert [g.need.id for g in gaps(ROADMAP, progress, at(20), names)] == ["ta"]
    assert [(x.topic.id, x.idea.id, x.misses) for x in leeches(ROADMAP, progress, names)] == [("tb", "ia", 6), ("tb", "ib", 6)]


def test_an_exam_by_topic_tells_the_worst_first() -> None:
    answers = [answer("ta", "ia"), answer("ta", "ib"), answer("tb", "ia"), answer("tb", "ib", 0)]
    rows = by_topic(ROADMAP, after(started("exam"), *answers), BEGAN, answers)
    assert [(row.topic.id, row.right, row.asked, row.solid) for row in rows] == [("tb", 1, 2, False), ("ta", 2, 2, True)]
    assert [round(row.known, 1) for row in rows] == [1.0, 2.0]
