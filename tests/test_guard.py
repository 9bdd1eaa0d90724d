"""What speed rests on, counted instead of timed: what a start loads and reads, and what one key costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import SMALL

BEFORE = """
import json, sys
from pathlib import Path
opened = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        # .pyc. and a number: bytecode while it is written, after a change of the source
        is_code = arguments[0].endswith((".py", ".pyc", ".so", ".zip")) or ".pyc." in arguments[0]
        if not is_code:
            opened.append(arguments[0])
sys.addaudithook(watch)
import dlroadmap.places
folder = Path(sys.argv.pop(1))
dlroadmap.places.bundled = lambda: folder
"""
VERB = """
from dlroadmap.__main__ import main
assert main() == 0
print("\\n" + json.dumps({"modules": [*sys.modules], "opened": opened}))
"""
MAP = """
import asyncio, os
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as __main__ does
from dlroadmap.study import Study
from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.screens.map import MapScreen
from dlroadmap.tui.widgets.pane import Pane
from dlroadmap.tui.widgets.phase_tree import PhaseTree

study = Study.open()
app = RoadmapApp(study)
said, laid_out, lines, rendered, told = [], [], [], [], {}
study.journal._db.set_trace_callback(said.append)
begin, measure, draw, render = RoadmapApp._begin, Pane._measure, Pane._drawn, PhaseTree.render_line

def counted():
    sql = [text for text in said if "data_version" not in text]  # what other programs wrote: once a second, whatever is pressed
    widgets = sum(1 for _ in app.screen.walk_children())
    drawn = {"pages": [*laid_out], "lines": len(lines), "rendered": len(rendered), "widgets": widgets}
    return {"sql": sql, "opened": [*opened], **drawn}

def begun(self):
    told["start"] = {**counted(), "modules": [*sys.modules]}
    begin(self)

def measured(self, size):
    laid_out.append(type(self).__name__)
    measure(self, size)

def drawn(self, number, base):
    lines.append(number)
    return draw(self, number, base)

def render_line(self, y):
    rendered.append(y)
    return render(self, y)

RoadmapApp._begin, Pane._measure, Pane._drawn, PhaseTree.render_line = begun, measured, drawn, render_line
MapScreen.save_place = lambda self: None  # once a second too

async def main():
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.3)
        app._map.open_at("neurons", set())
        await pilot.pause(0.3)
        for name in ("down", "up", "space", "c", "answer"):
            for found in (said, laid_out, lines, rendered, opened):
                found.clear()
            if name == "answer":
                app.screen.action_dont_know()
            else:
                await pilot.press(name)
            await pilot.pause(0.2)
            told[name] = counted()

asyncio.run(main())
print("\\n" + json.dumps(told))
"""
HEAVY = {
    "textual": "a screen",
    "rich": "a screen",
    "fsrs": "an answer",
    "tomllib": "a roadmap that isn't cached",
    "markdown_it": "a page",
    "dlroadmap.question": "a sitting",
    "dlroadmap.faults": "a roadmap that isn't cached",
    "dlroadmap.formats.roadmap_toml": "a roadmap that isn't cached",
    "dlroadmap.stats": "Stats",
    "dlroadmap.forecast": "the plan",
    "dlroadmap.search": "a search",
    "dlroadmap.sync": "a sync",
    "dlroadmap.salvage": "a damaged journal",
}
"""Modules that cost a start a millisecond or more, and what alone needs them."""


def python(code: str, home: Path, *words: str) -> dict[str, Any]:
    """Run code in a Python of its own, the small roadmap in the bundled one's place; return the JSON on its last line."""
    environment = {**os.environ, "DLROADMAP_HOME": str(home)}
    command = [sys.executable, "-c", BEFORE + code, str(SMALL), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.strip().split("\n")[-1])
    return found


def kinds(opened: list[str]) -> list[str]:
    """Return what files were opened: their names without what a run draws by lot."""
    return [Path(name).name.partition("-")[0] if name.endswith(".json") else Path(name).name for name in opened]


