"""Plots made of characters: rows of text whose styles follow the theme, and whose signs follow ASCII mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rich.text import Text

from dlroadmap.forecast import monday
from dlroadmap.stats import Calibration, PhaseStats, Recall, Stats, level
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.prose import BLANK, Row, heading, markdown, plain
from dlroadmap.wording import WHEN_SURE

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def heat_map(minutes: Mapping[date, float], today: date, width: int, signs: Signs) -> list[Row]:
    """Draw the days of a year, one column a week, as many weeks as there is room for, with the months above."""
    weeks = min(53, width - 4)
    first = monday(today) - timedelta(weeks=weeks - 1)
    months = Text("    ", "muted")
    for n in range(weeks):
        begin = first + timedelta(weeks=n)
        if begin.day <= 7 and len(months) <= n + 4 and n <= weeks - 3:
            months.append(" " * (n + 4 - len(months)) + f"{begin:%b}", "muted")
    rows = [Row(months, wrap=False)]
    for weekday, name in enumerate(DAYS):
        line = Text()
        for n in range(weeks):
            day = first + timedelta(weeks=n, days=weekday)
            dark = level(minutes.get(day))
            line.append(" " if day > today else signs.heat[dark] if dark else signs.empty_day, "done" if dark else "muted")
        rows.append(Row(line, f"{name} ", wrap=False, mark="muted"))
    scale = Text("    ", "muted")
    for n, word in enumerate(("none", "some", "over 10", "over 30", "over 60 min")):
        scale.append(f"{signs.heat[n] if n else signs.empty_day} ", "done" if n else "muted")
        scale.append(f"{word}  ", "muted")
    return [*rows, Row(scale, wrap=False)]


def days(minutes: Mapping[date, float], today: date, count: int, width: int, signs: Signs) -> list[Row]:
    """Draw the minutes of the last days, one bar each."""
    every = [today - timedelta(days=n) for n in range(count - 1, -1, -1)]
    most = max([60.0, *(minutes.get(day, 0) for day in every)])
    return [
        _length(f"{day:%a %d %b}", minutes.get(day, 0) / most, f"{minutes[day]:.0f} min" if day in minutes else "-", width, signs)
        for day in every
    ]


def _bar(
    name: str, share: float, figure: str, width: int, signs: Signs, *, second: float | None = None, style: str = "done"
) -> Row:
    """Draw one bar of a share, with its name before and its figure after it."""
    room = max(6, width - len(name) - len(figure) - 4)
    text = Text(signs.bar(share, room, second=1.0 if second is None else second), style)
    text.append(f"  {figure}", "muted")
    return Row(text, f"{name}  ", wrap=False, mark="muted")


def _length(name: str, share: float, figure: str, width: int, signs: Signs, *, style: str = "done") -> Row:
    """Draw one bar as long as its share of the longest one, with its figure at the end."""
    room = max(6, width - len(name) - len(figure) - 4)
    text = Text(signs.bar(share, room, second=1.0).rstrip(signs.empty), style)
    text.append(f"{' ' if text else ''}{figure}", "muted")
    return Row(text, f"{name}  ", wrap=False, mark="muted")


def shortened(title: str, room: int) -> str:
    """Return a title cut to a number of characters, with an ellipsis at the end if it was cut."""
    return title if len(title) <= room else title[: room - 1] + "…"


def phases(rows: Sequence[PhaseStats], width: int, signs: Signs) -> list[Row]:
    """Draw each phase's ideas: those known today full, those ever passed shaded, the rest empty."""
    figures = [
        f"{row.passed}/{row.ideas} known {row.known:.0f}" + (f" {signs.mastered}{row.mastered}" if row.mastered else "")
        if row.ideas
        else "no checkpoint yet"
        for row in rows
    ]
    widest = max(map(len, figures), default=0)
    room = min(max(8, width - widest - 17), max((len(row.title) for row in rows), default=0))
    drawn: list[Row] = []
    for number, (phase, figure) in enumerate(zip(rows, figures, strict=True), 1):
        passed, known = (part / phase.ideas if phase.ideas else 0.0 for part in (phase.passed, phase.known))
        title = shortened(phase.title, room)
        bar = _bar(f"{number:>2} {title:<{room}}", passed, f"{figure:<{widest}}", width, signs, second=known)
        drawn.append(bar._replace(key=phase.id))
    return drawn


def weeks(rows: Sequence[tuple[date, float]], width: int, signs: Signs, most: int = 12) -> list[Row]:
    """Draw the estimated hours of the last weeks."""
    shown = rows[-most:]
    top = max([1.0, *(hours for _, hours in shown)])
    return [_length(f"{week:%d %b}", hours / top, f"{hours:.1f} h", width, signs) for week, hours in shown]


