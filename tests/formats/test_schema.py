from __future__ import annotations

import tomllib
from pathlib import Path

import jsonschema
import pytest

from dlroadmap.formats.schema import schema, text
from dlroadmap.places import bundled


def test_the_file_is_what_the_models_say() -> None:
    assert (bundled() / "roadmap.schema.json").read_text(encoding="utf-8") == text(), (
        "run: python -m dlroadmap.formats.schema > data/roadmap.schema.json"
    )


def test_the_bundled_roadmap_is_valid_against_it() -> None:
    document = tomllib.loads((bundled() / "roadmap.toml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema()).validate(document)


@pytest.mark.parametrize(("key", "value"), [("titel", "x"), ("needs", "calculus"), ("hours", 0), ("questions", 5)])
def test_a_misspelt_or_wrong_key_of_a_topic_is_refused(key: str, value: object) -> None:
    topic = {"id": "a", "title": "A", key: value}
    document = {"format": 1, "id": "x", "title": "X", "phase": [{"id": "p", "title": "P", "topic": [topic]}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(document)


def test_checkpoint_files_hold_questions_of_the_schema() -> None:
    questions = {"$ref": "#/$defs/Question", "$defs": schema()["$defs"]}
    validator = jsonschema.Draft202012Validator(questions)
    for file in sorted(Path(bundled() / "checkpoints").glob("*.toml")):
        if file.name != "reviews.toml":
            for question in tomllib.loads(file.read_text(encoding="utf-8"))["question"]:
                validator.validate(question)
