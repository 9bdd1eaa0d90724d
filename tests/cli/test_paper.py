from __future__ import annotations

import sys

import pytest

from dlroadmap.cli.paper import Paper, cells, one_line, padded


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    monkeypatch.setenv("COLUMNS", "40")
    return Paper()


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.split("\n")[:-1]


def test_text_is_wrapped_behind_its_sign(paper: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    paper.say("words " * 12, "  ✓ ")
    lines = printed(capsys)
    assert lines[0].startswith("  ✓ words")
    assert all(len(line) <= 40 and line.startswith("    words") for line in lines[1:])
    paper.say("", "  ✓ ")
    assert printed(capsys) == ["  ✓"]


def test_markdown_keeps_lists_tables_and_listings(paper: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    paper.prose(
        "A paragraph that is long enough\nto be wrapped twice over here.\n```python\nx  =  1\n```\n"
        "Behind it.\n- an item that is far too long for one single line\n- another\n\n| a | b |\n1. `code[0]` [bold]\n"
    )
    assert printed(capsys) == [
        "  A paragraph that is long enough to be",
        "  wrapped twice over here.",
        "",
        "    x  =  1",
        "",
        "  Behind it.",
        "  - an item that is far too long for one",
        "    single line",
        "  - another",
        "",
        "  | a | b |",
        "  1. `code[0]` [bold]",
    ]


def test_plain_emphasis_is_read_without_its_stars(capsys: pytest.CaptureFixture[str]) -> None:
    text = "the **third** input, **two words**, x**2 + y**2, `a**b**c`, 2 ** 3\n```\nf(**a, **b)\n```"
    Paper(plain=True).prose(text)
    assert printed(capsys) == ["  the third input, two words, x**2 + y**2, `a**b**c`, 2 ** 3", "", "    f(**a, **b)"]
    Paper(plain=True).prose("*Passed* and *known\ntoday*, a*b*c, 2 * 3 * 4, f(*a, *b), `*c*`")
    assert printed(capsys) == ["  Passed and known today, a*b*c, 2 * 3 * 4, f(*a, *b), `*c*`"]
    Paper().prose("the **third** input")
    assert printed(capsys) == ["  the third input"]


def test_listing_that_holds_a_shorter_fence(paper: Paper, capsys: pytest.CaptureFixture[str]) -> None:
    paper.prose("````\n```\ncode\n```\n````\nafter")
    assert printed(capsys) == ["    ```", "    code", "    ```", "", "  after"]


@pytest.mark.parametrize(("share", "full"), [(0, 0), (0.001, 1), (0.5, 6), (0.999, 11), (1, 12)])
def test_bar_is_full_for_the_whole_alone(paper: Paper, share: float, full: int) -> None:
    assert paper.bar(share) == "█" * full + "░" * (12 - full)


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_on_a_terminal_unless_somebody_minds(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Paper().colour is colour
    assert not Paper(colour=False).colour
    assert ("\x1b" in Paper().sign("✓")) is colour


def test_colours_dont_change_the_wrapping(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    paper = Paper()
    paper.say("words " * 12, f"{paper.sign('✓')} ")
    first, second = printed(capsys)[:2]
    assert first == f"{paper.sign('✓')} {'words ' * 6}".rstrip()
    assert second.startswith("  words")


def test_old_windows_console_has_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("WT_SESSION", raising=False)
    assert not Paper().colour


def test_linux_console_has_ascii_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    paper = Paper()
    assert [paper.of(s) for s in ("todo", "doing", "done", "mastered", "skipped")] == [".", "o", "+", "*", "-"]


@pytest.mark.parametrize(
    ("text", "width", "shown"), [("ab", 4, "ab  "), ("abcdef", 4, "abc…"), ("日本語", 5, "日本…"), ("ab", 0, "…")]
)
def test_padded_counts_cells(text: str, width: int, shown: str) -> None:
    assert padded(text, width) == shown


def test_odds_and_ends() -> None:
    assert (cells("日本"), cells("e\u0301")) == (4, 1)
    assert one_line("a\n b\x1b[0m\u202e\t c") == "a b[0m c"
