"""What the built-in municipalities' plans expect of every district (整備の目安)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geodata.areas.builtin import known
from geodata.areas.tables import toml
from portal.model.source import Source
from portal.model.standard import EVERYBODY, Ages, Standard, StandardRule

if TYPE_CHECKING:
    from collections.abc import Mapping

VERIFIED_DAYS: Final = 365


def standards(code: str) -> list[Standard]:
    """The standards of a built-in municipality, in the order of ``standards.toml``.

    Raises UnknownThingError for a municipality that is not built in.
    """
    table = toml("standards")
    rows = table.get(known(code), ())
    source = Source(**table["plans"][code]) if rows else None
    return [_standard(code, order, row, source) for order, row in enumerate(rows)]


def _standard(code: str, order: int, row: Mapping[str, Any], source: Source | None) -> Standard:
    given = {"at_least": 1.0, "verified_days": VERIFIED_DAYS, **row}
    return Standard(
        municipality=code,
        order=order,
        source=source,
        rule=StandardRule(given.pop("rule", StandardRule.COUNT)),
        ages=Ages(*given.pop("ages", ())) if "ages" in given else EVERYBODY,
        **given,
    )
