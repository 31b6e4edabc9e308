"""Answers that are kept: never older than the data, never more than fit."""

from __future__ import annotations

import pytest

from db.answers import Answers
from portal.model.kind import Kind, Shape
from portal.store import Put


class Counted:
    """A store's own engine, which notes what it is asked."""

    def __init__(self, engine) -> None:
        """Nobody asked yet."""
        self.engine, self.asked = engine, []

    @property
    def writes(self):
        """As of the engine."""
        return self.engine.writes

    def rows(self, question, values=()):
        """The engine's answer."""
        self.asked.append((question, list(values)))
        return self.engine.rows(question, values)


@pytest.fixture
def engine(empty_store):
    """The engine of a store with four kinds."""
    kinds = [Kind(f"k{n}", "種", "kind", "#112233", Shape.CIRCLE, "種") for n in range(4)]
    empty_store.apply([Put(kind) for kind in kinds])
    return Counted(empty_store._engine)  # noqa: SLF001  # what a store asks is seen nowhere else


def test_the_same_question_is_asked_once_until_the_data_changes(engine, empty_store):
    """Question and values together are kept; after a change nothing is, and the answer is that of the new data."""
    answers = Answers(engine, empty_store.data_version)
    for values in ([""], [""], ["99901"], [""]):
        assert len(answers.rows("kinds", values)) == 4
    assert len(engine.asked) == 2
    empty_store.apply([Put(Kind("k9", "種", "kind", "#112233", Shape.CIRCLE, "種"))])
    assert len(answers.rows("kinds", [""])) == 5
    assert len(engine.asked) == 3


def test_what_was_asked_longest_ago_goes_first(engine, empty_store):
    """No more rows are kept than was said: an answer of four costs five."""
    answers = Answers(engine, empty_store.data_version, most_rows=50)
    for number in range(20):
        answers.rows("kinds", [f"{number:05}"])
    answers.rows("kinds", ["00019"])
    assert len(engine.asked) == 20
    answers.rows("kinds", ["00000"])
    assert len(engine.asked) == 21


def test_one_huge_answer_does_not_push_all_others_out(engine, empty_store):
    """An answer of more than a tenth of what is kept is asked for each time."""
    answers = Answers(engine, empty_store.data_version, most_rows=40)
    for _ in range(2):
        answers.rows("kinds", [""])
    assert len(engine.asked) == 2
