"""A path of one's own: each topic behind what it needs, what it lacks put in and marked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_plan import graphs

from dlroadmap import events as e
from dlroadmap.events import Entry, entry_id
from dlroadmap.faults import path_faults
from dlroadmap.plan import arranged, own_path, path_body, path_id, paths
from dlroadmap.progress import fold
from dlroadmap.roadmap import Path, PathPhase, Roadmap

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


def test_needs_are_put_in_before_and_marked(small: Roadmap) -> None:
    made = own_path(small, "My Nets!", ["neurons"])
    assert (made.id, made.title) == ("my-nets", "My Nets!")
    assert [(p.id, p.title, p.topics, p.added) for p in made.phase] == [
        ("basics", "Basics", ("numbers", "vectors"), ("numbers", "vectors")),
        ("nets", "Nets", ("neurons",), ()),
    ]


def test_order_is_the_learners_as_far_as_needs_allow(small: Roadmap) -> None:
    made = own_path(small, "M", ["attention", "training", "vectors", "numbers"])
    assert made.topics == ("numbers", "vectors", "neurons", "attention", "training")
    assert made.added == {"neurons"}


def test_stretches_follow_the_roadmaps_phases_and_have_ids_of_their_own() -> None:
    topics = [{"id": name, "title": name} for name in "abcd"]
    phases = [{"id": "one", "title": "One", "topic": topics[:2]}, {"id": "two", "title": "Two", "topic": topics[2:]}]
    roadmap = Roadmap.model_validate({"format": 1, "id": "g", "title": "G", "phase": phases})
    made = own_path(roadmap, "M", ["a", "c", "b", "d"])
    assert [(p.id, p.topics) for p in made.phase] == [
        ("one", ("a",)),
        ("two", ("c",)),
        ("one-part-2", ("b",)),
        ("two-part-2", ("d",)),
    ]


@pytest.mark.parametrize("phase", ["x", "x" * 64, "x" * 49 + "-" + "x" * 14])
def test_stretches_fit_the_roadmap_whatever_its_phases_are_called(phase: str) -> None:
    topics = [{"id": name, "title": name} for name in "abcd"]
    phases = [{"id": "x-part-2", "title": "One", "topic": topics[:2]}, {"id": phase, "title": "Two", "topic": topics[2:]}]
    roadmap = Roadmap.model_validate({"format": 1, "id": "g", "title": "G", "phase": phases})
    for order in ("acbd", "cadb", "abcd"):
        made = own_path(roadmap, "M", order)
        assert list(path_faults(roadmap, made)) == []
        assert made.topics == tuple(order)
        assert len({one.id for one in made.phase}) == len(made.phase)


def test_arranging_leaves_a_sound_path_as_it_is(small: Roadmap) -> None:
    for path in small.paths.values():
        assert arranged(small, path) == path


def test_phase_whose_topics_all_moved_is_gone(small: Roadmap) -> None:
    first, second = PathPhase(id="a", title="A", topics=("vectors",)), PathPhase(id="b", title="B", topics=("numbers",))
    made = arranged(small, Path(id="p", title="P", phase=(first, second)))
    assert [(p.id, p.topics, p.added) for p in made.phase] == [("a", ("numbers", "vectors"), ())]


def test_needs_come_in_the_roadmaps_order_so_that_its_phases_stay_whole() -> None:
    """Depth first it was a, c, b, d: each phase in two pieces."""
    needs = {"a": (), "b": (), "c": ("a",), "d": ("b",), "e": ("c", "d")}
    topics = [{"id": name, "title": name, "needs": list(its)} for name, its in needs.items()]
    phases = [
        {"id": "one", "title": "One", "topic": topics[:2]},
        {"id": "two", "title": "Two", "topic": topics[2:4]},
        {"id": "three", "title": "Three", "topic": topics[4:]},
    ]
    roadmap = Roadmap.model_validate({"format": 1, "id": "g", "title": "G", "phase": phases})
    made = own_path(roadmap, "M", ["e"])
    assert [(p.id, p.topics) for p in made.phase] == [("one", ("a", "b")), ("two", ("c", "d")), ("three", ("e",))]


def test_a_chain_of_needs_may_be_long() -> None:
    topics = [{"id": f"t{n}", "title": "T", "needs": [f"t{n - 1}"] if n else []} for n in range(1500)]
    roadmap = Roadmap.model_validate({"format": 1, "id": "g", "title": "G", "phase": [{"id": "p", "title": "P", "topic": topics}]})
    assert len(own_path(roadmap, "M", ["t1499"]).topics) == 1500


def test_another_title_never_takes_a_paths_id(small: Roadmap) -> None:
    own: dict[str, Path] = {}
    for title in ("C way", "C++ way", "Мой путь", "学习", "C++ way"):
        made = own_path(small, title, ["numbers"], own)
        own[made.id] = made
    assert {path.id: path.title for path in own.values()} == {
        "c-way": "C way",
        "c-way-2": "C++ way",
        "path": "Мой путь",
        "path-2": "学习",
    }


@pytest.mark.parametrize("title", ["", "  ", "\u200b"])
def test_path_without_a_name_is_refused(small: Roadmap, title: str) -> None:
    with pytest.raises(ValueError, match="a path needs a name"):
        own_path(small, title, ["numbers"])


@pytest.mark.parametrize("title", ["short", "Short!", "the SHORT  way", "The short: way", "All"])
def test_name_by_which_the_roadmaps_own_path_is_found_is_refused(small: Roadmap, title: str) -> None:
    with pytest.raises(ValueError, match="the roadmap has a path of that name"):
        own_path(small, title, ["numbers"])


@given(st.text(max_size=100))
def test_id_of_any_title_is_one(title: str) -> None:
    assert Path(id=path_id(title), title="T", phase=(PathPhase(id="a", title="A"),))


@given(graphs(), st.data())
def test_own_path_of_any_topics_fits_the_roadmap_and_comes_back_from_its_event(graph: Roadmap, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(list(graph.topics)), min_size=1))
    made = own_path(graph, "Mine", chosen)
    assert not list(path_faults(graph, made))
    assert set(made.topics) - made.added == set(chosen)
    assert arranged(graph, made) == made
    saved = e.PathSaved(path=made.id, body=path_body(made))
    again = e.PathSaved.model_validate_json(saved.model_dump_json())
    assert paths(graph, fold([Entry(entry_id(1, "m"), NOW, again)]))["mine"] == made


@pytest.mark.parametrize(
    ("topics", "then", "added"),
    [
        (["vectors"], ("numbers", "vectors"), {"numbers"}),
        (["vectors", "numbers"], ("numbers", "vectors"), set()),
        (["gone", "numbers"], ("numbers",), set()),
        (["figures", "vectors"], ("numbers", "vectors"), set()),
        (["numbers", "numbers"], ("numbers",), set()),
    ],
)
def test_own_path_follows_a_roadmap_that_was_edited(
    small: Roadmap, topics: list[str], then: tuple[str, ...], added: set[str]
) -> None:
    body = {"title": "Mine", "phase": [{"id": "a", "title": "A", "topics": topics, "added": ["gone"]}]}
    mine = paths(small, fold([Entry(entry_id(1, "m"), NOW, e.PathSaved(path="mine", body=body))]))["mine"]
    assert mine.topics == then
    assert set(mine.added) == added
