"""Reports: where a learner stands, as Markdown for GitHub, with a checkbox for every topic and step."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from dlroadmap.plan import Next, Overview, next_steps, overview, what_to_do
from dlroadmap.progress import Progress
from dlroadmap.roadmap import Resource, Roadmap, Step, Topic, clean, is_web_address
from dlroadmap.standing import Where, of_topic, step_done
from dlroadmap.stats import Stats, stats
from dlroadmap.wording import STANDINGS, WHEN_SURE, plural

MARK = "dlroadmap report"
"""Every report contains this near its beginning."""
LONGEST = 160
"""The most characters of a checkbox's text."""


class Report(NamedTuple):
    """The content of a report: the learner's path with all its topics, every statistic, and what comes next."""

    roadmap: Roadmap
    progress: Progress
    view: Overview
    stats: Stats
    next: Next | None
    at: datetime

    @property
    def head(self) -> str:
        """Where the learner stands, in one line."""
        here = self.view.on_path
        words = [f"{here.done} of {here.counted} topics done"]
        words += [f"{here.mastered} mastered"] if here.mastered else []
        words += [f"passed {here.shown} of {plural(here.ideas, 'idea')}, known today {here.known:.1f}"] if here.ideas else []
        return ", ".join(words)

    @property
    def forecast(self) -> tuple[str, ...]:
        """The sentences about a break, the forecast and the target."""
        made = self.stats.forecast
        pause = (
            [f"On a break until {made.paused_until:%d %b %Y}."]
            if made.paused_until and made.paused_until > self.stats.today
            else []
        )
        return (*pause, made.words, *([made.target_words] if made.target_words else []))

    def words(self, topic: Topic) -> str:
        """Say where a topic stands."""
        here = self.view.where[topic.id]
        parts = [f"{topic.hours:g} h", STANDINGS[here.standing]]
        parts += [f"passed {here.shown} of {plural(here.ideas, 'idea')}, known today {here.known:.1f}"] if here.shown else []
        return " · ".join(parts)

    def ticked(self, topic: Topic, step: Step) -> bool:
        """Return whether a step is ticked."""
        return step_done(topic, step.id, of_topic(topic, self.progress))

    def note(self, topic: Topic) -> str:
        """Return the learner's note on a topic, without control characters."""
        return clean(of_topic(topic, self.progress).note).strip("\n")

    def where(self, topic: Topic) -> Where:
        """Return where a topic stands."""
        return self.view.where[topic.id]


def report(roadmap: Roadmap, progress: Progress, now: datetime) -> Report:
    """Collect the content of a report."""
    view = overview(roadmap, progress, now)
    following = next(next_steps(roadmap, progress, now), None)
    return Report(roadmap, progress, view, stats(roadmap, progress, view, now), following, now)


def next_words(found: Next) -> str:
    """Say what comes next and why, in plain text."""
    minutes = f", {found.minutes} min" if found.minutes else ""
    return f"{found.topic.title}: {shown(what_to_do(found))}{minutes} ({found.reason})"


def in_words(found: Stats) -> tuple[str, ...]:
    """Every sentence of the statistics."""
    brier = found.calibration.brier
    score = [f"Brier score {brier:.3f}: 0 is best, 0.25 is a coin."] if brier is not None else []
    return (found.activity_words, found.recall.words, found.due_words, found.calibration.words, *score, found.hard_words)


def markdown(told: Report) -> str:
    """Write the report: a checklist by phase and topic, then the figures."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Report) -> Iterator[str]:
    yield f"<!-- {MARK} -->"
    yield f"# {_escaped(told.roadmap.title)}"
    yield ""
    yield f"Path **{_escaped(told.view.path.title)}** · {told.head} · {told.at:%d %b %Y}"
    yield ""
    if told.next:
        yield f"**Next:** {_escaped(next_words(told.next))}"
        yield ""
    for sentence in told.forecast:
        yield f"> {_escaped(sentence)}"
    for number, (phase, figures) in enumerate(zip(told.view.path.phase, told.stats.phases, strict=True), 1):
        yield ""
        yield f"## {number} {_escaped(phase.title)}: {figures.done} of {figures.counted} done"
        yield ""
        for name in phase.topics:
            yield from _topic(told, told.roadmap.topics[name])
    yield from _figures(told.stats)


def _topic(told: Report, topic: Topic) -> Iterator[str]:
    here = told.where(topic)
    title = _escaped(topic.title)
    name = f"~~{title}~~" if here.standing == "skipped" else f"**{title}**"
    added = " · added to the path" if topic.id in told.view.path.added else ""
    following = " · **next**" if told.next and told.next.topic is topic else ""
    yield f"- {_box(here.done)} {name} · {told.words(topic)}{added}{following}"
    for step in topic.steps:
        minutes = f" ({step.minutes} min)" if step.minutes else ""
        yield f"  - {_box(told.ticked(topic, step))} {_step(step)}{minutes}"
    if note := told.note(topic):
        yield ""
        yield from (f"  > {line}".rstrip() for line in note.split("\n"))
        yield ""


def _step(step: Step) -> str:
    if isinstance(step.of, Resource) and is_web_address(step.of.url):
        return f"{step.of.kind}: [{_escaped(step.text)}](<{step.of.url}>)"
    return _escaped(textwrap.shorten(shown(step.text), LONGEST, placeholder=" …"))


def _figures(found: Stats) -> Iterator[str]:
    yield ""
    yield "## How it goes"
    yield ""
    yield from (f"- {_escaped(sentence)}" for sentence in in_words(found))
    yield ""
    yield "| phase | topics done | mastered | ideas passed | known today | hours (estimated) |"
    yield "|---|---|---|---|---|---|"
    for row in found.phases:
        figures = f"{row.done} of {row.counted} | {row.mastered} | {row.passed} of {row.ideas} | {row.known:.1f} | {row.hours:.1f}"
        yield f"| {_escaped(row.title)} | {figures} |"
    yield ""
    yield "| how sure | stated | right | of |"
    yield "|---|---|---|---|"
    for sure in found.calibration.rows:
        share = f"{sure.share:.0%}" if sure.answers else "-"
        yield f"| {WHEN_SURE[sure.confidence]} | {sure.stated:.0%} | {share} | {sure.answers} |"
    yield ""
    yield "| week from | hours (estimated) |"
    yield "|---|---|"
    yield from (f"| {week:%d %b %Y} | {hours:.1f} |" for week, hours in found.weeks)
    if found.hard_ideas:
        yield ""
        yield "| hardest ideas | missed | of |"
        yield "|---|---|---|"
        yield from (f"| {_escaped(hard.title)} | {hard.misses} | {hard.answers} |" for hard in found.hard_ideas)


def _box(ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"


def shown(text: str) -> str:
    """Return the first paragraph of Markdown on one line, without code blocks."""
    before = re.split(r"^\s*(?:```|~~~)", text, maxsplit=1, flags=re.MULTILINE)[0]
    return " ".join((before.strip() or text).split("\n\n")[0].split())


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&#|~])")


def _escaped(text: str) -> str:
    """Escape a text so that Markdown shows it unchanged; inline code stays code if possible."""
    parts = re.split(r"(`[^`|]+`)", text)
    return "".join(part if n % 2 else _SPECIAL.sub(r"\\\1", part) for n, part in enumerate(parts))
