"""search: everything that matches some words, by kind, best first."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, brief, options
from dlroadmap.cli.paper import Paper
from dlroadmap.cli.values import Whole
from dlroadmap.search import TITLES, Hit, grouped, index, notes, search
from dlroadmap.study import Study


@click.command()
@options
@click.argument("words", nargs=-1, required=True)
@click.option("--most", type=Whole(1, 1000), default=8, show_default=True, help="At most so many of each kind.")
@click.pass_obj
def command(call: Call, words: tuple[str, ...], most: int) -> int:
    """Search topics, key ideas, practice, projects, resources and your notes for WORDS; all of them must match.

    Parts of words are enough, and one slip of the keyboard is forgiven. Exit 1 where nothing is found.
    """
    query = " ".join(words)
    with call.study() as study:
        found = search(index(study.roadmap).plus(notes(study.roadmap, study.progress)), query, most=most)
        if call.json:
            call.answer(roadmap=study.roadmap.id, query=query, found=[_document(hit) for hit in found])
        else:
            _print(call, call.paper(), study, query, found)
    return 0 if found else 1


def _document(hit: Hit) -> dict[str, object]:
    entry = hit.entry
    return {
        "kind": entry.kind,
        "topic": entry.topic,
        "id": entry.key or None,
        "title": entry.title,
        "in": entry.aside,
        "excerpt": hit.excerpt or None,
    }


def _print(call: Call, paper: Paper, study: Study, query: str, found: list[Hit]) -> None:
    if not found:
        paper.say(f"Nothing matches “{brief(query)}”. Fewer or shorter words find more.")
        return
    for kind, hits in grouped(found):
        paper.heading(TITLES[kind])
        for hit in hits:
            entry = hit.entry
            beside = f"{entry.topic}" if kind == "topic" else f"{entry.topic} {entry.key}".strip()
            paper.say(f"{entry.title} · {beside}", "  - ", "    ")
            if hit.excerpt:
                paper.say(hit.excerpt, "      ")
    first = found[0].entry.topic
    paper.line()
    paper.line(f"Read it: {call.command('show', first if first in study.roadmap.topics else 'TOPIC')}")
