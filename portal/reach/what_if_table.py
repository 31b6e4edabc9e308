"""What places at some points would change, as a table by district."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.position import Point
from portal.model.report_table import ReportColumn, ReportTable
from portal.reach.how_counted import how_counted
from portal.reach.placing import put_on_map
from portal.reach.siting import MOST_PICKS
from portal.reach.table_choices import ages_name, behind_people, district_name, placing
from portal.words import say

if TYPE_CHECKING:
    from portal.model.report_table import Cell, Wanted
    from portal.reach.people import People
    from portal.reach.what_if import Change
    from portal.store import Reader

COLUMNS: Final = ("district", "people", "before", "after", "gained", "share_after")
SPOT: Final = re.compile(r"(-?\d{1,2}(?:\.\d{1,9})?),(-?\d{1,3}(?:\.\d{1,9})?)")
LAYER: Final = "city"


def what_if_table(store: Reader, wanted: Wanted) -> ReportTable:
    """People reached before and after, all of them first, then by district of a layer and outside.

    Choices: kind, weekday and step_free of what there is; ages, metres and layer; ``spots``, the points that are
    added, as ``latitude,longitude`` with semicolons between them. Raises InvalidRecordError for points that are none.
    """
    asked = placing(wanted)
    points = read_spots(wanted.params.get("spots", ""))
    placed = put_on_map(store, replace(asked, layer=asked.layer or LAYER), points, wanted.today)
    known = placed.people
    found = placed.changes if known.how != "none" else []
    rows = [one for one in found if one.district or one.people]
    title = {"count": len(points), "metres": asked.metres, "ages": ages_name(asked.ages, wanted.language)}
    return ReportTable(
        "what_if",
        say("reach_what_if.title", wanted.language, **title),
        wanted.municipality,
        wanted.today,
        tuple(_column(key, wanted.language) for key in COLUMNS),
        (*_sum(found, wanted.language), *(_row(one, known, wanted.language) for one in rows)),
        how_counted(asked.question, [known], placed.existing, wanted.language),
        known.sources,
        (*([None] if found else []), *(one.district.geometry if one.district else None for one in rows)),
        behind=behind_people(wanted),
    )


def read_spots(text: str) -> list[Point]:
    """The points of ``latitude,longitude;…``; raises InvalidRecordError for what is none, or too many."""
    parts = [part for part in text.split(";") if part.strip()]
    matches = [SPOT.fullmatch(part.strip()) for part in parts[: MOST_PICKS + 1]]
    if len(parts) > MOST_PICKS or None in matches:
        raise InvalidRecordError("query.unreadable")
    return [Point(float(match[2]), float(match[1])) for match in matches if match]


def written(points: list[tuple[float, float]]) -> str:
    """Points as (longitude, latitude) in the way that :func:`read_spots` reads."""
    return ";".join(f"{lat:.6f},{lon:.6f}" for lon, lat in points)


def _sum(found: list[Change], language: str) -> list[tuple[Cell, ...]]:
    """All people of the municipality; nothing where nobody is known of."""
    if not found:
        return []
    total, before, after = (sum(getattr(one, name) for one in found) for name in ("people", "before", "after"))
    return [_cells(say("reach_what_if.all", language), total, before, after)]


def _row(one: Change, known: People, language: str) -> tuple[Cell, ...]:
    if known.unknown and not one.people:  # nobody knows how many live there, which is not zero
        return (district_name(one.district, language), *[None] * (len(COLUMNS) - 1))
    return _cells(district_name(one.district, language), one.people, one.before, one.after)


def _cells(name: str, total: float, before: float, after: float) -> tuple[Cell, ...]:
    share = round(100 * after / total, 1) if total else None
    return (name, round(total), round(before), round(after), round(after) - round(before), share)


def _column(key: str, language: str) -> ReportColumn:
    label, definition = say(f"reach_what_if.column_{key}", language), say(f"reach_what_if.definition_{key}", language)
    return ReportColumn(key, label, definition, "%" if key.startswith("share") else "")
