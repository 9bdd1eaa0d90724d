"""What is loaded when: the core without terminal and disk, the verbs without a screen."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dlroadmap

SOURCE = Path(dlroadmap.__file__).parent
CORE = (
    *("roadmap", "arithmetic", "question", "faults", "guesser", "schedule", "events", "rows", "amendments", "progress", "standing"),
    *("sitting", "misses", "review", "plan", "forecast", "stats", "welcome", "search"),
)
FOREIGN = ("textual", "rich", "click", "platformdirs", "sqlite3")


def loaded(code: str) -> set[str]:
    """Return the modules that are loaded after some code has run in a Python of its own."""
    tell = "\nimport sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code + tell], capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n"))


def test_core_loads_neither_terminal_nor_disk() -> None:
    modules = loaded("\n".join(f"import dlroadmap.{name}" for name in CORE))
    assert {f"dlroadmap.{name}" for name in CORE} <= modules
    assert modules.isdisjoint(FOREIGN)
    others = {name.split(".")[1] for name in modules if name.startswith("dlroadmap.")} - set(CORE)
    assert others == set()


@pytest.mark.parametrize("name", CORE)
def test_each_module_of_the_core_can_be_loaded_alone(name: str) -> None:
    assert loaded(f"import dlroadmap.{name}").isdisjoint(FOREIGN)


def test_library_and_journal_load_no_screen() -> None:
    modules = loaded("import dlroadmap.study, dlroadmap.formats.roadmap_toml")
    assert modules.isdisjoint({"textual", "rich", "click"})


def test_folding_without_answers_does_not_load_fsrs() -> None:
    code = """
from datetime import datetime, UTC
from dlroadmap.events import Entry, TopicTicked
from dlroadmap.progress import fold
fold([Entry("00000000000001-a", datetime.now(UTC), TopicTicked(topic="t"))])
"""
    assert "fsrs" not in loaded(code)


def test_core_never_asks_for_the_time() -> None:
    """Core functions take `now`; a clock that is asked can't be tested nor set back."""
    asking = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
    for name in CORE:
        for node in ast.walk(ast.parse((SOURCE / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking:
                whose = ast.unparse(node.func.value)
                assert whose not in {"datetime", "date", "time"}, f"{name}.py:{node.lineno}: {whose}.{node.func.attr}()"
