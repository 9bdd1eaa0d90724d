"""A sitting line by line: it asks on stdout, reads stdin, and records each answer before it tells how it was."""

from __future__ import annotations

from dlroadmap.cli.advice import advise
from dlroadmap.cli.answering import Asked, Ended, Unclear, ask, ask_confidence, read
from dlroadmap.cli.call import Call
from dlroadmap.cli.card import print_feedback, print_model, print_question
from dlroadmap.cli.paper import plural
from dlroadmap.cli.result import print_result
from dlroadmap.events import SittingFinished
from dlroadmap.question import SHOWN, Given, Open, Question
from dlroadmap.roadmap import Topic
from dlroadmap.sitting import Sitting, Turn, answer
from dlroadmap.study import Study


class Quiz:
    """One learner at stdin, one study."""

    def __init__(self, call: Call, study: Study) -> None:
        self.call = call
        self.study = study
        self.paper = call.paper()

    def take(self, topics: list[Topic], name: str) -> int:
        """Take the topics' checkpoints in a row; return the exit code."""
        try:
            for topic in topics:
                self._checkpoint(topic)
        except Ended:
            self.paper.line()
            self.paper.say("Paused; every answer that was given is kept.")
            self.paper.line(f"Go on with: {self.call.command('quiz', name)}")
            return 0
        advise(self.call, self.study, self.paper)
        return 0

    def practise(self, topics: list[Topic], count: int) -> int:
        """Ask some questions that don't count; return the exit code."""
        sitting = self.study.under_way("practice", [t.id for t in topics])
        resumed = sitting is not None and len(sitting.started.questions) == count
        if sitting is None or not resumed:
            sitting = self.study.begin_practice(topics, count)
        if sitting is None:
            self.paper.say("There is no question to practise with.")
            return 0
        title = topics[0].title if len(topics) == 1 else plural(len(topics), "topic")
        self.paper.say(f"Practice · {title} · {plural(count, 'question')}; nothing here counts")
        self._say_how(sitting, resumed=resumed)
        try:
            self._go(sitting)
        except Ended:
            self.paper.line()
            self.paper.say("Paused; every answer that was given is kept.")
            return 0
        advise(self.call, self.study, self.paper)
        return 0

    def _checkpoint(self, topic: Topic) -> None:
        sitting = self.study.under_way("checkpoint", [topic.id])
        resumed = sitting is not None
        sitting = sitting or self.study.begin_checkpoint(topic)
        if sitting is None:
            return
        asked = plural(len({t.idea for t in sitting.firsts}), "idea")
        self.paper.say(f"Checkpoint · {topic.title} · {asked}")
        self._say_how(sitting, resumed=resumed)
        self._go(sitting)

    def _say_how(self, sitting: Sitting, *, resumed: bool) -> None:
        if resumed:
            self.paper.say(f"Resumed: {len(sitting.answers)} answered before, {len(sitting.queue)} to go.")
        self.paper.say("? a hint, for half the credit · . don't know · Enter asks again · Ctrl-D pauses")

    def _go(self, sitting: Sitting) -> None:
        """Ask what is left, and tell how it went. Raises Ended."""
        while turn := sitting.turn:
            question = self.study.bank(turn.topic).find(turn.topic, turn.question)
            if question is None:  # study leaves out what is gone, and nobody edits it in between
                raise RuntimeError(f"question {turn.topic}/{turn.question} vanished")
            sitting = self._ask(sitting, turn, question)
        self.study.record(SittingFinished(sitting=sitting.started.sitting))
        print_result(self.paper, self.study, sitting)

    def _ask(self, sitting: Sitting, turn: Turn, question: Question) -> Sitting:
        """Ask one question, record the answer, then tell how it was; return the sitting after it."""
        asked = Asked.of(sitting, turn, question)
        number = len(sitting.answers) + 1
        again = " · a fresh question on an idea you missed" if turn.retry else ""
        self.paper.heading(f"Question {number} of {len(sitting.answers) + len(sitting.queue)}{again}")
        begun = self.study.now()
        print_question(self.paper, asked)
        given, hint = self._given(asked)
        sure = None if given is None or question.kind == "open" else ask_confidence()
        seconds = (self.study.now() - begun).total_seconds()
        event, verdict = answer(sitting, question, given, confidence=sure, seconds=seconds, hint=hint)
        self.study.record(event)
        sitting = sitting.answered(event)
        print_feedback(self.paper, asked, event, verdict, self._idea(turn))
        if not turn.retry and event.credit < SHOWN and any((t.topic, t.idea) == turn[:2] for t in sitting.seconds):
            self.paper.say("This idea comes back later in this sitting.")
        return sitting

    def _given(self, asked: Asked) -> tuple[Given, bool]:
        """Read lines until one is an answer; tell whether a hint was used. Raises Ended."""
        hint = model = False
        question = asked.question
        while True:
            typed = ask("> ")
            if typed == ".":
                return None, hint
            if typed == "?":
                hint = self._hint(asked) or hint
            elif isinstance(question, Open) and not model:
                print_model(self.paper, asked, question)
                model = True
            elif not typed and isinstance(question, Open):
                return (), hint
            elif not typed:
                print_question(self.paper, asked)
            else:
                try:
                    return read(asked, typed), hint
                except Unclear as fault:
                    self.paper.say(f"{fault}.")

    def _hint(self, asked: Asked) -> bool:
        if not asked.question.hint:
            self.paper.say("This question has no hint.")
            return False
        self.paper.say(asked.show(asked.question.hint), "Hint, for half the credit: ")
        return True

    def _idea(self, turn: Turn) -> str:
        """Return the text of the key idea that a question asks; a question that is an idea of its own needs none."""
        ideas = self.study.roadmap.topics[turn.topic].idea
        own = next((i for i in ideas if turn.idea == i.id or turn.idea in i.aliases), None)
        return own.text if own and turn.idea != turn.question else ""
