"""A second program: `python -m tests.second` does what it is told on stdin, a JSON list a line, and answers with the event's id."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from tests.conftest import SMALL, Clock

from dlroadmap import events as e
from dlroadmap.places import Places
from dlroadmap.study import Study


def main() -> None:
    """Answer until the input ends."""
    study: Study | None = None
    clock = Clock()
    for line in sys.stdin:
        verb, *words = json.loads(line)
        if study and verb in ("open", "close"):
            study.close()
            study = None
        if verb == "open":
            home = Path(words[0])
            study = Study.open(str(SMALL / "roadmap.toml"), at=Places(home, home, home / "cache"), clock=clock)
        elif study and verb == "do":
            study.refresh()
            clock.now = datetime.fromisoformat(words[2])
            event: e.Event = e.TopicTicked(topic=words[1]) if words[0] == "tick" else e.TopicUnticked(topic=words[1])
            if words[0] == "undo":
                study.undo()
            else:
                study.record(event)
        elif study and verb == "count":
            study.refresh()
            print(json.dumps([len(study.journal.rows()), study.overview().all.done]), flush=True)  # noqa: T201 its answer
            continue
        print("null", flush=True)  # noqa: T201 its answer


if __name__ == "__main__":
    main()