RECORDING = ["BEGIN", "SELECT", "INSERT", "COMMIT", "BEGIN", "SELECT", "COMMIT"]
"""An event's statements: the newest id and the event, in one transaction; then what came, by whomever."""


def statements(sql: list[str]) -> list[str]:
    """Return what was asked of SQLite: once what a trigger repeats, without the machine's tag, which the first event looks up."""
    asked = [text for text in sql if " meta " not in text]
    return [text.split()[0] for n, text in enumerate(asked) if n == 0 or text != asked[n - 1]]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose cache of the roadmap is warm, and whose backup of the day is made."""
    folder = tmp_path_factory.mktemp("home")
    python(VERB, folder, "tick", "numbers")
    return folder


@pytest.fixture(scope="module")
def cost(warm: Path) -> dict[str, Any]:
    """What the Map's first frame and some keys on it cost."""
    return python(MAP, warm)


@pytest.mark.parametrize("words", [("status",), ("next",), ("tick", "neurons")])
def test_a_verb_loads_and_reads_what_it_needs(warm: Path, words: tuple[str, ...]) -> None:
    found = python(VERB, warm, *words)
    assert {name: why for name, why in HEAVY.items() if name in found["modules"]} == {}
    files = kinds(found["opened"])
    # the roadmap's source, its cache, the journal, the settings, each once; no checkpoint, nothing of other packages
    assert sorted(files) == ["config.toml", "progress.sqlite3", "progress.sqlite3-wal", "roadmap", "roadmap.toml"]


def test_version_and_help_load_neither_click_nor_models(warm: Path) -> None:
    for word in ("--version", "-h"):
        assert {"click", "pydantic", "textual"}.isdisjoint(python(VERB, warm, word)["modules"])


def test_the_first_frame_loads_the_map_alone(cost: dict[str, Any]) -> None:
    modules = cost["start"]["modules"]
    needed = {"textual", "rich", "markdown_it", "dlroadmap.forecast"}
    assert {name: why for name, why in HEAVY.items() if name in modules and name not in needed} == {}
    assert [name for name in modules if name.startswith("dlroadmap.tui.screens.")] == ["dlroadmap.tui.screens.map"]
    assert {"click", "dlroadmap.backups"}.isdisjoint(modules)


def test_the_first_frame_reads_each_file_once_and_lays_its_page_out_once(cost: dict[str, Any]) -> None:
    start = cost["start"]
    assert start["pages"] == ["TopicPage"]
    assert start["widgets"] <= 10
    assert sorted(kinds(start["opened"])) == ["progress.sqlite3", "progress.sqlite3-wal", "roadmap", "roadmap.toml"]


@pytest.mark.parametrize("key", ["down", "up"])
def test_a_cursor_move_asks_no_disk_and_lays_one_page_out(cost: dict[str, Any], key: str) -> None:
    assert cost[key]["pages"] == ["TopicPage"]
    assert not cost[key]["sql"]
    assert not cost[key]["opened"]


def test_a_tick_is_one_transaction_and_one_page(cost: dict[str, Any]) -> None:
    tick = cost["space"]
    assert tick["pages"] == ["TopicPage"]
    assert statements(tick["sql"]) == RECORDING
    assert not tick["opened"]


def test_a_tick_draws_the_lines_that_tell_something_else_and_no_others(cost: dict[str, Any]) -> None:
    assert cost["space"]["lines"] == 1, "of the page: its head"
    assert cost["space"]["rendered"] == 2, "of the tree: the phase, and what stands in it"
    assert cost["down"]["rendered"] == 2, "of the tree: where the cursor was, and where it is"


def test_a_checkpoint_reads_its_phases_questions_alone(cost: dict[str, Any]) -> None:
    assert [name for name in cost["c"]["opened"] if "checkpoints" in name] == [str(SMALL / "checkpoints" / "nets.toml")]


def test_an_answer_is_one_transaction_and_leaves_the_map_below_as_it_is(cost: dict[str, Any]) -> None:
    answer = cost["answer"]
    assert answer["pages"] == ["Pane"]
    assert statements(answer["sql"]) == RECORDING
    assert not answer["opened"]
