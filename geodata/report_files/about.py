"""What makes a table understood where nobody can ask: its title, day, columns, rule and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.report_files.cells import plain

if TYPE_CHECKING:
    from portal.model.report_table import ReportTable
    from portal.model.source import Source


def about(table: ReportTable) -> dict[str, Any]:
    """All but the rows, as JSON can hold it; the day is an ISO date."""
    return {
        "title": plain(table.title),
        "municipality": plain(table.municipality),
        "day": table.day.isoformat(),
        "counted": plain(table.counted),
        "columns": [
            {
                "key": item.key,
                "label": plain(item.label),
                "definition": plain(item.definition),
                "unit": plain(item.unit),
            }
            for item in table.columns
        ],
        "sources": [_source(item) for item in table.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": plain(source.name),
        "licence": plain(source.licence),
        "credit": plain(source.credit),
        "as_of": source.as_of.isoformat() if source.as_of else None,
        "url": plain(source.url),
    }
