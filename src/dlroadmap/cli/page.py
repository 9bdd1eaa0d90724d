"""A topic's page, a phase's list and the roadmap's own page, as text."""

from __future__ import annotations

from dlroadmap.cli.call import Call
from dlroadmap.cli.paper import Paper, padded
from dlroadmap.plan import Overview
from dlroadmap.roadmap import Idea, Phase, Practice, Project, Resource, Roadmap, Step, Topic
from dlroadmap.schedule import recall
from dlroadmap.standing import Where, of_idea, of_topic, step_done
from dlroadmap.study import Study
from dlroadmap.wording import STANDINGS, plural


def print_topic(call: Call, study: Study, topic: Topic) -> None:
    """Print a topic's page: what it is, why, its ideas, what to do, where to read."""
    paper, view = call.paper(), study.overview()
    _head(paper, study, view, topic)
    for title, text in (("Why", topic.why), ("Analogy", topic.analogy), ("Example", topic.example)):
        if text:
            paper.heading(title)
            paper.prose(text)
    if topic.figure:
        paper.line()
        if paper.plain:
            paper.say(topic.figure.alt, "Figure: ")
        for row in () if paper.plain else topic.figure.text.splitlines():
            paper.line("  " + row)
    _ideas(paper, study, topic)
    if topic.pitfalls:
        paper.heading("Pitfalls")
        for pitfall in topic.pitfalls:
            paper.say(pitfall, "  - ")
    _steps(paper, study, topic)
    note = of_topic(topic, study.progress).note
    if note:
        paper.heading("Your note")
        paper.prose(note)
    paper.line()
    paper.line(_suggestion(call, view.where[topic.id], topic))


def _suggestion(call: Call, here: Where, topic: Topic) -> str:
    if here.ideas and not (here.passed and not here.due):
        return f"Checkpoint: {call.command('quiz', topic.id)}"
    if not here.done:
        return f"Done? {call.command('tick', topic.id)}"
    return f"What now? {call.command('next')}"


def _head(paper: Paper, study: Study, view: Overview, topic: Topic) -> None:
    here = view.where[topic.id]
    paper.say(topic.title)
    about = [STANDINGS[here.standing], topic.level, f"{topic.hours:g} h"]
    if here.ideas:
        about.append(f"passed {here.shown} of {plural(here.ideas, 'idea')}, known today {here.known:.1f}")
    if here.due:
        about.append(f"{here.due} due")
    paper.say(" · ".join([*about, study.roadmap.phase_of[topic.id].title]), f"{paper.of(here.standing)} ")
    for word, names in (("needs", topic.needs), ("helped by", topic.helps), ("opens", study.roadmap.opens[topic.id])):
        if names:
            titles = (f"{study.roadmap.topics[name].title} ({STANDINGS[view.where[name].standing]})" for name in names)
            paper.say(", ".join(titles), f"{word}: ")
    if topic.summary:
        paper.line()
        paper.prose(topic.summary)


def _ideas(paper: Paper, study: Study, topic: Topic) -> None:
    if not topic.idea:
        return
    paper.heading("Key ideas")
    for idea in topic.idea:
        mark, words = _known(study, topic, idea)
        paper.say(f"{idea.text} {words}".strip(), f"  {paper.sign(mark)} ")
        if idea.can:
            paper.say(f"You know it when you can {idea.can}", "    ")


def _known(study: Study, topic: Topic, idea: Idea) -> tuple[str, str]:
    """Return an idea's sign, and in words whether it was shown and its recall today."""
    done = of_idea(idea, of_topic(topic, study.progress))
    if not done.shown:
        return "∙", "(missed)" if done.misses else ""
    left = f", recall today about {recall(done.memory, study.now()):.2f}" if done.memory else ""
    return "✓", f"(shown{left})"


def _steps(paper: Paper, study: Study, topic: Topic) -> None:
    done = of_topic(topic, study.progress)
    for kind, title in (("practice", "Practice"), ("project", "Projects"), ("resource", "Resources")):
        mine = [step for step in topic.steps if step.kind == kind]
        if mine:
            paper.heading(title)
        for step in mine:
            _step(paper, step, ticked=step_done(topic, step.id, done))


def _step(paper: Paper, step: Step, *, ticked: bool) -> None:
    mark = paper.box(ticked=ticked)
    minutes = f", {step.minutes} min" if step.minutes else ""
    match step.of:
        case Practice() as practice:
            paper.say(f"{step.id}{minutes}", f"  {mark} ")
            paper.prose(practice.text, "      ")
            paper.say(practice.check, "      check: ")
            for row in (practice.starter or "").splitlines():
                paper.line("        " + row)
        case Project() as project:
            paper.say(f"{step.id}: {project.title}, {project.hours:g} h", f"  {mark} ")
            paper.prose(project.brief, "      ")
            paper.say(project.done_when, "      done when: ")
            if project.skills:
                paper.say(", ".join(project.skills), "      skills: ")
            if project.compute:
                paper.say(project.compute, "      compute: ")
        case Resource() as resource:
            by = f", {resource.by}" if resource.by else ""
            paid = ", paid" if resource.paid else ""
            begin = " (begin here)" if resource.start else ""
            paper.say(f"{step.id}: {resource.kind}: {resource.title}{by}{minutes}{paid}{begin}", f"  {mark} ")
            if resource.part:
                paper.say(resource.part, "      ")
            paper.line(f"      {resource.url}")


def print_phase(call: Call, study: Study, phase: Phase) -> None:
    """Print a phase's goal and its topics with their ids."""
    paper, view = call.paper(), study.overview()
    paper.say(phase.title)
    if phase.goal:
        paper.prose(phase.goal)
    paper.line()
    width = max(len(topic.id) for topic in phase.topic)
    for topic in phase.topic:
        here = view.where[topic.id]
        due = f", {here.due} due" if here.due else ""
        state = f"{STANDINGS[here.standing]}{due}"
        about = f"{topic.title} · {state} · {topic.hours:g} h"
        if paper.columns:
            paper.say(about, f"{paper.of(here.standing)} {padded(topic.id, width)}  ")
        else:
            paper.row(f"{paper.of(here.standing)} {topic.id}  {about}")
    paper.line()
    paper.line(f"A topic's page: {call.command('show', 'TOPIC')}")


def print_roadmap(call: Call, roadmap: Roadmap) -> None:
    """Print what the learner can do at the end of a roadmap, advice for the way, and its sources."""
    paper = call.paper()
    paper.say(roadmap.title)
    if roadmap.summary:
        paper.prose(roadmap.summary)
    for title, texts in (("What you can do at the end", roadmap.outcomes), ("Advice for the way", roadmap.tips)):
        if texts:
            paper.heading(title)
        for text in texts:
            paper.say(text, "  - ")
    if roadmap.sources:
        paper.heading("What it stands on")
    for source in roadmap.sources:
        paper.say(source.title, "  - ")
        if source.note:
            paper.prose(source.note, "      ")
        if source.url:
            paper.line(f"      {source.url}")
    paper.line()
    paper.line(f"A phase: {call.command('show', 'PHASE')}")
