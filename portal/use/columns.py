"""Columns and frames of the tables of use, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.model.report_table import ReportColumn, ReportTable
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import MultiPolygon, Point, Polygon

    from portal.model.report_table import Cell, Wanted

Row = tuple["Cell", ...]


def columns(names: Sequence[str], language: str, **values: object) -> tuple[ReportColumn, ...]:
    """Columns by the ends of their phrases, with a unit after a colon: ``posts:posts``, ``share:percent``."""
    parted = [name.partition(":") for name in names]
    return tuple(
        ReportColumn(
            key,
            say(f"use.column_{key}", language, **values),
            say(f"use.meaning_{key}", language, **values),
            say(f"use.unit_{unit}", language) if unit else "",
        )
        for key, _, unit in parted
    )


def table(
    name: str,
    wanted: Wanted,
    shape: tuple[ReportColumn, ...],
    rows: Sequence[Row],
    areas: Sequence[Polygon | MultiPolygon | Point | None] = (),
    **values: object,
) -> ReportTable:
    """A table with its title and how it is counted; that samples count is said where they do."""
    counted = say(f"use.counted_{name}", wanted.language, **values)
    if wanted.samples:
        counted = f"{counted} {say('use.with_samples', wanted.language)}"
    title = say(f"use.title_{name}", wanted.language)
    return ReportTable(name, title, wanted.municipality, wanted.today, shape, tuple(rows), counted, areas=tuple(areas))


def percent(share: float | None) -> float | None:
    """A share as per cent, to a tenth."""
    return None if share is None else round(100 * share, 1)
