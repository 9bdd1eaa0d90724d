"""Rows of text, of which pages and cards are made, and Markdown as rows. Text from files is data, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from dlroadmap.roadmap import is_web_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Row(NamedTuple):
    """A paragraph or a line, with what stands before its first line and its further lines, and at its right end.

    Styles in the text are names such as "code" or "heading"; the pane that shows it knows their colours. key: an id, if the
    cursor may stand on the row.
    """

    text: Text
    first: str = ""
    rest: str = ""
    tail: str = ""
    key: str = ""
    wrap: bool = True
    mark: str = ""
    """The style of `first`."""


BLANK = Row(Text(""))


def plain(text: str, style: str = "", *, first: str = "", rest: str | None = None, key: str = "", tail: str = "") -> Row:
    """Return a row of text in one style."""
    return Row(Text(text, style), first, first if rest is None else rest, tail, key)


def heading(text: str) -> Row:
    """Return a section's heading."""
    return Row(Text(text, "heading"))


def code(text: str, *, numbered: bool = False, indent: str = "  ") -> list[Row]:
    """Return a listing's rows, perhaps with line numbers; they are never wrapped at spaces."""
    lines = text.strip("\n").split("\n")
    size = len(str(len(lines)))
    return [
        Row(
            Text(line, "code"),
            f"{indent}{n:>{size}} │ " if numbered else indent,
            indent + " " * (size + 1) + "│ " if numbered else indent + "  ",
            wrap=False,
            mark="muted",
        )
        for n, line in enumerate(lines, 1)
    ]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 imported with the first page, not before the first frame

    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image", "autolink"])


def inline(source: str, style: str = "") -> Text:
    """Return one line of Markdown as text (emphasis, inline code, links as text)."""
    return markdown(source, style=style)[0].text


def markdown(source: str, *, first: str = "", rest: str | None = None, style: str = "", key: str = "") -> list[Row]:
    """Return Markdown as rows (paragraphs, lists, fenced code, emphasis, inline code, links as text)."""
    rest = first if rest is None else rest
    if not any(mark in source for mark in "`*_[\\\n#>-+&"):
        return [Row(Text(source, style), first, rest, key=key)]
    rows: list[Row] = []
    lead, depth, number = first, 0, [0]
    marker = ""
    for token in _parser().parse(source):
        match token.type:
            case "inline":
                base = rest + "  " * max(0, depth - 1)
                begin = base + marker if marker else (lead if not rows else base + ("  " if depth else ""))
                hang = base + " " * len(marker) if marker else base + ("  " if depth else "")
                rows.append(Row(_inline(token, style), begin, hang, key=key))
                marker = ""
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
                number.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else 0)
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                number.pop()
            case "list_item_open":
                marker = f"{number[-1]}. " if number[-1] else "- "
                number[-1] += 1 if number[-1] else 0
            case "fence" | "code_block":
                rows += code(token.content, indent=rest + "  ")
            case "paragraph_open" if rows and not depth:
                rows.append(BLANK)
            case _:
                pass
    return rows or [Row(Text(source, style), first, rest, key=key)]


def _inline(token: Token, style: str) -> Text:
    text = Text(style=style)
    open_styles: list[str] = []
    address = ""
    for part in token.children or ():
        match part.type:
            case "text":
                text.append(part.content, " ".join(open_styles) or None)
            case "code_inline":
                text.append(part.content, "code")
            case "softbreak":
                text.append(" ")
            case "hardbreak":
                text.append("\n")
            case "em_open" | "strong_open":
                open_styles.append(part.type[:-5])
            case "em_close" | "strong_close":
                open_styles.pop()
            case "link_open":
                address = str(part.attrGet("href") or "")
            case "link_close":
                if is_web_address(address) and not text.plain.endswith(address):
                    text.append(f" ({address})", "muted")
            case _:
                text.append(part.content)
    return text


def keys(rows: list[Row]) -> Iterator[str]:
    """Yield the keys of rows, each once, in order."""
    seen: set[str] = set()
    for row in rows:
        if row.key and row.key not in seen:
            seen.add(row.key)
            yield row.key
