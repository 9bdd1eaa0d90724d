"""The report as one web page that loads nothing else: escaped text, plots as inline SVG, light or dark as the reader's system."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import escape

from dlroadmap.forecast import monday
from dlroadmap.formats.drawings import Bar, bars, columns, heat_map
from dlroadmap.formats.report import MARK, Report, next_words, shown
from dlroadmap.roadmap import PathPhase, Resource, Topic, is_web_address
from dlroadmap.stats import AHEAD, Stats
from dlroadmap.wording import WHEN_SURE

HALF = 27
"""Weeks in each half of the year's heat map: halves stand side by side, or one below the other on a narrow page."""
MOST_WEEKS = 26
SIGNS = {"todo": "∙", "doing": "►", "done": "✓", "mastered": "◊", "skipped": "-"}

STYLE = """
:root { --ground: #fbfaf7; --card: #fff; --text: #1b1f26; --quiet: #5b6573; --line: #d5d8dd;
  --full: #005a9c; --within: #9cc3e3; --track: #e8eaee; --mark: #8a5a00;
  --h1: #b9d6ec; --h2: #79b1dc; --h3: #2f7fbd; --h4: #004a80; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #11151b; --card: #181d25; --text: #e6eaf0; --quiet: #8b97a8; --line: #2c3440;
    --full: #56b4e9; --within: #2b5a78; --track: #242b35; --mark: #e69f00;
    --h1: #1f4257; --h2: #2f6c8f; --h3: #4497c6; --h4: #8fd0f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 78rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0.5rem 0 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 0 0 0.6rem; font-size: 1.1rem; }
p { margin: 0.4rem 0; }
a { color: var(--full); }
.quiet { color: var(--quiet); }
.cards { display: grid; gap: 1rem; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
  margin: 1rem 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 0 0 1rem; min-width: 0; }
.cards .card { margin: 0; }
.whole { grid-column: 1 / -1; }
@media (min-width: 70rem) { .wide { grid-column: span 2; } }
.halves { display: flex; flex-wrap: wrap; gap: 1rem; }
.halves svg { flex: 1 1 19rem; }
svg { display: block; width: 100%; height: auto; margin: 0.3rem 0; }
svg text { font: 12px system-ui, sans-serif; fill: var(--text); }
svg text.quiet { font-size: 11px; fill: var(--quiet); }
.track { fill: var(--track); } .within { fill: var(--within); } .full { fill: var(--full); } .mark { fill: var(--mark); }
.axis { stroke: var(--line); }
.h0 { fill: var(--track); } .h1 { fill: var(--h1); } .h2 { fill: var(--h2); } .h3 { fill: var(--h3); } .h4 { fill: var(--h4); }
.keys span { white-space: nowrap; }
.key { display: inline-block; width: 0.7em; height: 0.7em; border-radius: 2px; margin: 0 0.3em 0 0.7em; }
.key.track { background: var(--track); } .key.full { background: var(--full); } .key.within { background: var(--within); }
.key.mark { background: var(--mark); } .key.h1 { background: var(--h1); } .key.h2 { background: var(--h2); }
.key.h3 { background: var(--h3); } .key.h4 { background: var(--h4); }
code { font-size: 0.9em; background: var(--track); border-radius: 3px; padding: 0 0.2em; }
details { border-top: 1px solid var(--line); padding: 0.4rem 0; }
summary { cursor: pointer; }
details ul { margin: 0.3rem 0; padding-left: 1.2rem; list-style: none; }
.note { white-space: pre-wrap; border-left: 3px solid var(--line); margin: 0.4rem 0; padding-left: 0.7rem; font: inherit; }
@media print { details > ul { display: block; } body { background: none; } }
"""


def page(told: Report) -> str:
    """Write the whole page."""
    return "\n".join(_page(told)) + "\n"


def _page(told: Report) -> Iterator[str]:
    title = escape(told.roadmap.title)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield f'<head><meta charset="utf-8"><meta name="generator" content="{MARK}">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title} · {told.at:%d %b %Y}</title><style>{STYLE}</style></head>"
    yield "<body><main>"
    yield f"<h1>{title}</h1>"
    yield f'<p class="quiet">{escape(f"Path {told.view.path.title} · {told.head} · {told.at:%d %b %Y}")}</p>'
    yield '<div class="cards">'
    if told.next:
        yield from _card("Next", _said(next_words(told.next)))
    yield from _card("Forecast", *map(_said, told.forecast), size="wide")
    yield from _plots(told.stats)
    yield "</div>"
    yield '<section class="card"><h2>The path</h2>'
    for number, phase in enumerate(told.view.path.phase, 1):
        yield from _phase(told, number, phase)
    yield "</section>"
    yield from _notes(told)
    yield "</main></body></html>"


