"""export as a report: to stdout, to a file, by its ending, and never over what isn't one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("form", "ending", "begins"),
    [("markdown", "md", "<!-- dlroadmap report -->\n# A small"), ("html", "html", "<!DOCTYPE html>"), ("ics", "ics", "BEGIN:VCAL")],
)
def test_report_by_format_and_by_ending_twice(small_program: Program, tmp_path: Path, form: str, ending: str, begins: str) -> None:
    small_program("plan", "--hours", "5", "--days", "mon,thu")
    assert small_program("export", "--format", form).stdout.startswith(begins)
    file = tmp_path / f"report.{ending.upper()}"
    for _ in range(2):
        ran = small_program("export", str(file))
        assert (ran.returncode, ran.stderr) == (0, "")
        assert f"to {file}" in " ".join(ran.stdout.split())
    assert file.read_text(encoding="utf-8").startswith(begins)
    answer = json.loads(small_program("export", str(file), "--json").stdout)
    assert (answer["format"], answer["file"]) == (form, str(file))


@pytest.mark.parametrize("name", ["page.html", "notes.md", "dates.ics"])
def test_report_never_goes_over_somebodys_file(small_program: Program, tmp_path: Path, name: str) -> None:
    small_program("plan", "--days", "mon")
    file = tmp_path / name
    file.write_text("mine", encoding="utf-8")
    ran = small_program("export", str(file))
    assert (ran.returncode, ran.stdout, file.read_text(encoding="utf-8")) == (1, "", "mine")
    assert ran.stderr.count("\n") == 1


def test_calendar_of_no_plan_says_how_to_plan(small_program: Program, tmp_path: Path) -> None:
    ran = small_program("export", str(tmp_path / "dates.ics"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "plan --hours 5 --days mon,thu --target DATE plans it" in ran.stderr
    assert not (tmp_path / "dates.ics").exists()


def test_json_on_stdout_is_the_json_format(small_program: Program) -> None:
    small_program("tick", "numbers")
    ran = small_program("export", "--json")
    assert ran.stdout == small_program("export", "--format", "json").stdout
    assert json.loads(ran.stdout)
    assert small_program("export", "--json", "--format", "toml").returncode == 2


def test_folder_that_is_not_there_is_one_line(small_program: Program, tmp_path: Path) -> None:
    ran = small_program("export", str(tmp_path / "none" / "a.html"))
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)


def test_ending_that_names_no_format_is_refused(small_program: Program, tmp_path: Path) -> None:
    ran = small_program("export", str(tmp_path / "progress.pdf"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ".toml, .json, .md, .html, .ics" in ran.stderr
    assert not list(tmp_path.glob("*.pdf"))
    assert small_program("export", str(tmp_path / "progress")).returncode == 0
    assert small_program("export", str(tmp_path / "progress.pdf"), "--format", "toml").returncode == 0
