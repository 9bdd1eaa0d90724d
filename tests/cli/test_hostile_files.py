"""Roadmap files that can't be used: one clear message each, exit 1, no traceback, progress untouched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]

HEAD = 'format = 1\nid = "mine"\ntitle = "Mine"\n[[phase]]\nid = "p"\ntitle = "P"\n'
TOPIC = '[[phase.topic]]\nid = "a"\ntitle = "A"\n'
HOSTILE: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "hostile.toml: no such file"),
    "empty": (b"", "hostile.toml: the file is empty"),
    "not UTF-8": (b"format = 1\ntitle = '\xff'", ":2: not UTF-8 text; save it as UTF-8"),
    "not TOML": (b"format = 1\nid = = 2", ":2: not TOML: "),
    "another format": (b"format = 99", ":1: format: format 99 is not one that this version reads"),
    "cycle": (
        (HEAD + TOPIC + 'needs = ["b"]\n' + TOPIC.replace('"a"', '"b"') + 'needs = ["a"]\n').encode(),
        "a cycle: ",
    ),
    "no right answer": (
        (
            HEAD + TOPIC + '[[question]]\ntopic = "a"\nid = "q"\nkind = "choice"\nask = "?"\n'
            'options = [{ text = "x" }, { text = "y" }]'
        ).encode(),
        "0 right options; a choice has exactly one",
    ),
}


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    content, said = HOSTILE[request.param]
    file = tmp_path / "hostile.toml"
    if content is not None:
        file.write_bytes(content)
    return file, said


@pytest.mark.parametrize("verb", [(), ("status",), ("tick", "a"), ("quiz", "a"), ("next", "--json")])
def test_one_clear_message_and_progress_untouched(
    program: Program, hostile: tuple[Path, str], home: Path, verb: tuple[str, ...]
) -> None:
    file, said = hostile
    ran = program("--roadmap", str(file), *verb)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"dlroadmap: {file}:")
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert not (home / "progress.sqlite3").exists()


def test_validate_tells_the_same(program: Program, hostile: tuple[Path, str]) -> None:
    file, said = hostile
    ran = program("validate", str(file))
    assert ran.returncode == 1
    assert said in ran.stdout
    assert f"{file}: 1 error, " in ran.stdout


def test_markup_and_escapes_in_texts_are_shown_or_removed(program: Program, tmp_path: Path) -> None:
    nasty = "[/b] [@click=app.quit] \\u001b[31m \\u202e end"
    file = tmp_path / "nasty.toml"
    file.write_text(
        HEAD.replace("Mine", nasty)
        + TOPIC.replace('"A"', f'"{nasty}"')
        + f'why = "{nasty}"\nidea = [{{ id = "i", text = "{nasty}" }}]\n'
        f'resource = [{{ id = "r", kind = "book", title = "{nasty}", url = "javascript:alert(1){nasty}" }}]\n'
        f'[[question]]\ntopic = "a"\nid = "q"\nidea = "i"\nkind = "choice"\nask = "{nasty}"\nwhy = "{nasty}"\n'
        f'options = [{{ text = "{nasty}", right = true }}, {{ text = "no", why = "{nasty}" }}]\n',
        encoding="utf-8",
    )
    for words in (("status",), ("show", "a"), ("next",), ("quiz", "a"), ("tick", "a"), ("validate",), ("path",)):
        ran = program("--roadmap", str(file), *words, stdin="1\n\n")
        assert ran.returncode == 0, ran
        assert "\x1b" not in ran.stdout + ran.stderr
        assert "\u202e" not in ran.stdout + ran.stderr
    shown = program("--roadmap", str(file), "show", "a").stdout
    assert shown.count("[/b] [@click=app.quit] [31m end") >= 4


def test_fault_in_an_unclean_key_is_one_line_without_escapes(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(HEAD + TOPIC + '"\\u001b[31m\\nred" = 1\n', encoding="utf-8")
    assert "\x1b" not in program("--roadmap", str(file)).stderr
    ran = program("validate", str(file))
    assert "\x1b" not in ran.stdout
    assert len(ran.stdout.splitlines()) == 3
