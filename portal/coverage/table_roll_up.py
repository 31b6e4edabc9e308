"""Coverage seen from another layer, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.coverage import table_parts as parts
from portal.coverage.record_choices import behind, behind_all
from portal.coverage.rolling_up import How, roll_up
from portal.errors import UnknownThingError
from portal.model.report_table import ReportColumn, ReportTable
from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from portal.coverage.naming import Names
    from portal.coverage.rolling_up import RolledRow, RolledUp
    from portal.model.municipality import Layer
    from portal.model.report_table import Cell, Wanted
    from portal.store import Reader

PER_CENT: Final = 100


def rolled_up(store: Reader, wanted: Wanted) -> ReportTable:
    """Each standard over the districts of ``upper``, else of the layer of the first tier: the whole municipality.

    Standards of the upper layer itself are left out. Raises UnknownThingError for a layer that there is not.
    """
    upper, its = _upper(store, wanted), parts.names(store, wanted)
    found = [item for item in parts.assessed(store, wanted) if item.standard.layer != upper.key]
    rolled = [roll_up(store, item, upper.key, wanted.today) for item in found]
    pairs = [(one, row) for one in rolled for row in one.rows]
    return ReportTable(
        name="roll_up",
        title=say("coverage_table.title_roll_up", wanted.language, layer=its.layer(upper)),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=_columns(wanted.language, its),
        rows=tuple(_row(one, row, its) for one, row in pairs),
        counted="\n".join(
            (parts.said(wanted, "nesting"), parts.said(wanted, "shares"), parts.how_counted(found, wanted, its))
        ),
        sources=parts.sources(store, wanted.municipality, found),
        areas=tuple(row.district.geometry for _, row in pairs),
        behind=behind_all(wanted),
        behind_rows=tuple(behind(one.assessed.standard, row.district) for one, row in pairs),
    )


def _upper(store: Reader, wanted: Wanted) -> Layer:
    layers = store.layers(wanted.municipality)
    key = wanted.params.get("upper") or next((item.key for item in layers), "")
    found = next((item for item in layers if item.key == key), None)
    if found is None:
        raise UnknownThingError("coverage.no_such_layer", layer=key)
    return found


def _columns(language: str, its: Names) -> tuple[ReportColumn, ...]:
    states = tuple(
        ReportColumn(state.value, its.state(state), say("coverage_table.amount_def", language, state=its.state(state)))
        for state in CoverageState
    )
    head = parts.columns(language, "layer", "district", "standard", "how")
    return (*head, *states, *parts.columns(language, "uncovered", "parts"))


def _row(one: RolledUp, row: RolledRow, its: Names) -> tuple[Cell, ...]:
    whole = one.how is How.NESTING
    amounts = (row.amounts[state] for state in CoverageState)
    return (
        its.layer(one.assessed.layer),
        row.district.name,
        its.standard(one.assessed.standard),
        say(f"coverage_table.how_{one.how}", its.language),
        *(round(amount) if whole else round(amount * PER_CENT, 1) for amount in amounts),
        round(row.outside * PER_CENT, 1) if one.how is How.AREA else None,
        row.parts,
    )
