"""Roadmap files: TOML text to a Roadmap and its questions, or to every fault with its line.

Anybody may have written the text: its size, nesting and keys are limited before tomllib reads it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from dlroadmap.faults import Effort, Fault, Place, did_you_mean, question_faults, roadmap_faults, standards
from dlroadmap.formats.located import LARGEST, Located, NotARoadmap
from dlroadmap.formats.positions import line_of, positions, tokens
from dlroadmap.question import Bank, Choice, Match, Multi, Numeric, Open, Option, Order, Question, Text, Trap
from dlroadmap.roadmap import (
    FORMAT,
    Figure,
    Idea,
    Path,
    PathPhase,
    Phase,
    Practice,
    Project,
    Resource,
    Roadmap,
    Source,
    Topic,
    clean,
)

MOST = 200_000
"""The most keys, values and punctuation marks of a roadmap's file: so many are read in a second."""
ENOUGH = 200
"""How many errors of a kind are reported; the others show when these are fixed."""
DEEPEST = 32
"""How deep arrays and tables may be nested, and how many parts a key may have."""


class File(NamedTuple):
    """A TOML file: its name, its text and the parsed document."""

    name: str
    text: str
    document: Mapping[str, Any]

    def locate(self, faults: Iterable[Fault]) -> Iterator[Located]:
        """Add file and line to faults."""
        found = list(faults)
        lines = positions(self.text) if found else {}
        for fault in found:
            told = " ".join(clean(fault.message).split())  # the message may quote the file
            told = told if len(told) <= 500 else f"{told[:500]}…"
            yield Located(self.name, line_of(fault.place, lines), fault._replace(message=told))


