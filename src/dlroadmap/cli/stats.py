"""stats: the numbers behind the Stats screen."""

from __future__ import annotations

from typing import Any

import click

from dlroadmap.cli.call import Call, options
from dlroadmap.cli.paper import Paper
from dlroadmap.cli.plan import forecast_document
from dlroadmap.cli.status import share
from dlroadmap.stats import Stats
from dlroadmap.wording import WHEN_SURE


@click.command()
@options
@click.pass_obj
def command(call: Call) -> None:
    """Show how it goes: activity, what is passed and known, what is due, how sure you are, what is hardest, the forecast."""
    with call.study() as study:
        found = study.stats()
        if call.json:
            call.answer(roadmap=study.roadmap.id, path=study.overview().path.id, **document(found))
            return
        paper = call.paper()
        _print(paper, found)
        paper.line()
        paper.line(call.command("plan"))


def document(found: Stats) -> dict[str, Any]:
    """Return every figure for JSON."""
    return {
        "since": found.since.isoformat() if found.since else None,
        "today": found.today.isoformat(),
        "active_days": found.active_days,
        "answers": found.answers,
        "right": found.right,
        "minutes_by_day": {day.isoformat(): round(minutes, 1) for day, minutes in found.minutes.items()},
        "phases": [
            {
                "id": phase.id,
                "title": phase.title,
                "topics": phase.topics,
                "skipped": phase.skipped,
                "done": phase.done,
                "mastered": phase.mastered,
                "ideas": phase.ideas,
                "passed": share(phase.passed, phase.ideas),
                "known": share(phase.known, phase.ideas),
                "hours": round(phase.hours, 1),
            }
            for phase in found.phases
        ],
        "recall": {name: round(value, 2) for name, value in found.recall._asdict().items()},
        "due_by_day": list(found.due),
        "review": found.review._asdict(),
        "calibration": [{**row._asdict(), "share": round(row.share, 4)} for row in found.calibration.rows],
        "brier": round(found.calibration.brier, 4) if found.calibration.brier is not None else None,
        "hours_by_week": {week.isoformat(): round(hours, 1) for week, hours in found.weeks},
        "hardest_topics": [{"topic": h.topic, "misses": h.misses, "answers": h.answers} for h in found.hard_topics],
        "hardest_ideas": [{"topic": h.topic, "idea": h.idea, "misses": h.misses, "answers": h.answers} for h in found.hard_ideas],
        "week": found.rhythm._replace(hours=round(found.rhythm.hours, 2))._asdict(),
        "forecast": forecast_document(found.forecast),
    }


def _print(paper: Paper, found: Stats) -> None:
    paper.say(found.activity_words)
    paper.line()
    wide = 9 if paper.columns else 0  # 0: plain lines have no columns
    rows: list[tuple[str, float, str]] = []
    for phase in found.phases:
        passed, known = f"{phase.passed} of {phase.ideas}", f"{phase.known:.1f}"
        behind = f"passed {passed:>{wide}}  known {known:>{wide and 5}}" + (f"  {phase.hours:.1f} h" if phase.hours else "")
        rows.append((phase.title, share(phase.known, phase.ideas), behind))
    paper.shares(rows)
    paper.line()
    paper.say(found.recall.words)
    paper.say(found.due_words)
    paper.say(found.calibration.words)
    for sure in found.calibration.rows:
        if sure.answers:
            said, right = f"said {sure.stated:>{wide and 4}.0%}", f"right {sure.share:>{wide and 4}.0%}"
            paper.row(f"  {WHEN_SURE[sure.confidence]:<{wide and 11}}  {said}  {right}  of {sure.answers}")
    if found.calibration.brier is not None:
        paper.say(f"Brier score {found.calibration.brier:.3f}: 0 is best, 0.25 is a coin.", "  ")
    paper.say(found.hard_words)
    paper.say(found.forecast.words)
    if found.forecast.target_words:
        paper.say(found.forecast.target_words)
