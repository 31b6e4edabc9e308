"""The chosen district with the list of its places and posts, and its coming week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.parts import agenda_table, card, choices, counts, district_detail, plain_text
from portal import agenda, clock, find

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.agenda import Day
    from portal.query import Query

AHEAD: Final = timedelta(days=7)
WEEK: Final = "week"
"""Name of the anchor of the coming week."""


def show(key: str, visit: Visit, query: Query, chosen: str) -> None:
    """Draw it, if one is chosen: the district, or what lies outside of all of the layer."""
    if not chosen:
        return
    district = visit.store.district(chosen) if chosen != choices.OUTSIDE else None
    if district:
        district_detail.show(visit, district)
    else:
        plain_text.heading(visit.say("filters.outside"))
        plain_text.paragraph(visit.say("districts.outside_means"))
    shown = replace(query, districts=(chosen,))
    plain_text.draw(Markup('<p class="act"><a href="#{}">{}</a></p>').format(WEEK, visit.say("districts.to_week")))
    plain_text.heading(visit.say("districts.there"))
    answer = find.activities(visit.store, shown, clock.now(), limit=counts.limit())
    counts.show(visit, answer)
    card.show_all(visit, answer.cards)
    counts.more(key, visit, answer)
    _week(visit, shown)


def _week(visit: Visit, query: Query) -> None:
    """What takes place in the seven days from today."""
    plain_text.heading(visit.say("districts.week"), anchor=WEEK)
    days = _coming(visit, query)
    if any(day.happenings for day in days):
        agenda_table.days_listed(visit, days)
    else:
        plain_text.paragraph(visit.say("districts.nothing_this_week"))


def _coming(visit: Visit, query: Query) -> list[Day]:
    """Seven days from today on, which lie in two of the calendar's weeks unless today is a Sunday."""
    now = clock.now()
    weeks = (agenda.week(visit.store, query, now.date() + later, now) for later in (AHEAD * 0, AHEAD))
    return [day for week in weeks for day in week.days if now.date() <= day.day < now.date() + AHEAD]
