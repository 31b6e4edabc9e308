"""What a resident asks for, as one value: the screen, its address and the map's route read the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.listing import Show
from portal.model.place import Audience
from portal.model.position import Point
from portal.normalise import words

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_WORDS: Final = 8
MOST_VALUES: Final = 60
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON_DAYS: Final = 62
"""How many days ahead occurrences are laid out for the filters by day."""


class TimeOfDay(StrEnum):
    """A part of the day that an activity begins in."""

    MORNING = "morning"  # before 12:00
    AFTERNOON = "afternoon"  # 12:00 to 17:00
    EVENING = "evening"  # from 17:00


@dataclass(frozen=True, slots=True)
class Query:
    """The filters of *Find*; an empty one asks for everything in the municipality."""

    municipality: str
    kinds: tuple[str, ...] = ()
    layer: str = ""
    districts: tuple[str, ...] = ()
    """District ids, or ``outside`` for what lies in none of the layer."""
    day: str = ""
    """``today tomorrow week weekend``, a weekday ``mon`` … ``sun``, or an ISO date."""
    time: TimeOfDay | None = None
    audience: Audience | None = None
    free: bool = False
    no_booking: bool = False
    step_free: bool = False
    text: str = ""
    near: Point | None = None
    evacuation: bool | None = None
    """False: daily life only; True: shelters and sites only; None: both."""
    hazard: str = ""
    show: Show | None = None
    """Places, dates, wanted or news only; None shows all together."""
    group: str = ""
    """Id of a group whose posts alone are wanted."""

    def __post_init__(self) -> None:
        """Refuse more words or values than a question needs, and a day that is none."""
        if len(self.words) > MOST_WORDS:
            raise InvalidRecordError("query.too_many_words", most=MOST_WORDS)
        if len(self.kinds) > MOST_VALUES or len(self.districts) > MOST_VALUES:
            raise InvalidRecordError("query.too_many_values", most=MOST_VALUES)
        day_span(self.day, date(2000, 1, 1))

    @property
    def words(self) -> list[str]:
        """The folded words that must all occur."""
        return words(self.text)


def day_span(day: str, today: date) -> tuple[date, date, int | None] | None:
    """First day, last day and weekday (ISO, Monday 1) that ``day`` stands for; None for any day.

    Raises InvalidRecordError for what is neither a name nor an ISO date.
    """
    if not day:
        return None
    if day in WEEKDAYS:
        return today, today + timedelta(days=HORIZON_DAYS), WEEKDAYS.index(day) + 1
    saturday = today + timedelta(days=max(0, 5 - today.weekday()))
    sunday = today + timedelta(days=6 - today.weekday())
    named = {
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "week": (today, today + timedelta(days=6)),
        "weekend": (min(saturday, sunday), sunday),
    }
    if day not in named:
        try:
            named[day] = (date.fromisoformat(day), date.fromisoformat(day))
        except ValueError:
            raise InvalidRecordError("query.no_such_day", day=day) from None
    return (*named[day], None)


def to_params(query: Query) -> dict[str, str]:
    """The query as address parameters, the empty ones left out; :func:`from_params` reads them back."""
    params = {
        "municipality": query.municipality,
        "kind": ",".join(query.kinds),
        "layer": query.layer,
        "district": ",".join(query.districts),
        "day": query.day,
        "time": query.time or "",
        "audience": query.audience or "",
        "free": "1" if query.free else "",
        "no_booking": "1" if query.no_booking else "",
        "step_free": "1" if query.step_free else "",
        "q": query.text,
        "near": f"{query.near.lat:.6f},{query.near.lon:.6f}" if query.near else "",
        "evacuation": {True: "1", False: "0", None: ""}[query.evacuation],
        "hazard": query.hazard,
        "show": query.show or "",
        "group": query.group,
    }
    return {name: str(value) for name, value in params.items() if value}


def from_params(params: Mapping[str, str]) -> Query:
    """The query that address parameters stand for; parameters of others are ignored.

    Raises InvalidRecordError for a value that cannot be read: nothing is guessed.
    """
    try:
        time = TimeOfDay(params["time"]) if params.get("time") else None
        audience = Audience(params["audience"]) if params.get("audience") else None
        near = _point(params["near"]) if params.get("near") else None
        show = Show(params["show"]) if params.get("show") else None
    except ValueError:
        raise InvalidRecordError("query.unreadable") from None
    return Query(
        municipality=params.get("municipality", ""),
        kinds=_list(params.get("kind", "")),
        layer=params.get("layer", ""),
        districts=_list(params.get("district", "")),
        day=params.get("day", ""),
        time=time,
        audience=audience,
        free=params.get("free") == "1",
        no_booking=params.get("no_booking") == "1",
        step_free=params.get("step_free") == "1",
        text=params.get("q", ""),
        near=near,
        evacuation={"1": True, "0": False}.get(params.get("evacuation", "")),
        hazard=params.get("hazard", ""),
        show=show,
        group=params.get("group", ""),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def _point(text: str) -> Point:
    lat, lon = (float(part) for part in text.split(","))
    return Point(lon, lat)


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of the map in degrees and its zoom step."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    def __post_init__(self) -> None:
        """Refuse a rectangle that is turned over or off the globe."""
        for lon, lat in ((self.west, self.south), (self.east, self.north)):
            Point(lon, lat)
        if self.west > self.east or self.south > self.north or not 0 <= self.zoom <= 24:  # noqa: PLR2004  # map steps
            raise InvalidRecordError("query.unreadable")


@dataclass(frozen=True, slots=True)
class Found:
    """One record of the answer: a place or a post with its next day and how far it is."""

    place: str
    """Id of a place or, beginning with ``post-``, of a post."""
    name: str
    kind: str
    next_day: date | None
    distance_m: float | None
    district: str | None = None
    """The district's name in the query's layer; None when it is outside or no layer was asked for."""
