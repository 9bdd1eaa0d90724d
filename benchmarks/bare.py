"""The bare Textual program that ours is measured against: a tree of as many lines and one Static beside it."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static, Tree


class BareApp(App[None]):
    """A tree and a Static, and nothing else: what Textual itself takes."""

    BINDINGS = [("q", "quit", "quit")]  # noqa: RUF012 Textual's own declaration

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        """Yield both."""
        tree: Tree[int] = Tree("")
        tree.styles.width = 50
        with Horizontal():
            yield tree
            yield Static("", id="page")
        for n in range(self.lines):
            tree.root.add_leaf(f"topic {n}", n)
        tree.root.expand()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[int]) -> None:
        """Show a page of one line."""
        self.query_one("#page", Static).update(f"page {event.node.data}")


if __name__ == "__main__":
    BareApp(int(sys.argv[1]) if len(sys.argv) > 1 else 90).run()
