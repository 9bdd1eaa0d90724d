from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Program = Callable[..., CompletedProcess[str]]


def test_roadmap_is_added_opened_and_removed_and_its_progress_stays(program: Program, small_file: Path, home: Path) -> None:
    added = program("roadmap", "add", str(small_file))
    assert (added.returncode, added.stdout.splitlines()[-1]) == (0, "Open it: dlroadmap --roadmap small")
    assert (home / "roadmaps" / "small" / "checkpoints" / "nets.toml").is_file()
    assert "✓ ticked Numbers" in program("--roadmap", "small", "tick", "numbers").stdout
    assert "small          A small roadmap: 5 topics\n" in program("roadmap", "list").stdout
    assert program("roadmap", "remove", "small").returncode == 0
    assert program("--roadmap", "small", "status").returncode == 1
    program("roadmap", "add", str(small_file))
    assert json.loads(program("--roadmap", "small", "status", "--json").stdout)["done"] == 1


def test_json_of_the_list_tells_what_cant_be_used(program: Program, small_file: Path, home: Path) -> None:
    assert json.loads(program("roadmap", "add", str(small_file), "--json").stdout)["added"] == "small"
    (home / "roadmaps" / "small" / "roadmap.toml").write_text("format = 99", encoding="utf-8")
    bundled, small = json.loads(program("roadmap", "--json").stdout)["roadmaps"]
    assert (bundled["id"], bundled["bundled"], bundled["fault"]) == ("deep-learning", True, None)
    assert (small["id"], small["topics"]) == ("small", None)
    assert "format 99" in small["fault"]
    assert "can't be used: " in program("roadmap").stdout
    assert json.loads(program("roadmap", "remove", "small", "--json").stdout) == {"schema": 1, "removed": "small"}


def test_somebodys_roadmap_with_a_known_id_is_refused_unless_same(program: Program, small_file: Path, small_text: str) -> None:
    small_file.write_text(small_text.replace('id = "small"', 'id = "deep-learning"'), encoding="utf-8")
    ran = program("--roadmap", str(small_file), "status")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "say --same if it is the same roadmap" in ran.stderr
    assert program("--same", "status", "--roadmap", str(small_file)).returncode == 0
    assert "--same show numbers" in program("--same", "status", "--roadmap", str(small_file)).stdout


def test_removing_what_was_never_added(program: Program) -> None:
    ran = program("roadmap", "remove", "../x")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no roadmap of that id was added" in ran.stderr


def test_validate_without_a_file_looks_at_the_bundled_one(program: Program) -> None:
    ran = program("validate")
    assert ran.returncode == 0
    assert "roadmap.toml: 2 phases, 5 topics, 7 questions: no errors, " in ran.stdout


def test_validate_of_an_added_roadmap_by_its_id(program: Program, small_file: Path) -> None:
    program("roadmap", "add", str(small_file))
    assert "13 questions: no errors" in program("validate", "--roadmap", "small").stdout
