"""review: asks ideas that are due again; on a screen, or line by line on stdin."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, find_phase, find_topic, options
from dlroadmap.cli.lines import Quiz
from dlroadmap.cli.result import print_nothing
from dlroadmap.cli.values import Whole
from dlroadmap.review import Waiting, Wanted, coming
from dlroadmap.study import Study
from dlroadmap.wording import plural

DAYS = 28
"""For how many days JSON has the number of ideas that fall due."""


@click.command()
@options
@click.option("--minutes", type=Whole(1, 600), help="Take so many minutes, whatever the day's cap leaves.")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="All that was asked of this topic, due or not.")
@click.option("--phase", "phases", multiple=True, metavar="PHASE", help="All that was asked of this phase, due or not.")
@click.option("--missed", is_flag=True, help="What was missed when it was last asked.")
@click.option("--all", "every", is_flag=True, help="Everything that was ever asked, most at risk first.")
@click.option("--cram", is_flag=True, help="Ask without any effect on the schedule.")
@click.option("--list", "listed", is_flag=True, help="Only list what would be asked.")
@click.pass_obj
def command(
    call: Call,
    *,
    minutes: int | None,
    topics: tuple[str, ...],
    phases: tuple[str, ...],
    missed: bool,
    every: bool,
    cram: bool,
    listed: bool,
) -> int:
    """Review what is due: what you were certain of and missed first, then what is most at risk.

    Without options: as many as the day's minutes hold; the rest is spread over the next days. What is asked ahead of time counts
    as an early review; a cram counts for nothing.
    """
    with call.study() as study:
        scope = [find_topic(call, study, name).id for name in topics]
        scope += [topic.id for name in phases for topic in find_phase(call, study, name).topic]
        wanted = Wanted(tuple(dict.fromkeys(scope)), missed=missed, every=every, cram=cram)
        found = study.waiting(wanted)
        if call.json:
            ahead = coming(study.roadmap, study.progress, study.now(), DAYS)
            outlook = study.outlook()._asdict()
            call.answer(roadmap=study.roadmap.id, **outlook, coming=ahead, ideas=[_document(one) for one in found])
            return 0
        if listed:
            _list(call, study, found, wanted)
            return 0
        call.must_save(study)
        if call.has_screen:
            from dlroadmap.tui.app import run  # noqa: PLC0415 only a screen needs textual

            return run(study, review=(wanted, minutes), loaded=call.loaded)
        words = [word for name in topics for word in ("--topic", name)]
        words += [word for name in phases for word in ("--phase", name)]
        words += [word for word, on in (("--missed", missed), ("--all", every), ("--cram", cram)) if on]
        return Quiz(call, study).review(wanted, minutes, words)


def _document(one: Waiting) -> dict[str, object]:
    return {
        "topic": one.topic.id,
        "idea": one.idea.id,
        "text": one.idea.text,
        "recall": round(one.recall, 4),
        "misses": one.done.misses,
        "certain_but_wrong": one.done.sure_but_wrong,
        "leech": one.leech,
    }


def _list(call: Call, study: Study, found: list[Waiting], wanted: Wanted) -> None:
    paper = call.paper()
    outlook = study.outlook()
    if not found and (wanted.ahead or not outlook.asks):
        print_nothing(paper, study, wanted)
        return
    if not wanted.ahead:
        due = f"{plural(len(found), 'idea')} due: " if found else ""
        paper.say(f"{due}{outlook.words}")
    for one in found:
        more = f" ({', '.join(one.notes)})" if one.notes else ""
        paper.say(f"{one.topic.title}: {one.told}{more}", f"  {one.recall:>4.0%}  ", "        ")
    paper.line()
    paper.line(call.command("review", *(("--minutes", "10") if outlook.back and not outlook.asks else ())))
