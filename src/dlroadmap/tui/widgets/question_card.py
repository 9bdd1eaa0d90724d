"""The rows of a question and of its feedback."""

from __future__ import annotations

from rich.text import Text as Line

from dlroadmap.events import Answered, SittingKind
from dlroadmap.question import Choice, Match, Multi, Numeric, Open, Order, Question, Text, Variant, Verdict
from dlroadmap.sitting import Sitting, judgement, marked
from dlroadmap.tui.signs import Signs
from dlroadmap.tui.widgets.draft import Draft
from dlroadmap.tui.widgets.prose import BLANK, Row, code, heading, inline, markdown, plain
from dlroadmap.wording import SURE

NAMES: dict[SittingKind, str] = {
    "checkpoint": "Checkpoint",
    "exam": "Phase exam",
    "review": "Review",
    "practice": "Practice",
    "placement": "Placement",
    "cram": "Cram",
}


STYLES = {"right": "mastered", "partly": "doing", "wrong": "error"}


def what_to_give(question: Question, variant: Variant) -> str:
    """Say how a question is answered."""
    match question:
        case Choice():
            return "choose one"
        case Multi():
            return "choose all that apply: a digit toggles"
        case Numeric():
            if question.tolerance is not None:
                allowed = f"within {100 * question.tolerance:g} %" if question.tolerance else "exactly"
            else:
                allowed = f"within ±{question.margin:g}"
            unit = question.show(question.unit, variant)
            return f"type a number{f' in {unit}' if unit else ''}, {allowed}; an expression such as 3*(224-7)/2 will do"
        case Text():
            return "type it, to the letter" if question.exact else "type a word or two"
        case Order():
            return "put in order: digits, from first to last; Backspace takes back"
        case Match():
            return "match: the cursor walks the left side, a digit picks its right side"
        case Open():
            return "answer in your own words, then compare; practice, doesn't count"


def _ask(question: Question, variant: Variant) -> list[Row]:
    rows = [plain(what_to_give(question, variant), "muted"), BLANK, *markdown(question.show(question.ask, variant))]
    return [*rows, BLANK, *_listing(question, variant)]


def _listing(question: Question, variant: Variant) -> list[Row]:
    """Return the rows of a question's code, log or table, with line numbers if there are several lines."""
    if not question.code:
        return []
    listing = question.show(question.code, variant)
    return [*code(listing, numbered="\n" in listing.strip("\n")), BLANK]


def asking(draft: Draft, hint: str, signs: Signs) -> list[Row]:
    """Return the rows of a question that is being answered."""
    question, variant = draft.question, draft.variant
    show = [question.show(text, variant) for text in draft.shown]
    rows = _ask(question, variant) if not draft.revealed else []
    match question:
        case Choice() | Multi():
            rows += [_option(draft, n, text, signs) for n, text in enumerate(show)]
        case Order():
            for n, text in enumerate(show):
                place = str(draft.picked.index(n) + 1) if n in draft.picked else " "
                rows.append(_line(f"{n + 1}  ", f"[{place}] ", text, key=str(n)))
            if draft.picked:
                order = " → ".join(str(n + 1) for n in draft.picked)
                rows += [BLANK, plain(order, "doing", first="so far: ", rest="  ")]
        case Match():
            rows += _pairs(draft, show, signs)
        case Open() if draft.revealed:
            rows += [plain("compare: below it tick the points that yours made too, then Enter", "muted"), BLANK]
            rows += [heading("A model answer"), *markdown(question.show(question.model, variant)), BLANK]
            rows.append(heading("Which of these points did yours make?"))
            rows += [_option(draft, n, text, signs) for n, text in enumerate(show)]
            rows += [BLANK, heading("The question"), *asked(draft)]
        case _:
            pass
    if hint:
        rows += [BLANK, *markdown(question.show(hint, variant), first="Hint: ", rest="  ", style="doing")]
    return rows


def _line(number: str, box: str, text: str, *, key: str = "", sign: str = "  ", style: str = "") -> Row:
    first = f"{sign}{number}{box}"
    row = markdown(text, style=style)[0]
    return row._replace(first=first, rest=" " * len(first), key=key)


def _option(draft: Draft, n: int, text: str, signs: Signs) -> Row:
    chosen = n in draft.picked
    if isinstance(draft.question, Choice):
        return _line(
            f"{n + 1}  ", "", text, key=str(n), sign=f"{signs.cursor} " if chosen else "  ", style="strong" if chosen else ""
        )
    return _line(f"{n + 1}  ", "[x] " if chosen else "[ ] ", text, key=str(n))


def _pairs(draft: Draft, show: list[str], signs: Signs) -> list[Row]:
    assert isinstance(draft.question, Match)  # noqa: S101 the caller's case
    rows = []
    for n, (left, _) in enumerate(draft.question.pairs):
        picked = draft.picked[n]
        sign = f"{signs.cursor} " if n == draft.at else "  "
        row = _line("", "", draft.question.show(left, draft.variant), key=str(n), sign=sign)
        row.text.append("  → ", "doing" if picked >= 0 else "muted")
        row.text.append_text(inline(show[picked], "doing") if picked >= 0 else Line("…", "muted"))
        rows.append(row)
    rows.append(BLANK)
    rows += [_line(f"{n + 1}  ", "", text, key=f"r{n}", style="muted" if n in draft.picked else "") for n, text in enumerate(show)]
    return rows


# Feedback


def feedback(draft: Draft, answer: Answered, verdict: Verdict, idea: str, signs: Signs, *, comes_again: bool) -> list[Row]:
    """Return the rows of the feedback, and the question after it, so that a small terminal shows at once what was right."""
    rows = judged(draft, answer, verdict, idea, signs)
    if comes_again:
        sure = "You were certain. " if answer.confidence == "certain" else ""
        rows.append(plain(f"{sure}A fresh question on this idea comes at the end.", "doing"))
    return [*rows, BLANK, heading("The question"), *asked(draft)]


