"""What is loaded when: the core without terminal and disk, the verbs without a screen."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dlroadmap

SOURCE = Path(dlroadmap.__file__).parent
CONTRACTS = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
PURE = next(contract for contract in CONTRACTS if contract["name"].startswith("The core is pure"))["source_modules"]
CORE = tuple(name.removeprefix("dlroadmap.") for name in PURE)
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


def test_the_package_lists_its_modules() -> None:
    """Whoever opens the package first sees what there is, and where."""
    modules = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    listed = set(re.findall(r"\w+", (dlroadmap.__doc__ or "").partition("One rule")[2]))
    assert {name for name in modules if not name.startswith("__")} <= listed


def test_the_whole_core_is_pure() -> None:
    """What imports nothing but the core, and the core alone, is in the contract: a new module isn't forgotten."""
    layers = next(contract for contract in CONTRACTS if contract["name"] == "Imports point down")["layers"]
    below = layers[layers.index("places | files") + 1 :]
    assert {name for layer in below for name in layer.split(" | ")} == set(CORE)


def test_deep_profile_deepens_every_test() -> None:
    """A number that stands in a test wins over the profile's: it goes through conftest's examples()."""
    tests = Path(__file__).parent
    found = [file.name for file in tests.rglob("*.py") if re.search(r"max_examples=\d", file.read_text(encoding="utf-8"))]
    assert found == ["conftest.py"]
