"""The bundled content, held to docs/authoring.md; a test that fails names the file, the line and the cure."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from dlroadmap.library import examine
from dlroadmap.places import bundled
from dlroadmap.question import Bank, Choice, Multi, Question
from dlroadmap.roadmap import Roadmap

EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2705\u2728\u274c\ufe0f]")
DEEP = {"neural-networks", "training", "computer-vision", "transformers", "foundation-models", "efficient-training"}
"""The practical heart: a dozen questions for each topic."""
DIAGNOSES = 25
"""At least so many questions show the trace of a training run."""


@pytest.fixture(scope="module")
def content() -> tuple[Roadmap, Bank]:
    roadmap, bank, faults = examine(bundled() / "roadmap.toml")
    assert roadmap is not None, "\n".join(map(str, faults))
    return roadmap, bank


def test_no_fault_and_no_warning() -> None:
    _, _, faults = examine(bundled() / "roadmap.toml")
    assert not faults, "\n".join(map(str, faults))


def test_the_whole_map(content: tuple[Roadmap, Bank]) -> None:
    roadmap, _ = content
    assert len(roadmap.phase) == 13
    assert len(roadmap.topics) == 89
    careers = {"deep-learning-engineer", "ai-engineer", "research-scientist", "applied-ml-engineer"}
    sources = {"three-levels", "four-phases", "fourteen-sections", "foundations-to-research", "ten-phases"}
    assert set(roadmap.paths) == {"all"} | careers | sources


def topics() -> Iterator[Any]:
    document = tomllib.loads((bundled() / "roadmap.toml").read_text(encoding="utf-8"))
    for phase in document["phase"]:
        for topic in phase["topic"]:
            yield pytest.param(topic["id"], id=topic["id"])


@pytest.mark.parametrize("name", list(topics()))
def test_a_topic_has_all_that_a_page_shows(content: tuple[Roadmap, Bank], name: str) -> None:
    topic = content[0].topics[name]
    for field in ("summary", "why", "analogy", "example", "checked"):
        assert getattr(topic, field), f"{name}: no {field}"
    assert 4 <= len(topic.idea) <= 8
    assert all(idea.can for idea in topic.idea), f"{name}: an idea without what one can do"
    assert 2 <= len(topic.pitfalls) <= 4
    assert 3 <= len(topic.practice) <= 6
    assert 2 <= len(topic.resource) <= 5
    assert len({resource.kind for resource in topic.resource}) > 1, f"{name}: resources all of one kind"
    assert topic.hours <= 10 or len(topic.practice) >= 4, f"{name}: over ten hours wants steps that each feel like progress"
    found = EMOJI.search(topic.model_dump_json())
    assert not found, f"{name}: an emoji, {found}"


def phases() -> Iterator[Any]:
    document = tomllib.loads((bundled() / "roadmap.toml").read_text(encoding="utf-8"))
    return (pytest.param(phase["id"], id=phase["id"]) for phase in document["phase"])


def bank_by_phase(content: tuple[Roadmap, Bank], phase: str) -> dict[str, tuple[Question, ...]]:
    roadmap, bank = content
    found = next(p for p in roadmap.phase if p.id == phase)
    return {topic.id: bank.by_topic.get(topic.id, ()) for topic in found.topic}


@pytest.mark.parametrize("phase", list(phases()))
def test_a_checkpoint_has_enough_questions_of_enough_kinds(content: tuple[Roadmap, Bank], phase: str) -> None:
    found = bank_by_phase(content, phase)
    assert all(idea.questions >= 2 for name in found for idea in content[0].topics[name].idea)
    for topic, questions in found.items():
        assert len(questions) >= (12 if phase in DEEP else 10), topic
        assert len({q.kind for q in questions}) >= 3, topic
        assert len({(q.ask, q.code) for q in questions}) == len(questions), f"{topic}: two questions ask the same"


def test_all_seven_kinds_are_in_use_and_numbers_vary(content: tuple[Roadmap, Bank]) -> None:
    _, bank = content
    kinds = Counter(q.kind for q in bank.question)
    assert set(kinds) == {"choice", "multi", "numeric", "text", "order", "match", "open"}
    assert sum(len(q.variants) > 1 for q in bank.question) >= 80
    assert sum(q.code is not None for q in bank.question) >= 120
    assert sum(q.level == 1 for q in bank.question) <= len(bank.question) / 3
    assert sum(q.code is not None for q in bank.by_topic["debugging-training"]) >= DIAGNOSES
    assert kinds["choice"] <= 0.55 * len(bank.question)
    assert kinds["text"] <= 0.05 * len(bank.question)


def test_every_variant_grades_its_own_solution_right(content: tuple[Roadmap, Bank]) -> None:
    for question in content[1].question:
        for variant in question.variants:
            assert question.grade(variant, question.solution(variant)).right, f"{question.key} with {variant}"


def test_every_option_is_explained(content: tuple[Roadmap, Bank]) -> None:
    for question in content[1].question:
        if isinstance(question, Choice | Multi):
            assert all(option.why for option in question.options), question.key
        assert len(question.why) >= 60, question.key
