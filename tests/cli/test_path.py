from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

Program = Callable[..., CompletedProcess[str]]


def test_paths_are_listed_with_the_active_one_marked(small_program: Program) -> None:
    small_program("tick", "numbers")
    ran = small_program("path")
    assert "► all      1 of   5 done  All   (your path)" in ran.stdout
    assert "  short    1 of   3 done  The short way" in ran.stdout
    listed = json.loads(small_program("path", "--json").stdout)
    assert listed["path"] == "all"
    assert listed["paths"][1] == {
        "id": "short",
        "title": "The short way",
        "topics": 3,
        "done": 1,
        "active": False,
        "own": False,
    }


def test_path_is_taken_by_id_or_title(small_program: Program) -> None:
    ran = small_program("path", "the short way")
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, "On the path The short way: 0 of 3 topics done.")
    assert json.loads(small_program("path", "--json").stdout)["path"] == "short"
    assert json.loads(small_program("path", "all", "--json").stdout) == {"schema": 1, "path": "all", "changed": True}


def test_unknown_path_names_the_nearest(small_program: Program) -> None:
    assert small_program("path", "shrt").stderr == "dlroadmap: no path 'shrt'; did you mean 'short'?\n"
    ran = small_program("path", "zzzzz")
    assert (ran.returncode, ran.stderr) == (1, "dlroadmap: no path 'zzzzz'; dlroadmap path lists them\n")
