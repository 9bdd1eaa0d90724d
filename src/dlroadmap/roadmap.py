"""What there is to learn: a Roadmap of phases, topics and key ideas, and the paths through it.

A roadmap is read once, validated as a whole, and immutable. Anybody may have written its file, so every string is cleaned of
control characters, which a terminal would obey.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple, Protocol, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

FORMAT = 1
"""The format number of roadmap files that this version reads."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, escape among them; newline and tab stay
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
"""Control, format, bidi and surrogate characters (Unicode's Cc, Cf, Cs, Zl, Zp), except the joiners U+200C and U+200D,
which Persian spelling and composed emoji need."""


def clean(text: str) -> str:
    """Remove control, escape, bidi and other invisible format characters; joiners stay, every line end becomes a newline."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _one_line(text: str) -> str:
    if text.isprintable() and "  " not in text:  # true of nearly every text, and twenty times as fast
        return text.strip()
    return " ".join(clean(text).split())


def _block(text: str) -> str:
    if text.isprintable():
        return text
    return clean(text).strip("\n").expandtabs(4)


def _prose(text: str) -> str:
    return _block(text).strip()


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _identity(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", text) or len(text) > 64:
        raise ValueError("an id is at most 64 lower-case letters, digits and single hyphens, such as 'gradient-descent'")
    return text


def _roadmap_identity(text: str) -> str:
    if re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d", _identity(text).partition(".")[0]):
        raise ValueError(f"'{text}' is a name that Windows reserves; choose another id")
    return text


Line = Annotated[str, AfterValidator(_one_line)]
"""One line of plain text."""
FullLine = Annotated[Line, AfterValidator(_not_empty)]
Prose = Annotated[str, AfterValidator(_prose)]
"""Markdown: inline code, emphasis, lists, fenced code."""
FullProse = Annotated[Prose, AfterValidator(_not_empty)]
Block = Annotated[str, AfterValidator(_block)]
"""Text whose line ends and leading spaces matter: code, tables, drawings."""
Id = Annotated[str, AfterValidator(_identity)]
MaybeId = Annotated[str, AfterValidator(lambda text: _identity(text) if text else "")]
RoadmapId = Annotated[str, AfterValidator(_roadmap_identity)]
Level = Literal["beginner", "intermediate", "advanced", "expert"]
ResourceKind = Literal["article", "book", "course", "docs", "paper", "playlist", "tool", "tutorial", "video"]
StepKind = Literal["practice", "project", "resource"]


class Frozen(BaseModel):
    """A value of the model: immutable, and strict about names, so that a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy without the cached properties, which a change would leave stale."""
        copied = super().model_copy(update=update, deep=deep)
        for name in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied


class Figure(Frozen):
    """A drawing in characters."""

    text: Block
    alt: FullProse


class Idea(Frozen):
    """A key idea: the unit of knowledge, of memory and of review."""

    id: Id
    text: FullLine
    can: Line = Field("", description="You know it when you can …")
    aliases: tuple[Id, ...] = ()
    asked_by: SkipJsonSchema[tuple[tuple[str, ...], ...]] = Field(
        (), description="The ids, the former ones last, of each question that counts for it; known once they are read"
    )

    @property
    def questions(self) -> int:
        """How many questions count for it."""
        return len(self.asked_by)


class Practice(Frozen):
    """Something to do, and how to check the result."""

    id: Id
    text: FullProse
    check: FullProse
    minutes: int = Field(ge=1, le=6000)
    starter: Block | None = None
    aliases: tuple[Id, ...] = ()


class Project(Frozen):
    """Something to build, and when it counts as done."""

    id: Id
    title: FullLine
    brief: FullProse
    done_when: FullProse
    skills: tuple[FullLine, ...] = ()
    hours: float = Field(gt=0, le=1000)
    compute: Line = ""
    aliases: tuple[Id, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes, in minutes."""
        return round(60 * self.hours)


