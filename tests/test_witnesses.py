"""Formulas of questions with variables, each held against an independent computation: a loop, a small matrix, a simulation."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from dlroadmap.places import bundled
from dlroadmap.question import Bank, Numeric, Question

MODULES = sorted(file.stem for file in (Path(__file__).parent / "witnesses").glob("[a-z]*.py"))
WITNESSES: dict[str, Callable[..., float]] = {
    key: witness for name in MODULES for key, witness in import_module(f"tests.witnesses.{name}").WITNESSES.items()
}


@pytest.fixture(scope="module")
def questions() -> dict[str, Question]:
    found: dict[str, Question] = {}
    for file in (bundled() / "checkpoints").glob("*.toml"):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        if "question" in document:
            found |= {"/".join(q.key): q for q in Bank.model_validate(document).question}
    return found


@pytest.mark.parametrize("key", sorted(WITNESSES))
def test_the_key_is_what_an_independent_computation_gives(questions: dict[str, Question], key: str) -> None:
    question = questions[key]
    assert isinstance(question, Numeric)
    for variant in question.variants:
        value = WITNESSES[key](**variant)
        right = question.grade(variant, f"{value:.12g}").right
        assert right, f"{key} with {dict(variant)}: {value} against {question.solution(variant)}"


def test_there_are_many_witnesses() -> None:
    assert len(WITNESSES) >= 40
