"""What counts for standards, as a table: the records behind every figure of coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import Point

from portal.coverage import record_choices as choices
from portal.coverage import table_parts as parts
from portal.coverage.ground import Ground
from portal.coverage.listed import listed
from portal.coverage.origins import origins
from portal.model.position import Precision
from portal.model.report_table import ReportColumn, ReportTable
from portal.model.standard import StandardRule
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.coverage.listed import Found, Listed
    from portal.coverage.naming import Names
    from portal.coverage.record_choices import Chosen
    from portal.model.report_table import Cell, Wanted
    from portal.model.source import Source
    from portal.store import Reader

SHARED = ("layer", "district", "standard")
OWN = ("name", "kind", "verified_on", "counts_now")


def standard_records(store: Reader, wanted: Wanted) -> ReportTable:
    """One row for each record and standard that it counts for; narrowed by ``layer``, ``standard``, ``in_district``.

    A column of sessions where one of the standards asks for sessions. Raises UnknownThingError for choices that there
    are not.
    """
    ground = Ground(store, wanted.municipality, wanted.today, samples=wanted.samples)
    asked, its = choices.chosen(ground, wanted), parts.names(store, wanted)
    found = listed(ground, asked.standards, asked.where)
    rows = [row for one in found for row in one.rows]
    held = any(item.rule is StandardRule.SESSIONS for item in asked.standards)
    return ReportTable(
        name="standard_records",
        title=say("coverage_records.title_standard_records", wanted.language),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=(
            *parts.columns(wanted.language, *SHARED),
            *own_columns(wanted.language, *OWN, *(["sessions"] if held else [])),
        ),
        rows=tuple(_row(row, ground, its)[: None if held else -1] for row in rows),
        counted="\n".join(_counted(found, asked, wanted, its)),
        sources=_sources(store, found),
        areas=tuple(_spot(row) for row in rows),
        things=tuple(row.record.id for row in rows),
    )


def own_columns(language: str, *keys: str) -> tuple[ReportColumn, ...]:
    """The columns of these keys, with labels and definitions in ``language``."""
    return tuple(
        ReportColumn(key, say(f"coverage_records.{key}", language), say(f"coverage_records.{key}_def", language))
        for key in keys
    )


def _row(row: Listed, ground: Ground, its: Names) -> tuple[Cell, ...]:
    record = row.record
    return (
        its.layer(ground.layer(row.standard.layer)),
        row.district.name if row.district else its.outside,
        its.standard(row.standard),
        record.name,
        its.kind(record.kind),
        record.verified_on.isoformat() if record.verified_on else None,
        say(f"coverage_records.counts_{_standing(row)}", its.language),
        row.sessions,
    )


def _standing(row: Listed) -> str:
    if row.record.verified:
        return "yes"
    return "long_ago" if row.record.verified_on else "never"


def _spot(row: Listed) -> Point | None:
    """Where it is; what is known only by its district is nowhere in particular."""
    at = row.record.position
    return Point(at.lon, at.lat) if at and row.record.precision is not Precision.DISTRICT else None


def _counted(found: Sequence[Found], asked: Chosen, wanted: Wanted, its: Names) -> Iterator[str]:
    yield choices.narrowed(wanted, _pairs(asked, wanted, its))
    yield parts.said(wanted, "records")
    yield parts.samples_said(wanted)
    if not found:
        yield parts.said(wanted, "none")
    for one in found:
        name = its.standard(one.standard)
        yield parts.said(wanted, "rule", standard=name, rule=its.rule(one.standard))
        if one.standard.rule is StandardRule.WITHIN:
            yield say("coverage_records.near", wanted.language, standard=name)
        if one.others:
            yield say("coverage_records.others", wanted.language, standard=name, count=one.others)


def _pairs(asked: Chosen, wanted: Wanted, its: Names) -> Iterator[tuple[str, str]]:
    language = wanted.language
    layer, key = (wanted.params.get(name, "") for name in choices.STANDARDS)
    yield say("coverage_table.layer", language), its.layer_of(layer)
    yield say("coverage_table.standard", language), its.standard(asked.standards[0]) if key else ""
    yield say("coverage_table.district", language), choices.where_called(asked.where, its)


def _sources(store: Reader, found: Sequence[Found]) -> tuple[Source, ...]:
    """The plans, where the districts are from, and the files that the places were imported with."""
    rows = [row for one in found for row in one.rows]
    plans = (one.standard.source for one in found)
    drawn = (row.district.source for row in rows if row.district)
    files = origins(store, store.places(sorted({row.record.id for row in rows})))
    return tuple(item for item in dict.fromkeys([*plans, *drawn, *files]) if item)
