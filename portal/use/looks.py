"""What was looked at, put into a calendar, asked about or reported in a fiscal year, one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal import usage
from portal.model.report_note import PLACE, POST
from portal.model.usage import Use
from portal.use.published import day_of
from portal.use.years import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.model.place import Place
    from portal.model.post import Post
    from portal.store import Reader

__all__ = ["PLACE", "POST", "Look", "looks"]


@dataclass(frozen=True, slots=True)
class Look:
    """One post or place with how often it was used."""

    thing: Post | Place
    what: str
    """``post`` or ``place``."""
    uses: Mapping[Use, int]
    reports: int
    """What readers reported of it."""


def looks(store: Reader, municipality: str, year: int, today: date, *, samples: bool = False) -> list[Look]:
    """Every post and place that was used or reported in a fiscal year up to ``today``, the most often first."""
    posts = {one.id: one for one in store.posts_of(municipality) if samples or not one.sample}
    places = {one.id: one for one in store.places_of(municipality) if samples or not one.sample}
    things: dict[str, Post | Place] = {**posts, **places}
    first, last = first_day(year), min(today, last_day(year))
    uses = usage.of(store, list(things), first, last) if things and first <= last else {}
    reports = Counter(
        note.place
        for note in store.error_notes()
        if note.place in things and (day := day_of(note.made_at)) is not None and first <= day <= last
    )
    none = dict.fromkeys(Use, 0)
    every = (
        Look(thing, POST if key in posts else PLACE, uses.get(key, none), reports[key]) for key, thing in things.items()
    )
    return sorted((one for one in every if one.reports or any(one.uses.values())), key=_most)


def _most(look: Look) -> tuple[int, ...]:
    return (-sum(look.uses.values()), -look.reports)