def _said(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _inline(text: str) -> str:
    """Escape a text as HTML, with its inline code as <code>."""
    parts = re.split(r"`([^`]+)`", text)
    return "".join(f"<code>{escape(part)}</code>" if n % 2 else escape(part) for n, part in enumerate(parts))


def _card(title: str, *parts: str, size: str = "") -> Iterator[str]:
    yield f'<section class="card{size and " " + size}"><h2>{escape(title)}</h2>'
    yield from parts
    yield "</section>"


def _key(*entries: tuple[str, str]) -> str:
    each = (f'<span><span class="key {style}"></span>{escape(word)}</span>' for style, word in entries)
    return f'<p class="quiet keys">{" ".join(each)}</p>'


def _plots(found: Stats) -> Iterator[str]:
    shades = (("track", "nothing"), ("h1", "some"), ("h2", "over 10"), ("h3", "over 30"), ("h4", "over 60 min"))
    yield from _card(
        "Activity", f'<div class="halves">{"".join(_halves(found))}</div>', _key(*shades), _said(found.activity_words), size="whole"
    )
    phases = [
        Bar(
            f"{number} {row.title}",
            f"{row.passed} of {row.ideas}, known {row.known:.1f}" if row.ideas else "no checkpoint yet",
            row.known / row.ideas if row.ideas else 0,
            row.passed / row.ideas if row.ideas else 0,
        )
        for number, row in enumerate(found.phases, 1)
    ]
    colours = _key(("full", "known today"), ("within", "ever passed"))
    yield from _card("Passed and known today, by phase", bars(phases, "Ideas passed and known, by phase"), colours)
    recall = found.recall
    fading = [
        Bar(name, f"{value:.1f} of {recall.passed}", value / recall.passed if recall.passed else 0)
        for name, value in (
            ("today", recall.today),
            (f"in {AHEAD} days, no review", recall.without),
            (f"in {AHEAD} days, reviewed", recall.reviewed),
        )
    ]
    yield from _card("Recall", *([bars(fading, recall.words)] if recall.passed else []), _said(recall.words))
    coming = [
        (f"{day:%d %b}", count, f"{day:%a %d %b}: {count}")
        for n, count in enumerate(found.due)
        for day in [found.today + timedelta(days=n)]
    ]
    yield from _card("Reviews due", *([columns(coming, found.due_words)] if any(found.due) else []), _said(found.due_words))
    yield from _card("How sure against how right", *_calibration(found))
    weeks = [(f"{week:%d %b}", round(hours, 1), f"Week from {week:%d %b %Y}: {hours:.1f} h") for week, hours in found.weeks]
    done = found.hours_by_phase
    most = max((hours for _, hours in done), default=1)
    by_phase = [Bar(name, f"{hours:.1f} h", hours / most) for name, hours in done]
    drawn = (columns(weeks[-MOST_WEEKS:], "Hours by week", unit=" h"), bars(by_phase, "Hours by phase")) if done else ()
    yield from _card(
        "Hours by week and phase",
        *drawn,
        _said("Estimates of what was ticked and passed." if done else "Nothing was ticked or passed yet."),
    )
    yield from _card("Hardest", _said(found.hard_words), *_hardest(found))


def _halves(found: Stats) -> Iterator[str]:
    """Draw the half-years in which something was done; the newer one in any case."""
    begin = monday(found.today) - timedelta(weeks=2 * HALF - 1)
    middle = begin + timedelta(weeks=HALF)
    if any(begin <= day < middle for day in found.minutes):
        yield heat_map(found.minutes, begin, HALF, found.today, "Minutes a day, the older half of a year")
    yield heat_map(found.minutes, middle, HALF, found.today, "Minutes a day, the newer half of a year")


def _calibration(found: Stats) -> Iterator[str]:
    rows = [
        Bar(WHEN_SURE[row.confidence], f"{row.share:.0%} of {row.answers}", row.share, mark=row.stated)
        for row in found.calibration.rows
        if row.answers
    ]
    if rows:
        yield bars(rows, found.calibration.words)
        yield _key(("full", "right"), ("mark", "stated: " + ", ".join(f"{row.stated:.0%}" for row in found.calibration.rows)))
    yield _said(found.calibration.words)
    if found.calibration.brier is not None:
        yield _said(f"Brier score {found.calibration.brier:.3f}: 0 is best, 0.25 is a coin.")


def _hardest(found: Stats) -> Iterator[str]:
    if found.hard_topics:
        rows = (f"<li>{escape(hard.title)}: {hard.misses} of {hard.answers} missed</li>" for hard in found.hard_topics)
        yield f"<ul>{''.join(rows)}</ul>"


def _phase(told: Report, number: int, phase: PathPhase) -> Iterator[str]:
    figures = told.stats.phases[number - 1]
    opened = " open" if told.next and told.next.topic.id in phase.topics else ""
    done = f"{figures.done} of {figures.counted} done"
    yield f'<details{opened}><summary>{number} {escape(phase.title)} <span class="quiet">{done}</span></summary><ul>'
    for name in phase.topics:
        yield from _topic(told, told.roadmap.topics[name])
    yield "</ul></details>"


def _topic(told: Report, topic: Topic) -> Iterator[str]:
    sign = SIGNS[told.where(topic).standing]
    yield f'<li>{sign} {escape(topic.title)} <span class="quiet">{escape(told.words(topic))}</span>'
    if topic.steps:
        yield "<ul>"
        for step in topic.steps:
            ticked = told.ticked(topic, step)
            text = _inline(shown(step.text))
            if isinstance(step.of, Resource) and is_web_address(step.of.url):
                text = f'<a href="{escape(step.of.url)}" rel="noreferrer">{text}</a>'
            minutes = f' <span class="quiet">{step.minutes} min</span>' if step.minutes else ""
            yield f"<li>{'☑' if ticked else '☐'} {text}{minutes}</li>"
        yield "</ul>"
    yield "</li>"


def _notes(told: Report) -> Iterator[str]:
    noted = [(topic, note) for topic in told.roadmap.topics.values() if (note := told.note(topic))]
    if noted:
        yield '<section class="card"><h2>Notes</h2>'
        for topic, note in noted:
            yield f'<h3>{escape(topic.title)}</h3><div class="note">{escape(note)}</div>'
        yield "</section>"
