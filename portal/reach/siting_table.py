"""Proposed spots for further places as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from portal.model.report_table import ReportColumn, ReportTable
from portal.reach.how_counted import how_counted
from portal.reach.placing import USUAL, Placing, place
from portal.reach.table_choices import ages_name, ages_wanted, listed, number, question
from portal.words import say

if TYPE_CHECKING:
    from portal.model.report_table import Wanted
    from portal.reach.placing import Placed
    from portal.store import Reader

COLUMNS: Final = ("order", "name", "lat", "lon", "gained", "total_share")
UNITS: Final = {"lat": "°", "lon": "°", "total_share": "%"}
DIGITS: Final = 6


def siting_table(store: Reader, wanted: Wanted) -> ReportTable:
    """The proposed spots in their order.

    Choices: kind, weekday and step_free of what there is; ages, metres and count; ``among``, the kinds of place where
    one could be opened, or ``step``, metres of a grid. Raises what :func:`portal.reach.placing.place` raises.
    """
    among = number(wanted, "step", 0) or listed(wanted, "among") or USUAL
    count, metres = number(wanted, "count", 5), number(wanted, "metres", 500)
    asked = Placing(question(wanted), ages_wanted(wanted), metres, count, among)
    found = place(store, asked, wanted.today)
    picks = found.proposal.picks
    return ReportTable(
        "siting",
        say("reach_siting.title", wanted.language, metres=metres, ages=ages_name(asked.ages, wanted.language)),
        wanted.municipality,
        wanted.today,
        tuple(_column(key, wanted.language) for key in COLUMNS),
        tuple(
            (
                order,
                of.name,
                round(of.lat, DIGITS),
                round(of.lon, DIGITS),
                round(pick.gained),
                _percent(pick.total_share),
            )
            for order, pick in enumerate(picks, start=1)
            for of in (pick.candidate,)
        ),
        _counted(asked, found, wanted.language),
        found.people.sources,
        tuple(shapely.Point(pick.candidate.lon, pick.candidate.lat) for pick in picks),
    )


def _column(key: str, language: str) -> ReportColumn:
    label, definition = say(f"reach_siting.column_{key}", language), say(f"reach_siting.definition_{key}", language)
    return ReportColumn(key, label, definition, UNITS.get(key, ""))


def _counted(asked: Placing, found: Placed, language: str) -> str:
    proposal = found.proposal
    gap = {
        "candidates": len(found.candidates),
        "before": round(proposal.reached_before),
        "after": round(proposal.reached_after),
        "bound": round(proposal.upper_bound),
        "gap": _percent(proposal.gap),
    }
    said = [how_counted(asked.question, [found.people], found.existing, language)]
    if found.people.how != "none":
        said.append(say("reach_siting.counted", language, **gap))
    return (" " if language == "en" else "").join(said)


def _percent(share: float) -> float:
    return round(share * 100, 1)
