"""The phases of the active path as a tree of topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from dlroadmap.plan import Overview
from dlroadmap.roadmap import PathPhase, Roadmap
from dlroadmap.standing import Counts, Where
from dlroadmap.tui.signs import Signs

Filter = Literal["all", "to do", "due"]
ELSEWHERE = "/-elsewhere"
"""The data of the node above a topic that isn't on the path."""
FILTERS: tuple[Filter, ...] = ("all", "to do", "due")
BAR = 5
"""Columns of a phase's bar."""


class PhaseTree(Tree[str], inherit_bindings=False):  # the Map handles Space and Enter
    """A tree of phases and topics; a node's data is its id, which for a phase begins with a slash.

    Labels are rich Text, so that a title is never read as markup. A change draws labels again; only another path or filter
    rebuilds the nodes.
    """

    DEFAULT_CSS = """
    PhaseTree {
        background: $background;
        padding: 0;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        & > .tree--cursor { background: $cursor-back; text-style: $cursor-style; }
        & > .tree--highlight-line { background: $background; }
        &:focus { background-tint: $background 0%; }
        &:focus > .tree--cursor { background: $cursor-back; text-style: $cursor-style-here; }
        & .phase-tree--todo { color: $muted; }
        & .phase-tree--doing { color: $warning; }
        & .phase-tree--done { color: $primary; }
        & .phase-tree--mastered { color: $success; }
        & .phase-tree--due { color: $accent; }
        & .phase-tree--muted { color: $muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"phase-tree--{name}" for name in ("todo", "doing", "done", "mastered", "due", "muted")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", show=False, id="tree.down"),
        Binding("up,k", "cursor_up", "up", show=False, id="tree.up"),
        Binding("pagedown,ctrl+d", "page_down", "page down", show=False, id="tree.pgdn", key_display="PgDn"),
        Binding("pageup,ctrl+u", "page_up", "page up", show=False, id="tree.pgup", key_display="PgUp"),
        Binding("g,home", "first", "first", show=False, id="tree.first"),
        Binding("G,end", "last", "last", show=False, id="tree.last"),
        Binding("left,h", "fold", "fold", show=False, id="tree.fold", tooltip="fold the phase; from a topic: to its phase"),
        Binding("right,l", "unfold", "unfold", show=False, id="tree.unfold", tooltip="unfold the phase; from a topic: its page"),
    ]

    def __init__(self, signs: Signs, *, id: str | None = None) -> None:  # noqa: A002 Textual's own name
        super().__init__("", id=id)
        self.signs = signs
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.auto_expand = False
        self.filter: Filter = "all"
        self.guest = ""
        """A topic that is shown although it isn't on the path; "" if there is none."""
        self._left = ("", "")
        """Where the cursor was before a filter hid that line, and where the filter put it; it returns unless it was moved since."""
        self._view: Overview | None = None
        self._roadmap: Roadmap | None = None
        self._by_name: dict[str, TreeNode[str]] = {}
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._folded_unseen: set[str] = set()
        """The folded phases that are hidden by a filter or by another path."""

    # What is shown

    def show(self, roadmap: Roadmap, view: Overview) -> None:
        """Show where everything stands; the nodes are rebuilt only if the path has changed."""
        rebuilt = self._view is None or self._view.path != view.path
        self._roadmap, self._view = roadmap, view
        if rebuilt or self.filter != "all":
            self.rebuild()
        else:
            self.relabel()

    def rebuild(self, at: str = "") -> None:
        """Rebuild the nodes; the cursor goes to `at`, else stays on its topic, else on its line; folded phases stay folded."""
        assert self._view is not None  # noqa: S101 show comes first
        before, instead = self._left
        wanted = (at, before if self.here == instead else "", self.here)
        line, folded = self.cursor_line, self.folded
        self.clear()
        self._by_name, self._drawn = {}, {}
        for phase in self._view.path.phase:
            topics = [t for t in phase.topics if self._passes(self._view.where[t])]
            if not topics and self.filter != "all":
                continue
            node = self.root.add("", f"/{phase.id}", expand=f"/{phase.id}" not in folded)
            self._by_name[f"/{phase.id}"] = node
            for topic in topics:
                self._by_name[topic] = node.add_leaf("", topic)
        if self.guest and self.guest not in self._by_name:
            node = self.root.add("", ELSEWHERE, expand=True)
            self._by_name[ELSEWHERE] = node
            self._by_name[self.guest] = node.add_leaf("", self.guest)
        self._folded_unseen = folded - {*self._by_name}
        self.relabel()
        self.root.expand()
        if not any(self.go_to(name) for name in wanted):
            self.cursor_line = line
            self._see_cursor()

    def take_filter(self, wanted: Filter) -> None:
        """Show the topics of a filter; when a later filter shows the cursor's old line again, the cursor returns to it."""
        before, instead = self._left
        here = before if self.here == instead else self.here
        self.filter = wanted
        self.rebuild()
        self._left = (here, self.here) if self.here != here else ("", "")

    def relabel(self) -> None:
        """Draw the lines again whose labels have changed; a label is made only when it is drawn, so hidden lines cost nothing."""
        for name, node in self._by_name.items():
            told = self._told(name)
            if self._drawn.get(name) != told:
                self._drawn[name] = told
                node.refresh()

    def _told(self, name: str) -> tuple[object, ...]:
        """Return the part of a label that can change, without recall, which changes all the time."""
        assert self._view is not None  # noqa: S101 show comes first
        if name in self._view.where:
            here = self._view.where[name]
            return here.standing, here.due > 0
        phase = next((p for p in self._view.path.phase if p.id == name[1:]), None)
        return self._meter(self._view.of_phase(phase.topics)) if phase else ()

    def _meter(self, total: Counts) -> tuple[str, str]:
        """Return a phase's bar and the figure beside it."""
        done = total.done / max(1, total.counted)
        first, second = (total.shown / total.ideas, total.known / total.ideas) if total.ideas and total.shown else (done, done)
        return self.signs.bar(first, BAR, second=second), f"{total.done}/{total.counted}"

    def get_label_width(self, node: TreeNode[str]) -> int:  # noqa: ARG002 Textual's signature
        """Return a width with which the tree never scrolls sideways: labels are cut to the room."""
        return 1

    def _passes(self, here: Where) -> bool:
        if self.filter == "due":
            return here.due > 0
        return self.filter == "all" or here.standing in ("todo", "doing")

    def _label(self, name: str, width: int) -> Text:
        assert self._view is not None and self._roadmap is not None  # noqa: S101, PT018 show comes first
        if name == ELSEWHERE:
            return Text("Not on this path", "italic", no_wrap=True)
        if name.startswith("/"):
            number, phase = next((n, p) for n, p in enumerate(self._view.path.phase, 1) if p.id == name[1:])
            return self._phase_label(number, phase, width)
        topic, here = self._roadmap.topics[name], self._view.where[name]
        due = here.due and here.done
        style = self._style("due" if due else "todo" if here.standing == "skipped" else here.standing)
        tail = f"{topic.hours:g}h"
        mark = " +" if name in self._view.path.added else ""
        room = max(8, width - 5 - len(tail) - len(mark))
        label = Text(no_wrap=True)
        label.append(f"{self.signs.due if due else self.signs.of(here.standing)} ", style)
        title = Text(topic.title)
        title.truncate(room, overflow="ellipsis", pad=True)
        if here.standing == "skipped":
            title.stylize(self._style("muted"))
        label.append_text(title)
        label.append(mark + " " + tail, self._style("muted"))
        return label

    def _phase_label(self, number: int, phase: PathPhase, width: int) -> Text:
        assert self._view is not None  # noqa: S101 show comes first
        bar, figure = self._meter(self._view.of_phase(phase.topics))
        title = Text(f"{number} {phase.title}", "bold")
        title.truncate(max(8, width - 2 - BAR - 8), overflow="ellipsis", pad=True)
        label = Text(no_wrap=True)
        label.append_text(title)
        label.append(f" {bar} ", self._style("done"))
        label.append(f"{figure:>5}", self._style("muted"))
        return label

    def _style(self, name: str) -> Style:
        try:
            return self.get_component_rich_style(f"phase-tree--{name}", partial=True)
        except KeyError:  # Textual measures the root before the first style sheet is applied
            return Style()

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """Return a node's label, with the fold's sign of a phase."""
        label = self._label(node.data, self.scrollable_content_region.width - 1) if node.data and self._view else Text()
        prefix = Text(no_wrap=True, style=base_style)
        if node.allow_expand:
            prefix.append(f"{self.signs.unfolded if node.is_expanded else self.signs.folded} ", self._style("muted"))
        text = Text.assemble(prefix, label)
        text.style = base_style + style
        return text

    def on_resize(self) -> None:
        """Keep the cursor in sight; Textual draws all lines anew, so the labels fit the width."""
        self._see_cursor()

    # Where the cursor is

    @property
    def here(self) -> str:
        """The id under the cursor, with a slash for a phase; "" before anything is shown."""
        node = self.cursor_node
        return (node.data or "") if node else ""

    @property
    def folded(self) -> set[str]:
        """The ids of the folded phases, hidden ones too."""
        seen = {name for name, node in self._by_name.items() if node.allow_expand and not node.is_expanded}
        return seen | self._folded_unseen

    def fold(self, names: Iterable[str]) -> None:
        """Fold these phases, unfold all others."""
        wanted = set(names)
        self._folded_unseen = wanted - {*self._by_name}
        for name, node in self._by_name.items():
            if node.allow_expand:
                (node.collapse if name in wanted else node.expand)()

    def go_to(self, name: str) -> bool:
        """Move the cursor to a topic or phase, and unfold its phase if needed; return whether it is in the tree."""
        node = self._by_name.get(name)
        if node is None:
            return False
        if node.parent is not None and node.parent is not self.root:
            node.parent.expand()
        self._tree_lines  # noqa: B018 builds the lines, so that the node knows its line
        self.move_cursor(node)
        self._see_cursor()
        return True

    def scroll_to_line(self, line: int, animate: bool = True) -> None:
        """Scroll to a line if the tree has a height already; else on_resize does it later."""
        if self.size.height:
            super().scroll_to_line(line, animate)

    def _see_cursor(self) -> None:
        """Scroll until the cursor can be seen."""
        if self.cursor_node:
            self.scroll_to_node(self.cursor_node, animate=False)

    def phase_here(self) -> str:
        """Return the id of the phase that the cursor is on or in."""
        node = self.cursor_node
        while node is not None and node.data and not node.data.startswith("/"):
            node = node.parent
        return (node.data or "/")[1:] if node else ""

    # Actions

    def action_first(self) -> None:
        """Go to the first line."""
        self.cursor_line = 0
        self._see_cursor()

    def action_last(self) -> None:
        """Go to the last line."""
        self.cursor_line = self.last_line
        self._see_cursor()

    def action_fold(self) -> None:
        """Fold the phase under the cursor; from a topic go to its phase."""
        node = self.cursor_node
        if node and node.allow_expand:
            node.collapse()
        elif node and node.parent:
            self.move_cursor(node.parent)

    def action_unfold(self) -> None:
        """Unfold the phase under the cursor; from a topic open its page."""
        node = self.cursor_node
        if node and node.allow_expand and not node.is_expanded:
            node.expand()
        elif node and node.allow_expand:
            self.action_cursor_down()
        elif node:
            self.post_message(self.NodeSelected(node))
