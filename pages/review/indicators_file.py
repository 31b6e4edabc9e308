"""The indicators as a file (指標の表): taken along as CSV, and a changed one taken over in two steps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from geodata import indicator_writing, indicators
from pages.review import table_file
from pages.review.indicator_edit_reading import DAY_FIELDS, LINES, YEAR_FIELDS, shown
from pages.review.indicators import named
from pages.review.standards_cells import SOURCE
from pages.review.table_sort import Intake, Sort
from portal.indicators import editing
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pages.review.standards_compared import Told
    from portal.model.indicator import Indicator
    from portal.store import Reader, Store


def _kept(store: Reader, code: str) -> list[Indicator]:
    return store.indicators(code)


def _written(store: Reader, code: str) -> bytes:
    return indicator_writing.csv_text(store.indicators(code)).encode("utf-8-sig")


def _read(store: Store, code: str, path: Path) -> Intake:
    found = indicators.read(path, code)
    return Intake(_named_alike(found.indicators, store.indicators(code)), found.findings, found.read)


def _named_alike(new: Sequence[Indicator], kept: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Without a key in the table an indicator is the one that has its name already, whatever key that was given."""
    by_name = {item.name: item for item in kept}
    keys = {item.key for item in kept}
    return tuple(
        replace(item, key=by_name[item.name].key)
        if item.key not in keys and item.key == indicators.key_of(item.name) and item.name in by_name
        else item
        for item in new
    )


def _teller(_store: Reader, _code: str, language: str) -> Callable[[Indicator], Told]:
    return partial(_told, language=language)


def _told(one: Indicator, language: str) -> Told:
    """All that an indicator says, its name and figures first."""
    said = shown(one)
    fields = {
        "shown": named(one, language),
        "years": _lines(said, YEAR_FIELDS),
        "days": _lines(said, DAY_FIELDS),
        **{name: said[name] for name in LINES},
        "source": " / ".join(said[name] for name in SOURCE if said[name]),
        "order": str(one.order + 1),
        "use": say("review_standards.said_off" if one.off else "review_standards.said_on", language),
    }
    return [(say(f"review_indicators.field_{name}", language), text) for name, text in fields.items()]


def _lines(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    """``2022: 47.1 / 2026: → 55``: each year with its value and, after an arrow, its target."""
    rows = []
    for n in range(sum(key.startswith(f"{names[0]}-") for key in said)):
        when, value, *target = (said[f"{name}-{n}"] for name in names)
        rows.append(" ".join([f"{when}:", value, *(f"→ {figure}" for figure in target if figure)]).replace("  ", " "))
    return " / ".join(rows)


SORT: Final = Sort(
    name="indicators",
    title="review_indicators.title_file",
    listed="/review-indicators",
    to_list="review_page.indicators",
    kept=_kept,
    write=_written,
    read=_read,
    teller=_teller,
    put=editing.put_all,
)
ROUTES: Final = table_file.routes(SORT)