def asked(draft: Draft) -> list[Row]:
    """Return the rows of what was asked."""
    question, variant = draft.question, draft.variant
    return [*markdown(question.show(question.ask, variant), style="muted"), BLANK, *_listing(question, variant)]


def judged(draft: Draft, answer: Answered, verdict: Verdict, idea: str, signs: Signs) -> list[Row]:
    """Return the rows of how an answer was judged: each option's explanation, the trap, why, the idea."""
    question, variant = draft.question, draft.variant
    rows = [_headline(answer, verdict, signs), BLANK, *_compared(draft, answer, verdict, signs)]
    if question.why:
        rows += [BLANK, heading("Why"), *markdown(question.show(question.why, variant))]
    if idea and question.kind != "open":
        rows += [BLANK, *markdown(idea, first="Key idea: ", rest="  ")]
    return rows


def _headline(answer: Answered, verdict: Verdict, signs: Signs) -> Row:
    how, words = judgement(answer, verdict)
    if answer.given is None:
        return plain(f"{words}, and said so: that is how one finds out what to learn.", "doing")
    if answer.kind == "open":
        return plain(words, "done")
    sure = f", {SURE[answer.confidence]}" if answer.confidence else ""
    return plain(f"{getattr(signs, how)} {words}{sure}", STYLES[how])


def _compared(draft: Draft, answer: Answered, verdict: Verdict, signs: Signs) -> list[Row]:
    question, variant = draft.question, draft.variant
    match question:
        case Choice() | Multi():
            return _options(draft, answer, signs)
        case Numeric():
            unit = question.show(question.unit, variant)
            rows = _answers(answer, f"{question.solution(variant)} {unit}".strip(), signs, right=verdict.right)
            return [*rows, *markdown(verdict.trap, first="What happened: ", rest="  ")] if verdict.trap else rows
        case Text():
            return _answers(answer, str(question.solution(variant)), signs, right=verdict.right)
        case Order():
            given = answer.given if isinstance(answer.given, tuple) else ()
            rows = [heading("In the right order")]
            for n, step in enumerate(question.steps):
                at = given.index(step) + 1 if step in given else None
                yours = "" if at is None or at == n + 1 else f"   yours: {at}"
                row = _line(f"{n + 1}  ", "", question.show(step, variant))
                row.text.append(yours, "error")
                rows.append(row)
            return rows
        case Match():
            given_pairs = dict(answer.given) if isinstance(answer.given, tuple) else {}  # type: ignore[arg-type] # a match's are pairs
            rows = []
            for left, right in question.pairs:
                ok = given_pairs.get(left) == right
                row = _line("", "", question.show(left, variant), sign=f"{signs.right if ok else signs.wrong} ")
                style = "mastered" if ok else "strong"
                row.text.append("  → ", style).append_text(inline(question.show(right, variant), style))
                if not ok and left in given_pairs:
                    row.text.append("   yours: ", "error").append_text(inline(question.show(given_pairs[left], variant), "error"))
                rows.append(row)
            return rows
        case Open():
            met = answer.given if isinstance(answer.given, tuple) else ()
            model = [heading("A model answer"), *markdown(question.show(question.model, variant)), BLANK]
            points = [_line("", "[x] " if p in met else "[ ] ", question.show(p, variant)) for p in question.rubric]
            return [*model, *points]


def _options(draft: Draft, answer: Answered, signs: Signs) -> list[Row]:
    assert isinstance(draft.question, Choice | Multi)  # noqa: S101 the caller's case
    question, variant = draft.question, draft.variant
    given = answer.given if isinstance(answer.given, tuple) else (answer.given,)
    by_text = {o.text: o for o in question.options}
    rows = []
    for n, raw in enumerate(draft.shown):
        option, mine = by_text[raw], raw in given
        sign = signs.right if option.right else signs.wrong if mine else " "
        row = _line(f"{n + 1}  ", "", question.show(raw, variant), sign=f"{sign} ")
        row = row._replace(mark="mastered" if option.right else "error" if mine else "muted")
        if mine:
            row.text.append("   your answer", "strong")
        rows.append(row)
        if option.why:
            rows += markdown(question.show(option.why, variant), first="     ", rest="     ", style="muted")
    return rows


def _answers(answer: Answered, solution: str, signs: Signs, *, right: bool) -> list[Row]:
    rows = [plain(solution, "mastered", first=f"{signs.right} the answer: ", rest="  ")]
    if answer.given is not None:
        sign, style = (signs.right, "mastered") if right else (signs.wrong, "error")
        rows.append(plain(str(answer.given), style, first=f"{sign} yours: ", rest="  "))
    return rows


# The head


def marks(sitting: Sitting, signs: Signs, *, asking: bool) -> Line:
    """Draw a sign for each question of a sitting, second tries apart: right, partly, wrong, current (if asking), to come."""
    line = Line(no_wrap=True)
    answered = {(a.topic, a.question, a.retry): a for a in sitting.answers}
    for n, turn in enumerate((*sitting.firsts, *sitting.second_tries)):
        line.append("  " if n == len(sitting.firsts) else "")
        answer = answered.get((turn.topic, turn.question, turn.retry))
        if answer is None:
            here = asking and turn == sitting.turn
            line.append(signs.cursor if here else signs.todo, "doing" if here else "muted")
        else:
            line.append(*mark(answer, signs))
    return line


def mark(answer: Answered, signs: Signs) -> tuple[str, str]:
    """Return the sign of an answer, and its style."""
    how = marked(answer)
    return getattr(signs, how), STYLES[how]
