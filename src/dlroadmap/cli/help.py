"""help: the guide's pages, as text."""

from __future__ import annotations

import re
from pathlib import Path

import click

from dlroadmap.cli.call import Call, brief, options
from dlroadmap.cli.paper import Paper
from dlroadmap.cli.verbs import VERBS
from dlroadmap.places import guide
from dlroadmap.roadmap import like


@click.command()
@options
@click.argument("page", required=False, metavar="[TOPIC]")
@click.pass_obj
def command(call: Call, page: str | None) -> None:
    """Read a page of the guide: TOPIC; without one, list them. dlroadmap -h lists the verbs, VERB -h tells about one."""
    folder = guide()
    files = {file.stem: file for file in sorted(folder.glob("*.md"))} if folder else {}
    if not files:
        raise click.ClickException("the guide's pages are missing from this installation")
    if page is None:
        _list(call, files)
        return
    found = files.get(page.casefold().strip())
    if found is None:
        if page in VERBS:
            raise click.ClickException(f"'{page}' is a verb and no page; dlroadmap {page} -h tells about it")
        near = like(files, page)
        raise click.ClickException(
            f"no page '{brief(page)}'; " + (f"did you mean '{near}'?" if near else "dlroadmap help lists them")
        )
    text = found.read_text(encoding="utf-8")
    if call.json:
        call.answer(page=found.stem, text=text)
    else:
        _print(call.paper(), text)


def _list(call: Call, files: dict[str, Path]) -> None:
    titles = {name: file.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for name, file in files.items()}
    if call.json:
        call.answer(pages=titles)
        return
    paper = call.paper()
    width = max(map(len, titles))
    for name, title in titles.items():
        paper.row(f"{name:<{width}}  {title}")
    paper.line()
    paper.line("A page: dlroadmap help getting-started")


def _print(paper: Paper, text: str) -> None:
    """Print a page, without pictures and links to other pages, and with addresses after their words."""
    text = re.sub(r"^!\[.*$\n?", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]+)\]\((http[^)]+)\)", r"\1 (\2)", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    text = re.sub(r"(^\|.*\n)+", _rows, text, flags=re.MULTILINE)
    first = True
    for part in re.split(r"^(#+ .*)$", text, flags=re.MULTILINE):
        if part.startswith("#"):
            title = part.lstrip("# ")
            if first:
                paper.line(title)
            else:
                paper.heading(title)
            first = False
        elif part.strip():
            paper.prose(part.strip("\n"), "" if first else "  ")


def _rows(table: re.Match[str]) -> str:
    """Return a Markdown table as a list: of each row the first cell that isn't empty, then the others."""
    rows = [re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in table[0].splitlines()]
    cells = [[cell.strip().replace("\\|", "|").replace("`", "") for cell in row] for row in rows]
    filled = [list(filter(None, row)) for row in cells]
    head, *others = (f"{row[0]}: {' · '.join(row[1:])}" for row in (filled[0], *filled[2:]))
    return "\n".join([f"{head}\n", *(f"- {other}" for other in others), ""])
