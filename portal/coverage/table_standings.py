"""Coverage as tables: one row for each district and standard, and a matrix of districts by standards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.coverage import table_parts as parts
from portal.coverage.record_choices import behind, behind_all
from portal.model.report_table import ReportColumn, ReportTable
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.coverage.naming import Names
    from portal.coverage.standing import Assessed, Standing
    from portal.model.report_table import Cell, Wanted
    from portal.store import Reader

LONG = (
    "layer",
    "district",
    "standard",
    "state",
    "state_code",
    "figure",
    "unit",
    "people",
    "records",
    "verified",
    "surveyed_on",
)


def coverage(store: Reader, wanted: Wanted) -> ReportTable:
    """District × standard in long form, by standard and district; narrowed by ``layer`` and ``standard``.

    At the end of each standard a row for what lies in no district, where there is any: without a state.
    """
    found, its = parts.assessed(store, wanted), parts.names(store, wanted)
    pairs = [(item, one) for item in found for one in (*item.standings, *([None] if item.outside else []))]
    return ReportTable(
        name="coverage",
        title=say("coverage_table.title_coverage", wanted.language),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=parts.columns(wanted.language, *LONG),
        rows=tuple(_row(item, one, its) for item, one in pairs),
        counted=parts.how_counted(found, wanted, its),
        sources=parts.sources(store, wanted.municipality, found),
        areas=tuple(one.district.geometry if one else None for _, one in pairs),
        behind=behind_all(wanted),
        behind_rows=tuple(behind(item.standard, one.district if one else None) for item, one in pairs),
    )


def _row(item: Assessed, one: Standing | None, its: Names) -> tuple[Cell, ...]:
    head = (its.layer(item.layer), one.district.name if one else its.outside, its.standard(item.standard))
    unit = its.unit(item.standard)
    if one is None:
        return (*head, None, None, None, unit, None, item.outside, None, None)
    return (
        *head,
        its.state(one.state),
        one.state.value,
        parts.rounded(one.figure),
        unit,
        one.people,
        one.records,
        one.verified,
        one.survey.on.isoformat() if one.survey else None,
    )


def matrix(store: Reader, wanted: Wanted) -> ReportTable:
    """Districts × the standards of one layer: ``layer``, else that of the first standard."""
    found, its = parts.assessed(store, wanted), parts.names(store, wanted)
    layer = found[0].layer if found else None
    found = [item for item in found if item.layer == layer]
    districts = [one.district for one in found[0].standings] if found else []
    return ReportTable(
        name="coverage_matrix",
        title=say("coverage_table.title_coverage_matrix", wanted.language, layer=its.layer(layer) if layer else "－"),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=(*parts.columns(wanted.language, "district"), *_of_standards(found, its)),
        rows=tuple(
            (item.name, *(its.state(one.standings[at].state) for one in found)) for at, item in enumerate(districts)
        ),
        counted=parts.how_counted(found, wanted, its),
        sources=parts.sources(store, wanted.municipality, found),
        areas=tuple(item.geometry for item in districts),
        behind=behind_all(wanted, **({"layer": layer.key} if layer else {})),
        behind_rows=tuple(behind_all(wanted, layer=item.layer, in_district=item.id) for item in districts),
    )


def _of_standards(found: Sequence[Assessed], its: Names) -> list[ReportColumn]:
    return [
        ReportColumn(f"s_{item.standard.key}", its.standard(item.standard), its.rule(item.standard)) for item in found
    ]
