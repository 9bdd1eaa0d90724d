"""Every question of a reviewed phase was answered by somebody who saw it alone, as it stands now."""

from __future__ import annotations

import tomllib
from hashlib import sha256

import pytest

from dlroadmap.places import bundled
from dlroadmap.question import Bank, Question

CHECKPOINTS = bundled() / "checkpoints"


def fingerprint(question: Question) -> str:
    """Return what a review of a question is kept with: another one means that it was changed since."""
    return sha256(question.model_dump_json(exclude_defaults=True).encode()).hexdigest()[:12]


@pytest.mark.parametrize("phase", sorted(file.stem for file in CHECKPOINTS.glob("*.toml") if file.stem != "reviews"))
def test_no_question_changed_since_its_review(phase: str) -> None:
    reviews = tomllib.loads((CHECKPOINTS / "reviews.toml").read_text(encoding="utf-8"))["review"]
    reviewed = {(row["topic"], row["question"]): row["hash"] for row in reviews}
    bank = Bank.model_validate(tomllib.loads((CHECKPOINTS / f"{phase}.toml").read_text(encoding="utf-8")))
    for question in bank.question:
        assert question.key in reviewed, f"{phase}.toml: {'/'.join(question.key)} was never reviewed; let fresh eyes answer it"
        assert reviewed[question.key] == fingerprint(question), (
            f"{phase}.toml: {'/'.join(question.key)} changed since its review; let fresh eyes answer it again"
        )
