"""Make the pictures of the documentation from the real program.

    python docs/pictures.py

Needs rsvg-convert and the font DejaVu Sans Mono; the program itself needs neither. A learner of the script's own has done a few
things, so that the screens look as they do in use.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["DLROADMAP_SIGNS"] = "unicode"
os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
for name in ("NO_COLOR", "COLORFGBG", "TMUX"):
    os.environ.pop(name, None)

from dlroadmap import standing
from dlroadmap import study as studies
from dlroadmap.events import SittingFinished
from dlroadmap.sitting import answer
from dlroadmap.study import Study, local_clock
from dlroadmap.tui.app import RoadmapApp

HERE = Path(__file__).parent
DONE = (
    "what-is-deep-learning",
    "dl-environment",
    "python-for-dl",
    "scientific-python",
    "linear-algebra",
    "calculus",
    "neurons-perceptron",
)
SIZE = (120, 36)
SEED = 0
"""The checkpoint in the picture begins with a single choice."""


async def screen(keys: list[str]) -> str:
    """Press keys in a fresh program and return the screen as SVG."""
    study = Study.open()
    for topic in DONE:
        event = standing.tick(study.roadmap.topics[topic], study.progress)
        if event:
            study.record(event)
    study.keep_place("map", "activation-functions")
    app = RoadmapApp(study)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        app.clear_notifications()
        await pilot.pause(0.3)
        svg = app.export_screenshot(title="dlroadmap")
    study.close()
    return svg


def remember(names: tuple[str, ...], days: int) -> None:
    """Pass checkpoints some days ago, so that something is due."""
    ago = local_clock() - timedelta(days=days)
    with closing(Study.open(clock=lambda: ago)) as study:
        for name in names:
            sitting = study.begin_checkpoint(study.roadmap.topics[name])
            while sitting and (turn := sitting.turn):
                question = study.bank(turn.topic).find(turn.topic, turn.question)
                assert question is not None  # noqa: S101 it was just drawn
                given = question.solution(sitting.variant(turn, question))
                event, _ = answer(sitting, question, given, confidence="fairly", seconds=25, hint=False)
                study.record(event)
                sitting = sitting.answered(event)
            if sitting:
                study.record(SittingFinished(sitting=sitting.started.sitting))


def draw(name: str, keys: list[str]) -> None:
    """Write the screen after some keys as NAME.png."""
    svg = asyncio.run(screen(keys)).replace("Fira Code", "DejaVu Sans Mono")
    with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as file:
        file.write(svg.replace("<text ", '<text xml:space="preserve" '))
        file.flush()
        command = ["rsvg-convert", "--width", "1200", "--output", str(HERE / f"{name}.png"), file.name]
        subprocess.run(command, check=True)  # noqa: S603 the command is fixed


def main() -> int:
    """Draw all of them."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["DLROADMAP_HOME"] = home
        draw("map", [])
        with patch.object(studies, "_seed", lambda: SEED):
            draw("question", ["c", "1", "enter"])
        draw("search", ["slash", *"gradient"])
        remember(("what-is-deep-learning", "linear-algebra", "calculus"), 9)
        draw("review", ["2"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
