"""What the tests of feeds look at: every feed at once, one of them, and the records of a calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from icalendar import Calendar

from pages.feeds import calendar, news
from pages.plain import sorts
from portal.model.membership import Membership
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town

TOWN: Final = f"feeds/{town.CODE}"
MARK: Final = "しるしの会"
WEEKLY: Final = Schedule(
    (Rule(datetime(2026, 11, 24, 10), 90, "FREQ=WEEKLY;BYDAY=TU"),), cancelled=frozenset({date(2026, 12, 8)})
)


def inside(record_id, name, layer="elementary"):
    """The change that puts a record into a district."""
    return [Put(Membership(record_id, layer, f"{town.CODE}-{layer}-{name}"))]


def all_feeds(here, but=""):
    """Every calendar and feed that there is, joined and unfolded; those whose names end in ``but`` left out."""
    chosen = [sort for sort in (*calendar.SORTS, *news.SORTS) if not but or not sort.name.endswith(but)]
    made = (sort.make(here, keys).content for sort in chosen for keys in sort.every(here))
    return b"\n".join(made).replace(b"\r\n ", b"").decode()


def feed_of(here, name, record_id):
    """The feed of one record or part, as it is sent."""
    return sorts.SORTS[name].make(here, {"code": town.CODE, "id": record_id}).content.decode()


def uids(text):
    """The UIDs of a calendar."""
    return {str(one["UID"]) for one in Calendar.from_ical(text).events}
