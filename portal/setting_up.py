"""A store made ready: the built-in areas, the kinds and, where wanted, sample content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portal.assigning import memberships
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError
from portal.laying_out import lay_out
from portal.locate import municipality
from portal.model.kind import Kind, Shape
from portal.model.municipality import JAPAN_ZOOM, Layer, Municipality
from portal.model.place import Place
from portal.model.position import Point
from portal.prefectures import PREFECTURES
from portal.store import Drop, Put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.district import District
    from portal.model.gazetteer import GazetteerPoint
    from portal.store import Store

SAMPLE: Final = "sample"
"""Dataset of sample content (見本)."""
JAPAN: Final = Point(137.0, 36.5)
OWN_KINDS: Final = 100
"""Kinds of a municipality's own come after the built-in ones."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What comes with the portal: areas, kinds and samples."""

    municipalities: tuple[Municipality, ...]
    layers: tuple[Layer, ...]
    districts: tuple[District, ...]
    kinds: tuple[Kind, ...]
    samples: tuple[Place, ...]
    gazetteer: tuple[GazetteerPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """What a set-up added; nothing where it was there before."""

    municipalities: int
    samples: int


def set_up(store: Store, built_in: BuiltIn, today: date, *, sample: bool) -> Ready:
    """Add what a store lacks of the built-in things; what is there, also when it was changed, stays as it is.

    Samples go only into a store that is set up for the first time: once removed they stay away.
    """
    there = {item.code for item in store.municipalities()}
    first_time = not there
    new = [item for item in built_in.municipalities if item.code not in there] if first_time else []
    codes = {item.code for item in new}
    kinds = {item.key for item in store.kinds()}
    store.apply(
        [
            *(Put(item) for item in built_in.kinds if item.key not in kinds),
            *(Put(item) for item in new),
            *(Put(item) for item in built_in.layers if item.municipality in codes),
            *(Put(item) for item in built_in.districts if item.municipality in codes),
            *(Put(item) for item in built_in.gazetteer if item.municipality in codes),
        ]
    )
    samples = add_samples(store, built_in.samples, today) if first_time and sample else 0
    return Ready(len(new), samples)


def add_samples(store: Store, samples: Sequence[Place], today: date) -> int:
    """Put sample places in, with their memberships; says how many."""
    store.apply([*map(Put, samples), *map(Put, memberships(store, samples, today))])
    lay_out(store, samples, today)
    return len(samples)


def remove_samples(store: Store) -> int:
    """Remove all sample content; says how many places went."""
    samples = store.places_of_datasets([SAMPLE])
    store.apply([Drop(Place, (place.id,)) for place in samples])
    return len(samples)


def add_municipality(store: Store, municipality: Municipality) -> None:
    """Add a municipality that is not built in, with the standard layers, still empty.

    Raises ConflictError where it is there already.
    """
    if any(item.code == municipality.code for item in store.municipalities()):
        raise ConflictError("setting_up.municipality_there", code=municipality.code)
    store.apply([Put(municipality), *map(Put, standard_layers(municipality.code))])


def change_municipality(
    store: Store, code: str, texts: tuple[str, str, str], *, direct_welfare: bool | None = None
) -> Municipality:
    """Change what is given of a municipality and return it as it is kept now.

    ``texts`` are name, English name and centre (``latitude,longitude``); an empty one and a None stay as they are.
    Raises UnknownThingError for no such municipality, InvalidRecordError for what cannot be read.
    """
    old = municipality(store, code)
    name, name_en, centre = texts
    new = replace(
        old,
        name=name or old.name,
        name_en=name_en or old.name_en,
        centre=read_centre(centre) if centre else old.centre,
        direct_welfare=old.direct_welfare if direct_welfare is None else direct_welfare,
    )
    store.apply([Put(new)] if new != old else [])
    return new


def add_kind(store: Store, kind: Kind) -> None:
    """Add a kind of place of a municipality's own.

    Raises UnknownThingError for no such municipality, ConflictError where the key is taken.
    """
    if not any(item.code == kind.municipality for item in store.municipalities()):
        raise UnknownThingError("locate.no_municipality", code=kind.municipality)
    if any(item.key == kind.key for item in store.kinds(kind.municipality)):
        raise ConflictError("setting_up.kind_there", key=kind.key)
    store.apply([Put(kind)])


def new_municipality(code: str, name: str, name_en: str = "", centre: str = "") -> Municipality:
    """A municipality from what a command gives; the map opens on all Japan until it has a boundary.

    ``centre`` is ``latitude,longitude``. Raises InvalidRecordError for what cannot be read.
    """
    prefecture = PREFECTURES.get(code[:2], "")
    if centre:
        return Municipality(code, name, name_en or name, prefecture, read_centre(centre))
    return Municipality(code, name, name_en or name, prefecture, JAPAN, JAPAN_ZOOM)


def read_centre(text: str) -> Point:
    """The point that ``latitude,longitude`` says; raises InvalidRecordError for text that is none."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise InvalidRecordError("setting_up.centre", centre=text) from None
    return Point(lon, lat)


def standard_layers(code: str) -> list[Layer]:
    """The layers that every municipality has, to be filled by imports."""
    return [
        Layer(code, "city", "市区町村全域", "Whole municipality", 1, 0),
        Layer(code, "elementary", "小学校区", "Elementary school districts", 2, 1),
        Layer(code, "junior_high", "中学校区", "Junior high school districts", 2, 2),
        Layer(code, "branch", "社協支部", "Branches of the welfare council", 2, 3),
        Layer(code, "neighbourhood", "町会・自治会", "Neighbourhood associations", 3, 4),
    ]


def new_kind(key: str, names: tuple[str, str], municipality: str, colour: str, letter: str) -> Kind:
    """A kind of a municipality's own; ``names`` are Japanese and English, the letter the first of the name if empty."""
    return Kind(key, *names, colour, Shape.CIRCLE, letter or names[0][:1], municipality=municipality, order=OWN_KINDS)
