"""The verbs and their options, as data that is quick to load: completion must answer within a key press."""

from __future__ import annotations

from collections.abc import Mapping

VERBS: Mapping[str, str] = {
    "next": "What to do now, and why.",
    "status": "Progress by phase.",
    "show": "A topic's page, a phase's topics, or the roadmap's own page.",
    "tick": "Tick a topic, or one of its steps.",
    "skip": "Leave a topic out of the counts.",
    "know": "Mark a topic as known before, by your word.",
    "undo": "Take the last action back, any number of times.",
    "redo": "Take the last undo back.",
    "quiz": "Take a checkpoint or a phase's exam, or practise.",
    "review": "What is fading comes back, in small portions.",
    "note": "Your note on a topic.",
    "search": "Find topics, ideas, practice, projects, resources, notes.",
    "idea": "How a key idea is remembered; put it off, suspend or reset it.",
    "path": "List the paths, or take one.",
    "plan": "Hours, days and a target; when the path will be done.",
    "pause": "A planned break.",
    "stats": "How it goes: the numbers behind the Stats screen.",
    "backup": "Make a verified backup now.",
    "restore": "List the backups, go back to one, or salvage a damaged journal.",
    "export": "Write progress to a file.",
    "import": "Add the events of an exported file.",
    "sync": "Meet your other machines in a shared folder.",
    "doctor": "Examine everything that progress depends on.",
    "roadmap": "List, add and remove roadmaps.",
    "validate": "Find every fault of a roadmap file.",
    "completion": "Print what completes commands in bash, zsh or fish.",
    "serve": "The screens in a web browser on this machine.",
    "help": "Read the guide: keys, reviews, files and more.",
}
"""Each verb is a module of this package, imported when the verb is called."""

Takes = str | tuple[str, ...]
"""What an option takes: nothing (""), one of some words, or a kind that completion knows, such as "topic" or "file"."""

FORMATS = ("toml", "json", "markdown", "html", "ics")
LEVELS = ("new", "basics", "trained")
GOALS = ("understand", "build", "research", "job")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

EVERYWHERE: Mapping[str, Takes] = {
    "--json": "",
    "--plain": "",
    "--no-color": "",
    "--roadmap": "roadmap",
    "--same": "",
    "--help": "",
}
"""The options of every verb."""
OPTIONS: Mapping[str, Mapping[str, Takes]] = {
    "next": {"--minutes": "number"},
    "tick": {"--undo": ""},
    "skip": {"--undo": ""},
    "know": {"--undo": ""},
    "quiz": {"--count": "number", "--exam": "", "--placement": ""},
    "review": {
        "--minutes": "number",
        "--topic": "topic",
        "--phase": "phase",
        "--missed": "",
        "--all": "",
        "--cram": "",
        "--list": "",
    },
    "note": {"--delete": "", "--add": ""},
    "search": {"--most": "number"},
    "idea": {"--bury": "", "--suspend": "", "--resume": "", "--reset": "", "--retire": "question"},
    "path": {"--from": "topic", "--save": "name", "--add": "file", "--export": "file", "--delete": "own path"},
    "plan": {
        "--hours": "number",
        "--days": "days",
        "--target": "date",
        "--minutes": "number",
        "--retention": "number",
        "--level": LEVELS,
        "--goal": GOALS,
    },
    "pause": {"--end": ""},
    "restore": {"--salvage": ""},
    "export": {"--format": FORMATS},
    "import": {"--dry-run": ""},
    "serve": {"--host": "address", "--port": "number"},
}
"""The other options of each verb."""

LIST = {
    "--roadmap FILE|ID": "Use this roadmap instead of the bundled one.",
    "--json": "Print JSON.",
    "--plain": "Lines only, for screen readers and pipes.",
    "--no-color": "No colours.",
    "--same": "The roadmap file is the one that has this id already; share its progress.",
    "--version": "Print the version.",
    "-h, --help": "Show this message and exit.",
}
"""The program's own options, as `dlroadmap -h` lists them; all but the last two may stand before or after any verb."""
EPILOG = "dlroadmap VERB -h tells about one verb. Progress is kept in DLROADMAP_HOME, where that is set."
WIDTH = 78


def usage() -> str:
    """Return what `dlroadmap -h` prints at 80 columns or more: the same text as click's, without loading click."""
    said = "  Learn deep learning from your terminal.\n\n  Without a verb: the map; without a terminal: how far you are.\n"
    parts = ["Usage: dlroadmap [OPTIONS] [VERB] [ARGS]...", "", said, "Options:", *_listed(LIST), "", "Verbs:", *_listed(VERBS)]
    return "\n".join([*parts, "", *_wrapped(EPILOG, "  ", "  "), ""])


def _listed(rows: Mapping[str, str]) -> list[str]:
    width = max(map(len, rows)) + 4
    return [line for name, said in rows.items() for line in _wrapped(said, f"  {name}".ljust(width), " " * width)]


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    lines = [first]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > WIDTH + 1 and lines[-1].strip():
            lines.append(rest)
        lines[-1] += word + " "
    return [line.rstrip() for line in lines]
