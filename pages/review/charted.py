"""Which tables of a review have a chart. Drawing one takes a library that the server need not wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.words import say

if TYPE_CHECKING:
    from portal.model.report_table import ReportTable

CHARTED: Final = frozenset({"coverage_matrix", "gaps", "hours", "reach", "posts_by_month", "evenness", "indicators"})


MEASURED: Final = {"reach": "share", "evenness": "posts_share"}
"""The column without which a chart would show nothing."""


def told(table: ReportTable, language: str) -> str:
    """What the chart of a table shows, in words, for who does not see it; empty for a table without one.

    A table in which nothing is known has none.
    """
    at = next((n for n, column in enumerate(table.columns) if column.key == MEASURED.get(table.name)), 0)
    if table.name not in CHARTED or all(row[at] is None for row in table.rows):
        return ""
    return say("review_page.chart_alt", language, title=table.title)
