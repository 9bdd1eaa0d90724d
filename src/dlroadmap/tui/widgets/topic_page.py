"""The rows of a topic's or phase's page, and the pane that shows them."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, repeat
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from dlroadmap.forecast import hours_left, hours_words
from dlroadmap.plan import Overview
from dlroadmap.progress import Progress
from dlroadmap.roadmap import PathPhase, Resource, Roadmap, Topic
from dlroadmap.schedule import recall
from dlroadmap.standing import Where, is_due, of_idea, of_topic, step_done
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.pane import READ_ON, ReadingPane
from dlroadmap.tui.widgets.prose import BLANK, Row, code, heading, markdown, plain
from dlroadmap.wording import STANDINGS, plural


class TopicPage(ReadingPane):
    """Shows the page of the topic or phase under the tree's cursor; practice, projects and resources can be ticked."""

    DEFAULT_CSS = """
    TopicPage { padding-left: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [READ_ON]


def links(topic: Topic) -> list[tuple[str, Resource]]:
    """Return a topic's resources with the letters that open them (j, k and q are keys already); "" after the last letter."""
    return list(zip(chain("abcdefghilmnoprstuvwxyz", repeat("")), topic.resource, strict=False))


def minutes_text(minutes: int) -> str:
    """Return a time as people write it: 45 min, 3 h, 2.5 h."""
    return f"{minutes} min" if minutes < 100 else f"{minutes / 60:.1f}".removesuffix(".0") + " h"


def topic_rows(roadmap: Roadmap, topic: Topic, progress: Progress, view: Overview, signs: Signs, now: datetime) -> list[Row]:
    """Return the rows of a topic's page."""
    here = view.where[topic.id]
    rows = [_standing_row(topic, here, signs)]
    rows += _neighbours(roadmap, topic, view, signs)
    if here.shown:
        rows.append(_bar("passed", f"{here.shown} of {plural(here.ideas, 'idea')}", here.shown / here.ideas, signs, 16))
        rows.append(_bar("known today", f"{here.known:.1f} of {here.ideas}", here.known / here.ideas, signs, 16))
    if topic.id in view.path.added:
        rows.append(plain("added to this path because a later topic needs it", "muted"))
    if topic.summary:
        rows += [BLANK, *markdown(topic.summary)]
    for title, text in (("Why", topic.why), ("Analogy", topic.analogy)):
        if text:
            rows += [BLANK, heading(title), *markdown(text)]
    rows += _ideas(topic, progress, signs, now)
    if topic.example:
        rows += [BLANK, heading("Example"), *markdown(topic.example)]
    if topic.figure:
        rows += [BLANK, *code(topic.figure.text), *markdown(topic.figure.alt, style="muted", first="  ")]
    if topic.pitfalls:
        rows += [BLANK, heading("Pitfalls")]
        for pitfall in topic.pitfalls:
            rows += markdown(pitfall, first=f"{signs.bullet} ", rest="  ")
    rows += _steps(topic, progress)
    note = of_topic(topic, progress).note
    if note:
        rows += [BLANK, heading("My note"), *markdown(note)]
    if topic.checked:
        rows += [BLANK, plain(f"content and links last checked {topic.checked}", "muted")]
    return rows


def _standing_row(topic: Topic, here: Where, signs: Signs) -> Row:
    text = Text()
    text.append(f"{signs.of(here.standing)} {STANDINGS[here.standing]}", here.standing)
    how = [
        word
        for word, true in (("ticked", here.ticked), ("known before", here.known_by_word), ("checkpoint passed", here.passed))
        if true
    ]
    if how and here.done:
        text.append(f" ({', '.join(how)})", "muted")
    text.append(f" · {topic.level} · {topic.hours:g} h", "muted")
    if here.ideas and not here.shown:  # else bars show it
        text.append(f" · passed 0 of {plural(here.ideas, 'idea')}", "muted")
    if here.due:
        text.append(f" · {signs.due} {here.due} due", "due")
    return Row(text)


def _neighbours(roadmap: Roadmap, topic: Topic, view: Overview, signs: Signs) -> list[Row]:
    rows = []
    for word, names in (("needs", topic.needs), ("helped by", topic.helps), ("opens", roadmap.opens[topic.id])):
        if names:
            text = Text()
            for n, name in enumerate(names):
                standing = view.where[name].standing
                text.append(" · " if n else "", "muted")
                text.append(f"{signs.of(standing)} ", standing)
                text.append(roadmap.topics[name].title, "muted")
            rows.append(Row(text, f"{word} ", "  ", mark="muted"))
    return rows


