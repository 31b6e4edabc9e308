"""The tables of coverage by name: screens, files, JSON and the report show these and no others."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from portal.coverage.table_gaps import change, missing
from portal.coverage.table_hours import on_when
from portal.coverage.table_records import standard_records
from portal.coverage.table_roll_up import rolled_up
from portal.coverage.table_sessions import sessions_counted
from portal.coverage.table_standings import coverage, matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.model.report_table import ReportTable, Wanted
    from portal.store import Reader

TABLES: Final[Mapping[str, Callable[[Reader, Wanted], ReportTable]]] = MappingProxyType(
    {
        "coverage": coverage,
        "coverage_matrix": matrix,
        "gaps": missing,
        "roll_up": rolled_up,
        "hours": on_when,
        "coverage_change": change,
        "standard_records": standard_records,
        "sessions_counted": sessions_counted,
    }
)
