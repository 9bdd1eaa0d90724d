"""The JSON schema of roadmap files, for editors: `#:schema ./roadmap.schema.json` at the top of the file.

python -m dlroadmap.formats.schema > data/roadmap.schema.json
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from dlroadmap.question import Question
from dlroadmap.roadmap import Roadmap


def schema() -> dict[str, Any]:
    """Return the schema of a roadmap's file, made from the models, with the questions that it may contain."""
    roadmap = Roadmap.model_json_schema()
    question = TypeAdapter(Question).json_schema()
    roadmap["$defs"] |= question.pop("$defs")
    roadmap["$defs"]["Question"] = question
    questions = {"type": "array", "items": {"$ref": "#/$defs/Question"}}
    roadmap["properties"]["question"] = questions
    roadmap["$defs"]["Topic"]["properties"]["question"] = questions
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **roadmap, "title": "A dlroadmap roadmap"}


def text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(text())
