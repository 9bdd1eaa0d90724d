"""note: the learner's note on a topic."""

from __future__ import annotations

import os
import sys

import click

from dlroadmap import editor
from dlroadmap.cli.call import Call, brief, find_topic, options
from dlroadmap.cli.encoding import put
from dlroadmap.cli.paper import one_line
from dlroadmap.roadmap import Topic, clean
from dlroadmap.standing import note, of_topic
from dlroadmap.study import Study
from dlroadmap.terminal import why_no_screen


class _Worded(click.Command):
    """A command whose text may contain words like options; as the first word such a word is an error, unless after --."""

    ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        literal = "--" in args
        rest = super().parse_args(ctx, args)
        first = next((word for word in (ctx.params["topic"], *ctx.params["text"][:1]) if word and word[0] == "-" != word), None)
        if first and not literal:
            raise click.NoSuchOption(first, possibilities=[o for p in self.get_params(ctx) for o in p.opts], ctx=ctx)
        return rest


@click.command(cls=_Worded)
@options
@click.argument("topic")
@click.argument("text", nargs=-1)
@click.option("--delete", is_flag=True, help="Delete the note.")
@click.option("--add", is_flag=True, help="Put TEXT behind what is there.")
@click.pass_obj
def command(call: Call, *, topic: str, text: tuple[str, ...], delete: bool, add: bool) -> None:
    """Write your note on TOPIC: TEXT, or - to read it from stdin, or neither to open $VISUAL or $EDITOR.

    Without an editor or a terminal, and with --json, the note is printed. The note is Markdown; undo takes a change back.
    """
    if delete and (text or add):
        raise click.UsageError("--delete takes no TEXT", click.get_current_context())
    with call.study() as study:
        found = find_topic(call, study, topic)
        before = of_topic(found, study.progress).note
        after = "" if delete else _wanted(call, found, before, text)
        if text and not after:  # the program that should write the text may have failed
            raise click.UsageError("there is nothing to write; --delete deletes the note", click.get_current_context())
        if after is None:
            _show(call, found, before)
        else:
            _keep(call, study, found, f"{before}\n{after}".strip() if add else after)


def _wanted(call: Call, topic: Topic, before: str, text: tuple[str, ...]) -> str | None:
    """Return the text given as words, from stdin or from an editor; None if the note should only be shown."""
    if text == ("-",):
        return clean(sys.stdin.read()).strip()
    if text:
        return clean(" ".join(text)).strip()
    words = editor.command()
    if call.json or call.in_lines or why_no_screen():
        return None
    if words is None:
        if wanted := os.environ.get("VISUAL") or os.environ.get("EDITOR"):
            put(f"dlroadmap: there is no editor '{one_line(brief(wanted))}'", error=True)
        return None
    try:
        return editor.edited(before, words, name=topic.id)
    except editor.EditorFault as fault:
        raise click.ClickException(str(fault)) from None


def _show(call: Call, topic: Topic, text: str) -> None:
    if call.json:
        call.answer(topic=topic.id, note=text)
        return
    paper = call.paper()
    if text:
        paper.say(f"Your note on {topic.title}")
        paper.prose(text)
    else:
        paper.say(f"There is no note on {topic.title} yet.")
    paper.line()
    paper.line(f"Write one: {call.command('note', topic.id)} TEXT")


def _keep(call: Call, study: Study, topic: Topic, text: str) -> None:
    event = note(topic, text, study.progress)
    if event:
        call.must_save(study)
        study.record(event)
    if call.json:
        call.answer(topic=topic.id, note=text, changed=event is not None)
        return
    paper = call.paper()
    if event:
        paper.say(f"{'Noted' if text else 'Deleted'} on {topic.title}.")
    else:
        paper.say(
            f"{f'The note on {topic.title} says that already' if text else f'There is no note on {topic.title}'}; nothing changed."
        )
    if text or event:
        paper.line()
        paper.line(f"Read it: {call.command('show', topic.id)}" if text else f"Bring it back: {call.command('undo')}")
