"""A store made ready: the built-in areas, the kinds, the goals of the plans and, where wanted, sample content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portal import clock
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError
from portal.locate import municipality
from portal.model.goal import Goal
from portal.model.indicator import Indicator
from portal.model.kind import Kind, Shape
from portal.model.mark import CONSOLE, PORTAL, Mark
from portal.model.municipality import JAPAN_ZOOM, Layer, Municipality
from portal.model.position import Point
from portal.model.standard import Standard
from portal.prefectures import PREFECTURES
from portal.sample_content import SAMPLE, add_sample_posts, add_samples, remove_samples
from portal.store import Put, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.model.district import District
    from portal.model.gazetteer import GazetteerPoint
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.store import Reader, Store

__all__ = [
    "SAMPLE",
    "BuiltIn",
    "Ready",
    "add_kind",
    "add_municipality",
    "add_sample_posts",
    "add_samples",
    "change_municipality",
    "new_kind",
    "new_municipality",
    "read_centre",
    "remove_samples",
    "set_up",
    "standard_layers",
]

JAPAN: Final = Point(137.0, 36.5)
Said = Goal | Standard | Indicator
"""What a plan says."""
OWN_KINDS: Final = 100
"""Kinds of a municipality's own come after the built-in ones."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What comes with the portal: areas, kinds, the plans' goals, standards and indicators, and samples."""

    municipalities: tuple[Municipality, ...]
    layers: tuple[Layer, ...]
    districts: tuple[District, ...]
    kinds: tuple[Kind, ...]
    samples: tuple[Place, ...]
    gazetteer: tuple[GazetteerPoint, ...] = ()
    goals: tuple[Goal, ...] = ()
    standards: tuple[Standard, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()
    """Sample groups."""
    posts: tuple[Post, ...] = ()
    """Sample posts, each of one of these groups."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a set-up added; nothing where it was there before."""

    municipalities: int
    samples: int


def set_up(store: Store, built_in: BuiltIn, today: date, *, sample: bool, mark: Mark | None = None) -> Ready:
    """Add what a store lacks of the built-in things; what is there, also when it was changed, stays as it is.

    Kinds and what the plans say reach an older store, too. Samples go only into a store that is set up for the first
    time: once removed they stay away. ``mark`` says who; without one it is the portal itself, now.
    """
    mark = mark or Mark(clock.now(), PORTAL, "set_up")
    there = {item.code for item in store.municipalities()}
    new = () if there else built_in.municipalities
    codes = {item.code for item in new}
    kinds = {item.key for item in store.kinds()}
    store.apply(
        [
            *(Put(item) for item in built_in.kinds if item.key not in kinds),
            *(Put(item) for item in new),
            *(Put(item) for item in built_in.layers if item.municipality in codes),
            *(Put(item) for item in built_in.districts if item.municipality in codes),
            *(Put(item) for item in built_in.gazetteer if item.municipality in codes),
            *map(Put, _missing(store, built_in, there | codes)),
        ],
        mark,
    )
    if there or not sample:
        return Ready(len(new), 0)
    places = add_samples(store, built_in.samples, today, mark)
    return Ready(len(new), places + add_sample_posts(store, built_in.groups, built_in.posts, today, mark))


def _missing(store: Reader, built_in: BuiltIn, codes: set[str]) -> Iterator[Said]:
    """What the plans of these municipalities say that the store does not hold."""
    known = {(type(item), *key_of(item)) for code in codes for item in _said(store, code)}
    said: list[Said] = [*built_in.goals, *built_in.standards, *built_in.indicators]
    return (item for item in said if item.municipality in codes and (type(item), *key_of(item)) not in known)


def _said(store: Reader, code: str) -> list[Said]:
    return [*store.goals(code), *store.standards(code), *store.indicators(code)]


def add_municipality(store: Store, municipality: Municipality, mark: Mark | None = None) -> None:
    """Add a municipality that is not built in, with the standard layers, still empty.

    Raises ConflictError where it is there already.
    """
    if any(item.code == municipality.code for item in store.municipalities()):
        raise ConflictError("setting_up.municipality_there", code=municipality.code)
    changes = [Put(municipality), *map(Put, standard_layers(municipality.code))]
    store.apply(changes, mark or Mark(clock.now(), CONSOLE, "municipality.add"))


def change_municipality(  # noqa: PLR0913  # one for each thing that can be changed
    store: Store,
    code: str,
    texts: tuple[str, str, str],
    *,
    direct_welfare: bool | None = None,
    trust_after: int | None = None,
    mark: Mark | None = None,
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
        trust_after=old.trust_after if trust_after is None else trust_after,
    )
    store.apply([Put(new)] if new != old else [], mark or Mark(clock.now(), CONSOLE, "municipality.change"))
    return new


def add_kind(store: Store, kind: Kind, mark: Mark | None = None) -> None:
    """Add a kind of place of a municipality's own.

    Raises UnknownThingError for no such municipality, ConflictError where the key is taken.
    """
    if not any(item.code == kind.municipality for item in store.municipalities()):
        raise UnknownThingError("locate.no_municipality", code=kind.municipality)
    if any(item.key == kind.key for item in store.kinds(kind.municipality)):
        raise ConflictError("setting_up.kind_there", key=kind.key)
    store.apply([Put(kind)], mark or Mark(clock.now(), CONSOLE, "kind.add"))


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
