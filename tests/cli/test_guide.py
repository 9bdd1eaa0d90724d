from __future__ import annotations

import json
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType

import pytest

from dlroadmap.places import guide

Program = Callable[..., CompletedProcess[str]]


def test_help_lists_the_pages_and_prints_each_without_marks(program: Program) -> None:
    folder = guide()
    assert folder is not None
    listed = program("help").stdout
    for file in folder.glob("*.md"):
        assert file.stem in listed
        page = program("help", file.stem)
        assert page.returncode == 0
        assert "](" not in page.stdout
        assert "\x1b" not in page.stdout
        assert page.stdout.splitlines()[0] == file.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")


def test_a_page_has_addresses_behind_their_words_and_no_empty_cells(program: Program) -> None:
    page = program("help", "review").stdout
    assert "FSRS-6 (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm)," in " ".join(page.split())
    assert "  key: command · does\n\n  - b: dlroadmap idea TOPIC IDEA --bury · not before tomorrow\n" in page
    assert "  - --reset: its memory starts anew\n  - !: notes a wrong question" in page
    assert "Passed is what you have ever shown" in page


def test_an_unknown_page_names_the_nearest(program: Program) -> None:
    ran = program("help", "getting-startd")
    assert ran.returncode == 1
    assert "did you mean 'getting-started'" in ran.stderr


def test_the_listings_on_writing_a_roadmap_are_one_without_a_fault(program: Program, tmp_path: Path) -> None:
    page = (guide() or Path()) / "authoring.md"
    file = tmp_path / "my-roadmap.toml"
    file.write_text("\n".join(re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)), encoding="utf-8")
    assert program("validate", str(file)).stdout == f"{file}: 1 phase, 2 topics, 2 questions: no errors, 0 warnings\n"


def test_a_verb_is_no_page(program: Program) -> None:
    assert program("help", "tick").stderr == "dlroadmap: 'tick' is a verb and no page; dlroadmap tick -h tells about it\n"


def test_help_as_json(program: Program) -> None:
    assert "getting-started" in json.loads(program("help", "--json").stdout)["pages"]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int]]:
    """A web server that only notes what it was asked for."""
    asked: list[tuple[str, str, int]] = []

    class Server:
        def __init__(self, command: str, *, host: str, port: int, **_: str) -> None:
            asked.append((command, host, port))

        def serve(self) -> None:
            pass

    module = ModuleType("textual_serve.server")
    module.Server = Server  # type: ignore[attr-defined] # a module of the test's own
    monkeypatch.setitem(sys.modules, "textual_serve", ModuleType("textual_serve"))
    monkeypatch.setitem(sys.modules, "textual_serve.server", module)
    monkeypatch.setattr("dlroadmap.cli.serve._try", lambda *_: None)
    return asked


def test_serve_listens_on_this_machine_alone(program: Program, served: list[tuple[str, str, int]]) -> None:
    ran = program("serve")
    assert served[0][1:] == ("127.0.0.1", 8000)
    assert served[0][0].endswith("-m dlroadmap")
    assert ran.stderr == ""


def test_serve_goes_on_with_the_same_roadmap_and_prints_one_line(
    program: Program, small_file: Path, served: list[tuple[str, str, int]]
) -> None:
    ran = program("--roadmap", str(small_file), "--same", "--no-color", "serve")
    assert served[0][0].endswith(f"-m dlroadmap --roadmap {small_file} --same --no-color")
    assert ran.stdout == "http://127.0.0.1:8000 shows the Map; Ctrl+C ends it.\n"
    assert program("serve", "--plain").returncode == 2


@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("example.org", True), ("::1", False), ("localhost", False)])  # noqa: S104 that is what is warned of
def test_another_host_is_warned_of(program: Program, served: list[tuple[str, str, int]], host: str, warned: bool) -> None:
    assert ("no password" in program("serve", "--host", host).stderr) == warned
    assert served[0][1] == host


def test_an_address_of_version_6_stands_in_brackets(program: Program, served: list[tuple[str, str, int]]) -> None:
    assert program("serve", "--host", "::1").stdout == "http://[::1]:8000 shows the Map; Ctrl+C ends it.\n"


def test_an_address_that_cant_be_listened_on_is_not_announced(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("textual_serve.server")
    module.Server = object  # type: ignore[attr-defined] # a module of the test's own
    monkeypatch.setitem(sys.modules, "textual_serve", ModuleType("textual_serve"))
    monkeypatch.setitem(sys.modules, "textual_serve.server", module)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = program("serve", "--port", port)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == f"dlroadmap: the port {port} of 127.0.0.1 is taken; --port chooses another\n"
    ran = program("serve", "--host", "")
    assert (ran.returncode, ran.stdout) == (2, "")


def test_without_the_extra_serve_says_how_to_get_it(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    ran = program("serve")
    assert ran.returncode == 1
    assert "pip install 'dlroadmap[web]'" in ran.stderr


def test_doctor_tells_about_the_terminal(program: Program) -> None:
    found = json.loads(program("doctor", "--json").stdout)["sections"]["terminal"]
    assert {"size", "screens", "colours", "signs", "widths", "browser", "copies", "editor", "settings"} <= {
        one["name"] for one in found
    }
