from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]


@pytest.fixture
def faulty(small_file: Path, small_text: str) -> Path:
    text = small_text.replace('needs = ["numbers"]', 'needs = ["nmbers"]').replace('kind = "book"', 'kind = "bok"')
    small_file.write_text(text, encoding="utf-8")
    return small_file


def test_good_file_has_a_summary_and_no_journal_is_opened(program: Program, small_file: Path, home: Path) -> None:
    ran = program("validate", str(small_file))
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[-1].startswith(f"{small_file}: 2 phases, 5 topics, 13 questions: no errors, ")
    assert not home.exists()


def test_every_fault_has_file_line_path_and_cure(program: Program, small_file: Path, small_text: str) -> None:
    text = small_text.replace('needs = ["numbers"]', 'needs = ["nmbers"]').replace('idea = "doubling"', 'idea = "dubling"')
    small_file.write_text(text, encoding="utf-8")
    needs = text.splitlines().index('needs = ["nmbers"]') + 1
    ran = program("validate", str(small_file))
    assert ran.returncode == 1
    lines = ran.stdout.splitlines()
    assert f"{small_file}:{needs}: phase[0].topic[1].needs[0]: no topic 'nmbers'; did you mean 'numbers'?" in lines
    assert any(line.endswith("topic 'numbers' has no idea 'dubling'; did you mean 'doubling'?") for line in lines)
    assert any(line.startswith(f"{small_file}: 2 errors, ") for line in lines)


def test_warnings_alone_exit_0_and_are_called_so(program: Program, small_file: Path, small_text: str) -> None:
    small_file.write_text(small_text.replace('why = "3 + 3 = 6."\n', ""), encoding="utf-8")
    ran = program("validate", str(small_file))
    assert ran.returncode == 0
    assert ": warning: question[2].why: no explanation" in ran.stdout
    assert "questions: no errors, " in ran.stdout.splitlines()[-1]


def test_several_files_and_json(program: Program, faulty: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    ran = program("validate", "--json", str(faulty), str(missing))
    assert ran.returncode == 1
    found = json.loads(ran.stdout)
    assert (found["schema"], found["errors"] >= 2, len(found["files"])) == (1, True, 2)
    fault = found["files"][0]["faults"][0]
    assert set(fault) == {"file", "line", "path", "message", "warning"}
    assert found["files"][1] == {
        "file": str(missing),
        "roadmap": None,
        "topics": None,
        "questions": None,
        "guesser": {"questions": 0, "chance": 0, "longest": 0, "guesser": 0},
        "errors": 1,
        "warnings": 0,
        "faults": [{"file": str(missing), "line": None, "path": "", "message": "no such file", "warning": False}],
    }


def test_roadmap_option_names_the_file_too(program: Program, faulty: Path) -> None:
    assert program("--roadmap", str(faulty), "validate").returncode == 1


def test_fault_in_the_only_phase_is_not_told_as_a_lack_of_phases(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    head = 'format = 1\nid = "one"\ntitle = "One"\n[[phase]]\nid = "p"\ntitle = "P"\n'
    file.write_text(head + '[[phase.topic]]\nid = "a"\ntitle = "A"\nhuors = 2\n', encoding="utf-8")
    assert program("validate", str(file)).stdout.splitlines()[:2] == [
        f"{file}:10: phase[0].topic[0].huors: unknown key; did you mean 'hours'?",
        f"{file}: 1 error, 0 warnings",
    ]
    file.write_text(head.partition("[[")[0] + "phase = []\n", encoding="utf-8")
    assert ":4: phase: has too few entries; at least 1\n" in program("validate", str(file)).stdout
