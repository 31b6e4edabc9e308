"""What a post is found by: made from the post and the place that it names, written whenever one of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.model.position import Precision

if TYPE_CHECKING:
    from datetime import date

    from portal.model.place import Access, Audience
    from portal.model.position import Point


class Show(StrEnum):
    """What *Find* can be narrowed to."""

    PLACES = "places"  # places only
    DATES = "dates"  # what has a date: events, series, courses
    WANTED = "wanted"  # volunteers and helps wanted or offered
    NEWS = "news"  # news and reports of activities


@dataclass(frozen=True, slots=True)
class Listing:
    """A post as the questions of *Find* see it; only of posts that everybody sees."""

    post: str
    municipality: str
    group: str
    kind: str
    activity: str
    show: Show
    name: str
    sort_name: str
    search: str
    """Folded text, one field a line."""
    position: Point | None = None
    precision: Precision = Precision.NONE
    audience: frozenset[Audience] = frozenset()
    access: frozenset[Access] = frozenset()
    free: bool = False
    no_booking: bool = False
    sample: bool = False
    last_day: date | None = None
    """The last day that it is found; None for ever."""
