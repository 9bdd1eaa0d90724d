"""What is announced is what is asked: over histories of sittings begun, paused, gone on with, and everything in between."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import MONDAY, SMALL, Clock, examples

from dlroadmap import events as e
from dlroadmap.places import Places
from dlroadmap.review import Wanted, cap_minutes, left_today
from dlroadmap.sitting import Sitting, answer, checkpoint
from dlroadmap.standing import where
from dlroadmap.study import Study


@dataclass
class Learner:
    """A learner who does something, by dice."""

    study: Study
    clock: Clock
    dice: Random

    def sit(self, sitting: Sitting | None, most: int) -> None:
        """Answer at most so many questions, right or not; the rest is left."""
        for _ in range(most):
            if sitting is None or sitting.turn is None:
                break
            turn = sitting.turn
            question = self.study.bank(turn.topic).find(turn.topic, turn.question)
            assert question is not None
            given_ = question.solution(sitting.variant(turn, question)) if self.dice.random() < 0.6 else None
            seconds = self.dice.choice([5, 40, 130])
            event, _ = answer(sitting, question, given_, confidence="certain", seconds=seconds, hint=False)
            self.study.record(event)
            self.clock.move(minutes=seconds / 60)
            sitting = sitting.answered(event)
            if self.dice.random() < 0.05:
                self.study.record(e.QuestionRetired(topic=turn.topic, question=turn.question))
        if sitting and sitting.finished:
            self.study.record(e.SittingFinished(sitting=sitting.started.sitting))

    def act(self, number: int) -> None:
        """Do one thing."""
        study, dice = self.study, self.dice
        topic = dice.choice([t for t in study.roadmap.topics.values() if t.asked])
        idea = dice.choice(topic.asked)
        until = study.now().date() + timedelta(days=dice.choice([1, 5]))
        acts: list[Callable[[], object]] = [
            lambda: self.sit(study.begin_checkpoint(topic), 20),
            lambda: self.sit(study.begin_checkpoint(topic), 20),
            lambda: self.sit(study.review(), dice.choice([1, 2, 20])),
            lambda: self.sit(study.review(), dice.choice([1, 2, 20])),
            lambda: self.sit(study.review(Wanted(every=True)), dice.choice([1, 3, 20])),
            lambda: self.sit(study.review(Wanted(missed=True)), dice.choice([1, 20])),
            lambda: self.sit(study.review(Wanted(topics=(topic.id,))), dice.choice([1, 20])),
            lambda: self.sit(study.review(minutes=dice.choice([1, 3, 10])), dice.choice([1, 20])),
            lambda: self.sit(study.review(Wanted(cram=True)), dice.choice([1, 20])),
            lambda: study.record(e.PlanSet(review_minutes=dice.choice([0, 1, 2, 10]))),
            lambda: study.record(e.IdeaBuried(topic=topic.id, idea=idea.id, until=until)),
            lambda: study.record(e.IdeaSuspended(topic=topic.id, idea=idea.id)),
            lambda: study.record(e.IdeaResumed(topic=topic.id, idea=idea.id)),
            lambda: study.record(e.IdeaReset(topic=topic.id, idea=idea.id)),
            lambda: study.record(e.TopicSkipped(topic=topic.id)),
            lambda: study.record(e.TopicUnskipped(topic=topic.id)),
            lambda: study.record(e.Paused(until=until)),
            study.undo,
            lambda: self.clock.move(days=dice.choice([1, 3, 30])),
            lambda: self.clock.move(days=dice.choice([1, 3, 30])),
            lambda: self.clock.move(hours=dice.choice([1, 7, -2])),
            lambda: study.record(e.QuestionRetired(topic=topic.id, question=dice.choice(idea.asked_by)[0])),
        ]
        acts[number % len(acts)]()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("announced") / "small"
    shutil.copytree(SMALL, copied)
    return copied


@settings(max_examples=examples(60))
@given(st.integers(0, 2**32), st.lists(st.integers(0, 21), max_size=14))
def test_as_many_ideas_are_asked_as_are_announced(folder: Path, seed: int, acts: list[int]) -> None:
    with TemporaryDirectory() as home:
        clock = Clock(MONDAY)
        study = Study.open(str(folder / "roadmap.toml"), at=Places(Path(home), Path(home), folder / "cache"), clock=clock)
        try:
            learner = Learner(study, clock, Random(seed))
            for act in (0, 18, *acts):
                learner.act(act)
                told, cap = study.outlook(), cap_minutes(study.progress)
                asked = study.review()
                queue = asked.queue if asked else ()
                firsts = sum(not turn.retry for turn in queue)
                assert (told.now, told.second_tries) == (firsts, 0 if firsts else len(queue))
                assert told.now <= told.due
                for topic in study.roadmap.topics.values():
                    bank = study.bank(topic.id)
                    started = checkpoint(topic, bank, study.progress, sitting="", seed=seed)
                    found = [bank.find(topic.id, p.question) for p in (started.questions if started else ())]
                    counting = [question.kind != "open" for question in found if question]
                    assert sum(counting) == where(topic, study.progress, study.now()).to_ask
                if told.due and cap and not told.back and left_today(study.progress, study.now()) == 60 * cap:
                    assert told.now >= 1
        finally:
            study.close()
