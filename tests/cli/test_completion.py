from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from subprocess import CompletedProcess

import click
import pytest

from dlroadmap.cli.complete import answer, candidates
from dlroadmap.cli.completion import SCRIPTS
from dlroadmap.cli.verbs import EVERYWHERE, OPTIONS, VERBS
from dlroadmap.roadmap import Roadmap

Program = Callable[..., CompletedProcess[str]]


def names(*words: str) -> list[str]:
    return [name for name, _ in candidates(words)]


def _options(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from ((name, parameter) for name in (*parameter.opts, *parameter.secondary_opts) if name.startswith("--"))
    for inner in getattr(command, "commands", {}).values():
        yield from _options(inner)


@pytest.mark.parametrize("verb", VERBS)
def test_the_options_that_are_completed_are_those_of_the_verb(verb: str) -> None:
    command = import_module(f"dlroadmap.cli.{verb}_" if iskeyword(verb) else f"dlroadmap.cli.{verb}").command
    takes = {**EVERYWHERE, **OPTIONS.get(verb, {})}
    mine = dict(_options(command))
    assert {name for name in mine if name not in EVERYWHERE} == set(OPTIONS.get(verb, ()))
    for name, option in mine.items():
        assert bool(takes[name]) == (not option.is_flag), name
        assert isinstance(takes[name], tuple) == isinstance(option.type, click.Choice), name
        if isinstance(option.type, click.Choice):
            assert takes[name] == tuple(option.type.choices)


def test_a_values_place_is_completed_with_values(small_file: Path, small: Roadmap) -> None:
    assert names("plan", "--goal", "") == ["understand", "build", "research", "job"]
    assert names("plan", "--goal=") == [f"--goal={goal}" for goal in ("understand", "build", "research", "job")]
    assert names("export", "out", "--format", "j") == ["toml", "json", "markdown", "html", "ics"]
    assert names("plan", "--days", "mon,") == [f"mon,{day}" for day in ("tue", "wed", "thu", "fri", "sat", "sun")]
    with_file = f"--roadmap={small_file}"
    assert names(with_file, "review", "--phase", "") == [phase.id for phase in small.phase]
    assert names(with_file, "review", "--topic", "") == list(small.topics)
    assert names(with_file, "path", "--save", "mine", "numbers", "") == list(small.topics)
    assert "--version" in names("-")
    assert "--version" not in names("show", "-")
    assert names("note", "--add", "") == names("note", "")  # an option without a value there
    for words in (("--roadmap", str(small_file), "path", "--export", ""), ("next", "--minutes", ""), ("roadmap", "add", "")):
        assert names(*words) == []


def test_roadmaps_are_named_and_opened_by_their_ids(
    program: Program, bundle: Path, small_file: Path, small: Roadmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dlroadmap.cli.complete.bundled", lambda: bundle)
    assert names("roadmap", "remove", "") == []
    program("roadmap", "add", str(small_file))
    assert names("--roadmap", "") == ["deep-learning", "small"]
    assert names("roadmap", "remove", "") == ["small"]
    for roadmap in ("deep-learning", "small"):
        assert names("--roadmap", roadmap, "tick", "") == list(small.topics)


def test_own_paths_are_completed_and_they_alone_are_deleted(small_program: Program, small_file: Path) -> None:
    with_file = ("--roadmap", str(small_file))
    assert names(*with_file, "path", "--delete", "") == []
    for name in ("Mine", "Yours", "Ours"):
        small_program("path", "--save", name, "numbers")
    small_program("undo")
    small_program("path", "--delete", "yours")
    assert names(*with_file, "path", "--delete", "") == ["mine"]
    assert names(*with_file, "path", "") == ["all", "mine", "short"]


def test_backups_are_completed(small_program: Program) -> None:
    assert names("restore", "") == []
    assert small_program("backup").returncode == 0
    assert names("restore", "") == [json.loads(small_program("restore", "--json").stdout)["backups"][0]["name"]]


def test_verbs_come_first_then_topics_phases_steps_and_ideas(small_file: Path, small: Roadmap) -> None:
    with_file = ("--roadmap", str(small_file))
    assert names("") == list(VERBS)
    assert names(*with_file, "tick", "") == list(small.topics)
    assert names("show", *with_file, "") == [*small.topics, *(phase.id for phase in small.phase)]
    topic = next(t for t in small.topics.values() if t.steps and t.idea)
    steps = set(names(*with_file, "tick", topic.id, ""))
    assert steps
    assert steps <= {step.id for step in topic.steps}
    assert names(*with_file, "idea", topic.id, "") == [idea.id for idea in topic.idea]
    assert set(names(*with_file, "path", "")) == set(small.paths)


def test_titles_go_with_the_names(small_file: Path, small: Roadmap) -> None:
    found = dict(candidates(["--roadmap", str(small_file), "show", ""]))
    assert all(found[topic.id] == topic.title for topic in small.topics.values())


def test_only_what_begins_so_is_answered_and_a_roadmap_that_isnt_there_is_silent(
    bundle: Path, home: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dlroadmap.cli.complete.bundled", lambda: bundle)
    assert answer(["show", "num"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"numbers\t")
    assert answer(["--roadmap", "/no/such.toml", "show", ""]) == 1
    assert capsysbinary.readouterr().out == b""


def test_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    code = "import sys; from dlroadmap.cli.complete import answer; answer(['show', 'b']); sys.stderr.write(' '.join(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert not {"pydantic", "click", "textual", "tomllib"} & set(ran.stderr.split())
    assert "backpropagation\tBackpropagation" in ran.stdout


def test_each_script_is_printed(program: Program) -> None:
    for shell, script in SCRIPTS.items():
        assert program("completion", shell).stdout == script


@pytest.fixture
def path_with_program(tmp_path: Path) -> str:
    """A PATH on which `dlroadmap` is this one."""
    command = tmp_path / "bin" / "dlroadmap"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m dlroadmap "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return f"{command.parent}{os.pathsep}{os.environ['PATH']}"


def _shell(path: str, *command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}, timeout=30)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="bash isn't there")
def test_bash_completes_a_topic(path_with_program: str) -> None:
    script = 'COMP_WORDS=(dlroadmap show backprop); COMP_CWORD=2; _dlroadmap; printf "%s\\n" "${COMPREPLY[@]}"'
    assert _shell(path_with_program, "bash", "-c", SCRIPTS["bash"] + script) == "backpropagation\n"


@pytest.mark.skipif(not shutil.which("bash"), reason="bash isn't there")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("export --format =", "toml json markdown html ics"),
        ("export --format = j", "json"),
        ("plan --days = mon,t", "mon,tue mon,thu"),
        ("plan --goal = build --level = b", "basics"),
        ("export --format=j", "--format=json"),
    ],
)
def test_bash_completes_a_value_behind_the_equals_at_which_it_cuts(path_with_program: str, words: str, found: str) -> None:
    count = len(words.split())
    script = f'COMP_WORDS=(dlroadmap {words}); COMP_CWORD={count}; _dlroadmap; printf "%s\\n" "${{COMPREPLY[@]}}"'
    assert _shell(path_with_program, "bash", "-c", SCRIPTS["bash"] + script).split() == found.split()


@pytest.mark.skipif(not shutil.which("fish"), reason="fish isn't there")
def test_fish_completes_a_topic(path_with_program: str) -> None:
    script = SCRIPTS["fish"] + "complete -C 'dlroadmap show backprop'"
    assert _shell(path_with_program, "fish", "--no-config", "-c", script) == "backpropagation\tBackpropagation\n"


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh isn't there")
def test_zsh_reads_its_script(path_with_program: str) -> None:
    script = (
        "autoload -Uz compinit; compinit -D; "
        + SCRIPTS["zsh"]
        + "_describe() { print -l $found }; words=(dlroadmap show backprop); "
    )
    assert _shell(path_with_program, "zsh", "-fc", script + "CURRENT=3; _dlroadmap") == "backpropagation:Backpropagation\n"
