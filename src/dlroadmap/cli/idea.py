"""idea: how one key idea is remembered; putting its reviews off, stopping or resuming them, resetting its memory."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, brief, find_topic, options
from dlroadmap.cli.paper import Paper
from dlroadmap.review import LEECH, remembered, tomorrow
from dlroadmap.roadmap import Idea, Topic, like
from dlroadmap.sitting import retire
from dlroadmap.standing import bury, due_on, of_idea, of_topic, reset, suspend
from dlroadmap.study import Study
from dlroadmap.wording import plural

_ACTIONS = ("bury", "suspend", "resume", "reset")


@click.command()
@options
@click.argument("topic")
@click.argument("idea", required=False)
@click.option("--bury", "bury_", is_flag=True, help="Don't ask it before tomorrow.")
@click.option("--suspend", "suspend_", is_flag=True, help="Ask it in no review any more.")
@click.option("--resume", is_flag=True, help="Ask it again, after --bury or --suspend.")
@click.option("--reset", "reset_", is_flag=True, help="Forget its memory: it starts anew.")
@click.option("--retire", metavar="QUESTION", help="Never ask this wrong question again; its lapses are taken back.")
@click.pass_obj
def command(
    call: Call, *, topic: str, idea: str | None, bury_: bool, suspend_: bool, resume: bool, reset_: bool, retire: str | None
) -> None:
    """Tell how IDEA of TOPIC is remembered, or change that; without IDEA all of the topic's ideas are listed.

    IDEA is an id, or its number in that list, which is the order of the topic's page.
    """
    wanted = [name for name, on in zip(_ACTIONS, (bury_, suspend_, resume, reset_), strict=True) if on]
    if len(wanted) + bool(retire) > 1:
        raise click.UsageError("one action at a time", click.get_current_context())
    with call.study() as study:
        found = find_topic(call, study, topic)
        if retire:
            _retire(call, study, found, retire)
        elif idea is None:
            if wanted:
                raise click.UsageError(f"--{wanted[0]} needs an idea", click.get_current_context())
            _list(call, study, found)
        else:
            _act(call, study, found, _find(call, found, idea), wanted[0] if wanted else "")


def _find(call: Call, topic: Topic, name: str) -> Idea:
    """Return a topic's idea by its id, a former id, or its number on the page."""
    numbers = {str(number): idea for number, idea in enumerate(topic.idea, 1)}
    found = topic.find_idea(name) or numbers.get(name)
    if found is None:
        near = like([idea.id for idea in topic.idea], name)
        cure = f"did you mean '{near}'?" if near else f"{call.command('idea', topic.id)} lists its ideas"
        raise click.ClickException(f"{topic.id} has no idea '{brief(name)}'; {cure}")
    return found


def _act(call: Call, study: Study, topic: Topic, idea: Idea, action: str) -> None:
    progress, event = study.progress, None
    match action:
        case "bury":
            event = bury(topic, idea, progress, tomorrow(study.now()))
        case "suspend" | "resume":
            event = suspend(topic, idea, progress, on=action == "suspend")
        case "reset":
            event = reset(topic, idea, progress)
    if event:
        study.record(event)
    if call.json:
        call.answer(topic=topic.id, **_document(study, topic, idea), changed=event is not None)
        return
    paper = call.paper()
    if action:
        paper.say(f"{study.told(event)}." if event else "It is so already; nothing changed.")
    _print(paper, study, topic, idea)


def _retire(call: Call, study: Study, topic: Topic, name: str) -> None:
    question = study.bank(topic.id).find(topic.id, name)
    if question is None:
        raise click.ClickException(f"{topic.id} has no question '{brief(name)}'")
    event = retire(question, topic, study.progress)
    if event:
        study.record(event)
    if call.json:
        call.answer(topic=topic.id, question=question.id, changed=event is not None)
        return
    paper = call.paper()
    paper.say(
        "It is asked no more, and what you missed on it is forgotten." if event else "It is retired already; nothing changed."
    )
    paper.line(f"Take it back: {call.command('undo')}")


def _list(call: Call, study: Study, topic: Topic) -> None:
    if call.json:
        call.answer(topic=topic.id, ideas=[_document(study, topic, idea) for idea in topic.idea])
        return
    paper = call.paper()
    paper.say(topic.title)
    for number, idea in enumerate(topic.idea, 1):
        paper.line()
        paper.line(f"{number} {idea.id}")
        _print(paper, study, topic, idea)


def _document(study: Study, topic: Topic, idea: Idea) -> dict[str, object]:
    mine, now = of_idea(idea, of_topic(topic, study.progress)), study.now()
    from dlroadmap.schedule import recall  # noqa: PLC0415 only JSON needs it

    return {
        "id": idea.id,
        "text": idea.text,
        "shown": mine.shown is not None,
        "recall": round(recall(mine.memory, now), 4) if mine.memory else None,
        "due": due_on(mine, study.progress, now).isoformat() if mine.comes_back else None,
        "buried": mine.buried.isoformat() if mine.buried and mine.buried > now.date() else None,
        "suspended": mine.suspended,
        "misses": mine.misses,
    }


def _print(paper: Paper, study: Study, topic: Topic, idea: Idea) -> None:
    mine, now = of_idea(idea, of_topic(topic, study.progress)), study.now()
    paper.say(idea.text, "  ")
    if not mine.comes_back:
        paper.say("its memory starts anew when its checkpoint asks it" if mine.answers else "never asked", "  ")
        return
    notes = [remembered(mine, now)]
    if mine.rests:
        notes.append("suspended: asked in no review" if mine.suspended else "no question of it is left: asked in no review")
    else:
        day = max(due_on(mine, study.progress, now), mine.buried or now.date())
        notes.append("due today" if day <= now.date() else f"due on {day:%d %b %Y}")
    if mine.misses:
        notes.append(f"missed {plural(mine.misses, 'time')}" + (": read its page again" if mine.misses >= LEECH else ""))
    paper.say(" · ".join(notes), "  ")
