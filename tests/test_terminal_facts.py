from __future__ import annotations

import pytest

from dlroadmap.terminal import advice, depth, has_light_ground, is_colourless, needs_ascii, takes_osc52, why_no_screen


@pytest.mark.parametrize(
    ("wanted", "environ", "found"),
    [
        ("auto", {"COLORTERM": "truecolor", "TERM": "xterm-256color"}, "24bit"),
        ("auto", {"TERM": "xterm-256color"}, "256"),
        ("auto", {"TERM": "linux"}, "16"),
        ("auto", {"TERM": "xterm-kitty"}, "24bit"),
        ("256", {"COLORTERM": "truecolor"}, "256"),
        ("none", {"COLORTERM": "truecolor"}, "none"),
        ("24bit", {"NO_COLOR": "1"}, "none"),
        ("auto", {"NO_COLOR": "", "TERM": "xterm-256color"}, "256"),
        ("24bit", {"TERM": "dumb"}, "none"),
    ],
)
def test_how_many_colours_are_sent(wanted: str, environ: dict[str, str], found: str) -> None:
    assert depth(wanted, environ) == found


@pytest.mark.parametrize(
    ("wanted", "environ", "encoding", "ascii_only"),
    [
        ("auto", {"TERM": "linux"}, "UTF-8", True),
        ("auto", {"TERM": "xterm"}, "ISO-8859-1", True),
        ("auto", {"TERM": "xterm"}, "utf8", False),
        ("unicode", {"TERM": "linux"}, "ascii", False),
        ("ascii", {"TERM": "xterm"}, "UTF-8", True),
        ("ascii", {"DLROADMAP_SIGNS": "unicode"}, "UTF-8", False),
    ],
)
def test_where_signs_must_be_ascii(wanted: str, environ: dict[str, str], encoding: str, ascii_only: bool) -> None:
    assert needs_ascii(wanted, environ, encoding, utf8_mode=False) == ascii_only


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({"LC_ALL": "C"}, True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "en_US.utf8"}, False),
        ({}, False),
        ({"LC_ALL": "C", "DLROADMAP_SIGNS": "unicode"}, False),
    ],
)
def test_in_the_utf_8_mode_of_python_the_locale_is_asked_by_its_name(environ: dict[str, str], ascii_only: bool) -> None:
    assert needs_ascii("auto", environ, "utf-8", utf8_mode=True) == ascii_only


def test_a_light_ground_and_a_copy_that_surely_arrives() -> None:
    assert has_light_ground({"COLORFGBG": "0;15"})
    assert not has_light_ground({})
    assert takes_osc52({"TERM": "xterm-kitty"})
    assert not takes_osc52({"TERM": "xterm-kitty", "TMUX": "socket"})
    assert not takes_osc52({"TERM": "xterm-256color"})
    assert is_colourless({"NO_COLOR": "0"})


def test_a_screen_in_a_browser_needs_no_terminal() -> None:
    assert why_no_screen({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}) == ""
    assert why_no_screen({"TERM": "dumb"}) == "TERM is dumb"


def test_advice_fits_the_terminal() -> None:
    assert any("escape-time" in said for said in advice({"TMUX": "socket"}))
    assert any("ssh" in said for said in advice({"SSH_TTY": "/dev/pts/0"}))
    assert any("VS Code" in said for said in advice({"TERM_PROGRAM": "vscode"}))
    assert any("Apple" in said for said in advice({"TERM_PROGRAM": "Apple_Terminal"}))
    assert any("GNU screen" in said for said in advice({"STY": "1"}))
