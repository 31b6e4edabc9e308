"""Proposed spots for further places as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from portal.model.report_table import ReportColumn, ReportTable
from portal.reach.how_counted import how_counted, joined
from portal.reach.placing import place
from portal.reach.table_choices import ages_name, behind_people, placing
from portal.words import say

if TYPE_CHECKING:
    from portal.model.report_table import Wanted
    from portal.reach.placing import Placed, Placing
    from portal.reach.siting import Proposal
    from portal.store import Reader

COLUMNS: Final = ("order", "name", "lat", "lon", "gained", "total_share")
UNITS: Final = {"lat": "°", "lon": "°", "total_share": "%"}
DIGITS: Final = 6


def siting_table(store: Reader, wanted: Wanted) -> ReportTable:
    """The proposed spots in their order.

    Choices: kind, weekday and step_free of what there is; ages, metres and count; ``among``, the kinds of place where
    one could be opened, or ``step``, metres of a grid. Raises what :func:`portal.reach.placing.place` raises.
    """
    asked = placing(wanted)
    found = place(store, asked, wanted.today)
    picks = found.proposal.picks if found.proposal else ()
    return ReportTable(
        "siting",
        say("reach_siting.title", wanted.language, metres=asked.metres, ages=ages_name(asked.ages, wanted.language)),
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
        behind=behind_people(wanted),
    )


def _column(key: str, language: str) -> ReportColumn:
    label, definition = say(f"reach_siting.column_{key}", language), say(f"reach_siting.definition_{key}", language)
    return ReportColumn(key, label, definition, UNITS.get(key, ""))


def _counted(asked: Placing, found: Placed, language: str) -> str:
    said = [how_counted(asked.question, [found.people], found.existing, language)]
    if found.proposal and found.people.how != "none":
        said.append(_gap(found.proposal, found.candidates, language))
    return joined(said, language)


def _gap(proposal: Proposal, candidates: int, language: str) -> str:
    gap = {
        "candidates": candidates,
        "before": round(proposal.reached_before),
        "after": round(proposal.reached_after),
        "bound": round(proposal.upper_bound),
        "gap": _percent(proposal.gap),
    }
    return say("reach_siting.counted", language, **gap)


def _percent(share: float) -> float:
    return round(share * 100, 1)
