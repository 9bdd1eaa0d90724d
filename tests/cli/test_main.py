"""The program as a process: what it loads, what it prints before anything is loaded, pipes and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dlroadmap import __version__

LOADED = "import sys; sys.stderr.write(' '.join(sorted(sys.modules)))"


@pytest.fixture(scope="session")
def _warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache holds the bundled roadmap."""
    home = tmp_path_factory.mktemp("warm")
    assert program(home, "status").returncode == 0
    return home / "cache"


@pytest.fixture(autouse=True)
def _cached(_warm: Path, tmp_path: Path) -> None:
    """Spare each test the second that reading the bundled roadmap anew takes."""
    shutil.copytree(_warm, tmp_path / "cache")


def program(
    home: Path, *words: str, stdin: str = "", env: dict[str, str] | None = None, python: tuple[str, ...] = ("-m", "dlroadmap")
) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "DLROADMAP_HOME": str(home), "PYTHONUTF8": "0", **(env or {})}
    command = [sys.executable, *python, *words]
    return subprocess.run(
        command, input=stdin, env=surroundings, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def loaded(home: Path, code: str) -> set[str]:
    ran = program(home, python=("-c", f"{code}\n{LOADED}"))
    return set(ran.stderr.split())


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_the_help_that_is_answered_without_click_is_clicks_own(tmp_path: Path, word: str) -> None:
    """At full width it is written without loading click; at 79 columns click writes it, and wraps nothing else at 100."""
    ours = program(tmp_path, word, env={"COLUMNS": "100"})
    clicks = program(tmp_path, "--plain", word, env={"COLUMNS": "100"})
    assert ours.stdout == clicks.stdout
    assert "click" not in loaded(tmp_path, "import sys; sys.argv[1:] = ['-h']; from dlroadmap.__main__ import main; main()")
    narrow = program(tmp_path, word, env={"COLUMNS": "60"})
    assert max(map(len, narrow.stdout.splitlines())) <= 60


def test_version_is_answered_before_click_is_imported(tmp_path: Path) -> None:
    code = "import sys; sys.argv[1:] = ['tick', '--version']; from dlroadmap.__main__ import main; assert main() == 0"
    ran = program(tmp_path, python=("-c", f"{code}\n{LOADED}"))
    assert ran.stdout == f"dlroadmap {__version__}\n"
    assert not {"click", "pydantic", "dlroadmap.roadmap"} & set(ran.stderr.split())


def test_a_note_may_speak_of_the_version(tmp_path: Path, small_file: Path) -> None:
    ran = program(tmp_path, "note", "numbers", "use", "--version", "--roadmap", str(small_file))
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, "Noted on Numbers.")
    assert program(tmp_path, "--version", "note").stdout == f"dlroadmap {__version__}\n"


def test_help_loads_no_core(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "from dlroadmap.cli.run import run; assert run(['-h']) == 0")
    assert not {"pydantic", "sqlite3", "textual", "rich", "dlroadmap.study"} & modules


def test_core_loads_no_terminal_and_no_disk(tmp_path: Path) -> None:
    core = ("roadmap", "arithmetic", "question", "faults", "schedule", "events", "progress", "standing", "sitting", "plan")
    modules = loaded(tmp_path, "; ".join(f"import dlroadmap.{name}" for name in core))
    assert "dlroadmap.plan" in modules
    assert not {"textual", "rich", "click", "platformdirs", "sqlite3"} & modules


def test_no_verb_without_a_screen_loads_textual(tmp_path: Path, small_file: Path) -> None:
    verbs = [
        *([], ["next"], ["status"], ["show", "numbers"], ["tick", "numbers"], ["skip", "vectors"], ["know", "neurons"]),
        *(["undo"], ["redo"], ["quiz", "numbers"], ["path"], ["path", "short"], ["roadmap"], ["validate"]),
    ]
    code = f"from dlroadmap.cli.run import run\nfor verb in {verbs!r}: assert run(['--roadmap', {str(small_file)!r}, *verb]) == 0"
    modules = loaded(tmp_path, code)
    assert "dlroadmap.cli.validate" in modules
    assert not {"textual", "rich"} & modules


def test_answers_on_stdin_and_data_on_stdout(tmp_path: Path, small_file: Path) -> None:
    ran = program(tmp_path, "quiz", "numbers", "--roadmap", str(small_file), stdin=".\n.\n.\n")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "0 of 2 ideas shown" in ran.stdout
    status = program(tmp_path, "status", "--json", "--roadmap", str(small_file))
    assert json.loads(status.stdout)["phases"][0]["topics"] == 2


def test_exit_codes_and_streams(tmp_path: Path, small_file: Path) -> None:
    failed = program(tmp_path, "tick", "nombers", "--roadmap", str(small_file))
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "dlroadmap: no topic 'nombers'; did you mean 'numbers'?\n"
    assert program(tmp_path, "--wat").returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_every_encoding_of_stdout(tmp_path: Path, small_file: Path, encoding: str) -> None:
    for words in (("show", "numbers"), ("quiz", "vectors"), ("show", "日本")):
        env = {**os.environ, "DLROADMAP_HOME": str(tmp_path), "PYTHONIOENCODING": encoding}
        command = [sys.executable, "-m", "dlroadmap", "--roadmap", str(small_file), *words]
        ran = subprocess.run(command, input=b".\n", env=env, capture_output=True, timeout=60, check=False)
        assert ran.returncode == (1 if "日本" in words else 0), ran
        assert b"Error" not in ran.stderr
        ran.stdout.decode(encoding)
        if encoding == "ascii" and words == ("show", "numbers"):
            assert b". to do * beginner" in ran.stdout


def test_answers_that_are_not_utf8_are_no_fault(tmp_path: Path, small_file: Path) -> None:
    env = {**os.environ, "DLROADMAP_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "dlroadmap", "--roadmap", str(small_file), "quiz", "numbers"]
    ran = subprocess.run(command, input=b"\xff\xfe\n\n", env=env, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_reader_that_goes_away_is_no_fault(tmp_path: Path, small_file: Path) -> None:
    command = f"{sys.executable} -m dlroadmap --roadmap {small_file} show numbers | true"
    env = {**os.environ, "DLROADMAP_HOME": str(tmp_path)}
    ran = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--roadmap {} tick numbers", "the answer can't be written to stdout: No space left on device"),
        ("-h", "No space left on device"),
        ("--version", "No space left on device"),
    ],
)
def test_full_device_is_one_line(tmp_path: Path, small_file: Path, words: str, said: str) -> None:
    command = f"{sys.executable} -m dlroadmap {words.format(small_file)} > /dev/full"
    env = {**os.environ, "DLROADMAP_HOME": str(tmp_path)}
    ran = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (1, f"dlroadmap: {said}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize("words", ["-h", "--version"])
def test_closed_output_is_no_fault(tmp_path: Path, words: str) -> None:
    env = {**os.environ, "DLROADMAP_HOME": str(tmp_path)}
    command = f"{sys.executable} -m dlroadmap {words} >&-"
    ran = subprocess.run(["sh", "-c", command], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
