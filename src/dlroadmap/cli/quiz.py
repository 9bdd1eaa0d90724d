"""quiz: a checkpoint or a practice; on a screen, or line by line on stdin."""

from __future__ import annotations

import click

from dlroadmap.cli.call import Call, find_either, find_phase, options
from dlroadmap.cli.lines import Quiz
from dlroadmap.cli.values import Whole
from dlroadmap.roadmap import Phase, Topic
from dlroadmap.sitting import checkpoint, in_a_row
from dlroadmap.standing import counting, of_topic
from dlroadmap.study import Study


@click.command()
@options
@click.argument("name", metavar="TOPIC|PHASE", required=False)
@click.option("--count", type=Whole(1, 1000), help="Practise with so many questions; as many as the checkpoint asks are it.")
@click.option("--exam", is_flag=True, help="Of a PHASE: one exam over all its topics, without second tries.")
@click.option("--placement", is_flag=True, help="Without TOPIC or PHASE: eight questions over your path find where to start.")
@click.pass_obj
def command(call: Call, *, name: str | None, count: int | None, exam: bool, placement: bool) -> int:
    """Take the checkpoint of TOPIC, or those of a PHASE's topics in a row, without those passed unless all are.

    With a terminal it opens on a screen; a practice is always line by line, and so is --plain.

    Line by line: a line answers, a line says how sure (empty: fairly). ? gives a hint and halves the credit, . is don't know,
    an empty line asks again, the input's end pauses; each answer is kept when it is given, and the same command goes on.
    """
    context = click.get_current_context()
    if call.json:
        raise click.UsageError("quiz asks questions and prints no JSON", context)
    if exam and count is not None:
        raise click.UsageError("an exam has a number of questions of its own: --exam or --count", context)
    if placement and (name or exam or count is not None):
        raise click.UsageError("--placement is of your whole path: no TOPIC or PHASE, --exam or --count with it", context)
    if not placement and not name:
        raise click.MissingParameter(ctx=context, param=next(p for p in context.command.params if p.name == "name"))
    with call.study() as study:
        if name is None:
            return _place(call, study)
        if exam:
            return _examine(call, study, name)
        topics = _scope(call, study, name)
        most = sum(topic.questions for topic in topics)
        number = min(count or most, most)
        if not any(counting(topic, of_topic(topic, study.progress)) for topic in topics):  # open questions are practice only
            return Quiz(call, study).practise(topics, number)
        paused = study.under_way("practice", [topic.id for topic in topics])
        if count is not None and (paused or number != _questions(study, topics)):
            return Quiz(call, study).practise(topics, number)
        if call.has_screen:
            from dlroadmap.tui.app import run  # noqa: PLC0415 only a screen needs textual

            return run(study, quiz=[topic.id for topic in topics], loaded=call.loaded)
        return Quiz(call, study).take(topics, name)


def _place(call: Call, study: Study) -> int:
    if call.has_screen:
        from dlroadmap.tui.app import run  # noqa: PLC0415 only a screen needs textual

        return run(study, placement=True, loaded=call.loaded)
    return Quiz(call, study).place()


def _examine(call: Call, study: Study, name: str) -> int:
    phase = find_phase(call, study, name)
    topics = study.examined(phase.topic)
    if not topics:
        raise _unasked(call, phase)
    if call.has_screen:
        from dlroadmap.tui.app import run  # noqa: PLC0415 only a screen needs textual

        return run(study, exam=[topic.id for topic in phase.topic], loaded=call.loaded)
    return Quiz(call, study).examine(topics, phase)


def _unasked(call: Call, phase: Phase) -> click.ClickException:
    cure = f"{call.command('show', phase.id)} lists its topics"
    return click.ClickException(f"no topic of {phase.id} has questions yet; {cure}")


def _scope(call: Call, study: Study, name: str) -> list[Topic]:
    """Return the topic with this name, or the topics of a phase whose checkpoints are taken in a row."""
    scope = find_either(call, study, name)
    if isinstance(scope, Topic):
        if not scope.questions:
            raise click.ClickException(f"{scope.id} has no questions yet; {call.command('tick', scope.id)} marks it as done")
        return [scope]
    topics = in_a_row(scope.topic, study.progress, study.now())
    if not topics:
        raise _unasked(call, scope)
    return topics


def _questions(study: Study, topics: list[Topic]) -> int:
    """Return how many questions the topics' checkpoints would ask now."""
    planned = [checkpoint(t, study.bank(t.id), study.progress, sitting="", seed=0) for t in topics]
    return sum(len(started.questions) for started in planned if started)
