"""Reports: Markdown that GitHub renders, a page that loads nothing and is sound, a calendar as RFC 5545 wants it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML, Node
from markdown_it import MarkdownIt
from tests.conftest import examples
from tests.histories import REVIEWING, histories

from dlroadmap import events as e
from dlroadmap.events import Entry, Event, entry_id
from dlroadmap.formats.calendar import calendar
from dlroadmap.formats.page import page
from dlroadmap.formats.report import Report, markdown, report
from dlroadmap.progress import Progress, fold
from dlroadmap.roadmap import Roadmap, is_web_address

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
"""A Wednesday."""
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></main>",
    "![x](https://example.org/x.png)",
    "[click](javascript:alert(1))",
    "**bold** _it_ `co|de` | cell | # head",
    "<!-- --> ]]> &lt; &amp; \\",
)


def after(*events: Event) -> Progress:
    entries = (Entry(entry_id(n, "m"), NOW - timedelta(days=9 - n % 9), event) for n, event in enumerate(events))
    return fold(entries, REVIEWING)


def told(roadmap: Roadmap, *events: Event) -> Report:
    return report(roadmap, after(*events), NOW)


def hostile(roadmap: Roadmap, text: str) -> Roadmap:
    """The roadmap with a text in every place that a report shows."""
    document = roadmap.model_dump()
    document["title"] = text
    for phase in document["phase"]:
        phase["title"] = text
        for topic in phase["topic"]:
            topic["title"] = text
            for step in topic["practice"]:
                step["text"] = text
            for resource in topic["resource"]:
                resource.update(title=text, url="javascript:alert(1)")
            for idea in topic["idea"]:
                idea["text"] = text
    for path in document["path"]:
        path["title"] = text
        for phase in path["phase"]:
            phase["title"] = text
    return Roadmap.model_validate(document)


def missed(topic: str, idea: str) -> Event:
    return e.Answered(sitting="s", topic=topic, question="q", idea=idea, kind="choice", given="x", credit=0, confidence="certain")


# Markdown


def test_markdown_ticks_what_is_done_and_names_what_is_next(small: Roadmap) -> None:
    text = markdown(
        told(
            small,
            e.TopicTicked(topic="numbers"),
            e.StepTicked(topic="numbers", step="count"),
            e.TopicSkipped(topic="attention"),
            e.NoteWritten(topic="vectors", text="first line\n\n- a list"),
        )
    )
    lines = text.splitlines()
    assert "# A small roadmap" in lines
    assert "## 1 Basics: 1 of 2 done" in lines
    assert "- [x] **Numbers** · 1 h · done" in lines
    assert "  - [x] Count to ten. (30 min)" in lines
    assert "  - [ ] Add two numbers. (20 min)" in lines
    assert "  - [ ] book: [A primer](<https://example.org/primer>) (10 min)" in lines
    assert "- [ ] **Vectors** · 2 h · to do · **next**" in lines
    assert "- [ ] ~~Attention~~ · 5 h · skipped" in lines
    assert [line for line in lines if line.startswith("  >")] == ["  > first line", "  >", "  > - a list"]
    assert any(line.startswith("**Next:** Vectors: ") for line in lines)
    assert any(line.startswith("> About 9 h are left") for line in lines)


def test_markdown_follows_the_path_and_marks_what_was_added(small: Roadmap) -> None:
    text = markdown(told(small, e.PathChosen(path="short")))
    assert "**Vectors** · 2 h · to do · added to the path" in text
    assert "Attention" not in text


@pytest.mark.parametrize(("days", "told_of"), [(1, True), (0, False)])
def test_markdown_tells_a_break_until_its_end(small: Roadmap, days: int, told_of: bool) -> None:
    until = NOW.date() + timedelta(days=days)
    assert (f"> On a break until {until:%d %b %Y}." in markdown(told(small, e.Paused(until=until))).splitlines()) is told_of


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_any_text_to_the_letter(small: Roadmap, text: str) -> None:
    written = markdown(told(hostile(small, text), missed("numbers", "adding"), e.TopicTicked(topic="numbers")))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(written)
    page = JustHTML(html, sanitize=False, fragment=True)
    assert not page.query("script, img, em, h6, a[href^='javascript:']")
    assert len(page.query("table")) == 4
    title = page.query("h1")[0].to_text()
    assert title.replace("`", "") == text.replace("`", "")


def test_long_step_is_told_in_one_line_without_its_listing(small: Roadmap) -> None:
    document = small.model_dump()
    document["phase"][0]["topic"][0]["practice"][0]["text"] = "Do this\nnow.\n\n```python\nx = 1\n```"
    text = markdown(told(Roadmap.model_validate(document)))
    assert "  - [ ] Do this now. (30 min)" in text.splitlines()
    assert "x = 1" not in text
    document["phase"][0]["topic"][0]["practice"][0]["text"] = "Word " * 50
    line = next(line for line in markdown(told(Roadmap.model_validate(document))).splitlines() if line.startswith("  - [ ] Word"))
    assert len(line) < 190
    assert "Word … (30 min)" in line


# The page


class Loads(HTMLParser):
    """Gathers whatever could load or run something, and every id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe", "object", "embed", "base", "form", "input", "image", "use", "video", "audio"}:
            self.found.append(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            elif name in {"src", "srcset", "xlink:href", "data", "action", "background"} or name.startswith("on"):
                self.found.append(f"{tag} {name}")
            elif name == "style" and ("url(" in (value or "") or "import" in (value or "")):
                self.found.append(f"{tag} {value}")


def attribute(element: Node, name: str) -> str:
    return (element.attrs or {}).get(name) or ""


def check_page(text: str) -> JustHTML:
    """Parse a page as strictly as HTML's own rules are, and see that it loads nothing and each drawing has a name."""
    parsed = JustHTML(text, sanitize=False, strict=True)
    loads = Loads()
    loads.feed(text)
    assert not loads.found
    assert all(is_web_address(link) for link in loads.links)
    style = parsed.query("style")[0].to_text()
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    for drawing in parsed.query("svg"):
        assert attribute(drawing, "role") == "img"
        assert attribute(drawing, "aria-label")
        assert attribute(drawing, "viewBox")
    assert attribute(parsed.query("html")[0], "lang") == "en"
    assert len(parsed.query("h1")) == 1
    assert parsed.query("meta[name=viewport]")
    return parsed


def test_page_with_nothing_done_is_sound(small: Roadmap) -> None:
    parsed = check_page(page(told(small)))
    assert "Nothing was done yet." in parsed.query("main")[0].to_text()


@pytest.mark.parametrize("text", HOSTILE)
def test_page_shows_any_text_to_the_letter(small: Roadmap, text: str) -> None:
    note = e.NoteWritten(topic="vectors", text=text)
    parsed = check_page(page(told(hostile(small, text), missed("numbers", "adding"), note, e.TopicTicked(topic="numbers"))))
    assert parsed.query("h1")[0].to_text() == text
    assert parsed.query(".note")[0].to_text() == text
    assert not parsed.query("a")


def test_page_sets_inline_code_as_code(small: Roadmap) -> None:
    parsed = check_page(page(told(hostile(small, "run `a < b` & see"))))
    assert {code.to_text() for code in parsed.query("code")} == {"a < b"}


def test_page_has_every_plot_steps_links_and_notes(small: Roadmap) -> None:
    answers = [missed("numbers", "adding"), missed("vectors", "length").model_copy(update={"credit": 1.0})]
    ticks = [e.StepTicked(topic="numbers", step="count"), e.TopicTicked(topic="numbers")]
    parsed = check_page(page(told(small, *answers, *ticks, e.NoteWritten(topic="neurons", text="mine\n  indented"))))
    names = [attribute(drawing, "aria-label") for drawing in parsed.query("svg")]
    for name in (
        "Minutes a day",
        "Ideas passed and known",
        "Of 1 idea ",
        "now, about",
        "You are right",
        "Hours by week",
        "Hours by",
    ):
        assert any(name in label for label in names)
    assert [attribute(link, "href") for link in parsed.query("a")] == ["https://example.org/primer"]
    assert not parsed.query("code")
    assert "☑ Count to ten." in parsed.query("details")[0].to_text()
    assert parsed.query(".note")[0].to_text(separator="", strip=False) == "mine\n  indented"


@settings(max_examples=examples(25))
@given(histories())
def test_page_and_plan_are_sound_whatever_happened(small: Roadmap, entries: list[Entry]) -> None:
    names = {"ta": "numbers", "tb": "vectors", "ia": "adding", "ib": "length", "pa": "count"}

    def renamed(event: Event) -> Event:
        fields = ("topic", "idea", "step", "text")
        changes = {f: names.get(v, v) for f in fields if isinstance(v := getattr(event, f, None), str)}
        return event.model_copy(update=changes)

    made = report(small, fold(entry._replace(event=renamed(entry.event)) for entry in entries), NOW)
    check_page(page(made))
    assert markdown(made).startswith("<!-- dlroadmap report -->")
    unfolded(calendar(made))


# The calendar


def unfolded(text: str) -> list[str]:
    """The calendar's lines, after seeing that they are ended and folded as they must be."""
    assert text.endswith("\r\n")
    lines = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any("\n" in line or "\r" in line for line in lines)
    return text[:-2].replace("\r\n ", "").split("\r\n")


def made(text: str) -> list[dict[str, str]]:
    """The calendar's events."""
    found: list[dict[str, str]] = []
    lines = unfolded(text)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    for line in lines[2:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name.partition(";")[0]] = value
    return found


PLAN = e.PlanSet(hours=5, days=("mon", "sat"), target=date(2026, 9, 30))


def test_calendar_has_the_planned_days_of_eight_weeks(small: Roadmap) -> None:
    found = made(calendar(told(small, PLAN)))
    days = [event for event in found if event["UID"].startswith("study-")]
    assert [event["DTSTART"] for event in days[:3]] == ["20260606", "20260608", "20260613"]
    assert len(days) == 16
    assert {event["SUMMARY"] for event in days} == {"Study: A small roadmap\\, 2 h 30 min"}
    assert days[0]["DTEND"] == "20260607"
    assert days[0]["DTSTAMP"] == "20260603T120000Z"
    assert days[0]["DESCRIPTION"].startswith("Next: Numbers: read: A primer\\, 10 min")


def test_calendar_of_hardly_any_hours_names_a_minute(small: Roadmap) -> None:
    found = made(calendar(told(small, e.PlanSet(hours=0.01, days=("mon", "sat")))))
    assert {event["SUMMARY"] for event in found} == {"Study: A small roadmap\\, 1 min"}


def test_calendar_has_the_target_and_the_break_and_no_study_in_it(small: Roadmap) -> None:
    found = made(calendar(told(small, PLAN, e.Paused(until=date(2026, 6, 15)))))
    kinds = {event["UID"].partition(".")[0]: event for event in found}
    assert kinds["target"]["DTSTART"] == "20260930"
    assert (kinds["break-20260615"]["DTSTART"], kinds["break-20260615"]["DTEND"]) == ("20260603", "20260615")
    assert min(event["DTSTART"] for event in found if event["UID"].startswith("study")) == "20260615"


def test_calendar_has_a_target_on_the_last_day_of_all(small: Roadmap) -> None:
    [target] = made(calendar(told(small, e.PlanSet(target=date.max))))
    assert (target["DTSTART"], target["DTEND"]) == ("99991230", "99991231")


def test_calendars_uids_are_one_for_each_event_and_the_same_in_the_next_export(small: Roadmap) -> None:
    first, second = (
        [event["UID"] for event in made(calendar(report(small, after(PLAN), NOW + timedelta(hours=hours))))] for hours in (0, 5)
    )
    assert first == second
    assert len(set(first)) == len(first)


def test_calendar_without_a_plan_has_no_event(small: Roadmap) -> None:
    assert made(calendar(told(small))) == []


@given(st.text(max_size=90))
def test_calendar_holds_any_title(small: Roadmap, text: str) -> None:
    titled = small.model_copy(update={"title": f"T{text}"})
    found = made(calendar(report(titled, after(PLAN), NOW)))
    summary = found[0]["SUMMARY"]
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", summary)
    assert len(found) == 17
