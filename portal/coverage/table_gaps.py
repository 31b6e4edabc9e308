"""What is missing, and what has changed, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.coverage import table_parts as parts
from portal.coverage.gaps import gaps, sentence
from portal.coverage.record_choices import behind, behind_all
from portal.coverage.snapshots import compare
from portal.coverage.states import STEPS
from portal.model.report_table import ReportTable
from portal.words import say

if TYPE_CHECKING:
    from portal.coverage.gaps import Gap
    from portal.coverage.naming import Names
    from portal.coverage.snapshots import Compared, Since
    from portal.model.report_table import Cell, Wanted
    from portal.store import Reader

GAPS = ("layer", "district", "standard", "state", "affected", "people", "missing")
CHANGES = ("layer", "district", "standard", "state_before", "state", "figure_before", "figure", "unit", "change")


def missing(store: Reader, wanted: Wanted) -> ReportTable:
    """Every gap with its sentence, the most people affected first; narrowed by ``layer`` and ``standard``."""
    found, its = parts.assessed(store, wanted), parts.names(store, wanted)
    every = gaps(found)
    return ReportTable(
        name="gaps",
        title=say("coverage_table.title_gaps", wanted.language),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=parts.columns(wanted.language, *GAPS),
        rows=tuple(_gap(gap, its) for gap in every),
        counted="\n".join((parts.said(wanted, "gaps"), parts.how_counted(found, wanted, its))),
        sources=parts.sources(store, wanted.municipality, found),
        areas=tuple(gap.standing.district.geometry for gap in every),
        behind=behind_all(wanted),
        behind_rows=tuple(behind(gap.assessed.standard, gap.standing.district) for gap in every),
    )


def _gap(gap: Gap, its: Names) -> tuple[Cell, ...]:
    return (
        its.layer(gap.assessed.layer),
        gap.standing.district.name,
        its.standard(gap.assessed.standard),
        its.state(gap.standing.state),
        gap.affected,
        gap.standing.people,
        sentence(gap, its),
    )


def change(store: Reader, wanted: Wanted) -> ReportTable:
    """Each district against each standard then and now; without rows where there is nothing to compare with."""
    found, its = parts.assessed(store, wanted), parts.names(store, wanted)
    compared = compare(store, found, wanted.today)
    rows = compared.rows if compared else ()
    return ReportTable(
        name="coverage_change",
        title=_title(compared, wanted),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=parts.columns(wanted.language, *CHANGES),
        rows=tuple(_since(row, its) for row in rows),
        counted="\n".join((_compared_with(compared, wanted), parts.how_counted(found, wanted, its))),
        sources=parts.sources(store, wanted.municipality, found),
        areas=tuple(row.standing.district.geometry for row in rows),
        behind=behind_all(wanted),
        behind_rows=tuple(behind(row.assessed.standard, row.standing.district) for row in rows),
    )


def _title(compared: Compared | None, wanted: Wanted) -> str:
    if compared is None:
        return say("coverage_table.title_coverage_change", wanted.language)
    return say("coverage_table.title_coverage_change_since", wanted.language, day=compared.day.isoformat())


def _compared_with(compared: Compared | None, wanted: Wanted) -> str:
    if compared is None:
        return parts.said(wanted, "no_snapshot")
    return parts.said(wanted, "since" if compared.a_year_ago else "since_oldest", day=compared.day.isoformat())


def _since(row: Since, its: Names) -> tuple[Cell, ...]:
    standard, before = row.assessed.standard, row.before
    return (
        its.layer(row.assessed.layer),
        row.standing.district.name,
        its.standard(standard),
        its.state(before.state) if before else None,
        its.state(row.standing.state),
        parts.rounded(before.figure) if before else None,
        parts.rounded(row.standing.figure),
        its.unit(standard),
        say(f"coverage_table.change_{_way(row)}", its.language),
    )


def _way(row: Since) -> str:
    if row.before is None:
        return "new"
    before, after = STEPS[row.before.state], STEPS[row.standing.state]
    return "same" if before == after else "better" if after > before else "worse"
