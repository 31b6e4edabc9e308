"""What the tables of coverage are made of: columns with their definitions, sources, and how things are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.coverage.assess import assess
from portal.coverage.naming import Names
from portal.model.report_table import ReportColumn
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from portal.coverage.standing import Assessed
    from portal.model.report_table import Wanted
    from portal.model.source import Source
    from portal.store import Reader


def columns(language: str, *keys: str) -> tuple[ReportColumn, ...]:
    """The columns of these keys, with labels and definitions in ``language``."""
    return tuple(
        ReportColumn(key, say(f"coverage_table.{key}", language), say(f"coverage_table.{key}_def", language))
        for key in keys
    )


def names(store: Reader, wanted: Wanted) -> Names:
    """Names in the language that is wanted."""
    return Names(store, wanted.municipality, wanted.language)


def assessed(store: Reader, wanted: Wanted) -> list[Assessed]:
    """The standards that are wanted: all, of one ``layer``, or one ``standard``."""
    layer, standard = wanted.params.get("layer", ""), wanted.params.get("standard", "")
    every = assess(store, wanted.municipality, wanted.today, samples=wanted.samples)
    return [
        item
        for item in every
        if item.standard.layer == (layer or item.standard.layer)
        and item.standard.key == (standard or item.standard.key)
    ]


def sources(store: Reader, municipality: str, found: Iterable[Assessed]) -> tuple[Source, ...]:
    """The plans that expect it, and where districts and people are from, each once."""
    found = list(found)
    plans = (item.standard.source for item in found)
    drawn = (one.district.source for item in found for one in item.standings)
    people = (item.source for item in store.populations(municipality))
    points = (item.source for item in store.people_points(municipality))
    return tuple(item for item in dict.fromkeys([*plans, *drawn, *people, *points]) if item)


def how_counted(found: Sequence[Assessed], wanted: Wanted, its: Names) -> str:
    """How the states come about: the states, what counts, the people, samples, and each standard's rule."""
    return "\n".join(_sentences(found, wanted, its))


def said(wanted: Wanted, name: str, **values: object) -> str:
    """A sentence about how things are counted."""
    return say(f"coverage_table.counted_{name}", wanted.language, **values)


def _sentences(found: Sequence[Assessed], wanted: Wanted, its: Names) -> Iterator[str]:
    for name in ("states", "records", "people", "estimated"):
        yield said(wanted, name)
    yield samples_said(wanted)
    if not found:
        yield said(wanted, "none")
    for item in found:
        yield said(wanted, "rule", standard=its.standard(item.standard), rule=its.rule(item.standard))


def samples_said(wanted: Wanted) -> str:
    """Whether samples are counted."""
    return said(wanted, "samples" if wanted.samples else "no_samples")


def rounded(figure: float | None) -> float | None:
    """A figure as a table shows it: two decimal places."""
    return None if figure is None else round(figure, 2)
