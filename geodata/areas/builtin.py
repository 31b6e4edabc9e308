"""The municipalities, layers and kinds of place that are there without an import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.areas.tables import toml
from portal.errors import UnknownThingError
from portal.model.kind import Kind, Shape
from portal.model.municipality import Layer, Municipality
from portal.model.position import Point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def municipalities() -> list[Municipality]:
    """The five municipalities, by code."""
    return [_municipality(code, row) for code, row in toml("municipalities").items()]


def municipality(code: str) -> Municipality:
    """One of the five. Raises UnknownThingError for any other code."""
    return _municipality(code, toml("municipalities")[known(code)])


def layers(code: str) -> list[Layer]:
    """The layers of a built-in municipality, in the order in which they are shown.

    Raises UnknownThingError for a municipality that is not built in.
    """
    return [
        Layer(municipality=code, order=order, **{name: text for name, text in row.items() if name != "from"})
        for order, row in enumerate(layer_rows(code))
    ]


def layer_rows(code: str) -> Sequence[Mapping[str, Any]]:
    """The rows of ``layers.toml``; ``from`` in each says what its districts are made of."""
    rows: Sequence[Mapping[str, Any]] = toml("layers")[known(code)]
    return rows


def kinds() -> list[Kind]:
    """The kinds of place that every municipality has, in the order in which they are listed."""
    return [
        Kind(key=key, order=order, **{**row, "shape": Shape(row["shape"])})
        for order, (key, row) in enumerate(toml("kinds").items())
    ]


def known(code: str) -> str:
    """``code``, if it is one of the five; raises UnknownThingError if not."""
    if code not in toml("municipalities"):
        raise UnknownThingError("areas.not_built_in", code=code)
    return code


def _municipality(code: str, row: Mapping[str, Any]) -> Municipality:
    names = {key: row[key] for key in ("name", "name_en", "prefecture", "zoom")}
    return Municipality(code=code, centre=Point(lon=row["lon"], lat=row["lat"]), **names)