def due(counts: Sequence[int], today: date, width: int, signs: Signs) -> list[Row]:
    """Draw how many ideas fall due: the next seven days, then week by week."""
    rows = [(("today" if not n else f"{today + timedelta(days=n):%a}"), counts[n]) for n in range(min(7, len(counts)))]
    rows += [(f"week {n // 7 + 1}", sum(counts[n : n + 7])) for n in range(7, len(counts), 7)]
    most = max([10, *(count for _, count in rows)])
    return [_length(f"{name:<6}", count / most, str(count) if count else "-", width, signs, style="due") for name, count in rows]


def calibration(found: Calibration, width: int, signs: Signs) -> list[Row]:
    """Draw how often the learner was right for each confidence, with a mark at the probability that it states."""
    rows: list[Row] = []
    for row in found.rows:
        name, figure = f"{WHEN_SURE[row.confidence]:<11}", f"{row.share:>4.0%} of {row.answers}" if row.answers else "-"
        room = max(10, width - len(name) - 18)
        bar = Text(signs.bar(row.share, room, second=1.0), "done")
        at = min(room - 1, round(row.stated * room))
        bar = Text.assemble(bar[:at], (signs.stated, "doing"), bar[at + 1 :])
        bar.append(f"  {figure}", "muted")
        rows.append(Row(bar, f"{name}  ", wrap=False, mark="muted"))
    stated = ", ".join(f"{row.stated:.0%}" for row in found.rows)
    rows.append(plain(f"{signs.stated} marks what was stated: {stated}", "muted", first=" " * 13))
    return rows


def recall(found: Recall, width: int, signs: Signs) -> list[Row]:
    """Draw how much of what was passed is known: today, and in AHEAD days without and with review."""
    if not found.passed:
        return []
    rows = (("today", found.today), ("30 days, no review", found.without), ("30 days, reviewed", found.reviewed))
    return [_bar(f"{name:<18}", value / found.passed, f"{value:.0f} of {found.passed}", width, signs) for name, value in rows]


def activity(found: Stats, period: str, width: int, signs: Signs) -> list[Row]:
    """Draw the activity of a year, a month or a week, with a sentence."""
    drawn = {
        "all": lambda: heat_map(found.minutes, found.today, width, signs),
        "month": lambda: days(found.minutes, found.today, 30, width, signs),
        "week": lambda: days(found.minutes, found.today, 7, width, signs),
    }[period]()
    return [heading("Activity"), *drawn, plain(found.activity_words), BLANK]


def progress_rows(found: Stats, width: int, signs: Signs) -> list[Row]:
    """Draw what is passed and known, and how it fades."""
    return [
        heading("Passed and known today, by phase"),
        *phases(found.phases, width, signs),
        BLANK,
        heading("Recall"),
        *recall(found.recall, width, signs),
        plain(found.recall.words),
        BLANK,
    ]


def hours_rows(found: Stats, width: int, signs: Signs) -> list[Row]:
    """Draw the estimated hours by week and by phase, and the forecast."""
    done = found.hours_by_phase
    most = max([1.0, *(hours for _, hours in done)])
    by_phase = [_length(f"{shortened(name, 24):<24}", hours / most, f"{hours:.1f} h", width, signs) for name, hours in done]
    said = [found.forecast.words, found.forecast.target_words]
    return [
        heading("Hours by week and phase (estimates of what was ticked and passed)"),
        *(weeks(found.weeks, width, signs) if done else []),
        *([BLANK, *by_phase] if by_phase else []),
        *(plain(text) for text in said if text),
        BLANK,
    ]


def memory_rows(found: Stats, width: int, signs: Signs) -> list[Row]:
    """Draw what falls due, how right for each confidence, and what is hardest."""
    brier = found.calibration.brier
    rows = [
        heading("Reviews due"),
        *(due(found.due, found.today, width, signs) if any(found.due) else []),
        plain(found.due_words),
        BLANK,
        heading("How sure against how right"),
        *calibration(found.calibration, width, signs),
        plain(found.calibration.words),
    ]
    if brier is not None:
        rows.append(plain(f"Brier score {brier:.3f}: 0 is best, 0.25 is a coin.", "muted"))
    rows += [BLANK, heading("Hardest"), *markdown(found.hard_words)]
    for hard in found.hard_topics:
        rows.append(plain(f"{hard.misses} of {hard.answers} missed", "muted", first=f"{signs.bullet} {hard.title}: ", rest="  "))
    return [*rows, BLANK]
