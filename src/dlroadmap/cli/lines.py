"""A sitting line by line: it asks on stdout, reads stdin, and records each answer before it prints the feedback."""

from __future__ import annotations

from dlroadmap.cli.advice import advise
from dlroadmap.cli.answering import Asked, Ended, Unclear, ask, ask_confidence, read
from dlroadmap.cli.call import Call
from dlroadmap.cli.card import print_feedback, print_model, print_question
from dlroadmap.cli.result import print_nothing, print_result
from dlroadmap.question import Given, Open, Question
from dlroadmap.review import Wanted
from dlroadmap.roadmap import Phase, Topic
from dlroadmap.sitting import Sitting, Turn, answer, ideas_asked
from dlroadmap.study import Study
from dlroadmap.wording import plural


class Quiz:
    """Sittings of one learner at stdin."""

    def __init__(self, call: Call, study: Study) -> None:
        self.call = call
        self.study = study
        self.paper = call.paper()

    def take(self, topics: list[Topic], name: str) -> int:
        """Take the topics' checkpoints one after another; return the exit code."""
        for topic in topics:
            begun = self.study.under_way("checkpoint", [topic.id]) or self.study.begin_checkpoint(topic)
            if begun:
                asked = plural(ideas_asked(begun, self.study.bank(topic.id)), "idea")
                if not self._sit(begun, f"Checkpoint · {topic.title} · {asked}", "quiz", name):
                    return 0
        return self._done()

    def practise(self, topics: list[Topic], count: int) -> int:
        """Ask some questions that don't count; return the exit code."""
        sitting = self.study.under_way("practice", [t.id for t in topics])
        if sitting is None or len(sitting.started.questions) != count:
            sitting = self.study.begin_practice(topics, count)
        if sitting is None:
            self.paper.say("There is no question to practise with.")
            return 0
        title = topics[0].title if len(topics) == 1 else plural(len(topics), "topic")
        finished = self._sit(sitting, f"Practice · {title} · {plural(count, 'question')}; nothing here counts")
        return self._done() if finished else 0

    def examine(self, topics: list[Topic], phase: Phase) -> int:
        """Take a phase's exam; return the exit code."""
        begun = self.study.under_way("exam", [t.id for t in phase.topic]) or self.study.begin_exam(topics)
        if begun is None:
            self.paper.say("There is no question to ask.")
            return 0
        title = f"Phase exam · {phase.title} · {plural(len(begun.firsts), 'question')}, one try each"
        return self._done() if self._sit(begun, title, "quiz", phase.id, "--exam") else 0

    def place(self) -> int:
        """Take the placement, which finds a starting point on the active path, and start there; return the exit code."""
        begun = self.study.placement()
        if begun is None:
            self.paper.say("There is no question to ask.")
            return 0
        title = f"Placement · {plural(len(begun.firsts), 'question')} over your path; it marks nothing as done"
        return self._done() if self._sit(begun, title, "quiz", "--placement") else 0

    def review(self, wanted: Wanted, minutes: int | None, words: list[str]) -> int:
        """Review what is due, or what is wanted ahead of time; return the exit code."""
        told = self.study.outlook().words
        begun = self.study.review(wanted, minutes)
        if begun is None:
            print_nothing(self.paper, self.study, wanted)
            return self._done()
        kind = "Cram, which changes no due date" if wanted.cram else "Review"
        rest = "" if wanted.ahead or begun.answers or minutes else f" · {told}"
        finished = self._sit(begun, f"{kind} · {plural(len(begun.firsts), 'idea')}{rest}", "review", *words)
        return self._done() if finished else 0

    def _done(self) -> int:
        advise(self.call, self.study, self.paper)
        return 0

    def _sit(self, sitting: Sitting, title: str, *words: str) -> bool:
        """Say what is asked and how to answer, ask what is left, and print the result; return whether the sitting was finished.

        words: the command that resumes it if it is left.
        """
        self.paper.say(title)
        if sitting.answers:
            self.paper.say(f"Resumed: {len(sitting.answers)} answered before, {len(sitting.queue)} to go.")
        self.paper.say("? a hint, for half the credit · . don't know · Enter asks again · Ctrl-D pauses")
        while turn := sitting.turn:
            question = self.study.bank(turn.topic).find(turn.topic, turn.question)
            if question is None:  # Study leaves out questions that are gone, and the roadmap doesn't change in between
                raise RuntimeError(f"question {turn.topic}/{turn.question} vanished")
            try:
                sitting = self._ask(sitting, turn, question)
            except Ended:
                self._leave(sitting, *words)
                return False
        print_result(self.call, self.paper, self.study.roadmap, self.study.finish(sitting))
        return True

    def _leave(self, sitting: Sitting, *words: str) -> None:
        """Say what becomes of a sitting that is left, and the command that resumes it or begins another."""
        kept = self.study.leave(sitting)
        self.paper.line()
        self.paper.say("Paused; every answer that was given is kept." if kept else "Left before the first answer; nothing is kept.")
        if words:
            self.paper.line(f"{'Go on' if kept else 'Begin again'} with: {self.call.command(*words)}")

    def _ask(self, sitting: Sitting, turn: Turn, question: Question) -> Sitting:
        """Ask one question, record the answer, then print the feedback; return the sitting after it."""
        asked = Asked.of(sitting, turn, question)
        number = len(sitting.answers) + 1
        again = " · a fresh question on an idea you missed" if turn.retry else ""
        self.paper.heading(f"Question {number} of {len(sitting.answers) + len(sitting.queue)}{again}")
        begun = self.study.now()
        if sitting.started.kind in ("review", "cram", "exam"):
            self.paper.say(self._remembered(sitting, turn))
        print_question(self.paper, asked)
        given, hint = self._given(asked)
        asks = self.call.loaded.settings.confidence and given is not None and question.kind != "open"
        sure = ask_confidence() if asks else None
        seconds = (self.study.now() - begun).total_seconds()
        event, verdict = answer(sitting, question, given, confidence=sure, seconds=seconds, hint=hint)
        self.study.record(event)
        sitting = sitting.answered(event)
        print_feedback(self.paper, asked, event, verdict, self._idea(turn))
        if not verdict.right:
            never = self.call.command("idea", turn.topic, "--retire", turn.question)
            self.paper.line(f"If the question is wrong, never ask it again: {never}")
        if sitting.comes_again(event):
            self.paper.say("This idea comes back later in this sitting.")
        return sitting

    def _given(self, asked: Asked) -> tuple[Given, bool]:
        """Read lines until one is an answer; return it, and whether a hint was used. Raises Ended."""
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

    def _remembered(self, sitting: Sitting, turn: Turn) -> str:
        """Return the question's topic and, in a review, how well its idea should be remembered."""
        topic = self.study.roadmap.topics[turn.topic]
        known = self.study.remembered(turn) if sitting.started.kind == "review" and not turn.retry else ""
        return f"{topic.title} · {known}" if known else topic.title

    def _idea(self, turn: Turn) -> str:
        """Return the text of a question's key idea; "" if the question is its own idea."""
        own = self.study.roadmap.topics[turn.topic].find_idea(turn.idea)
        return own.text if own and turn.idea != turn.question else ""
