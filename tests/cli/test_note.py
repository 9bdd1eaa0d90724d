from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]


def test_a_note_is_kept_shown_added_to_and_deleted(small_program: Program, recorded: Callable[[], list[str]]) -> None:
    assert "Noted on" in small_program("note", "numbers", "one", "two").stdout
    assert "one two" in small_program("note", "numbers").stdout
    small_program("note", "numbers", "--add", "three")
    assert json.loads(small_program("note", "numbers", "--json").stdout)["note"] == "one two\nthree"
    assert "one two" in small_program("show", "numbers").stdout
    assert "one two" in small_program("search", "one two").stdout
    assert "Deleted" in small_program("note", "numbers", "--delete").stdout
    assert "There is no note" in small_program("note", "numbers").stdout
    assert recorded() == ["NoteWritten"] * 3


def test_where_there_is_no_note_nothing_is_deleted_and_nothing_undone(
    small_program: Program, recorded: Callable[[], list[str]]
) -> None:
    ran = small_program("note", "numbers", "--delete")
    assert ran.stdout == "There is no note on Numbers; nothing changed.\n"
    for words in (("hello",), ("--add",)):
        ran = small_program("note", "numbers", "--delete", *words)
        assert (ran.returncode, ran.stdout) == (2, "")
    assert recorded() == []


def test_a_note_keeps_words_that_look_like_options_behind_others(small_program: Program) -> None:
    def kept(*words: str) -> str:
        assert small_program("note", "numbers", *words).returncode == 0
        return str(json.loads(small_program("note", "numbers", "--json").stdout)["note"])

    assert kept("use", "--version", "-5") == "use --version -5"
    assert kept("more", "--add") == "use --version -5\nmore"
    assert kept("--", "--version") == "--version"


def test_an_option_that_isnt_there_is_no_note(small_program: Program, recorded: Callable[[], list[str]]) -> None:
    ran = small_program("note", "numbers", "--delte")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "No such option '--delte'" in ran.stderr
    assert recorded() == []


def test_a_dash_reads_stdin_and_escapes_are_taken_out(small_program: Program) -> None:
    small_program("note", "numbers", "-", stdin="first\n\x1b[31mred\n")
    assert json.loads(small_program("note", "numbers", "--json").stdout)["note"] == "first\n[31mred"


def test_the_editor_writes_where_there_is_a_terminal(small_program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlroadmap.cli.note.why_no_screen", lambda: "")
    monkeypatch.setenv("EDITOR", "sh -c 'echo edited > \"$0\"'")
    assert "Noted on" in small_program("note", "numbers").stdout
    monkeypatch.setenv("EDITOR", "false")
    ran = small_program("note", "numbers")
    assert ran.returncode == 1
    assert "nothing was changed" in ran.stderr


@pytest.mark.parametrize(("words", "typed"), [(("",), ""), (("-",), ""), (("-",), " \n"), (("-", "--add"), "")])
def test_what_has_nothing_in_it_deletes_no_note(small_program: Program, words: tuple[str, ...], typed: str) -> None:
    small_program("note", "numbers", "one")
    ran = small_program("note", "numbers", *words, stdin=typed)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "there is nothing to write; --delete deletes the note" in ran.stderr
    assert "one" in small_program("note", "numbers").stdout


def test_an_editor_that_isnt_there_is_named(small_program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlroadmap.cli.note.why_no_screen", lambda: "")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "nosuchedit -w")
    ran = small_program("note", "numbers")
    assert (ran.returncode, ran.stderr) == (0, "dlroadmap: there is no editor 'nosuchedit -w'\n")
    assert "There is no note" in ran.stdout


def test_an_unknown_topic_is_told_the_nearest(small_program: Program) -> None:
    ran = small_program("note", "numberz", "x")
    assert ran.returncode == 1
    assert "did you mean 'numbers'" in ran.stderr