def parse(content: bytes, name: str, *, known: bool = False) -> File:
    """Parse TOML. known: the text was checked before, skip the limits. Raises NotARoadmap with the fault that stops parsing."""

    def refuse(line: int, message: str) -> NotARoadmap:
        return NotARoadmap([Located(name, line, Fault((), message))])

    if len(content) > LARGEST:
        raise refuse(0, f"the file is too large; at most {LARGEST // 1048576} MiB can be read")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refuse(line, "not UTF-8 text; save it as UTF-8") from None
    if not text.strip():
        raise refuse(0, "the file is empty")
    if not known:
        _bounded(text, refuse)
    try:
        return File(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise refuse(line, _not_toml(str(error), text, line)) from None
    except (ValueError, RecursionError) as error:
        raise refuse(0, f"not TOML that can be read: {str(error).splitlines()[0][:100]}") from None


def _bounded(text: str, refuse: Any) -> None:
    depth = parts = 0
    for number, token in enumerate(tokens(text)):
        if number > MOST:
            raise refuse(token.line, f"more than {MOST} keys, values and marks; share them among a roadmap and its checkpoints")
        if token.text in ("[", "{"):
            depth += 1
        elif token.text in ("]", "}"):
            depth = max(0, depth - 1)
        elif token.text == ".":
            parts += 1
        if token.kind == "newline" or token.text in ("[", "]", "{", "}", "=", ","):
            parts = 0
        if depth > DEEPEST or parts > DEEPEST:
            raise refuse(token.line, f"nested deeper than {DEEPEST} levels")
        if token.kind == "bare" and len(token.text) > 1000:
            raise refuse(token.line, "a key or number of more than 1000 characters")


def _not_toml(message: str, text: str, line: int) -> str:
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if any(row.startswith(("<<<<<<<", ">>>>>>>", "=======")) for row in (here, *lines[max(0, line - 2) : line + 1])):
        return "not TOML: a merge conflict is left in the file; resolve it"
    if re.match(r"Cannot (overwrite|declare)|Duplicate", message):
        return "not TOML: a key or table stands twice; keep one of them"
    return f"not TOML: {message.partition(' (at ')[0]}"


def build(main: File, checkpoints: Mapping[str, File]) -> tuple[Roadmap | None, Bank, list[Located]]:
    """Build a roadmap and its questions from parsed files; checkpoints: by their phase's id.

    Return the roadmap (None if it can't be used), its questions, and every fault and warning.
    """
    document = {key: value for key, value in main.document.items() if key != "question"}
    if type(document.get("format")) is not int or document["format"] != FORMAT:
        return None, Bank(), list(main.locate([Fault(("format",), _wrong_format(document))]))
    if isinstance(document.get("phase"), list):
        document["phase"] = [_without_questions(phase) for phase in document["phase"]]
    try:
        roadmap = Roadmap.model_validate(document)
    except ValidationError as error:
        return None, Bank(), list(main.locate(explained(error)))
    found = list(main.locate([*_counted_by_hand(main.document), *_enough(roadmap_faults(roadmap))]))
    bank, faults = read_questions(roadmap, main, checkpoints)
    found += faults
    errors = any(not f.fault.warning for f in found)
    if errors:
        return None, bank, found
    complete = _with_ideas(roadmap, bank)
    short = [f for f in standards(complete) if not _made(roadmap, f.place)]
    return complete, bank, [*found, *main.locate(short)]


def read_questions(
    roadmap: Roadmap, main: File | None, checkpoints: Mapping[str, File], *, checked: bool = False
) -> tuple[Bank, list[Located]]:
    """Read the questions in a roadmap's own file and in its checkpoint files; return them and their faults.

    checked: the same text was checked before, so its variants need not be tried again.
    """
    rows = [(main, place, row, "") for place, row in _inline(main.document)] if main else []
    faults = {main.name: (main, list(_not_lists(main.document)))} if main else {}
    for phase, file in checkpoints.items():
        rows += [(file, ("question", n), row, phase) for n, row in enumerate(_list(file.document.get("question")))]
        faults[file.name] = file, list(_not_questions(file.document))
    questions: list[Question] = []
    taken: set[tuple[str, str]] = set()
    effort = Effort()
    for file, place, row, phase in rows:
        _, mine = faults[file.name]
        if len(mine) > ENOUGH and sum(not f.warning for f in mine) > ENOUGH:
            break
        try:
            question = _QUESTION.validate_python(row)
        except ValidationError as error:
            mine += [f._replace(place=(*place, *f.place)) for f in explained(error, tagged=True)]
            continue
        mine += _placed(roadmap, question, place, phase)
        for name in (question.id, *question.aliases):
            if (question.topic, name) in taken:
                mine.append(Fault((*place, "id"), f"the id '{name}' is taken by another question of '{question.topic}'"))
            taken.add((question.topic, name))
        if not checked:
            most = effort.allows(question)
            if most == 0:
                cure = "give its variables fewer values, or its texts fewer expressions"
                mine.append(Fault(place, f"with those before it has more variants than can be tried in a moment; {cure}"))
                break
            mine += question_faults(question, place, most=most)
        questions.append(question if question.idea else question.model_copy(update={"idea": question.id}))
    located = [row for file, mine in faults.values() for row in file.locate(mine)]
    return Bank.model_construct(question=tuple(questions)), located


def _enough(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults until there are ENOUGH errors: finding them all could take too long."""
    errors = 0
    for fault in faults:
        yield fault
        errors += not fault.warning
        if errors == ENOUGH:
            return


def _wrong_format(document: Mapping[str, Any]) -> str:
    if "format" not in document:
        return f"no `format`; a roadmap of this version begins with `format = {FORMAT}`"
    return f"format {document['format']!r} is not one that this version reads ({FORMAT}); install a newer dlroadmap"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _without_questions(phase: Any) -> Any:
    if not isinstance(phase, dict) or not isinstance(phase.get("topic"), list):
        return phase
    topics = [{k: v for k, v in t.items() if k != "question"} if isinstance(t, dict) else t for t in phase["topic"]]
    return {**phase, "topic": topics}


def _inline(document: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Yield the questions in the roadmap's own file, with their places."""
    for n, row in enumerate(_list(document.get("question"))):
        yield ("question", n), row
    for i, phase in enumerate(_list(document.get("phase"))):
        for j, topic in enumerate(_list(phase.get("topic")) if isinstance(phase, dict) else []):
            for n, row in enumerate(_list(topic.get("question")) if isinstance(topic, dict) else []):
                named = {"topic": topic.get("id"), **row} if isinstance(row, dict) else row
                yield ("phase", i, "topic", j, "question", n), named


def _not_lists(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Find values named question in a roadmap's own file that aren't arrays of tables."""
    cure = "must be an array of tables: [[question]]"
    if not isinstance(document.get("question", []), list):
        yield Fault(("question",), cure)
    for i, phase in enumerate(_list(document.get("phase"))):
        for j, topic in enumerate(_list(phase.get("topic")) if isinstance(phase, dict) else []):
            if isinstance(topic, dict) and not isinstance(topic.get("question", []), list):
                yield Fault(("phase", i, "topic", j, "question"), cure.replace("question", "phase.topic.question"))


def _not_questions(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Find what must not be in a file of questions."""
    if document.get("format", FORMAT) != FORMAT:
        yield Fault(("format",), _wrong_format(document))
    if not isinstance(document.get("question", []), list):
        yield Fault(("question",), "must be an array of tables: [[question]]")
    for key in sorted(set(document) - {"question", "format"}):
        yield Fault((key,), "unknown key in a file of questions; it has [[question]] alone")


def _counted_by_hand(document: Mapping[str, Any]) -> Iterator[Fault]:
    for i, phase in enumerate(document["phase"]):
        for j, topic in enumerate(phase["topic"]):
            if "questions" in topic:
                yield Fault(("phase", i, "topic", j, "questions"), "unknown key; questions are counted, not told")
            for n, idea in enumerate(topic.get("idea", ())):
                if "asked_by" in idea:
                    yield Fault(("phase", i, "topic", j, "idea", n, "asked_by"), "unknown key; take it out")


_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


def _placed(roadmap: Roadmap, question: Question, place: Place, phase: str) -> Iterator[Fault]:
    """Find what is wrong with a question's place: an unknown topic, the file of another phase, an unknown idea."""
    topic = roadmap.topics.get(question.topic)
    home = roadmap.phase_of[topic.id].id if topic else ""
    if not question.topic:
        yield Fault((*place, "topic"), "is missing; name its topic")
    elif topic is None:
        yield Fault((*place, "topic"), f"no topic '{question.topic}'{did_you_mean(roadmap.topics, question.topic)}")
    elif home != phase and phase in (p.id for p in roadmap.phase):
        cure = f"move the question to checkpoints/{home}.toml"
        yield Fault((*place, "topic"), f"'{topic.id}' lies in phase '{home}'; {cure}")
    elif question.idea and question.idea not in {question.id, *(i.id for i in topic.idea)}:
        hint = did_you_mean((idea.id for idea in topic.idea), question.idea)
        yield Fault((*place, "idea"), f"topic '{topic.id}' has no idea '{question.idea}'{hint}")
    elif not question.idea:  # an idea is made for it, under its names; with its id it is of the idea that is called so
        taken = {name for idea in topic.idea if idea.id != question.id for name in (idea.id, *idea.aliases)}
        if name := next((name for name in (question.id, *question.aliases) if name in taken), None):
            yield Fault(
                place, f"'{name}' is the name of an idea of '{topic.id}'; say which `idea` the question is of, or call it otherwise"
            )


def _with_ideas(roadmap: Roadmap, bank: Bank) -> Roadmap:
    """Return the roadmap with its questions counted, and with a new idea for each question that has none."""
    phases = []
    for phase in roadmap.phase:
        topics = []
        for topic in phase.topic:
            mine = bank.by_topic.get(topic.id, ())
            counting = [q for q in mine if q.kind != "open"]
            ideas = [
                i.model_copy(update={"asked_by": tuple((q.id, *q.aliases) for q in counting if q.idea == i.id)}) for i in topic.idea
            ]
            known = {i.id for i in ideas}
            own = [q for q in counting if q.idea not in known]
            ideas += [Idea(id=q.id, aliases=q.aliases, text=_headline(q), asked_by=((q.id, *q.aliases),)) for q in own]
            topics.append(topic.model_copy(update={"idea": tuple(ideas), "questions": len(mine)}))
        phases.append(phase.model_copy(update={"topic": tuple(topics)}))
    return roadmap.model_copy(update={"phase": tuple(phases)})


def _made(roadmap: Roadmap, place: Place) -> bool:
    """Return whether a place is an idea that was made for a question without one."""
    match place:
        case ("phase", int(i), "topic", int(j), "idea", int(n)):
            return n >= len(roadmap.phase[i].topic[j].idea)
        case _:
            return False


def _headline(question: Question) -> str:
    line = question.show(question.ask, question.variants[0]).partition("\n")[0]
    return line if len(line) <= 100 else line[:99].rstrip() + "…"


_MODELS = (Roadmap, Phase, Topic, Idea, Practice, Project, Resource, Figure, Path, PathPhase, Source, Option, Trap)
_KINDS = ("choice", "multi", "numeric", "text", "order", "match", "open")
_EVERY: list[type[BaseModel]] = [*_MODELS, Choice, Multi, Numeric, Text, Order, Match, Open]
_KEYS = {name for model in _EVERY for name in model.model_fields}


_TABLES = ("phase", "topic", "idea", "resource", "project", "path")


def _inside(inner: Place, outer: Place) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def explained(error: ValidationError, *, tagged: bool = False) -> Iterator[Fault]:
    """Turn pydantic's errors into words for authors; tagged: their places begin with the kind of question."""
    rows = error.errors(include_url=False, include_input=True)[:ENOUGH]
    for row in rows:
        if row["type"] == "too_short" and any(_inside(other["loc"], row["loc"]) for other in rows):
            continue  # pydantic counts without the faulty items; their own faults are reported
        place = row["loc"][1:] if tagged else row["loc"]
        kind, given = row["type"], row.get("input")
        match kind:
            case "missing":
                message = "is missing"
            case "extra_forbidden":
                close = get_close_matches(str(place[-1]), _KEYS - {"questions", "asked_by"}, n=1, cutoff=0.6)
                message = "unknown key" + (f"; did you mean '{close[0]}'?" if close and close[0] != place[-1] else "; take it out")
            case "tuple_type":
                array = f"of tables: [[{'.'.join(p for p in place if isinstance(p, str))}]]" if place[-1] in _TABLES else "[ … ]"
                message = f"must be an array {array}"
            case "too_short":
                message = f"has too few entries; at least {row['ctx']['min_length']}"
            case "union_tag_invalid":
                message = f"unknown kind; a question is one of {', '.join(_KINDS)}"
            case "union_tag_not_found":
                message = f"no `kind`; a question is one of {', '.join(_KINDS)}"
            case _:
                message = row["msg"].removeprefix("Value error, ")
                message = message[0].lower() + message[1:]
                if isinstance(given, (int, float)):
                    message += f", not {given}"
                elif isinstance(given, str) and given not in message:
                    message += f", not {given[:40]!r}"
        yield Fault(place, message)
