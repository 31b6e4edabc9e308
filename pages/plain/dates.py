"""The dates of a place or a post that have a page of their own, and how a list of dates leads to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from portal.errors import UnknownThingError
from portal.schedules import one_day
from portal.schedules.occurrences import State
from portal.schedules.wording import describe_occurrence
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.model.schedule import Schedule
    from portal.schedules.occurrences import Occurrence
    from portal.store import Reader

MOST: Final = 8
"""So many coming dates of a record are files of the static twin; the server answers for any other date, too."""


class Dated(NamedTuple):
    """One date in a list."""

    text: str
    off: bool
    href: str
    note: str = ""
    """How full it is."""


def days(schedule: Schedule, today: date) -> list[date]:
    """The dates whose pages exist as files: the next ones from today on, and those that they were moved from.

    Whatever links to a date of a record links to one of these alone, so that no link of the plain files leads nowhere:
    the dates that :mod:`pages.plain.dated` names are among them.
    """
    return one_day.coming_days(schedule, today, MOST)


def dated(one: Occurrence, tongue: str, href: str = "", *, off: bool = False) -> Dated:
    """One date in words, with its year."""
    shown = replace(one, state=State.CANCELLED) if off else one
    return Dated(describe_occurrence(shown, tongue, long=True), shown.state is State.CANCELLED, href)


def read(text: str) -> date:
    """The date that stands in an address; raises UnknownThingError for one that no calendar has."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnknownThingError("server.not_found_text") from None


def every(here: Here, records: Callable[[Reader, str], Iterable[Place | Post]]) -> Iterator[Keys]:
    """The keys of the pages of coming dates of these records, in each language."""
    for town in here.store.municipalities():
        for item in records(here.store, town.code):
            for day in days(item.facts.schedule, here.today) if item.facts.schedule else ():
                for tongue in LANGUAGES:
                    yield {"lang": tongue, "code": town.code, "id": item.id, "day": day.isoformat()}
