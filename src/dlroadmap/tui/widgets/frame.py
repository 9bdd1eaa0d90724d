"""The frame of what opens above a screen."""

from __future__ import annotations

from textual.containers import Vertical


class Frame(Vertical):
    """A titled box in the middle of the screen, as large as most pages need; a screen may give it another size."""

    DEFAULT_CSS = """
    Frame {
        width: 90%; max-width: 96; height: 90%;
        border: round $frame; border-title-color: $foreground; background: $background; padding: 0 1;
    }
    """