class Resource(Frozen):
    """Something to read, watch or use."""

    id: Id
    kind: ResourceKind
    title: FullLine
    by: Line = ""
    url: FullLine
    part: Line = ""
    minutes: int = Field(0, ge=0, le=60000)
    start: bool = False
    paid: bool = False
    aliases: tuple[Id, ...] = ()


class Step(NamedTuple):
    """A line of a topic that can be ticked: a practice step, a project or a resource."""

    kind: StepKind
    id: str
    text: str
    minutes: int
    of: Practice | Project | Resource


class Topic(Frozen):
    """One topic: a page to read, things to do, and four to eight key ideas to keep."""

    id: Id
    aliases: tuple[Id, ...] = ()
    title: FullLine
    level: Level = "beginner"
    hours: float = Field(1.0, gt=0, le=1000)
    needs: tuple[Id, ...] = ()
    helps: tuple[Id, ...] = ()
    summary: Prose = ""
    why: Prose = ""
    analogy: Prose = ""
    example: Prose = ""
    figure: Figure | None = None
    pitfalls: tuple[FullProse, ...] = ()
    practice: tuple[Practice, ...] = ()
    checked: Line = ""
    idea: tuple[Idea, ...] = ()
    resource: tuple[Resource, ...] = ()
    project: tuple[Project, ...] = ()
    questions: SkipJsonSchema[int] = Field(0, ge=0, description="How many questions it has; known once they are read")

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All that can be ticked, in the order of the page: practice, projects, resources."""
        return (
            *(Step("practice", p.id, p.text, p.minutes, p) for p in self.practice),
            *(Step("project", p.id, p.title, p.minutes, p) for p in self.project),
            *(Step("resource", r.id, r.title, r.minutes, r) for r in self.resource),
        )

    @cached_property
    def asked(self) -> tuple[Idea, ...]:
        """The ideas that count: those with a question."""
        return tuple(idea for idea in self.idea if idea.questions)

    @property
    def first_resource(self) -> Resource | None:
        """The resource to begin with: the one marked as that, else the first."""
        return next((r for r in self.resource if r.start), None) or next(iter(self.resource), None)

    def find_idea(self, name: str) -> Idea | None:
        """Return the key idea with this id or alias."""
        return next((i for i in self.idea if name == i.id or name in i.aliases), None)

    def step(self, name: str) -> Step | None:
        """Return the step with this id or alias."""
        return next((s for s in self.steps if name == s.id or name in s.of.aliases), None)


class Phase(Frozen):
    """A group of topics with one goal."""

    id: Id
    title: FullLine
    goal: Prose = ""
    aliases: tuple[Id, ...] = ()
    topic: tuple[Topic, ...] = Field(min_length=1)


class PathPhase(Frozen):
    """One phase of a path: topics in learning order."""

    id: Id
    title: FullLine
    duration: Line = ""
    goal: Prose = ""
    topics: tuple[Id, ...] = ()
    added: tuple[Id, ...] = Field((), description="Topics that the path's source leaves out or teaches later")


class Path(Frozen):
    """One way through the map; progress is shared by all paths."""

    id: Id
    title: FullLine
    summary: Prose = ""
    aliases: tuple[Id, ...] = ()
    phase: tuple[PathPhase, ...] = Field(min_length=1)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """All its topics' ids, in learning order."""
        return tuple(topic for phase in self.phase for topic in phase.topics)

    @cached_property
    def added(self) -> frozenset[str]:
        """The topics that its source leaves out."""
        return frozenset(topic for phase in self.phase for topic in phase.added)


class Source(Frozen):
    """A credit: a roadmap that this one is based on."""

    id: Id
    title: FullLine
    url: Line = ""
    note: Prose = ""


