"""What a screen lists, with its cards, kept while the data is as it was: most readers ask the same few questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pages.parts import address_bar, card, counts, plain_text
from pages.parts.visit import Visit
from portal import clock, evacuating, find, locate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from markupsafe import Markup

    from portal.find import Answer
    from portal.query import Query
    from portal.store import Reader

KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer, and its cards as they stand on the page."""

    answer: Answer
    cards: Markup


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the minute in which it is asked, and how it is to be shown."""

    query: Query
    minute: datetime
    limit: int
    language: str
    links: tuple[tuple[str, str], ...]
    """What the cards' links hand on, as of :func:`pages.parts.address_bar.of_the_visit`."""


def activities(visit: Visit, query: Query) -> Listed:
    """What :func:`portal.find.activities` answers now."""
    return _listed(visit, query, _activities)


def sites(visit: Visit, query: Query) -> Listed:
    """What :func:`portal.evacuating.sites` answers now."""
    return _listed(visit, query, _sites)


def show(listed: Listed) -> None:
    """Draw the cards, if there are any."""
    if listed.cards:
        plain_text.draw(listed.cards)


def _listed(visit: Visit, query: Query, ask: Callable[[Reader, Asked], Answer]) -> Listed:
    """A long list is made anew each time, for it would take the room of many others."""
    links = tuple(sorted(address_bar.of_the_visit().items()))
    asked = Asked(query, clock.now().replace(second=0), counts.limit(), visit.language, links)
    make = _kept if asked.limit == counts.A_PAGE else _made
    return make(visit.store, visit.store.data_version(), ask, asked)


def _made(store: Reader, version: str, ask: Callable[[Reader, Asked], Answer], asked: Asked) -> Listed:  # noqa: ARG001  # it is kept by the version
    answer = ask(store, asked)
    visit = Visit(asked.language, locate.municipality(store, asked.query.municipality), store)
    return Listed(answer, card.listed(visit, answer.cards))


_kept = lru_cache(maxsize=KEPT)(_made)


def _activities(store: Reader, asked: Asked) -> Answer:
    return find.activities(store, asked.query, asked.minute, limit=asked.limit)


def _sites(store: Reader, asked: Asked) -> Answer:
    municipality = locate.municipality(store, asked.query.municipality)
    return evacuating.sites(store, municipality, asked.query, asked.minute, asked.limit)
