"""The themes: the one home of colours. Every text colour has a contrast of 4.5 or more on its background."""

from __future__ import annotations

import os

from textual.theme import Theme


def _theme(name: str, *, dark: bool, ground: str, lift: str, cursor: str, text: str, muted: str, **roles: str) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        background=ground,
        surface=ground,
        panel=lift,
        foreground=text,
        primary=roles["blue"],
        secondary=roles["blue"],
        accent=roles["pink"],
        success=roles["green"],
        warning=roles["amber"],
        error=roles["error"],
        text_alpha=1.0,
        variables={
            "muted": muted,
            "code": roles["code"],
            "cursor-back": cursor,
            "frame": roles["frame"],
            "block-cursor-background": cursor,
            "block-cursor-foreground": text,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": lift,
            "block-cursor-blurred-foreground": text,
            "input-cursor-background": text,
            "input-selection-background": cursor,
            "scrollbar": roles["frame"],
            "scrollbar-background": ground,
            "scrollbar-corner-color": ground,
            "scrollbar-hover": muted,
            "scrollbar-active": roles["blue"],
            "footer-key-foreground": roles["blue"],
        },
    )


DARK = _theme(
    "dl-dark",
    dark=True,
    ground="#11151B",
    lift="#1A2029",
    cursor="#212B3C",
    text="#E6EAF0",
    muted="#8B97A8",
    amber="#E69F00",
    blue="#56B4E9",
    green="#2BB58A",
    pink="#E79AD2",
    error="#F2785C",
    code="#C8D3A2",
    frame="#3A4554",
)
LIGHT = _theme(
    "dl-light",
    dark=False,
    ground="#FBFAF7",
    lift="#F0EEE8",
    cursor="#DCE6F0",
    text="#1B1F26",
    muted="#5B6573",
    amber="#8A5A00",
    blue="#005A9C",
    green="#00684A",
    pink="#8E2A7E",
    error="#B03A12",
    code="#3F5200",
    frame="#B9B4A8",
)
THEMES = (DARK, LIGHT)


def fitting(colorfgbg: str | None = None) -> str:
    """Return the name of the theme that fits the terminal's background, as COLORFGBG tells it; dark where nothing does."""
    told = os.environ.get("COLORFGBG", "") if colorfgbg is None else colorfgbg
    ground = told.rpartition(";")[2]
    return LIGHT.name if ground.isdigit() and (int(ground) == 7 or int(ground) >= 9) else DARK.name
