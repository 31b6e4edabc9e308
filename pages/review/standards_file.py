"""The standards as a file (目安の表): taken along as CSV, and a changed one taken over in two steps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Final

from geodata import standards as tables
from pages.review import table_file
from pages.review.table_sort import Intake, Sort
from portal.coverage import editing
from portal.coverage.naming import Names
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pages.review.standards_compared import Told
    from portal.model.standard import Standard
    from portal.store import Reader, Store


def _kept(store: Reader, code: str) -> list[Standard]:
    return store.standards(code)


def _written(store: Reader, code: str) -> bytes:
    return tables.write(store.standards(code), store.kinds(code), store.layers(code), store.goals(code))


def _read(store: Store, code: str, path: Path) -> Intake:
    found = tables.read([path], code, store.kinds(code), store.layers(code), store.goals(code))
    return Intake(_in_order(found.standards, store.standards(code)), found.findings, found.read)


def _in_order(new: Sequence[Standard], kept: Sequence[Standard]) -> tuple[Standard, ...]:
    """A table of all standards gives their order; one of some leaves the order as it is, and new ones come last."""
    order = {item.key: item.order for item in kept}
    if order.keys() <= {item.key for item in new}:
        return tuple(new)
    last = count(max(order.values()) + 1)
    return tuple(replace(item, order=order[item.key] if item.key in order else next(last)) for item in new)


def _teller(store: Reader, code: str, language: str) -> Callable[[Standard], Told]:
    return partial(_told, names=Names(store, code, language), language=language)


def _told(one: Standard, names: Names, language: str) -> Told:
    """All that a standard says, its name and rule first."""
    source = one.source
    its = (source.name, source.licence, source.as_of, source.credit, source.url) if source else ()
    fields = {
        "name": names.standard(one),
        "rule": names.rule(one),
        "number": f"{one.at_least:.6f}".rstrip("0").rstrip("."),
        "ages": names.ages(one.ages),
        "name_ja": one.name,
        "name_en": one.name_en,
        "source": " / ".join(str(part) for part in its if part),
        "order": str(one.order + 1),
        "use": say("review_standards.said_off" if one.off else "review_standards.said_on", language),
    }
    return [(say(f"review_standards.field_{name}", language), text) for name, text in fields.items()]


SORT: Final = Sort(
    name="standards",
    title="review_standards.title_file",
    listed="/standards",
    to_list="review_standards.to_list",
    kept=_kept,
    write=_written,
    read=_read,
    teller=_teller,
    put=editing.put_all,
)
ROUTES: Final = table_file.routes(SORT)
