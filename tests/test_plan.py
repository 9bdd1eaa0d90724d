"""The path one is on, and what comes next: never before its needs, and always to the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories import BEGAN, MACHINES

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.plan import Next, active_path, next_steps, overview, paths, what_to_do
from dlroadmap.progress import Progress, fold
from dlroadmap.roadmap import Path, Roadmap
from dlroadmap.standing import skip, tick, tick_step


def after(*events: Event, at: datetime = BEGAN) -> Progress:
    return fold(Entry(entry_id(n, MACHINES[0]), at + timedelta(minutes=n), event) for n, event in enumerate(events))


def ticked(*topics: str) -> list[Event]:
    return [e.TopicTicked(topic=topic) for topic in topics]


def offered(roadmap: Roadmap, *events: Event, minutes: int | None = None) -> list[str]:
    return [found.topic.id for found in next_steps(roadmap, after(*events), BEGAN, minutes)]


def first(roadmap: Roadmap, *events: Event, minutes: int | None = None) -> Next:
    return next(next_steps(roadmap, after(*events), BEGAN, minutes))


# Paths


def test_path_is_all_of_the_map_until_another_is_taken(small: Roadmap) -> None:
    assert active_path(small, Progress()).id == "all"
    assert active_path(small, after(e.PathChosen(path="short"))).id == "short"
    assert active_path(small, after(e.PathChosen(path="gone"))).id == "all"


def test_path_that_was_renamed_is_still_taken(small: Roadmap) -> None:
    renamed = small.model_copy(update={"path": (small.path[0].model_copy(update={"id": "brief", "aliases": ("short",)}),)})
    assert active_path(renamed, after(e.PathChosen(path="short"))).id == "brief"


def body(*topics: str) -> dict[str, Any]:
    return {"title": "Mine", "phase": [{"id": "a", "title": "A", "topics": list(topics)}]}


def test_own_path_is_one_of_them_while_something_of_it_is_there(small: Roadmap) -> None:
    assert set(paths(small, after(e.PathSaved(path="mine", body=body("numbers", "vectors"))))) == {"all", "short", "mine"}
    for unfit in (body("gone"), body(), {"title": "M"}, {"phase": 3}, {**body(), "x": 1}):
        assert set(paths(small, after(e.PathSaved(path="mine", body=unfit)))) == {"all", "short"}


def test_own_path_with_two_phases_of_one_id_is_left_out(small: Roadmap) -> None:
    twice = {"title": "Mine", "phase": [*body("numbers")["phase"], *body("vectors")["phase"]]}
    assert "mine" not in paths(small, after(e.PathSaved(path="mine", body=twice)))


def test_own_path_never_hides_one_of_the_roadmaps(small: Roadmap) -> None:
    assert paths(small, after(e.PathSaved(path="short", body=body("numbers"))))["short"] == small.path[0]
    assert paths(small, after(e.PathSaved(path="all", body=body("numbers"))))["all"].topics == tuple(small.topics)


def test_overview_counts_the_map_and_the_path(small: Roadmap) -> None:
    progress = after(*ticked("numbers", "attention"), e.TopicSkipped(topic="vectors"), e.PathChosen(path="short"))
    view = overview(small, progress, BEGAN)
    assert (view.path.id, view.all.topics, view.all.done, view.all.skipped) == ("short", 5, 2, 1)
    assert (view.on_path.topics, view.on_path.done, view.on_path.skipped) == (3, 1, 1)
    assert view.of_phase(("neurons", "attention")).done == 1


# What comes next


def test_first_step_of_the_first_topic_comes_first(small: Roadmap) -> None:
    found = first(small)
    assert (found.topic.id, found.action, found.minutes) == ("numbers", "step", 10)
    assert found.step is not None
    assert found.step.id == "primer"
    assert found.reason == "needs nothing before it; opens 1 topic; 1 h"


def test_then_the_practice_then_the_checkpoint_then_the_tick(small: Roadmap) -> None:
    done: list[Event] = []
    for step in ("primer", "count", "add"):
        assert (found := first(small, *done).step) is not None
        assert found.id == step
        done.append(e.StepTicked(topic="numbers", step=step))
    last = first(small, *done)
    assert (last.action, last.step, last.minutes) == ("checkpoint", None, 2)
    tried = [
        e.SittingStarted(sitting="s", kind="checkpoint", scope=("numbers",), seed=1, questions=()),
        e.Answered(sitting="s", topic="numbers", question="q", idea="adding", kind="text", given="x", credit=1, seconds=1),
    ]
    retake = first(small, *done, *tried)
    assert (retake.action, retake.minutes) == ("checkpoint", 1)  # as many minutes as it asks ideas
    slow = [e.Answered.model_validate({**dict(tried[1]), "kind": "choice", "credit": 0, "seconds": 300}) for _ in range(20)]
    assert first(small, *done, tried[0], *slow).minutes > 2  # at the learner's own pace
    attention = [*ticked("numbers", "vectors", "neurons", "training"), e.StepTicked(topic="attention", step="read")]
    assert first(small, *attention).action == "tick"


@pytest.mark.parametrize(
    ("events", "topics"),
    [
        ((), ["numbers"]),
        (ticked("numbers"), ["vectors"]),
        ([e.StepTicked(topic="numbers", step="add")], ["numbers", "vectors"]),
        (ticked("numbers", "vectors"), ["neurons"]),
        (ticked("numbers", "vectors", "neurons"), ["training", "attention"]),
        ([e.TopicSkipped(topic="numbers")], ["vectors"]),
        ([e.TopicKnown(topic="numbers")], ["vectors"]),
        (ticked("neurons"), ["numbers", "training"]),
        (ticked("numbers", "vectors", "neurons", "training", "attention"), []),
    ],
)
def test_topics_that_are_offered(small: Roadmap, events: list[Event], topics: list[str]) -> None:
    assert offered(small, *events) == topics


def test_what_is_under_way_comes_before_what_is_new(small: Roadmap) -> None:
    events = [*ticked("numbers", "vectors", "neurons"), e.StepTicked(topic="attention", step="read")]
    assert offered(small, *events) == ["attention", "training"]
    assert first(small, *events).reasons[0] == "in progress"


def test_what_rests_on_something_unfinished_comes_later_and_says_so(small: Roadmap) -> None:
    events = [e.StepTicked(topic="numbers", step="add")]
    [numbers, vectors] = next_steps(small, after(*events), BEGAN)
    assert numbers.reasons[0] == "in progress"
    assert vectors.reasons[0] == "rests on Numbers, which isn't done yet"


def test_what_rests_on_nothing_unfinished_comes_before_what_is_under_way_but_does(small: Roadmap) -> None:
    under_way = [e.StepTicked(topic=topic, step="x") for topic in ("vectors", "attention")]
    assert offered(small, *ticked("numbers", "neurons"), *under_way) == ["vectors", "training", "attention"]


def test_topic_that_opens_none_says_nothing_of_it(small: Roadmap) -> None:
    assert first(small, *ticked("numbers", "vectors", "neurons", "training")).reason == "needs met; 5 h"


def test_steps_that_fit_come_first(small: Roadmap) -> None:
    assert (found := first(small, e.StepTicked(topic="numbers", step="primer"), minutes=20).step) is not None
    assert found.id == "add"
    events = [*ticked("numbers", "vectors", "neurons"), e.StepTicked(topic="attention", step="gone")]
    assert offered(small, *events, minutes=45) == ["training", "attention"]
    assert offered(small, *events, minutes=90) == ["attention", "training"]


def test_of_what_doesnt_fit_the_shortest_comes_first(small: Roadmap) -> None:
    begun = [e.StepTicked(topic="numbers", step="primer")]
    assert first(small, *begun).minutes == 30
    assert first(small, *begun, minutes=1).minutes == 20
    events = [*ticked("numbers"), e.TopicKnown(topic="vectors"), e.TopicKnown(topic="neurons")]
    found = list(next_steps(small, after(*events), BEGAN, 0))
    assert [one.minutes for one in found] == sorted(one.minutes for one in found)


def test_on_a_path_only_its_topics_and_its_reasons(small: Roadmap) -> None:
    taken = e.PathChosen(path="short")
    assert offered(small, *ticked("numbers", "vectors", "neurons"), taken) == []
    assert "added to your path because a later topic needs it" in first(small, *ticked("numbers"), taken).reason
    assert "on your path" in first(small, *ticked("numbers", "vectors"), taken).reason


# A starting point


def test_from_a_starting_point_what_lies_before_it_comes_last(small: Roadmap) -> None:
    start = e.PathChosen(path="all", start="neurons")
    assert offered(small, start) == ["neurons", "numbers"]
    assert first(small, start).reasons[0] == "rests on Vectors, which isn't done yet"
    assert offered(small, start, *ticked("neurons")) == ["training", "attention", "numbers"]
    assert offered(small, start, *ticked("neurons", "training", "attention")) == ["numbers"]


def test_starting_point_may_have_been_renamed(small: Roadmap) -> None:
    assert offered(small, e.PathChosen(path="all", start="figures")) == ["numbers"]
    phases = small.phase
    neurons = phases[1].topic[0].model_copy(update={"aliases": ("cells",)})
    renamed = small.model_copy(
        update={"phase": (phases[0], phases[1].model_copy(update={"topic": (neurons, *phases[1].topic[1:])}))}
    )
    assert offered(renamed, e.PathChosen(path="all", start="cells"))[0] == "neurons"


def test_starting_point_that_is_gone_is_the_beginning(small: Roadmap) -> None:
    assert offered(small, e.PathChosen(path="all", start="gone")) == ["numbers"]


@st.composite
def graphs(draw: st.DrawFn) -> Roadmap:
    """Draw a roadmap of up to 8 topics in which each needs some of those before it, some with steps."""
    topics = []
    for n in range(draw(st.integers(1, 8))):
        needs = draw(st.lists(st.integers(0, n - 1), unique=True, max_size=3)) if n else []
        steps = [{"id": "p", "text": "P", "check": "c", "minutes": draw(st.sampled_from([5, 90]))}] if draw(st.booleans()) else []
        topics.append({"id": f"t{n}", "title": f"T{n}", "needs": [f"t{need}" for need in needs], "practice": steps})
    path = {"id": "p", "title": "P", "phase": [{"id": "a", "title": "A", "topics": [t["id"] for t in topics]}]}
    return Roadmap.model_validate(
        {"format": 1, "id": "g", "title": "G", "phase": [{"id": "one", "title": "One", "topic": topics}], "path": [path]}
    )


@given(graphs(), st.data())
def test_topic_with_an_untouched_need_is_never_offered_and_following_finishes_the_path(graph: Roadmap, data: st.DataObject) -> None:
    minutes = data.draw(st.sampled_from([None, 0, 30, 500]))
    progress, n = after(e.PathChosen(path=data.draw(st.sampled_from(["all", "p"])))), 1
    while found := list(next_steps(graph, progress, BEGAN, minutes)):
        view = overview(graph, progress, BEGAN)
        for one in found:
            assert all(view.where[need].standing != "todo" for need in one.topic.needs)
            assert not view.where[one.topic.id].done
        assert len({one.topic.id for one in found}) == len(found)
        one = data.draw(st.sampled_from(found))
        event: Any = (
            tick_step(one.topic, one.step.id, progress)
            if one.step and data.draw(st.booleans())
            else skip(one.topic, progress)
            if data.draw(st.integers(0, 9)) == 0
            else tick(one.topic, progress)
        )
        progress, n = progress.after(Entry(entry_id(n, "m"), BEGAN, event)), n + 1
        assert n < 50
    assert all(here.done or here.standing == "skipped" for here in overview(graph, progress, BEGAN).where.values())


@given(graphs(), st.data())
def test_any_start_leads_through_the_whole_path_what_lies_before_it_last(graph: Roadmap, data: st.DataObject) -> None:
    order = list(graph.topics)
    start = data.draw(st.sampled_from(order))
    progress, n, taken = after(e.PathChosen(path="all", start=start)), 1, []
    while found := next(next_steps(graph, progress, BEGAN), None):
        taken.append(found.topic.id)
        progress, n = progress.after(Entry(entry_id(n, "m"), BEGAN, e.TopicTicked(topic=found.topic.id))), n + 1
    assert sorted(taken) == sorted(order)
    assert set(taken[: len(order) - order.index(start)]) == set(order[order.index(start) :])


def test_every_path_of_the_roadmap_can_be_followed_to_its_end(small: Roadmap) -> None:
    for path in small.paths.values():
        assert isinstance(path, Path)
        events: list[Event] = [e.PathChosen(path=path.id)]
        while left := offered(small, *events):
            events += ticked(left[0])
        assert {event.topic for event in events if isinstance(event, e.TopicTicked)} == set(path.topics)


# In words and hours


def test_what_to_do_in_a_few_words(small: Roadmap) -> None:
    steps = {name: topic.steps for name, topic in small.topics.items()}

    def told(action: Any, topic: str, step: int = 0) -> str:
        return what_to_do(Next(small.topics[topic], action, steps[topic][step] if steps[topic] else None, 1, ()))

    assert told("step", "numbers") == "Count to ten."
    assert told("step", "numbers", 2) == "read: A primer"
    assert "A plotter" in told("step", "vectors", 1)
    assert told("checkpoint", "numbers") == "take its checkpoint"
    assert told("tick", "attention") == "tick it when you are done"
