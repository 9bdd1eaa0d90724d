from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from dlroadmap.terminal import Depth
from dlroadmap.tui.themes import ANSI_DARK, ANSI_LIGHT, CONTRAST, DARK, GROUNDS, LIGHT, OURS, TEXTS, contrast, fitting, others

THEMES = [*OURS, *others()]
RGB = [theme for theme in THEMES if not theme.ansi]
XTERM = """
#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff
"""
VGA = """
#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa #555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff
"""
NAMES = [
    f"ansi_{bright}{name}"
    for bright in ("", "bright_")
    for name in ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
]


def _colour(theme: Theme, role: str) -> str:
    return str(theme.variables.get(role) or getattr(theme, role))


@pytest.mark.parametrize("theme", RGB, ids=lambda t: t.name)
def test_every_text_has_a_contrast_of_four_and_a_half_on_every_ground(theme: Theme) -> None:
    for role in TEXTS:
        for behind in GROUNDS:
            text, ground = _colour(theme, role), _colour(theme, behind)
            assert contrast(Color.parse(text), Color.parse(ground)) >= 4.5, f"{role} {text} on {behind} {ground}"


def test_high_contrast_is_seven_and_more() -> None:
    for role in TEXTS:
        for behind in GROUNDS:
            assert contrast(Color.parse(_colour(CONTRAST, role)), Color.parse(_colour(CONTRAST, behind))) >= 7


@pytest.mark.parametrize("palette", [XTERM, VGA], ids=["xterm", "vga"])
@pytest.mark.parametrize(("theme", "ground", "default"), [(ANSI_DARK, "#000000", "#e5e5e5"), (ANSI_LIGHT, "#ffffff", "#000000")])
def test_the_terminals_own_colours_can_be_read_in_the_usual_palettes(theme: Theme, ground: str, default: str, palette: str) -> None:
    meant = {**dict(zip(NAMES, palette.split(), strict=True)), "ansi_default": default}
    for role in TEXTS:
        assert contrast(Color.parse(meant[_colour(theme, role)]), Color.parse(ground)) >= 4.5, role
    assert theme.variables["cursor-style"] == "reverse"  # the same two colours, changed over: the same contrast


def test_textuals_own_themes_are_among_them() -> None:
    assert {name for name, theme in BUILTIN_THEMES.items() if not theme.ansi} < {theme.name for theme in THEMES}


@pytest.mark.parametrize(
    ("told", "name"), [("0;15", LIGHT.name), ("15;0", DARK.name), ("", DARK.name), ("0;default;15", LIGHT.name)]
)
def test_the_terminals_background_chooses_the_theme(told: str, name: str) -> None:
    assert fitting("24bit", {"COLORFGBG": told}) == name


@pytest.mark.parametrize(
    ("colours", "told", "name"), [("16", "", "ansi-dark"), ("16", "0;15", "ansi-light"), ("none", "", "dl-dark")]
)
def test_sixteen_colours_are_the_terminals_own(colours: Depth, told: str, name: str) -> None:
    assert fitting(colours, {"COLORFGBG": told}) == name
