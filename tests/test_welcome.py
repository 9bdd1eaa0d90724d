"""Which answers give which path and start, and where a placement lands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from itertools import product
from pathlib import Path as FilePath
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlroadmap import events as e
from dlroadmap.events import Entry, entry_id
from dlroadmap.formats.roadmap_toml import parse
from dlroadmap.places import bundled
from dlroadmap.plan import next_steps, overview, paths
from dlroadmap.progress import Progress, fold
from dlroadmap.question import Bank
from dlroadmap.roadmap import Path, Roadmap
from dlroadmap.welcome import GOALS, HOURS, LEVELS, PATHS, PLACED_BY, Goal, Level, fitting, placed, placement, suggestion

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
ANSWERS = list(product(get_args(Level), get_args(Goal), HOURS))


@pytest.mark.parametrize(("level", "goal", "hours"), ANSWERS)
def test_any_answers_give_a_path_that_exists_and_a_start_that_lies_on_it(
    small: Roadmap, level: Level, goal: Goal, hours: int
) -> None:
    found = suggestion(small, level, goal, hours)
    assert found.path in small.paths.values()
    assert found.start.id in found.path.topics
    plan, chosen = found.events()
    assert (plan.level, plan.goal, plan.hours) == (level, goal, hours)
    progress = fold(Entry(entry_id(n, "m"), NOW, event) for n, event in enumerate((plan, chosen)))
    assert overview(small, progress, NOW).path.id == found.path.id
    following = next(next_steps(small, progress, NOW))
    assert following.topic.id == found.start.id
    assert found.path.title in found.words(small, date(2026, 6, 3))


def test_what_fits_level_and_goal_is_named_until_it_is_taken(small: Roadmap) -> None:
    def fits(*recorded: e.Event) -> tuple[str, str] | None:
        progress = fold(Entry(entry_id(n, "m"), NOW, event) for n, event in enumerate(recorded))
        found = fitting(small, progress)
        return (found.path.id, found.start.id) if found else None

    told = e.PlanSet(level="trained", goal="research")
    assert fits() is None
    assert fits(e.PathChosen(path="all", start="neurons")) is None  # nothing was told that it might not fit
    assert fits(told) == ("all", "attention")
    assert fits(told, e.PathChosen(path="all", start="attention")) is None
    assert fits(e.PlanSet(level="new")) is None


def test_answers_are_all_named() -> None:
    assert set(LEVELS) == set(get_args(Level))
    assert set(GOALS) == set(PATHS) == set(get_args(Goal))


def test_levels_start_at_the_beginning_at_the_second_phase_and_at_the_first_advanced_topic(small: Roadmap) -> None:
    starts = [suggestion(small, level, "understand", 5).start.id for level in get_args(Level)]
    assert starts == ["numbers", "neurons", "attention"]


def test_path_with_one_phase_and_nothing_advanced_starts_at_its_beginning(small: Roadmap) -> None:
    path = small.path[0].model_copy(update={"id": PATHS["build"]})
    roadmap = small.model_copy(update={"path": (path,)})
    for level in get_args(Level):
        found = suggestion(roadmap, level, "build", 5)
        assert (found.path.id, found.start.id) == (path.id, "numbers")
        assert found.events()[1] == e.PathChosen(path=path.id, start=None)


def test_hours_are_those_from_the_start_on(small: Roadmap) -> None:
    assert suggestion(small, "new", "understand", 5).hours == 15
    assert suggestion(small, "trained", "understand", 5).hours == 5
    words = suggestion(small, "new", "understand", 5).words(small, date(2026, 6, 3))
    assert "5 topics, about 15 h. First: Numbers (1 h), then Vectors (2 h). At 5 h a week that is about 3 weeks" in words


def test_hours_before_the_start_are_told_so_that_all_of_the_path_is(small: Roadmap) -> None:
    found = suggestion(small, "trained", "understand", 5)
    rest = sum(topic.hours for topic in small.topics.values()) - found.hours
    assert rest > 0
    assert f"What lies before it, {rest:.0f} h, stays open and comes last" in found.words(small, date(2026, 6, 3))
    assert "lies before" not in suggestion(small, "new", "understand", 5).words(small, date(2026, 6, 3))


def test_one_topic_and_less_than_a_week_are_told_as_that(small: Roadmap) -> None:
    path = Path.model_validate({"id": PATHS["build"], "title": "P", "phase": [{"id": "a", "title": "A", "topics": ["numbers"]}]})
    words = suggestion(small.model_copy(update={"path": (path,)}), "new", "build", 5).words(small, date(2026, 6, 3))
    assert words.startswith(
        "Path P: 1 topic, about 1 h. First: Numbers (1 h). At 5 h a week that is less than a week, or until June"
    )


# The placement


def bank_of(bank: Bank, _topic: str) -> Bank:
    return bank


def test_placement_asks_one_question_a_topic_in_the_paths_order_and_counts_for_nothing(small: Roadmap, bank: Bank) -> None:
    started = placement(small, small.paths["all"], partial(bank_of, bank), Progress(), sitting="s", seed=3)
    assert started is not None
    assert (started.kind, started.scope) == ("placement", ())
    order = list(small.topics)
    asked = [order.index(planned.topic) for planned in started.questions]
    assert asked == sorted(set(asked))
    assert 0 < len(asked) <= PLACED_BY
    assert all(planned.spare is None for planned in started.questions)


def test_placement_asks_no_topic_that_was_skipped(small: Roadmap, bank: Bank) -> None:
    skipped = Progress().after(e.Entry("00000000000001-a", datetime(2026, 6, 3, tzinfo=UTC), e.TopicSkipped(topic="vectors")))
    started = placement(small, small.paths["all"], partial(bank_of, bank), skipped, sitting="s", seed=3)
    assert started is not None
    assert "vectors" not in {planned.topic for planned in started.questions}


def test_placement_of_a_path_without_questions_is_none(small: Roadmap, bank: Bank) -> None:
    path = Path.model_validate({"id": "p", "title": "P", "phase": [{"id": "a", "title": "A", "topics": ["attention"]}]})
    assert placement(small, path, partial(bank_of, bank), Progress(), sitting="s", seed=3) is None


def answers(marks: str, confidence: Any = "fairly") -> list[e.Answered]:
    """One answer for each topic t0, t1, …: + right, x wrong."""
    return [
        e.Answered(
            sitting="s",
            topic=f"t{n}",
            question="q",
            idea="i",
            kind="choice",
            given="",
            credit=float(mark == "+"),
            confidence=confidence,
        )
        for n, mark in enumerate(marks)
    ]


LINE = Path.model_validate({"id": "p", "title": "P", "phase": [{"id": "a", "title": "A", "topics": [f"t{n}" for n in range(8)]}]})


@pytest.mark.parametrize(
    ("marks", "start"),
    [
        ("", "t0"),
        ("x", "t0"),
        ("+", "t1"),
        ("xxxxxxxx", "t0"),
        ("++++++++", "t7"),
        ("++++xxxx", "t4"),
        ("+++x+xxx", "t3"),
        ("+x+x+x+x", "t1"),
        ("xxxx++++", "t0"),
        ("x+++xxxx", "t4"),
    ],
)
def test_placed_where_right_answers_turn_into_misses(marks: str, start: str) -> None:
    assert placed(LINE, answers(marks)).start == start


def test_placed_takes_a_right_guess_for_a_miss() -> None:
    assert placed(LINE, answers("++++xxxx", "guess")).start == "t0"


def test_placed_after_a_placement_that_was_left_early_or_of_few_topics() -> None:
    assert placed(LINE, answers("++")).start == "t2"
    sparse = [one.model_copy(update={"topic": topic}) for one, topic in zip(answers("++x"), ("t1", "t4", "t6"), strict=True)]
    assert placed(LINE, sparse).start == "t5"


def test_placed_minds_the_paths_order_and_no_topic_off_the_path() -> None:
    found = placed(LINE, answers("+++xx")[::-1])
    assert (found.start, found.known) == ("t3", 3)
    assert [one.topic for one in found.answers] == ["t0", "t1", "t2", "t3", "t4"]
    off = answers("+")[0].model_copy(update={"topic": "elsewhere"})
    assert placed(LINE, [off, *answers("+x")]).start == "t1"


@given(st.lists(st.sampled_from("+x"), max_size=8).map("".join))
def test_placed_lies_on_the_path_and_never_before_what_one_more_right_answer_gives(marks: str) -> None:
    start = placed(LINE, answers(marks)).start
    assert start in LINE.topics
    if "x" in marks:
        better = placed(LINE, answers(marks.replace("x", "+", 1))).start
        assert LINE.topics.index(better) >= LINE.topics.index(start)


def test_own_path_can_be_placed_on(small: Roadmap, bank: Bank) -> None:
    saved = e.PathSaved(path="mine", body={"title": "M", "phase": [{"id": "a", "title": "A", "topics": ["numbers", "vectors"]}]})
    mine = paths(small, fold([Entry(entry_id(1, "m"), NOW, saved)]))["mine"]
    started = placement(small, mine, partial(bank_of, bank), Progress(), sitting="s", seed=1)
    assert started is not None
    assert {planned.topic for planned in started.questions} <= {"numbers", "vectors"}


def test_table_of_the_docs_is_what_the_bundled_roadmap_gives() -> None:
    document = parse((bundled() / "roadmap.toml").read_bytes(), "roadmap.toml").document
    roadmap = Roadmap.model_validate(document)
    page = (FilePath(__file__).parents[1] / "docs" / "getting-started.md").read_text(encoding="utf-8")
    for goal in get_args(Goal):
        made = [suggestion(roadmap, level, goal, 5) for level in get_args(Level)]
        assert f"| {goal} | {made[0].path.title} | {' | '.join(one.start.title for one in made)} |" in page
