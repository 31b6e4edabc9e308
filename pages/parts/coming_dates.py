"""Coming dates in words: the next one, and those that were called off struck through with the word 中止."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import plain_text
from portal.schedules.occurrences import State
from portal.schedules.wording import describe_occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pages.parts.visit import Visit
    from portal.schedules.occurrences import Occurrence


def lines(visit: Visit, following: Occurrence | None, off: Sequence[Occurrence]) -> Iterator[tuple[str, Markup]]:
    """For a card: a line each for the dates that are called off, then the next."""
    for item in off:
        yield "when", one(visit, item)
    if following:
        yield "when", plain_text.text(visit.say("card.next", when=describe_occurrence(following, visit.language)))


def one(visit: Visit, occurrence: Occurrence, *, long: bool = False) -> Markup:
    """One date; the word 中止 is there too, for those who do not see that it is struck through."""
    text = plain_text.text(describe_occurrence(occurrence, visit.language, long=long))
    return Markup("<s>{}</s>").format(text) if occurrence.state is State.CANCELLED else text


def listed(visit: Visit, coming: Iterable[Occurrence]) -> Markup:
    """All of them, one a line."""
    items = (
        Markup('<li class="{}">{}</li>').format(occurrence.state, one(visit, occurrence, long=True))
        for occurrence in coming
    )
    return Markup('<ul class="coming">{}</ul>').format(Markup("").join(items))