class Roadmap(Frozen):
    """The whole map: phases of topics, and paths through them."""

    format: Literal[1]
    id: RoadmapId
    title: FullLine
    summary: Prose = ""
    outcomes: tuple[FullProse, ...] = ()
    tips: tuple[FullProse, ...] = ()
    sources: tuple[Source, ...] = ()
    phase: tuple[Phase, ...] = Field(min_length=1)
    path: tuple[Path, ...] = ()

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by its id, in the map's order."""
        return {topic.id: topic for phase in self.phase for topic in phase.topic}

    @cached_property
    def phase_of(self) -> Mapping[str, Phase]:
        """The phase that each topic lies in, by the topic's id."""
        return {topic.id: phase for phase in self.phase for topic in phase.topic}

    @cached_property
    def opens(self) -> Mapping[str, tuple[str, ...]]:
        """The topics that need each topic, by its id."""
        opened: dict[str, list[str]] = {topic: [] for topic in self.topics}
        for topic in self.topics.values():
            for need in topic.needs:
                opened[need].append(topic.id)
        return {topic: tuple(others) for topic, others in opened.items()}

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """The paths by id. The first is `all`, made of the roadmap's own phases unless the file defines a path with that id."""
        phases = tuple(PathPhase(id=p.id, title=p.title, goal=p.goal, topics=tuple(t.id for t in p.topic)) for p in self.phase)
        everything = Path(id="all", title="All", summary=self.summary, phase=phases)
        return {"all": everything} | {path.id: path for path in self.path}

    def topic(self, name: str) -> Topic | None:
        """Return the topic with this id, alias, or title in any case."""
        return self.topics.get(name) or named(self.topics.values(), name)

    def formerly(self, name: str) -> Topic | None:
        """Return the topic that has or had this id."""
        return self.topics.get(name) or next((t for t in self.topics.values() if name in t.aliases), None)

    def find_phase(self, name: str, path: Path | None = None) -> Phase | None:
        """Return the phase with this id, alias, or title in any case.

        path: its phases are looked at before the roadmap's, and can also be given by their number on the path.
        """
        stretches = {str(n): self._phase(stretch) for n, stretch in enumerate(path.phase, 1) if stretch.topics} if path else {}
        return named(stretches.values(), name) or stretches.get(name.strip()) or named(self.phase, name)

    def _phase(self, stretch: PathPhase) -> Phase:
        topics = tuple(self.topics[topic] for topic in stretch.topics)
        return Phase(id=stretch.id, title=stretch.title, goal=stretch.goal, topic=topics)


class Named(Protocol):
    """What has an id, a title and former ids: phases, topics, paths."""

    @property
    def id(self) -> str: ...  # noqa: D102 the protocol's docstring says it
    @property
    def title(self) -> str: ...  # noqa: D102 as above
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102 as above


N = TypeVar("N", bound=Named)


def named(things: Iterable[N], name: str) -> N | None:
    """Return the thing with this id, or else with this alias, with this title in any case, or with a title of the same words."""
    things = tuple(things)
    wanted = name.casefold().strip()
    return (
        next((t for t in things if t.id == wanted), None)
        or next((t for t in things if wanted in t.aliases), None)
        or next((t for t in things if t.title.casefold() == wanted), None)
        or next((t for t in things if _words(wanted) and _words(t.title) == _words(wanted)), None)
    )


def _words(title: str) -> list[str]:
    """Return the words of a title, or of an id made of one."""
    return re.findall(r"[^\W_]+", title.casefold())


def likely(things: Iterable[N], name: str) -> N | None:
    """Return the thing whose id or title is most similar to an unknown name; None if none is similar."""
    names = {key: thing for thing in things for key in (thing.title.casefold(), thing.id)}
    near = like(names, name)
    return names[near] if near else None


def like(names: Iterable[str], name: str) -> str | None:
    """Return the name that is most similar to an unknown one, names that contain it first; None if none is similar."""
    names, wanted = tuple(names), name.casefold().strip()
    holding = get_close_matches(wanted, [key for key in names if len(wanted) >= _TELLING and wanted in key], n=1, cutoff=0)
    return next(iter(holding or get_close_matches(wanted, names, n=1, cutoff=0.6)), None)


_TELLING = 3
"""The fewest letters of a name's part that can identify the name."""


def is_web_address(url: str) -> bool:
    """Return whether an address may be opened: http or https with a host, without a login, without unusual characters."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return False
    return clean(url) == url and not re.search(r"[\s\\<>\"`{}|^]", url)
