"""What every verb has: options before or after it, one line for what went wrong, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from dlroadmap.cli import map as map_verb
from dlroadmap.cli.call import Call
from dlroadmap.cli.run import run
from dlroadmap.cli.verbs import VERBS
from dlroadmap.study import Study

Program = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_tells_about_itself(program: Program, verb: str) -> None:
    ran = program(verb, "-h")
    assert ran.returncode == 0
    assert ran.stdout.startswith(f"Usage: dlroadmap {verb}")
    assert "--json" in ran.stdout
    assert not ran.stderr


def test_help_lists_every_verb_in_ascii(program: Program) -> None:
    ran = program("--help")
    assert ran.returncode == 0
    assert ran.stdout.isascii()
    assert all(f"  {verb} " in ran.stdout for verb in VERBS)


@pytest.mark.parametrize("words", [("--json", "status"), ("status", "--json")])
def test_options_stand_before_or_after_the_verb(program: Program, small_file: Path, words: tuple[str, ...]) -> None:
    before = program("--roadmap", str(small_file), *words)
    after = program(*words, "--roadmap", str(small_file))
    assert json.loads(before.stdout) == json.loads(after.stdout)
    assert json.loads(before.stdout)["roadmap"] == "small"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("statuss",), "dlroadmap: no verb 'statuss'; did you mean 'status'? dlroadmap -h tells how\n"),
        (("--wat",), "dlroadmap: No such option '--wat'; dlroadmap -h tells how\n"),
        (("NEXT",), "dlroadmap: no verb 'NEXT'; did you mean 'next'? dlroadmap -h tells how\n"),
        (("roadmap", "frob"), "dlroadmap: no verb 'frob': there are add, list, remove; dlroadmap roadmap -h tells how\n"),
        (("next", "--minutes"), "dlroadmap: Option '--minutes' requires an argument; dlroadmap next -h tells how\n"),
        (("--roadmap",), "dlroadmap: Option '--roadmap' requires an argument; dlroadmap -h tells how\n"),
        (("tick",), "dlroadmap: Missing argument 'TOPIC'; dlroadmap tick -h tells how\n"),
        (("quiz", "numbers", "--json"), "dlroadmap: quiz asks questions and prints no JSON; dlroadmap quiz -h tells how\n"),
        (("serve", "--json"), "dlroadmap: serve shows screens and prints no JSON; dlroadmap serve -h tells how\n"),
        (("completion", "zsh", "--json"), "dlroadmap: completion prints a script and no JSON; dlroadmap completion -h tells how\n"),
    ],
)
def test_wrong_usage_is_one_line_and_exits_2(program: Program, words: tuple[str, ...], said: str) -> None:
    ran = program(*words)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("next", "--minutes", "soon"), "'--minutes': 'soon' is no whole number from 1 to 6000; "),
        (("next", "--minutes", "0"), "'--minutes': '0' is no whole number from 1 to 6000; "),
        (("search", "x", "--most", "1.5"), "'--most': '1.5' is no whole number from 1 to 1000; "),
        (("plan", "--hours", "many"), "'--hours': 'many' is no number from 0 to 168; "),
        (("plan", "--hours", "nan"), "'--hours': 'nan' is no number from 0 to 168; "),
        (("plan", "--goal", "biuld"), "'--goal': 'biuld' is none of understand, build, research, job; did you mean 'build'? "),
        (("export", "--format", "jsno"), "'--format': 'jsno' is none of toml, json, markdown, html, ics; did you mean 'json'? "),
        (("sync", ""), "'DIR': it is empty; "),
        (("import", ""), "'FILE': it is empty; "),
        (("tick", "numbers", "--roadmap", ""), "'--roadmap': it is empty; "),
        (("completion", "tcsh"), "'SHELL': 'tcsh' is none of bash, zsh, fish; "),
    ],
)
def test_a_wrong_value_is_told_what_would_be_right(small_program: Program, words: tuple[str, ...], said: str) -> None:
    ran = small_program(*words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"dlroadmap: Invalid value for {said}dlroadmap {words[0]} -h tells how\n"


@pytest.mark.parametrize("verb", ["show", "quiz", "tick", "skip", "know"])
def test_unknown_topic_names_the_nearest(small_program: Program, verb: str, recorded: Callable[[], list[str]]) -> None:
    ran = small_program(verb, "neuron")
    assert (ran.returncode, ran.stdout) == (1, "")
    what = "topic or phase" if verb in ("show", "quiz") else "topic"
    assert ran.stderr == f"dlroadmap: no {what} 'neuron'; did you mean 'neurons'?\n"
    assert recorded() == []


def test_a_phase_may_be_what_is_meant(small_program: Program) -> None:
    assert small_program("show", "basic").stderr == "dlroadmap: no topic or phase 'basic'; did you mean 'basics'?\n"
    assert "did you mean" not in small_program("tick", "basic").stderr


@pytest.mark.parametrize("name", ["1", "basics", "Basics", "BASICS"])
def test_a_phase_has_the_number_that_status_shows(small_program: Program, name: str) -> None:
    assert json.loads(small_program("show", name, "--json").stdout)["id"] == "basics"
    assert small_program("quiz", name, "--exam").stdout.startswith("Phase exam · Basics")
    assert small_program("review", "--phase", name, "--json").returncode == 0


def test_a_number_means_the_phase_of_the_path_that_status_shows(small_program: Program) -> None:
    small_program("path", "short")
    topics = json.loads(small_program("show", "1", "--json").stdout)["topics"]
    assert [topic["id"] for topic in topics] == ["numbers", "vectors", "neurons"]
    assert "lists the phases" in small_program("show", "2").stderr


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (["show", "zzzzzzzz"], "status lists the phases"),
        (["tick", "zzzzzzzz"], "status lists the phases, and {again} show PHASE their topics"),
        (["tick", "numbers", "zzz"], "show numbers lists its steps"),
        (["quiz", "zzzzzzzz"], "status lists the phases"),
        (["quiz", "attention"], "tick attention marks it as done"),
        (["idea", "numbers", "zzz"], "idea numbers lists its ideas"),
        (["review", "--phase", "zzzzzzzz"], "status lists the phases"),
        (["path", "zzzzzzzz"], "path lists them"),
        (["path", "--delete", "zzzzzzzz"], "path lists them"),
        (["restore", "zzzzzzzz"], "restore lists them"),
    ],
)
def test_a_cure_is_of_the_same_roadmap(small_program: Program, small_file: Path, words: list[str], cure: str) -> None:
    small_program("backup")
    again = f"dlroadmap --roadmap {small_file}"
    ran = small_program(*words)
    assert ran.returncode == 1
    assert ran.stderr.endswith(f"; {again} {cure.format(again=again)}\n")


def test_topic_like_no_other_tells_where_to_look(program: Program) -> None:
    assert "dlroadmap status lists the phases" in program("show", "zzzzzzzz").stderr


@pytest.mark.parametrize("name", ["figures", "Numbers", "NUMBERS", "numbers"])
def test_topic_is_found_by_id_alias_and_title(small_program: Program, name: str) -> None:
    assert json.loads(small_program("show", name, "--json").stdout)["id"] == "numbers"


def test_what_was_typed_is_echoed_without_escapes(small_program: Program) -> None:
    ran = small_program("show", "\x1b[31mred\u202e\udcff\nline")
    assert ran.returncode == 1
    assert ran.stderr.startswith("dlroadmap: no topic or phase '[31mred line'")
    assert ran.stderr.count("\n") == 1


def test_long_name_is_cut_in_the_message(program: Program) -> None:
    assert len(program("show", "x" * 5000).stderr) < 200


def test_a_programs_own_fault_is_one_line_too(
    small_program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Study, "overview", _raise(ZeroDivisionError("boom")))
    ran = small_program("status")
    assert ran.returncode == 1
    assert ran.stderr.startswith("dlroadmap: a fault of the program: ZeroDivisionError: boom;")
    assert ran.stderr.count("\n") == 1
    monkeypatch.setenv("DLROADMAP_DEBUG", "1")
    assert "Traceback" in small_program("status").stderr


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (FileNotFoundError("the bundled roadmap is missing; install dlroadmap again"), 1, "dlroadmap: the bundled roadmap is"),
        (OSError(28, "No space left on device", "/x/y"), 1, "dlroadmap: /x/y: No space left on device\n"),
    ],
)
def test_interrupts_and_errors_of_the_system(
    small_program: Program, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr(Study, "overview", _raise(error))
    ran = small_program("status")
    assert ran.returncode == code
    assert ran.stderr.startswith(said) if said else ran.stderr == ""


def _raise(error: BaseException) -> Callable[..., Any]:
    def raising(*_: object) -> None:
        raise error

    return raising


def test_reader_that_went_away_is_no_fault(bundle: Path, home: Path, small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    muted: list[bool] = []
    monkeypatch.setattr("dlroadmap.cli.run._mute", lambda: muted.append(True))
    monkeypatch.setattr(Study, "overview", _raise(BrokenPipeError()))
    assert run(["--roadmap", str(small_file), "status"]) == 141
    assert muted


def test_without_a_terminal_the_map_is_the_status_and_how_to_go_on(small_program: Program) -> None:
    ran = small_program()
    assert ran.returncode == 0
    assert "0 of 5 topics done" in ran.stdout
    assert ran.stdout.rstrip().endswith("verbs work without one: dlroadmap -h lists them.")
    assert json.loads(small_program("--json").stdout)["topics"] == 5


def test_with_a_terminal_the_map_opens(
    small_file: Path, bundle: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []

    def screen(study: Study, **_: object) -> int:
        opened.append(study.roadmap.id)
        return 0

    monkeypatch.setattr("dlroadmap.tui.app.run", screen)
    monkeypatch.setattr(Call, "has_screen", True)
    assert map_verb.show_map(Call(roadmap=str(small_file))) == 0
    assert opened == ["small"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("call", "stdin", "stdout", "term", "screen"),
    [
        (Call(), True, True, "xterm", True),
        (Call(), True, True, "dumb", False),
        (Call(), False, True, "xterm", False),
        (Call(), True, False, "xterm", False),
        (Call(plain=True), True, True, "xterm", False),
        (Call(json=True), True, True, "xterm", False),
    ],
)
def test_screen_needs_a_terminal_on_both_ends(
    monkeypatch: pytest.MonkeyPatch, call: Call, stdin: bool, stdout: bool, term: str, screen: bool
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: stdin, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: stdout, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", term)
    assert call.has_screen is screen


def test_screen_needs_stderr_too_for_there_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(getattr(sys, name), "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert not Call().has_screen


def test_suggested_commands_go_on_with_the_same_roadmap(program: Program, tmp_path: Path, small_text: str) -> None:
    file = tmp_path / "my road map.toml"
    file.write_text(small_text, encoding="utf-8")
    assert f"dlroadmap --roadmap '{file}' show numbers" in program("status", "--roadmap", str(file)).stdout


def test_journal_of_a_newer_version_is_read_and_says_that_nothing_is_saved(small_program: Program, home: Path) -> None:
    small_program("tick", "numbers")
    _make_newer(home)
    ran = small_program("status")
    assert ran.returncode == 0
    assert "1 of 5 topics done" in ran.stdout
    assert ran.stderr.startswith("dlroadmap: nothing is saved: ")
    told = small_program("status", "--json")
    assert "a newer dlroadmap wrote it" in json.loads(told.stdout)["read_only"]
    assert told.stderr == ""
    for words in (("tick", "vectors"), ("undo",), ("redo",), ("quiz", "numbers")):
        refused = small_program(*words)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.count("nothing is saved") == 1


def _make_newer(home: Path) -> None:
    import sqlite3  # noqa: PLC0415 the one test that looks into the file

    db = sqlite3.connect(home / "progress.sqlite3")
    db.execute("PRAGMA user_version = 999")
    db.close()


def test_damaged_journal_is_one_line(small_program: Program, home: Path) -> None:
    home.mkdir()
    (home / "progress.sqlite3").write_bytes(b"this is no database at all, but long enough to be looked at" * 20)
    ran = small_program("status")
    assert ran.returncode == 1
    assert "is damaged" in ran.stderr
    assert ran.stderr.count("\n") == 1
