"""The themes: all colours are defined here. Every text colour has a contrast of at least 4.5 on every background of text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from dlroadmap.terminal import Depth, depth, has_light_ground

LEAST = 4.5
"""The contrast that WCAG 2 demands for text."""
TEXTS = ("foreground", "primary", "warning", "success", "accent", "error", "muted", "code")
"""The colours of text."""
GROUNDS = ("background", "panel", "cursor-back")
"""The background colours of text."""


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
        ansi=ground.startswith("ansi_"),
        variables={
            **(BUILTIN_THEMES[name].variables if ground.startswith("ansi_") else {}),
            "muted": muted,
            "code": roles["code"],
            "cursor-back": cursor,
            "cursor-style": roles.get("cursor_style", "none"),
            "cursor-style-here": roles.get("cursor_style", "") + " bold",
            "frame": roles["frame"],
            "block-cursor-background": cursor,
            "block-cursor-foreground": text,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": lift,
            "block-cursor-blurred-foreground": text,
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-cursor-text-style": "none" if not ground.startswith("ansi_") else "reverse",
            "input-selection-background": cursor,
            "input-selection-foreground": text,
            "screen-selection-background": cursor,
            "screen-selection-foreground": text,
            "scrollbar": roles["frame"],
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
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
CONTRAST = _theme(
    "dl-contrast",
    dark=True,
    ground="#000000",
    lift="#000000",
    cursor="#00305C",
    text="#FFFFFF",
    muted="#D6D6D6",
    amber="#FFC94A",
    blue="#8FD3FF",
    green="#6FF0C0",
    pink="#FFB8EC",
    error="#FFAD99",
    code="#F4F4B0",
    frame="#FFFFFF",
)
# The terminal's own sixteen colours: only those that are readable in the usual palettes; the cursor's line is reversed.
ANSI_DARK = _theme(
    "ansi-dark",
    dark=True,
    ground="ansi_default",
    lift="ansi_default",
    cursor="ansi_default",
    cursor_style="reverse",
    text="ansi_default",
    muted="ansi_white",
    amber="ansi_bright_yellow",
    blue="ansi_bright_cyan",
    green="ansi_bright_green",
    pink="ansi_bright_magenta",
    error="ansi_bright_red",
    code="ansi_default",
    frame="ansi_white",
)
ANSI_LIGHT = _theme(
    "ansi-light",
    dark=False,
    ground="ansi_default",
    lift="ansi_default",
    cursor="ansi_default",
    cursor_style="reverse",
    text="ansi_default",
    muted="ansi_black",
    amber="ansi_red",
    blue="ansi_blue",
    green="ansi_blue",
    pink="ansi_red",
    error="ansi_red",
    code="ansi_default",
    frame="ansi_black",
)


def contrast(text: Color, ground: Color) -> float:
    """Return the contrast of two colours as WCAG 2 defines it: from 1 to 21."""

    def luminance(colour: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(text), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(theme: Theme) -> Theme:
    """Return one of Textual's own themes with all colours that our screens need, text colours changed until they are readable."""
    ground = Color.parse(theme.background or ("#121212" if theme.dark else "#EFEFEF"))
    away = Color.parse("#FFFFFF" if theme.dark else "#000000")
    lift, cursor = ground.blend(away, 0.05), ground.blend(Color.parse(theme.primary), 0.16)
    grounds = (ground, lift, cursor)

    def seen(colour: str | None) -> str:
        found = start = Color.parse(colour) if colour else away
        for step in range(1, 21):
            if all(contrast(found, behind) >= LEAST for behind in grounds):
                break
            found = start.blend(away, step / 20)
        return found.hex6

    text = seen(theme.foreground)
    return _theme(
        theme.name,
        dark=theme.dark,
        ground=ground.hex6,
        lift=lift.hex6,
        cursor=cursor.hex6,
        text=text,
        muted=seen(ground.blend(Color.parse(text), 0.55).hex6),
        amber=seen(theme.warning),
        blue=seen(theme.primary),
        green=seen(theme.success),
        pink=seen(theme.accent),
        error=seen(theme.error),
        code=seen(theme.secondary),
        frame=ground.blend(Color.parse(text), 0.3).hex6,
    )


OURS = (DARK, LIGHT, CONTRAST, ANSI_DARK, ANSI_LIGHT)
_OTHERS = [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi and name not in {theme.name for theme in OURS}]


def others() -> Iterator[Theme]:
    """Yield Textual's own themes, made readable; this is computed only when it is needed."""
    return (readable(BUILTIN_THEMES[name]) for name in _OTHERS)


def fault(name: str) -> str:
    """Say what is wrong with a theme's name in the settings; "" if there is such a theme."""
    known = ("auto", *(theme.name for theme in OURS), *_OTHERS)
    if name in known:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 only a fault needs it

    near = get_close_matches(name, known, n=1)
    cure = f"did you mean '{near[0]}'?" if near else "the Settings list them"
    return f"[look] theme: there is no theme '{name}'; {cure}"


def fitting(colours: Depth | None = None, environ: Mapping[str, str] = os.environ) -> str:
    """Return the name of the theme for the terminal: light or dark by COLORFGBG, its sixteen colours or ours by its depth."""
    few = (depth(environ=environ) if colours is None else colours) == "16"
    if has_light_ground(environ):
        return (ANSI_LIGHT if few else LIGHT).name
    return (ANSI_DARK if few else DARK).name
