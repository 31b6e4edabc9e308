"""A month (月の予定) as a public page: a table of weeks, which reads as a list of days on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import dated, frame, happenings, tags
from pages.plain.sort import Page, Sort
from portal import agenda, locate
from portal.errors import InvalidRecordError, UnknownThingError
from portal.query import Query
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.model.municipality import Municipality

NAME: Final = "month"
NOW: Final = "months"
BACK, AHEAD = 3, 12
"""So many months back and ahead have a page."""
KEPT: Final = 3
"""This month and so many ahead are written as files; the others are made when somebody asks."""
OFTEN: Final = 12
"""What is on more often than three times a week is told once, beside the table."""
BUDGET: Final = 400
"""So many entries are on a page; a day that has more says so, and leads to the interactive calendar."""


class Turn(NamedTuple):
    """The month before or after, and where it is."""

    title: str
    address: str


def every(here: Here) -> Iterable[Keys]:
    """This month and the next ones of each municipality in each language."""
    at = _number(here.today.year, here.today.month)
    return [
        {"lang": tongue, "code": town.code, "month": _text(at + later)}
        for tongue in LANGUAGES
        for town in here.store.municipalities()
        for later in range(KEPT + 1)
    ]


def every_now(here: Here) -> Iterable[Keys]:
    """The page of this month of each municipality, in each language."""
    return [{"lang": tongue, "code": town.code} for tongue in LANGUAGES for town in here.store.municipalities()]


def make(here: Here, keys: Keys) -> Page:
    """The page of one month; raises UnknownThingError for one that is too far away."""
    year, month = map(int, keys["month"].split("-"))
    if not 1 <= month <= agenda.MONTHS:
        raise UnknownThingError("server.not_found_text")
    return _page(here, NAME, keys, _number(year, month))


def make_now(here: Here, keys: Keys) -> Page:
    """This month, under an address that always is this month's."""
    return _page(here, NOW, keys, _number(here.today.year, here.today.month))


def _page(here: Here, name: str, keys: Keys, at: int) -> Page:
    code = keys["code"]
    town = locate.municipality(here.store, code)
    ways = frame.ways(here, name, keys)
    month = _month(here, code, at)
    head = _head(here, ways, name, town, at)
    days, often = happenings.apart([day for week in month.weeks for day in week], OFTEN)
    known = happenings.records(here, code, days, dated.pages(here, code))
    shown = happenings.listed(ways, known, days, BUDGET)
    return frame.page(
        here,
        "month.html",
        head,
        frozenset({tags.DAY, tags.town(code), tags.frame(code)}),
        town,
        month=month,
        today=here.today,
        weeks=[shown[start : start + agenda.WEEK] for start in range(0, len(shown), agenda.WEEK)],
        often=happenings.often_open(here, ways, often),
        nothing=not often and not any(day.happenings for day in days if day.day.month == month.month),
        before=_turn(here, ways, at - 1),
        after=_turn(here, ways, at + 1),
    )


def _month(here: Here, code: str, at: int) -> agenda.Month:
    now = _number(here.today.year, here.today.month)
    if not now - BACK <= at <= now + AHEAD:
        raise UnknownThingError("server.not_found_text")
    try:
        return agenda.month(here.store, Query(code, evacuation=False), at // 12, at % 12 + 1, here.now)
    except InvalidRecordError as error:
        raise UnknownThingError("server.not_found_text") from error


def _head(here: Here, ways: Ways, name: str, town: Municipality, at: int) -> frame.Head:
    tongue = ways.keys["lang"]
    its = (town.name_en if tongue == "en" else "") or town.name
    title = _title(at, tongue)
    keys: Mapping[str, str] = {"code": town.code}
    return frame.Head(
        name,
        ways.keys,
        say("plain_month.title", tongue, month=title),
        say("plain_month.description", tongue, name=its, month=title),
        app=ways.app("/agenda", view="month", at=f"{_text(at)}-01"),
        feeds=[("text/calendar", its, frame.paths.path("calendar", **keys))],
        canonical=ways.whole(NAME, month=_text(at)) if name == NOW else "",
        # A month that nobody keeps a file of is there for who asks, and is not looked for.
        robots="" if at in _kept(here) else "noindex",
    )


def _turn(here: Here, ways: Ways, at: int) -> Turn | None:
    """A neighbour; from what stands in the static twin only pages of the twin are plain links.

    Its other neighbours are looked at in the interactive calendar: a plain folder does not have them.
    """
    now = _number(here.today.year, here.today.month)
    if not now - BACK <= at <= now + AHEAD:
        return None
    title = _title(at, ways.keys["lang"])
    kept = _kept(here)
    alone = "month" in ways.keys and _number(*map(int, ways.keys["month"].split("-"))) not in kept
    if at in kept or alone:
        return Turn(title, ways.to(NAME, month=_text(at)))
    return Turn(title, ways.app("/agenda", view="month", at=f"{_text(at)}-01"))


def _kept(here: Here) -> range:
    now = _number(here.today.year, here.today.month)
    return range(now, now + KEPT + 1)


def _title(at: int, tongue: str) -> str:
    number = at % 12 + 1
    month = str(number) if tongue == "ja" else say(f"schedule.month_{number}", tongue)
    return say("agenda_screen.month_of", tongue, year=at // 12, month=month)


def _number(year: int, month: int) -> int:
    """Months counted from year 0, January being 0."""
    return year * 12 + month - 1


def _text(at: int) -> str:
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


SORTS: Final = (Sort(NAME, every, make), Sort(NOW, every_now, make_now, listed=False))
