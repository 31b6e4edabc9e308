"""The frame of the tables of records behind indicators and goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.model.report_table import ReportColumn, ReportTable
from portal.use.years import fiscal_year
from portal.words import DEFAULT_LANGUAGE, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.model.report_table import Cell, Wanted


def record_table(
    name: str, wanted: Wanted, names: Sequence[str], rows: Iterable[tuple[Cell, ...]], narrowed: Iterable[str] = ()
) -> ReportTable:
    """A table with the columns of these names; ``narrowed`` are sentences that say what is left out."""
    language = wanted.language
    sentences = [say(f"goal_records.counted_{name}", language, year=fiscal_year(wanted.today)), *narrowed]
    if wanted.samples:
        sentences.append(say("indicators.with_samples", language))
    title = say(f"goal_records.title_{name}", language)
    shape = tuple(
        ReportColumn(key, say(f"goal_records.column_{key}", language), say(f"goal_records.meaning_{key}", language))
        for key in names
    )
    return ReportTable(name, title, wanted.municipality, wanted.today, shape, tuple(rows), "\n".join(sentences))


def named(name: str, name_en: str, language: str) -> str:
    """A name in the reader's language, in Japanese where it has no other."""
    return name if language == DEFAULT_LANGUAGE else name_en or name
