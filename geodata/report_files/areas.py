"""The areas of a table's rows, where it has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from portal.errors import ConflictError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from portal.model.report_table import ReportTable


def has_areas(table: ReportTable) -> bool:
    """Whether the table can be drawn on a map: at least one of its rows lies somewhere."""
    return any(area is not None for area in table.areas)


def areas(table: ReportTable) -> list[BaseGeometry | None]:
    """For each row its area without heights, degrees, EPSG:6668. A table without rows has none and is no mistake.

    Raises ConflictError for rows that lie nowhere.
    """
    if table.rows and not has_areas(table):
        raise ConflictError("report_files.no_areas", title=table.title)
    return [None if area is None else shapely.force_2d(area) for area in table.areas]
