"""A table of a review as GeoParquet 1.1: columns by key, geometry as WKB.

Source: OGC, GeoParquet 1.1.0. Coordinates are x, y, that is longitude first, whatever the system's own order of axes.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import shapely
from pyarrow import parquet

from geodata import crs
from geodata.report_files.about import about
from geodata.report_files.areas import areas
from geodata.report_files.cells import for_machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from portal.model.report_table import Cell, ReportTable

GEOMETRY: Final = "geometry"
VERSION: Final = "1.1.0"


def write(table: ReportTable, language: str) -> bytes:  # noqa: ARG001  # every writer takes the language
    """The file; its metadata holds the title, the day and all else that :func:`about` tells, as JSON text.

    Raises ConflictError for a table whose rows lie nowhere.
    """
    where = areas(table)
    columns = {column.key: _column([row[at] for row in table.rows]) for at, column in enumerate(table.columns)}
    columns[GEOMETRY] = pa.array([None if area is None else shapely.to_wkb(area) for area in where], pa.binary())
    told = {key: value if isinstance(value, str) else _json(value) for key, value in about(table).items()}
    file = io.BytesIO()
    parquet.write_table(pa.table(columns).replace_schema_metadata({"geo": _json(_geo(where)), **told}), file)
    return file.getvalue()


def _column(cells: Sequence[Cell]) -> pa.Array:
    """Whole numbers, numbers or text; text where both stand in one column."""
    shown = [for_machine(cell) for cell in cells]
    kinds = {type(cell) for cell in shown if cell is not None}
    if kinds and kinds <= {int, float}:
        return pa.array(shown, pa.float64() if float in kinds else pa.int64())
    return pa.array([None if cell is None else str(cell) for cell in shown], pa.string())


def _geo(where: Sequence[BaseGeometry | None]) -> dict[str, Any]:
    present = [area for area in where if area is not None]
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({area.geom_type for area in present}),
        "crs": crs.parse_crs(crs.JGD2011).to_json_dict(),
    }
    if present:
        column["bbox"] = np.asarray(shapely.total_bounds(present)).tolist()
    return {"version": VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def _json(value: Any) -> str:  # noqa: ANN401  # whatever JSON can hold
    return json.dumps(value, ensure_ascii=False)
