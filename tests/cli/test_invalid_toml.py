"""Every kind of text that TOML forbids, given to validate, --roadmap and import: one line, exit 1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Program = Callable[..., CompletedProcess[str]]

HEAD = 'format = 1\nid = "mine"\ntitle = "Mine"\n'
MARK = "dlroadmap_progress = 1\nevents = 0\n"
INVALID = {
    "array": [
        *("x = [1", "x = [1,,2]", "x = [,1]", "x = [1 2]", "x = ]", "x = [[1]", "x = 1]", "x = [1\n[x]"),
    ],
    "bool": [
        *("x = True", "x = tru", "x = truee", "x = falsE", "x = not", "x = trues"),
    ],
    "control": [
        *('x = "\x00"', 'x = "\x1f"', "x = 1 # \x07", "x = '\x7f'", "\x0bx = 1", 'x = """\x00"""', "# \x00\n"),
    ],
    "datetime": [
        *("x = 2026-13-01", "x = 2026-02-30", "x = 2026-1-1", "x = 26-01-01", "x = 2026-01-01T25:00:00"),
        *("x = 2026-01-01T10:60:00", "x = 2026-01-01T10:00:61", "x = 2026-01-01T10:00:00+25:00", "x = 0000-00-00"),
        *("x = 2026-01-01 T10:00:00", "x = 10:0:00"),
    ],
    "float": [
        *("x = .5", "x = 5.", "x = 1e", "x = 1.e5", "x = 1__0.0", "x = 1._0", "x = _1.0", "x = +-1.0", "x = Inf"),
        *("x = nAn", "x = 1e1.0"),
    ],
    "inline": [
        *("x = {a = 1", "x = {a = 1,, b = 2}", "x = {a = 1, a = 2}", "x = {a}", "x = {a = 1} b", "x = {a = 1}\n[x.b]"),
        *("x = {a.b = 1, a = 2}",),
    ],
    "integer": [
        *("x = 01", "x = 1_", "x = _1", "x = 1__2", "x = 0x", "x = 0b2", "x = 0o8", "x = +0x1", "x = 0X1", "x = 1a"),
        *("x = --1", "x = 0xg"),
    ],
    "key": [
        *("= 1", "x", "x =", "x y = 1", "x = 1 y = 2", "x. = 1", ".x = 1", "x..y = 1", "ä = 1", "x\n= 1", '"""x""" = 1'),
        *("x = 1\nx = 2",),
    ],
    "more keys": [
        *("x.y = 1\nx = 2", "x = 1\nx.y = 2", '"x" = 1\nx = 2', "[x]\ny = 1\n[x]", "[[x]]\n[x]", "[x]\n[[x]]"),
        *("x = []\n[[x]]",),
    ],
    "string": [
        *('x = "', "x = '", 'x = "a', 'x = "a\nb"', "x = 'a\nb'", 'x = "\\z"', 'x = "\\u00"', 'x = "\\ud800"'),
        *('x = "\\U00110000"', "x = a"),
    ],
    "more strings": [
        *('x = """a', "x = '''a", 'x = "a" "b"', "x = '''''''''", 'x = """""""""', 'x = """\\ a"""', 'x = "\\x4"'),
        *("x = `a`",),
    ],
    "table": [
        *("[", "[x", "[x]]", "[[x]", "[]", "[[]]", "[x] y = 1", "[x.]", "[.x]", "[x..y]", "[x\ny]", "[ [x] ]", '["x"y]'),
        *("[x]\ny.z = 1\n[x.y]",),
    ],
    "merge": [
        *("<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other",),
    ],
    "deep": [
        *("x = " + "[" * 20_000 + "]" * 20_000, "x = " + "{a=" * 20_000, ".".join("a" * 20_000) + " = 1"),
        *("[" + ".".join("a" * 20_000) + "]",),
    ],
    "long": [
        *("x = " + "9" * 4300, "x" * 40_000 + " = 1", "x" * 5_000_000),
    ],
}
EVERY = [pytest.param(text, id=f"{kind} {n}") for kind, texts in INVALID.items() for n, text in enumerate(texts)]
BYTES = {
    "utf-16": 'x = "a"'.encode("utf-16"),
    "latin-1": b'x = "\xe4"',
    "half": b'x = "\xc3',
    "surrogate": b'x = "\xed\xa0\x80"',
    "zeros": bytes(9000),
}


def refused(ran: CompletedProcess[str], file: Path) -> None:
    assert ran.returncode == 1
    assert (ran.stdout, ran.stderr.count("\n")) == ("", 1)
    assert ran.stderr.startswith(f"dlroadmap: {file}:")
    assert len(ran.stderr) < 1500
    assert "\x1b" not in ran.stderr


@pytest.mark.parametrize("text", EVERY)
def test_text_that_toml_forbids(program: Program, tmp_path: Path, home: Path, text: str) -> None:
    file = tmp_path / "invalid.toml"
    for beginning in ("", HEAD):
        file.write_text(beginning + text, encoding="utf-8")
        validated = program("validate", str(file))
        assert (validated.returncode, validated.stderr) == (1, "")
        assert f"{file}: 1 error, " in validated.stdout or beginning == ""
        refused(program("--roadmap", str(file), "status"), file)
    for beginning in ("", MARK, MARK + "[[event]]\n"):
        file.write_text(beginning + text, encoding="utf-8")
        refused(program("import", str(file)), file)
    assert not (home / "progress.sqlite3").exists()


@pytest.mark.parametrize("content", BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text(program: Program, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "invalid.toml"
    for beginning in (b"", HEAD.encode(), MARK.encode()):
        file.write_bytes(beginning + content)
        assert program("validate", str(file)).returncode == 1
        refused(program("--roadmap", str(file), "status"), file)
        refused(program("import", str(file)), file)
