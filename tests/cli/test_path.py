from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

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
        "skipped": 0,
        "active": False,
        "own": False,
    }


def test_path_is_taken_by_id_or_title(small_program: Program) -> None:
    ran = small_program("path", "the short way")
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, "On the path The short way: 0 of 3 topics done.")
    assert json.loads(small_program("path", "--json").stdout)["path"] == "short"
    assert json.loads(small_program("path", "all", "--json").stdout) == {"schema": 1, "path": "all", "changed": True}


def test_where_one_starts_is_told_and_how_to_begin_at_the_beginning(small_program: Program) -> None:
    small_program("path", "all", "--from", "vectors")
    assert json.loads(small_program("path", "--json").stdout)["start"] == "vectors"
    for words in (("path",), ("path", "all")):
        said = " ".join(small_program(*words).stdout.split())
        assert "from Vectors on" in said
        assert "path all --from numbers" in said
    assert small_program("plan").stdout.startswith("Path All from Vectors on · ")
    small_program("path", "all", "--from", "numbers")
    assert json.loads(small_program("path", "--json").stdout)["start"] is None
    assert "From its beginning" not in small_program("path").stdout


def test_unknown_path_names_the_nearest(small_program: Program, small_file: Path) -> None:
    assert small_program("path", "shrt").stderr == "dlroadmap: no path 'shrt'; did you mean 'short'?\n"
    ran = small_program("path", "zzzzz")
    assert (ran.returncode, ran.stderr) == (1, f"dlroadmap: no path 'zzzzz'; dlroadmap --roadmap {small_file} path lists them\n")


def test_the_paths_in_lines_are_sentences(small_program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert small_program("path", "--plain").stdout.splitlines()[:2] == [
        "all, All, 0 of 5 done, your path",
        "short, The short way, 0 of 3 done",
    ]
    for columns in (24, 40, 60, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert max(map(len, small_program("path").stdout.splitlines()[:2])) <= columns


# Paths of one's own


def test_path_of_ones_own_is_saved_taken_and_deleted(small_program: Program, recorded: Callable[[], list[str]]) -> None:
    ran = small_program("path", "--save", "My nets", "neurons", "Training")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Saved the path My nets: 4 topics, 2 of them added because others need them: Numbers, Vectors." in ran.stdout
    assert ran.stdout.rstrip().endswith("path my-nets")
    again = json.loads(small_program("path", "--save", "My nets", "neurons", "training", "--json").stdout)
    assert again["changed"] is False
    assert again["saved"] == [
        {
            "path": "my-nets",
            "title": "My nets",
            "topics": ["numbers", "vectors", "neurons", "training"],
            "added": ["numbers", "vectors"],
        }
    ]
    assert recorded() == ["PathSaved"]
    assert "On the path My nets" in small_program("path", "my nets").stdout
    assert json.loads(small_program("path", "--json").stdout)["paths"][0] | {"done": 0} == {
        "id": "my-nets",
        "title": "My nets",
        "topics": 4,
        "done": 0,
        "skipped": 0,
        "active": True,
        "own": True,
    }
    assert small_program("path", "--delete", "My nets").returncode == 0
    assert json.loads(small_program("path", "--json").stdout)["path"] == "all"
    assert small_program("undo").stdout.startswith("Undone: deleted the path my-nets")
    assert json.loads(small_program("path", "--json").stdout)["path"] == "my-nets"
    ran = small_program("path", "--save", "My nets", "neurons")
    assert "undo brings the one before back" in " ".join(ran.stdout.split())


def test_path_goes_out_as_a_file_and_comes_in_again(small_program: Program, tmp_path: Path) -> None:
    small_program("path", "--save", "Mine", "vectors")
    small_program("path", "mine")
    file = tmp_path / "mine.toml"
    for _ in range(2):
        assert f"to {file}" in " ".join(small_program("path", "--export", str(file)).stdout.split())
    before = json.loads(small_program("path", "--json").stdout)
    small_program("path", "--delete", "mine")
    ran = small_program("path", "--add", str(file))
    assert "Saved the path Mine: 2 topics, 1 of them added" in ran.stdout
    assert json.loads(small_program("path", "--json").stdout) == before
    other = tmp_path / "short.toml"
    assert json.loads(small_program("path", "--export", str(other), "short", "--json").stdout)["path"] == "short-copy"
    assert json.loads(small_program("path", "--add", str(other), "--json").stdout)["changed"] is True


def test_path_is_never_written_over_something_else(small_program: Program, tmp_path: Path) -> None:
    file = tmp_path / "notes.toml"
    file.write_text("mine = true", encoding="utf-8")
    ran = small_program("path", "--export", str(file))
    assert (ran.returncode, ran.stderr.count("\n"), file.read_text(encoding="utf-8")) == (1, 1, "mine = true")


def test_a_path_goes_to_stdout_too(small_program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = small_program("path", "--export", "-")
    assert not (tmp_path / "-").exists()
    (tmp_path / "all.toml").write_text(ran.stdout, encoding="utf-8")
    assert "Saved the path All (copy): 5 topics." in small_program("path", "--add", "all.toml").stdout
    assert small_program("path", "--export", "-", "--json").returncode == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--save", "Mine", "numbrs"), 1),
        (("--save", "Short", "numbers"), 1),
        (("--save", "The short way", "numbers"), 1),
        (("--save", "", "numbers"), 1),
        (("--save", "Mine"), 2),
        (("--save", "Mine", "numbers", "--delete", "mine"), 2),
        (("--delete", "short"), 1),
        (("--delete", "gone"), 1),
        (("--delete", "gone", "too"), 2),
        (("--add", "/nowhere/at/all.toml"), 1),
        (("--add", "/"), 1),
        (("--export", "/nowhere/at/all.toml"), 1),
        (("--export", "x.toml", "gone"), 1),
        (("short", "all"), 2),
    ],
)
def test_bad_path_is_one_line(small_program: Program, recorded: Callable[[], list[str]], words: tuple[str, ...], code: int) -> None:
    ran = small_program("path", *words)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (code, "", 1)
    assert recorded() == []


def test_bad_file_of_a_path_is_one_line_with_its_place(small_program: Program, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('[[path]]\nid = "mine"\ntitle = "M"\n[[path.phase]]\nid = "a"\ntitle = "A"\ntopics = ["gone", "numbrs"]\n')
    ran = small_program("path", "--add", str(file))
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
    assert f"{file}:7: " in ran.stderr
    assert "1 fault more" in ran.stderr


def test_path_is_taken_from_a_topic_on(small_program: Program, recorded: Callable[[], list[str]]) -> None:
    ran = small_program("path", "all", "--from", "Neurons")
    assert ran.stdout.startswith("On the path All from Neurons on: 0 of 5 topics done.")
    assert json.loads(small_program("next", "--json").stdout)["topic"] == "neurons"
    assert json.loads(small_program("path", "all", "--from", "neurons", "--json").stdout)["changed"] is False
    assert recorded() == ["PathChosen"]
    wrong = small_program("path", "short", "--from", "attention")
    assert wrong.stderr == "dlroadmap: the path The short way has no topic 'attention'\n"
    assert small_program("path", "--from", "neurons").returncode == 2
