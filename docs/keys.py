"""Write docs/keys.md from the bindings themselves.

python docs/keys.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding

from dlroadmap.tui.app import RoadmapApp
from dlroadmap.tui.keys import SCREENS, bindings
from dlroadmap.tui.widgets.key_bar import key_name

HEAD = """\
# Keys

Every essential action has a plain printable key, because editors and terminals take many of the others. `?` or F1 shows the keys of
the screen at hand, `:` or Ctrl+P lists every action with its key and does it. In a field letters are text; Esc leaves it.

This page is made from the program's own bindings. `j` and `k` are ↓ and ↑ everywhere.

## Other keys

Each action has an id. In `config.toml` (`e` in the Settings opens it) a table gives it other keys, one or several:

```toml
[keys]
"map.tick" = "x"
"map.next" = ["n", "f5"]
"settings.back" = "escape,b"
```

`ctrl+x`, `shift+f2`, `pagedown`, `space` and `?` are such names. A key that does something else on the same screen already, a name
that no key has and an id that isn't there are reported when the program starts and by `dlroadmap doctor`; everything else holds.
"""
NAMES = {
    "Questions": "In a checkpoint, an exam or a review",
    "Links": "Links: a letter picks one",
    "Welcome": "Welcome, at the first start",
}


def page() -> str:
    """Return the page's text."""
    parts = [HEAD]
    seen: set[str] = set()
    for name, nodes in SCREENS.items():
        rows = [row for node in nodes for row in _rows(node, seen)]
        parts.append(_table(NAMES.get(name, name), rows))
    parts.append(_table("Everywhere", list(_rows(RoadmapApp, seen))))
    return "\n".join(parts)


def _rows(node: type, seen: set[str]) -> Iterator[tuple[str, str, str]]:
    for binding in bindings(node):
        if binding.id and binding.id not in seen and not binding.system:
            seen.add(binding.id)
            if binding.id[-1] in "23456789" and binding.key.isdigit():
                continue  # the first digit's row stands for all
            yield _keys(binding), _said(binding), binding.id


def _keys(binding: Binding) -> str:
    if binding.key == "1" and binding.id and binding.id.endswith("1"):
        return "1 to 9"
    return " ".join(f"`{key_name(key.strip())}`" for key in binding.key.split(","))


def _said(binding: Binding) -> str:
    return (binding.tooltip or binding.description).replace("|", "\\|")


def _table(title: str, rows: list[tuple[str, str, str]]) -> str:
    lines = [f"| {keys} | {said} | `{name}` |" for keys, said, name in rows]
    return "\n".join([f"## {title}", "", "| key | does | id |", "|---|---|---|", *lines, ""])


def main() -> int:
    """Write the page."""
    Path(__file__).with_name("keys.md").write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
