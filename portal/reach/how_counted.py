"""How reach is counted, in a few sentences: what a walk is, what is not seen, how it is known where people live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.reach.spots import DAYS
from portal.reach.within import WALK
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.reach.people import People
    from portal.reach.spots import Question, Spots


def how_counted(question: Question, people: Sequence[People], spots: Spots, language: str) -> str:
    """The sentences that stand under every figure of reach."""
    said = [say("reach.counted_distance", language, factor=WALK)]
    said += dict.fromkeys(people_told(item, language) for item in people)
    said.append(say("reach.counted_spots", language, spots=len(spots), approximate=spots.approximate))
    return joined([*said, *narrowed(question, language)], language)


def narrowed(question: Question, language: str) -> list[str]:
    """Which of the places count: by weekday and steps, and whether samples do."""
    said = []
    if question.weekday:
        day = say(f"reach.weekday_{question.weekday}", language)
        said.append(say("reach.counted_weekday", language, day=day, days=DAYS))
    if question.step_free:
        said.append(say("reach.counted_step_free", language))
    return [*said, say("reach.counted_samples" if question.samples else "reach.counted_no_samples", language)]


def people_told(item: People, language: str) -> str:
    """How it is known where people live, and of how many districts or points it is not."""
    said = say(f"reach.people_{item.how}", language, day=item.as_of or "")
    if not item.unknown:
        return said
    return joined([said, say(f"reach.unknown_{item.how}", language, count=item.unknown)], language)


def joined(sentences: Sequence[str], language: str) -> str:
    """Sentences one after the other."""
    return (" " if language == "en" else "").join(sentences)