def _ideas(topic: Topic, progress: Progress, signs: Signs, now: datetime) -> list[Row]:
    if not topic.idea:
        return []
    done = of_topic(topic, progress)
    rows = [BLANK, heading("Key ideas")]
    for idea in topic.idea:
        mine = of_idea(idea, done)
        tail = ""
        sign, style = signs.bullet, "muted"
        if is_due(mine, progress, now):
            sign, style = signs.due, "due"
        elif mine.shown:
            sign, style = signs.done, "done"
        if mine.memory:
            tail = f"{recall(mine.memory, now):.0%} today" if mine.shown else "missed"
        rows.append(markdown(idea.text)[0]._replace(first=f"{sign} ", rest="  ", tail=tail, mark=style))
        if idea.can:
            rows += markdown(f"you can {_lower(idea.can)}", first="  ", style="muted")
    return rows


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _steps(topic: Topic, progress: Progress) -> list[Row]:
    done = of_topic(topic, progress)
    rows: list[Row] = []

    def box(name: str) -> str:
        return "[x] " if step_done(topic, name, done) else "[ ] "

    if topic.practice:
        rows += [BLANK, heading("Practice")]
    for step in topic.practice:
        first, *more = markdown(step.text, first=box(step.id), rest="    ", key=step.id)
        rows += [first._replace(tail=minutes_text(step.minutes)), *more]
        rows += markdown(f"check: {step.check}", first="    ", style="muted", key=step.id)
        if step.starter:
            rows += code(step.starter, indent="    ")
    if topic.project:
        rows += [BLANK, heading("Projects")]
    for project in topic.project:
        rows.append(plain(project.title, "strong", first=box(project.id), rest="    ", key=project.id, tail=f"{project.hours:g} h"))
        rows += markdown(project.brief, first="    ", key=project.id)
        rows += markdown(f"done when: {project.done_when}", first="    ", style="muted", key=project.id)
        about = " · ".join(part for part in (", ".join(project.skills), project.compute) if part)
        if about:
            rows.append(plain(about, "muted", first="    ", key=project.id))
    if topic.resource:
        rows += [BLANK, Row(Text("Resources", "heading"), tail="o and a letter opens, y copies")]
    for letter, resource in links(topic):
        rows += _resource(letter, resource, box(resource.id))
    return rows


def _resource(letter: str, resource: Resource, box: str) -> list[Row]:
    text = Text()
    text.append(resource.title, "link")
    details = [
        resource.kind,
        resource.by,
        resource.part,
        "paid" if resource.paid else "",
        "begin here" if resource.start else "",
    ]
    text.append("  " + " · ".join(d for d in details if d), "muted")
    tail = minutes_text(resource.minutes) if resource.minutes else ""
    return [
        Row(text, f"{letter:<2}{box}", "      ", tail, resource.id),
        Row(Text(resource.url, "muted"), "      ", "      ", key=resource.id, wrap=False),
    ]


def phase_rows(roadmap: Roadmap, phase: PathPhase, progress: Progress, view: Overview, signs: Signs) -> list[Row]:
    """Return the rows of a phase's page: its goal, bars and topics; once all are done, what the learner can do now."""
    rows: list[Row] = []
    total = view.of_phase(phase.topics)
    if phase.duration:
        rows.append(plain(phase.duration, "muted"))
    if phase.goal:
        rows += [*markdown(phase.goal), BLANK]
    width = 24
    rows.append(_bar("done", f"{total.done} of {total.counted} topics", total.done / max(1, total.counted), signs, width))
    if total.ideas:
        shown, known = total.shown / total.ideas, total.known / total.ideas
        rows.append(_bar("passed", f"{total.shown} of {plural(total.ideas, 'idea')}", shown, signs, width))
        rows.append(_bar("known today", f"{total.known:.1f} of {total.ideas}", known, signs, width))
    if total.due:
        rows.append(Row(Text(f"{signs.due} {plural(total.due, 'idea')} {'is' if total.due == 1 else 'are'} due for review", "due")))
    hours = hours_words(hours_left(roadmap, progress, view, phase.topics))
    rows += [BLANK, plain(f"{hours} left" if total.done < total.counted else "all done", "muted"), BLANK, heading("Topics")]
    for name in phase.topics:
        here, topic = view.where[name], roadmap.topics[name]
        title = Text(topic.title)
        if here.due:
            title.append(f"  {signs.due} {here.due} due", "due")
        rows.append(Row(title, f"{signs.of(here.standing)} ", "  ", f"{topic.hours:g} h", mark=here.standing))
        if topic.summary:
            rows += markdown(topic.summary, first="  ", style="muted")
    if total.done and total.done == total.counted:
        rows += [BLANK, heading("What you can do now")]
        for name in phase.topics:
            rows += [
                row
                for idea in roadmap.topics[name].idea
                if idea.can
                for row in markdown(idea.can, first=f"{signs.bullet} ", rest="  ")
            ]
    return rows


def _bar(word: str, figure: str, share: float, signs: Signs, width: int) -> Row:
    text = Text(f"{word:<12}")
    text.append(signs.bar(share, width, second=share), "done")
    text.append(f"  {figure}", "muted")
    return Row(text, wrap=False)
