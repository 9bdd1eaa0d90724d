from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from dlroadmap.tui.themes import DARK, LIGHT, THEMES, fitting

ROLES = ("foreground", "primary", "warning", "success", "accent", "error")


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_every_text_has_a_contrast_of_four_and_a_half_on_every_ground(theme: Theme) -> None:
    texts = [str(getattr(theme, role)) for role in ROLES] + [theme.variables["muted"], theme.variables["code"]]
    grounds = [str(theme.background), str(theme.panel), theme.variables["cursor-back"]]
    for text in texts:
        for ground in grounds:
            assert _ratio(text, ground) >= 4.5, f"{text} on {ground}: {_ratio(text, ground):.2f}"


def _ratio(text: str, ground: str) -> float:
    """Contrast as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [c / 255 for c in Color.parse(colour).rgb]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(text), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("told", "name"), [("0;15", LIGHT.name), ("15;0", DARK.name), ("", DARK.name), ("0;default;15", LIGHT.name)]
)
def test_the_terminals_background_chooses_the_theme(told: str, name: str) -> None:
    assert fitting(told) == name
