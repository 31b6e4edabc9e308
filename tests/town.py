"""A small invented town, builders for its records, and a clock that stands still.

``みなも町`` (99901) is a square of about two by two kilometres, cut into four elementary districts of a
kilometre each and, across them, into two junior-high districts: the 北 one holds all of the two northern districts,
the 南 one the two southern.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import shapely

from portal.clock import TOKYO
from portal.importing.plan import Order
from portal.model.batch import ImportKind
from portal.model.district import District
from portal.model.intake import PlaceIntake, PlaceRow
from portal.model.kind import Kind, Shape
from portal.model.municipality import Layer, Municipality
from portal.model.place import Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.source import Source
from portal.setting_up import BuiltIn, set_up

if TYPE_CHECKING:
    from portal.store import Store

NOW: Final = datetime(2026, 11, 22, 9, 0, tzinfo=TOKYO)
"""A Sunday morning."""
TODAY: Final = NOW.date()
CODE: Final = "99901"
SIDE: Final = 0.01
"""Side of a district in degrees, roughly a kilometre."""
WEST: Final = 135.0
SOUTH: Final = 34.0
SOURCE: Final = Source("町の区域", "CC BY 4.0", TODAY)
KINDS: Final = (
    Kind("ibasho", "居場所", "Place to belong", "#7a1f5c", Shape.CIRCLE, "居", order=1),
    Kind("elderly_salon", "高齢者サロン", "Elderly salon", "#0b5394", Shape.SQUARE, "高", order=2),
    Kind("facility", "公共施設", "Community facility", "#444444", Shape.HOUSE, "公", order=3),
    Kind("shelter", "指定避難所", "Designated shelter", "#1b5e20", Shape.SHIELD, "避", evacuation=True, order=4),
    Kind(
        "emergency_site",
        "指定緊急避難場所",
        "Evacuation site",
        "#8a4b00",
        Shape.TRIANGLE,
        "緊",
        evacuation=True,
        order=5,
    ),
    Kind("welfare_shelter", "福祉避難所", "Welfare shelter", "#4a148c", Shape.HEXAGON, "福", evacuation=True, order=6),
)


def municipality(code: str = CODE, name: str = "みなも町") -> Municipality:
    """The town."""
    return Municipality(code, name, "Minamo", "", Point(WEST + SIDE, SOUTH + SIDE))


def square(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """A rectangle counted in districts from the town's south-western corner."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return shapely.box(west, south, west + width * SIDE, south + height * SIDE)


def spot(column: float, row: float) -> Point:
    """A point counted in districts from the town's south-western corner."""
    return Point(WEST + column * SIDE, SOUTH + row * SIDE)


def district(name: str, area: shapely.Polygon, layer: str = "elementary", **values: Any) -> District:
    """A district of the town."""
    values = {"source": SOURCE, **values}
    return District(f"{CODE}-{layer}-{name}", CODE, layer, name, area, **values)


def districts() -> tuple[District, ...]:
    """The town's districts of all layers, the elementary ones approximate."""
    return (
        district("みなも町", square(0, 0, 2, 2), "city", approximate=True),
        *(
            district(name, square(column, row), approximate=True)
            for name, column, row in (("西小", 0, 0), ("東小", 1, 0), ("北西小", 0, 1), ("北東小", 1, 1))
        ),
        district("南中", square(0, 0, 2, 1), "junior_high"),
        district("北中", square(0, 1, 2, 1), "junior_high"),
    )


def built_in() -> BuiltIn:
    """The town as built-in content, without samples."""
    layers = (
        Layer(CODE, "city", "全域", "Whole town", 1),
        Layer(CODE, "elementary", "小学校区", "Elementary", 2, 1),
        Layer(CODE, "junior_high", "中学校区", "Junior high", 2, 2),
    )
    return BuiltIn((municipality(),), layers, districts(), KINDS, ())


def settle(store: Store) -> Store:
    """Put the town into an empty store."""
    set_up(store, built_in(), TODAY, sample=False)
    return store


def facts(name: str = "ひだまりサロン", column: float | None = 0.5, row: float = 0.5, **values: Any) -> PlaceFacts:
    """What is said of a place; ``column`` None leaves it without a position."""
    kept: dict[str, Any] = {"kind": "elderly_salon", **values}
    if column is not None:
        kept = {"position": spot(column, row), "precision": Precision.EXACT, **kept}
    return PlaceFacts(name=name, **kept)


def place(
    place_id: str, name: str = "ひだまりサロン", column: float | None = 0.5, row: float = 0.5, **values: Any
) -> Place:
    """A place as it is kept; ``values`` are fields of its facts."""
    known = facts(name, column, row, **values)
    return Place(place_id, CODE, known, known, Origin("hand", place_id))


def row(line: int, name: str, column: float | None = 0.5, at_row: float = 0.5, **values: Any) -> PlaceRow:
    """A row of a file of places; ``record`` and ``authority`` may be given, the rest are fields of its facts."""
    record = values.pop("record", name)
    authority = values.pop("authority", CODE)
    return PlaceRow(line, authority, f"places/{authority}", record, facts(name, column, at_row, **values))


def intake(*rows: PlaceRow, findings: tuple = ()) -> PlaceIntake:
    """What a reader hands over."""
    return PlaceIntake(rows, findings, len(rows) + len(findings), Source("場所一覧", "CC BY 4.0", TODAY))


def order(kind: ImportKind = ImportKind.PLACES, **values: Any) -> Order:
    """An order for an import on the town's day."""
    return replace(Order(kind, ("places.csv",), ("0" * 64,), NOW), **values)
