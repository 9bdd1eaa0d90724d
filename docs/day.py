"""Live a day with dlroadmap line by line, typed by this script, and put its transcript into docs/accessibility.md.

    python docs/day.py

The learner's files lie in a temporary folder, the clock moves with what is typed, and chance has the same seed each time: so the
page changes only where the program or the roadmap does. Three weeks before the day the learner passed a checkpoint.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from dlroadmap import study as studies
from dlroadmap.cli import answering, lines
from dlroadmap.cli.answering import Asked
from dlroadmap.cli.encoding import put
from dlroadmap.cli.run import run
from dlroadmap.events import SittingFinished
from dlroadmap.question import Bank
from dlroadmap.sitting import answer, practice
from dlroadmap.study import Study

PAGE = Path(__file__).with_name("accessibility.md")
BEGIN, END = "<!-- day -->\n", "<!-- end of the day -->\n"
KINDS = {"choice", "multi", "numeric", "text", "order", "match", "open"}
COUNT = 8
EVENING = datetime(2026, 3, 23, 19, tzinfo=UTC)


class Typist:
    """Answers what is asked: mostly right, the first choice wrong, the first number not known, the first hint taken."""

    def __init__(self) -> None:
        self.asked: Asked | None = None
        self.now = EVENING
        self.seen = 0
        self.done: set[str] = set()
        self.model = False

    def look(self, paper: object, asked: Asked) -> None:
        """Remember the question that is printed."""
        if asked is not self.asked:
            self.asked, self.model, self.seen = asked, False, self.seen + 1
        PRINT(paper, asked)  # type: ignore[arg-type] # a Paper

    def line(self, prompt: str) -> str:
        """Print the prompt with what is typed behind it, some seconds later."""
        self.now += timedelta(seconds=20)
        typed = self.reply(prompt)
        put(f"{prompt}{typed}")
        return typed

    def reply(self, prompt: str) -> str:
        """Return what is typed."""
        if prompt.startswith("How sure"):
            return ("", "c", "g")[self.seen % 3]
        assert self.asked is not None  # noqa: S101 a prompt follows a question
        question = self.asked.question
        if question.kind == "open" and not self.model:
            self.model = True
            return ""
        if question.kind == "numeric" and self._first("unknown"):
            return "."
        if question.hint and self._first("hint"):
            return "?"
        return self.solution(wrong=question.kind == "choice" and self._first("wrong"))

    def _first(self, what: str) -> bool:
        """Tell whether this is done for the first time."""
        first = what not in self.done
        self.done.add(what)
        return first

    def solution(self, *, wrong: bool) -> str:
        """Return the right answer as one types it, or a wrong choice."""
        assert self.asked is not None  # noqa: S101 as above
        question, variant, things = self.asked
        right = question.solution(variant)
        if isinstance(right, str):
            if not things:
                return right
            at = things.index(right)
            return str((at + 1) % len(things) + 1 if wrong else at + 1)
        parts = [pair[1] if isinstance(pair, tuple) else pair for pair in right or ()]
        return " ".join(str(things.index(part) + 1) for part in parts)


PRINT = lines.print_question


def day(roadmap: str | None = None) -> str:
    """Live the day on a roadmap, in a home of its own, and return its transcript."""
    with _home():
        return _lived(roadmap)


def _lived(roadmap: str | None) -> str:
    named = ["--roadmap", roadmap] if roadmap else []
    topic, phase, seed = _before(roadmap)
    steps = [
        ["--plain"],
        ["next", "--plain"],
        ["show", topic, "--plain"],
        ["quiz", phase, "--count", str(COUNT), "--plain"],
        ["review", "--plain"],
        ["note", topic, "Ask", "why", "depth", "helps.", "--plain"],
        ["search", "depth helps", "--plain"],
        ["stats", "--plain"],
    ]
    said = io.StringIO()
    typist = Typist()
    with (
        contextlib.redirect_stdout(said),
        patch.object(lines, "print_question", typist.look),
        patch.object(lines, "ask", typist.line),
        patch.object(answering, "ask", typist.line),
        _fate(lambda: typist.now, seed),
    ):
        for words in steps:
            put(f"$ {shlex.join(['dlroadmap', *words])}")
            code = run([*named, *words])
            assert code == 0, words  # noqa: S101 a day that fails is not written down
            put("")
    return "\n".join(line.rstrip() for line in said.getvalue().strip().splitlines()) + "\n"


def _before(roadmap: str | None) -> tuple[str, str, int]:
    """Pass a first checkpoint three weeks ago; return the topic, a phase, and a seed that draws questions of every kind."""
    ago = EVENING - timedelta(days=21)
    with _fate(lambda: ago, 0), contextlib.closing(Study.open(roadmap)) as study:
        first = next(topic for topic in study.roadmap.topics.values() if topic.asked)
        sitting = study.begin_checkpoint(first)
        while sitting and (turn := sitting.turn):
            question = study.bank(turn.topic).find(turn.topic, turn.question)
            assert question is not None  # noqa: S101 it was just drawn
            given = question.solution(sitting.variant(turn, question))
            event, _ = answer(sitting, question, given, confidence="fairly", seconds=25, hint=False)
            study.record(event)
            sitting = sitting.answered(event)
        if sitting:
            study.record(SittingFinished(sitting=sitting.started.sitting))
        return first.id, *_draw(study)


def _draw(study: Study) -> tuple[str, int]:
    for phase in study.roadmap.phase:
        topics = [topic for topic in phase.topic if topic.questions]
        every = Bank.model_construct(question=tuple(q for t in topics for q in study.bank(t.id).by_topic.get(t.id, ())))
        if {question.kind for question in every.question} >= KINDS:
            for seed in range(5000):
                drawn = practice(topics, every, study.progress, sitting="", seed=seed, count=COUNT)
                kinds = [every.find(p.topic, p.question) for p in drawn.questions] if drawn else []
                if {question.kind for question in kinds if question} >= KINDS:
                    return phase.id, seed
    raise SystemExit("no phase has questions of every kind")


@contextlib.contextmanager
def _fate(clock: studies.Clock, seed: int) -> Iterator[None]:
    """Leave nothing to the moment and to chance: each study has this clock and draws with this seed."""
    ids = itertools.count()
    with (
        patch.dict(Study.open.__func__.__kwdefaults__, clock=clock),  # type: ignore[attr-defined] # a class method
        patch.object(studies, "_seed", lambda: seed),
        patch.object(studies, "_fresh", lambda: f"{clock():%y%m%d}{next(ids):06}"),
    ):
        yield


@contextlib.contextmanager
def _home() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"DLROADMAP_HOME": home, "COLUMNS": "80"}):
        yield


def page() -> str:
    """Return the page's text with the day in its place."""
    text = PAGE.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE.name}: the lines {BEGIN.strip()} and {END.strip()} are not there")
    return f"{head}{BEGIN}```text\n{day()}```\n{END}{tail}"


def main() -> int:
    """Write the transcript into the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
