"""The footer: the keys that do something now, as many as fit, always with help and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.style import Style
from rich.text import Text
from textual.app import RenderResult
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "comma": ",",
    "minus": "-",
    "exclamation_mark": "!",
    "full_stop": ".",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "backspace": "Backspace",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """Return a key's name as on a keyboard: `space` is Space, `ctrl+p` is Ctrl+P."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last.upper() if len(last) > 1 and last[0] == "f" and last[1:].isdigit() else last)
    return "+".join([*(m.capitalize() for m in modifiers), name.upper() if modifiers and len(name) == 1 else name])


def key_of(binding: Binding) -> str:
    """Return a binding's keys as the footer and the help show them."""
    return binding.key_display or " ".join(key_name(key.strip()) for key in binding.key.split(","))


def key_to(screen: Screen[Any], action: str) -> str:
    """Return the key of an action that is active on a screen now, after remapping; "" if none is."""
    return next((key_of(active.binding) for active in screen.active_bindings.values() if active.binding.action == action), "")


def key_in(node: DOMNode, action: str) -> str:
    """Return the key of an action that a node declares, after remapping, whether it is active or not."""
    binding = next(b for _, b in node._bindings if b.action == action and b.id)  # noqa: SLF001 the bindings before remapping
    keys: str = node.app._keymap.get(binding.id or "", "")  # noqa: SLF001 Textual has no public way
    return key_name(keys.partition(",")[0]) if keys else key_of(binding)


def chosen(items: list[tuple[str, str]], kept: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """Return as many items as fit into the width, the first ones first, followed by those that are always kept."""

    def size(parts: Iterable[tuple[str, str]]) -> int:
        return sum(len(key) + len(word) + 3 for key, word in parts)

    room = width - size(kept)
    shown: list[tuple[str, str]] = []
    for item in items:
        if size([*shown, item]) <= room:
            shown.append(item)
    return shown + kept


class KeyBar(Widget):
    """Shows the active bindings of the present screen; a click on one does the same as its key."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        link-color: $foreground;
        link-style: none;
        link-background-hover: $cursor-back;
        link-color-hover: $foreground;
        link-style-hover: none;
        & .key-bar--key { color: $primary; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"key-bar--key"}  # noqa: RUF012 Textual's own declaration

    def on_mount(self) -> None:
        """Follow the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> RenderResult:
        """Draw the keys."""
        found = self.screen.active_bindings.values()
        active = [a for a in _in_place(found) if a.binding.show and a.enabled and a.binding.description]
        every: dict[str, ActiveBinding] = {}
        for one in active:
            if one.binding.id not in {other.binding.id for other in every.values()}:  # bindings with one id do the same
                every.setdefault(key_of(one.binding), one)  # of two with the same key the innermost node's counts
        places = {key: _place(a.binding.id or "") for key, a in every.items()}
        first = {place: key for key, place in reversed(places.items())}
        last = [first[place] for place in ("help", "out" if "out" in first else "quit") if place in first]
        rest: list[tuple[str, str]] = [(key, _word(a)) for key, a in every.items() if not places[key]]
        kept: list[tuple[str, str]] = [(key, _word(every[key])) for key in last]
        items = chosen(rest, kept, self.content_size.width)
        if len(items) < len(rest) + len(kept):  # too little room: without the words in brackets
            rest, kept = ([(key, word.partition(" (")[0]) for key, word in part] for part in (rest, kept))
            items = chosen(rest, kept, self.content_size.width)
        key_style = self.get_component_rich_style("key-bar--key", partial=True)
        line = Text(no_wrap=True, overflow="crop")
        for key, word in items:
            click = Style.from_meta({"@click": f"app.simulate_key('{every[key].binding.key.split(',')[0]}')"})
            line.append(key, click + key_style)
            line.append(f" {word}  ", click)
        return line


def _in_place(found: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """Return bindings in the order of declaration, the innermost node's first; remapping doesn't matter."""
    every = [*found]
    nodes = dict.fromkeys(a.node for a in every)
    declared = ((node, binding.id) for node in nodes for _, binding in node._bindings)  # noqa: SLF001 a remapping puts them last
    order = {at: n for n, at in enumerate(dict.fromkeys(declared))}
    return sorted(every, key=lambda a: order[a.node, a.binding.id])


def _place(name: str) -> str:
    """Return by a binding's id whether it is the help, the way out of a screen, or the program's end."""
    what = name.rpartition(".")[2]
    if what in ("help", "quit"):
        return what
    return "out" if what in ("back", "close", "pause", "keep", "leave") or name == "welcome.skip" else ""


def _word(active: ActiveBinding) -> str:
    return active.binding.description
