"""The chosen district with the list of its places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pages.parts import card, choices, counts, district_detail, plain_text
from portal import clock, find

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.query import Query


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
    answer = find.activities(visit.store, replace(query, districts=(chosen,)), clock.now(), limit=counts.limit())
    counts.show(visit, answer)
    card.show_all(visit, answer.cards)
    counts.more(key, visit, answer)
