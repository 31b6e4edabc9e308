"""What the browser tests find in the store: the built-in areas and samples, and two towns made to be hard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from pages.built_in import init_store
from portal.assigning import memberships
from portal.clock import today
from portal.model.district import District
from portal.model.municipality import Layer, Municipality
from portal.model.place import Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.source import Source
from portal.store import Put
from tests.browser.payloads import PAYLOADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.settings import Settings
    from portal.store import Store

HARD: Final = "99901"
"""A town whose every text is a payload."""
MANY: Final = "99902"
"""A town of more places than are drawn one by one."""
MANY_PLACES: Final = 1_800
CORNER: Final = Point(135.40, 34.60)
SOURCE: Final = Source("試験用の表", credit=PAYLOADS[0])
STEP: Final = 0.005


def fill(store: Store, settings: Settings) -> None:
    """Put everything in."""
    init_store(store, settings, today())
    for code, name in ((HARD, "難字町"), (MANY, "多数町")):
        centre = Point(CORNER.lon + 0.015, CORNER.lat + 0.015)
        store.apply([Put(Municipality(code, name, f"Town {code}", "試験県", centre, 14))])
        store.apply([Put(Layer(code, "elementary", "小学校区", "School districts", 2))])
    store.apply([*map(Put, hard_districts())])
    places = [*hard_places(), *many_places()]
    store.apply([*map(Put, places), *map(Put, memberships(store, places, today()))])


def hard_districts() -> list[District]:
    """One district a payload, on a grid; every second one approximate."""
    return [
        District(
            id=f"{HARD}-elementary-{number}",
            municipality=HARD,
            layer="elementary",
            name=name,
            name_en=name,
            geometry=shapely.box(lon, lat, lon + STEP, lat + STEP),
            source=SOURCE,
            approximate=number % 2 == 0,
        )
        for number, (name, (lon, lat)) in enumerate(zip(PAYLOADS, _grid(6, STEP), strict=False))
    ]


def hard_places() -> list[Place]:
    """One place a payload, which stands in every text that it has."""
    return [
        _place(HARD, number, Point(lon + STEP / 2, lat + STEP / 2), text)
        for number, (text, (lon, lat)) in enumerate(zip(PAYLOADS, _grid(6, STEP), strict=False))
    ]


def many_places() -> list[Place]:
    """Salons on a fine grid."""
    corners = _grid(60, 0.0005)
    return [_place(MANY, number, Point(*next(corners)), f"サロン{number}") for number in range(MANY_PLACES)]


def _grid(across: int, step: float) -> Iterator[tuple[float, float]]:
    number = 0
    while True:
        yield CORNER.lon + number % across * step, CORNER.lat + number // across * step
        number += 1


def _place(town: str, number: int, at: Point, text: str) -> Place:
    facts = PlaceFacts(
        kind="elderly_salon",
        name=text,
        name_kana=text,
        name_en=text,
        description=text,
        address=text,
        position=at,
        precision=Precision.EXACT,
        audience_note=text,
        access_note=text,
        fee_note=text,
        booking_note=text,
        group=text,
        schedule_note=text,
        extra={text: text},
    )
    return Place(f"{town}-{number}", town, facts, facts, Origin("hand", str(number)))
