"""What the tables of records behind the figures of use are made of: their frame, and the choices that narrow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.report_table import ReportColumn, ReportTable
from portal.use.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from portal.model.report_table import Wanted
    from portal.store import Reader
    from portal.use.columns import Row

COLUMNS: Final = {
    "posts_counted": (
        "day",
        "title",
        "kind",
        "group",
        "local",
        "state",
        "views:times",
        "calendar:times",
        "asked:times",
    ),
    "decisions_counted": ("title", "handed_in", "decided", "hours:hours", "outcome"),
    "looks_counted": ("what", "name", "views:times", "calendar:times", "asked:times", "reports:times"),
}
"""The ends of the columns' phrases, with a unit after a colon."""
FIRST_YEAR: Final = 1950
YES: Final = "yes"
SAID_MAX: Final = 80
"""Characters of a choice that cannot be used, as it is told back."""


def record_table(
    name: str, wanted: Wanted, year: int, rows: Iterable[tuple[Row, str]], narrowed: Iterable[str] = ()
) -> ReportTable:
    """A table of records, each row with the id of what it is; ``narrowed`` are sentences that say what is left out."""
    language, rows = wanted.language, list(rows)
    sentences = [say(f"use_records.counted_{name}", language, year=year), *narrowed]
    if wanted.samples:
        sentences.append(say("use.with_samples", language))
    return ReportTable(
        name=name,
        title=say(f"use_records.title_{name}", language),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=tuple(_column(*column.split(":"), language=language) for column in COLUMNS[name]),
        rows=tuple(row for row, _ in rows),
        counted="\n".join(sentences),
        things=tuple(thing for _, thing in rows),
    )


def _column(key: str, unit: str = "", *, language: str) -> ReportColumn:
    label, meaning = say(f"use_records.column_{key}", language), say(f"use_records.meaning_{key}", language)
    return ReportColumn(key, label, meaning, say(f"use.unit_{unit}", language) if unit else "")


def choice(wanted: Wanted, name: str, known: Collection[str]) -> str:
    """The choice of this name, empty where there is none. Raises InvalidRecordError for one that is not known."""
    asked = wanted.params.get(name, "")
    if asked and asked not in known:
        raise InvalidRecordError("use_records.bad_choice", name=name, text=asked[:SAID_MAX], known=", ".join(known))
    return asked


def year_of(wanted: Wanted) -> int:
    """The fiscal year asked for by ``year``, else this one; raises InvalidRecordError for one that cannot be."""
    this, asked = fiscal_year(wanted.today), wanted.params.get("year", "")
    if not asked:
        return this
    if not (asked.isascii() and asked.isdecimal() and len(asked) == len("2026") and FIRST_YEAR <= int(asked) <= this):
        raise InvalidRecordError("use_records.bad_year", text=asked[:SAID_MAX], first=FIRST_YEAR, last=this)
    return int(asked)


def layer_of(store: Reader, wanted: Wanted) -> str:
    """The layer that is asked for by ``layer``, else the first below the whole; empty where there is none.

    Raises UnknownThingError for a layer that there is not.
    """
    layers = store.layers(wanted.municipality)
    asked = wanted.params.get("layer")
    if asked and all(layer.key != asked for layer in layers):
        raise UnknownThingError("map.no_layer", layer=asked)
    return asked or next((layer.key for layer in layers if layer.tier > 1), layers[0].key if layers else "")
