"""The program, run in the test's own process, on the small roadmap or another."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from dlroadmap.cli.run import run
from dlroadmap.journal import Journal

SMALL = Path(__file__).parent / "small"
"""A small roadmap for the verbs alone: what they print of it is looked at to the letter."""


@pytest.fixture(scope="session")
def small_text() -> str:
    """The TOML text of the verbs' roadmap."""
    return (SMALL / "roadmap.toml").read_text(encoding="utf-8")


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """A copy of the verbs' roadmap and its checkpoints that a test may edit."""
    return shutil.copytree(SMALL, tmp_path / "small") / "roadmap.toml"


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_text: str) -> Path:
    """Put a bundled roadmap of the test's own in the real one's place, which takes a second to read without its cache."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "roadmap.toml").write_text(small_text.replace('id = "small"', 'id = "deep-learning"'), encoding="utf-8")
    for module in ("library", "cli.validate"):
        monkeypatch.setattr(f"dlroadmap.{module}.bundled", lambda: folder)
    return folder


@pytest.fixture
def program(
    home: Path, bundle: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., CompletedProcess[str]]:
    """Run the program with some words and what is typed; the exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "100")

    def ran(*words: str, stdin: str = "") -> CompletedProcess[str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run(words)
        out, err = capsys.readouterr()
        return CompletedProcess(list(words), code, out, err)

    return ran


@pytest.fixture
def small_program(program: Callable[..., CompletedProcess[str]], small_file: Path) -> Callable[..., CompletedProcess[str]]:
    """Run the program on the small roadmap."""

    def ran(*words: str, stdin: str = "") -> CompletedProcess[str]:
        return program("--roadmap", str(small_file), *words, stdin=stdin)

    return ran


@pytest.fixture
def recorded(home: Path) -> Callable[[], list[str]]:
    """Return the kinds of the small roadmap's events, the oldest first."""

    def kinds() -> list[str]:
        journal = Journal(home / "progress.sqlite3")
        entries = list(journal.newest_first("small"))
        journal.close()
        return [type(entry.event).__name__ for entry in reversed(entries)]

    return kinds


@pytest.fixture
def same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every sitting be drawn alike."""
    monkeypatch.setattr("dlroadmap.study._seed", lambda: 7)
