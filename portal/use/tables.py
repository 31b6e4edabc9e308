"""The tables of the portal's own use, by name; every screen, file and report shows these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.use.posts_counted import posts_counted_table
from portal.use.tables_groups import calls_table, evenness_table, groups_table
from portal.use.tables_posts import by_district_table, by_kind_table, by_month_table, participation_table
from portal.use.tables_records import decisions_table, looks_table
from portal.use.tables_use import use_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.model.report_table import ReportTable, Wanted
    from portal.store import Reader

TABLES: Final[Mapping[str, Callable[[Reader, Wanted], ReportTable]]] = {
    "use": use_table,
    "posts_by_month": by_month_table,
    "posts_by_kind": by_kind_table,
    "posts_by_district": by_district_table,
    "groups": groups_table,
    "evenness": evenness_table,
    "calls": calls_table,
    "participation": participation_table,
    "posts_counted": posts_counted_table,
    "decisions_counted": decisions_table,
    "looks_counted": looks_table,
}
STAFF_ONLY: Final = frozenset({"groups", "calls"})
"""Tables that name groups beside how little they post: for the office, never in what is published."""
