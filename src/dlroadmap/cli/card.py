"""A question and its feedback, as text."""

from __future__ import annotations

from collections.abc import Iterable

from dlroadmap.cli.answering import Asked
from dlroadmap.cli.paper import Paper
from dlroadmap.events import Answered
from dlroadmap.question import Choice, Match, Multi, Numeric, Open, Order, Text, Verdict
from dlroadmap.sitting import Mark, judgement

SIGN: dict[Mark, str] = {"right": "✓", "partly": "~", "wrong": "x"}
_HOW = {
    "choice": "choose one: type its number",
    "multi": "choose all that apply: type their numbers",
    "numeric": "type a number",
    "text": "type a word or two",
    "order": "put in order: type all the numbers, first to last",
    "match": "match: type for each left side, from the top, the number of its right side",
    "open": "answer in your own words, on paper or aloud; then Enter shows a model answer",
}


def print_question(paper: Paper, asked: Asked) -> None:
    """Print a question, with the numbers to choose from."""
    question = asked.question
    paper.prose(asked.show(question.ask), "")
    if question.code:
        paper.line()
        rows = asked.show(question.code).split("\n")
        for n, row in enumerate(rows, 1):
            paper.line(f"  {n:>{len(str(len(rows)))}}: {row}")
    paper.line()
    if isinstance(question, Match):
        for left, _ in question.pairs:
            paper.say(asked.show(left), "   - ")
        paper.line()
    if not isinstance(question, Open):
        _print_numbered(paper, map(asked.show, asked.things))
    paper.say(f"({_HOW[question.kind]}{_precision(asked)})")


def _precision(asked: Asked) -> str:
    """Say the unit of a typed answer, and how exact it must be."""
    match asked.question:
        case Text(exact=True):
            return ", exactly as it is written"
        case Numeric() as question:
            unit = asked.show(question.unit)
            slack = f"{question.margin:g}" if question.margin else f"{100 * question.tolerance:g}%" if question.tolerance else ""
            return (f" in {unit}" if unit else "") + (f", within {slack}" if slack else ", exactly")
        case _:
            return ""


def _print_numbered(paper: Paper, texts: Iterable[str]) -> None:
    for n, text in enumerate(texts, 1):
        paper.say(text, f"   {n}  ")


def print_model(paper: Paper, asked: Asked, question: Open) -> None:
    """Print a model answer, and the points to tick."""
    _print_answer(paper, asked, question)
    paper.line()
    paper.line("Which of these points did you make? Their numbers, or Enter for none.")
    _print_numbered(paper, map(asked.show, question.rubric))


def _print_answer(paper: Paper, asked: Asked, question: Open) -> None:
    paper.line("A model answer:")
    paper.prose(asked.show(question.model))


def print_feedback(paper: Paper, asked: Asked, event: Answered, verdict: Verdict, idea: str) -> None:
    """Print how an answer was graded: each option's explanation, the trap, why, the idea."""
    paper.line()
    how, words = judgement(event, verdict)
    paper.say(words, f"{paper.sign(SIGN[how])} ")
    _print_solution(paper, asked, event, verdict)
    if verdict.trap:
        paper.say(verdict.trap)
    if asked.question.why:
        paper.line()
        paper.prose(asked.show(asked.question.why), "")
    if idea:
        paper.line()
        paper.say(idea, "Key idea: ")


def _print_solution(paper: Paper, asked: Asked, event: Answered, verdict: Verdict) -> None:
    match asked.question:
        case Choice() | Multi() as question:
            _print_options(paper, asked, question, event)
        case Order() as question if not verdict.right:
            paper.line("The right order:")
            _print_numbered(paper, map(asked.show, question.steps))
        case Match() as question if not verdict.right:
            for left, right in question.pairs:
                paper.say(f"{asked.show(left)}: {asked.show(right)}", "   - ")
        case Numeric() as question:
            paper.say(f"The answer is {question.solution(asked.variant)} {asked.show(question.unit)}".rstrip() + ".")
        case Text() as question:
            paper.say(f"The answer: {question.solution(asked.variant)}")
        case Open() as question if event.given is None:
            _print_answer(paper, asked, question)
            paper.line("Its points:")
            _print_numbered(paper, map(asked.show, question.rubric))
        case _:
            pass


def _print_options(paper: Paper, asked: Asked, question: Choice | Multi, event: Answered) -> None:
    by_text = {option.text: option for option in question.options}
    chosen = {event.given} if isinstance(event.given, str) else set(event.given or ())
    for n, text in enumerate(asked.things, 1):
        option = by_text[text]
        mark = "✓" if option.right else "x" if text in chosen else " "
        notes = [word for word, holds in (("right", option.right), ("your answer", text in chosen)) if holds]
        paper.say(asked.show(text) + (f" ({', '.join(notes)})" if notes else ""), f" {paper.sign(mark)} {n}  ")
        if option.why:
            paper.say(asked.show(option.why), "      ")
