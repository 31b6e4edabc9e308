"""Places and posts as a public page lists them: a name that leads to its page, and lines of what one has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from portal.find import PostCard
from portal.model.kind import WELFARE_SHELTER
from portal.model.post import PostState
from portal.schedules.occurrences import State
from portal.schedules.wording import describe_occurrence
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pages.plain.ways import Ways
    from portal.cards import Card
    from portal.model.place import Place
    from portal.schedules.occurrences import Occurrence


class Line(NamedTuple):
    """One line of a card; a date that is called off is struck through and says so."""

    text: str
    off: bool = False


class Shown(NamedTuple):
    """One record in a list."""

    name: str
    also: str
    """Its Japanese name, where ``name`` is another."""
    address: str
    kind: str
    lines: Sequence[Line]
    sample: bool
    cancelled: bool
    accepts: str = ""
    """Of a welfare evacuation site whom it accepts, verbatim."""


def shown(ways: Ways, cards: Iterable[Card | PostCard], tongue: str) -> list[Shown]:
    """Records in the order of the answer."""
    return [_post(ways, item, tongue) if isinstance(item, PostCard) else _place(ways, item, tongue) for item in cards]


def _place(ways: Ways, card: Card, tongue: str) -> Shown:
    place = card.place
    name = named(place, tongue)
    shelter = place.facts.shelter
    return Shown(
        name=name,
        also=place.facts.name if name != place.facts.name else "",
        address=ways.to("place", code=place.municipality, id=place.id),
        kind=card.kind.en if tongue == "en" else card.kind.ja,
        lines=[*_dates(card.next, card.off, tongue), *([Line(place.facts.address)] if place.facts.address else [])],
        sample=place.sample,
        cancelled=False,
        accepts=shelter.accepts if shelter and card.kind.key == WELFARE_SHELTER else "",
    )


def _post(ways: Ways, card: PostCard, tongue: str) -> Shown:
    post = card.post
    by = card.group.name if card.group else say("card.through_council", tongue)
    hidden = card.group is None
    place = card.place if card.place and card.place.gone_on is None else None
    where = place.facts.name if place else "" if hidden else post.facts.where.name
    return Shown(
        name=post.facts.title,
        also="",
        address=ways.to("post", code=post.municipality, id=post.id),
        kind=card.kind.en if tongue == "en" else card.kind.ja,
        lines=[Line(by), *_dates(card.next, card.off, tongue), *([Line(where)] if where else [])],
        sample=post.sample,
        cancelled=post.state is PostState.CANCELLED,
    )


def named(place: Place, tongue: str) -> str:
    """A place's name in a language, where it has one."""
    return (place.facts.name_en if tongue == "en" else "") or place.facts.name


def _dates(following: Occurrence | None, off: Iterable[Occurrence], tongue: str) -> list[Line]:
    called_off = [dated(item, tongue) for item in off]
    if following is None:
        return called_off
    return [*called_off, Line(say("card.next", tongue, when=describe_occurrence(following, tongue)))]


def dated(item: Occurrence, tongue: str) -> Line:
    """One date in words; describe_occurrence says 中止 itself."""
    return Line(describe_occurrence(item, tongue, long=True), item.state is State.CANCELLED)
