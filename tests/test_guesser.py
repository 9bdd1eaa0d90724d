"""The guesser: it finds the habits that give answers away, and nothing where there are none."""

from __future__ import annotations

import random
import tomllib
from typing import Any

from dlroadmap.guesser import ENOUGH, guesses
from dlroadmap.places import bundled
from dlroadmap.question import Bank


def bank(make: Any, count: int = 60) -> Bank:
    """Return so many single choices with four options, the right one first; make returns their texts."""
    dice = random.Random(1)
    rows = []
    for n in range(count):
        texts = make(dice, n)
        options = [{"text": text, "right": m == 0} for m, text in enumerate(texts)]
        dice.shuffle(options)
        told = {"topic": "t", "id": f"q{n}", "idea": "i", "kind": "choice", "level": 1, "ask": f"Which {n}?"}
        rows.append({**told, "options": options})
    return Bank.model_validate({"question": rows})


def same(dice: random.Random, n: int) -> list[str]:
    return [f"{m}{dice.randrange(100, 999)}" for m in range(4)]


def test_options_alike_leave_the_guesser_at_chance() -> None:
    found = guesses(bank(same, 400).question)
    assert found.questions == 400
    assert found.chance == 0.25
    assert abs(found.guesser - 0.25) < 0.08
    assert not found.warnings


def test_the_longest_option_gives_itself_away() -> None:
    found = guesses(bank(lambda dice, n: [same(dice, n)[0] + " and much more", *same(dice, n)[1:]]).question)
    assert found.longest == 1
    assert found.guesser == 1
    assert len(found.warnings) == 2


def test_absolutes_on_wrong_options_give_the_right_one_away() -> None:
    found = guesses(bank(lambda dice, _: [f"{dice.randrange(9)} often it is", *(f"{m} always it is" for m in range(3))]).question)
    assert found.guesser > 0.9
    assert any("by form" in text for text in found.warnings)


def test_few_questions_tell_nothing_and_none_are_no_fault() -> None:
    few = guesses(bank(lambda *_: ["the longest of all of them", "a", "b", "c"], ENOUGH - 1).question)
    assert few.longest == 1
    assert not few.warnings
    assert guesses(()).questions == 0


def test_the_bundled_bank_is_near_chance() -> None:
    every = [
        question
        for file in (bundled() / "checkpoints").glob("*.toml")
        if "question" in (document := tomllib.loads(file.read_text(encoding="utf-8")))
        for question in Bank.model_validate(document).question
    ]
    found = guesses(every)
    assert found.questions >= 100
    assert not found.warnings
