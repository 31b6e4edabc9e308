"""Open data of a municipality: GeoJSON, 公共施設一覧, イベント一覧, 指定緊急避難場所一覧 and 指定避難所.

Each takes the filters of *Find* as parameters of its address. Nothing is cut off. ``columns=standard`` writes a list
in the columns of 自治体標準オープンデータセット instead of 推奨データセット.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from geodata import events_writing, place_geojson, standard_lists_writing
from geodata.standard_lists_writing import STANDARD
from pages.feeds import asked, entries, part
from pages.plain import tags
from pages.plain.sort import Page, Sort
from portal import by_district, locate
from portal.errors import InvalidRecordError
from portal.model.kind import EMERGENCY_SITE, EVENT, SHELTER, WELFARE_SHELTER
from portal.model.post import DATED, HELP
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from geodata.open_entry import Entry
    from pages.plain.here import Here
    from pages.plain.sort import Keys

    Write = Callable[[Iterable[Entry], date, str], bytes]

CSV: Final = "text/csv; charset=utf-8; header=present"
GEOJSON: Final = "application/geo+json"
LAYOUTS: Final = ("", STANDARD)
ALL: Final = 2**31
"""More than any municipality has."""
OWN: Final = frozenset({"columns", "lang"})
"""Parameters that say how it is written and not what is in it."""


def geojson(here: Here, keys: Keys, params: Mapping[str, str]) -> Page:
    """Places as GeoJSON; posts, too, where ``show`` or ``group`` asks for what is posted."""
    tongue = asked.tongue(params)
    with_posts = bool(params.get("show") or params.get("group"))
    found = [one for one in _found(here, keys["code"], params) if with_posts or not one.post]
    about = _about(here, keys["code"], found, tongue)
    content = place_geojson.write(found, here.today, about, _districts(here, keys["code"], found))
    return _page(content, GEOJSON, keys)


def _about(here: Here, code: str, found: list[Entry], tongue: str) -> dict[str, str]:
    """Title, terms and credit of a collection, in words."""
    licence, credit = place_geojson.used(found)
    town = locate.municipality(here.store, code)
    ours = here.settings.licence
    own = say("open_data.own_terms_said", tongue, licence=ours) if ours else say("open_data.own_terms", tongue)
    return {
        "title": say("open_data.geojson_title", tongue, town=(town.name_en if tongue == "en" else "") or town.name),
        "licence": "／".join(filter(None, (licence, own))),
        "credit": "／".join(filter(None, (credit, say("open_data.credit", tongue, town=town.name)))),
        "note": say("open_data.geojson_note", tongue),
    }


def _districts(here: Here, code: str, of: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """By record and layer the district's name; nothing of what is outside and of help between residents."""
    names = {
        district.id: district.name
        for layer in here.store.layers(code)
        for district in by_district.in_force(here.store, code, layer.key, here.today)
    }
    hidden = {one.id for one in of if one.kind.key in HELP}
    found: dict[str, dict[str, str]] = {}
    for item in here.store.memberships_of(code):
        if item.district in names and item.place not in hidden:
            found.setdefault(item.place, {})[item.layer] = names[item.district]
    return found


def _list(wanted: Callable[[Entry], bool], write: Write, here: Here, keys: Keys, params: Mapping[str, str]) -> Page:
    """One of the state's lists: the records that are of it and that the filters find."""
    layout = params.get("columns", "")
    if layout not in LAYOUTS:
        raise InvalidRecordError("open_data.no_such_columns", columns=layout)
    rows = [one for one in _found(here, keys["code"], params) if wanted(one)]
    return _page(write(rows, here.today, layout), CSV, keys)


def _found(here: Here, code: str, params: Mapping[str, str]) -> list[Entry]:
    """What the filters find, by id: the same file as long as the same is public."""
    query = asked.query(here.store, code, {name: text for name, text in params.items() if name not in OWN}, {})
    known = entries.of_town(here, code)
    ids = sorted(item.place for item in here.store.find(query, here.now, ALL))
    return [known[record] for record in ids if record in known]


def _page(content: bytes, media: str, keys: Keys) -> Page:
    """Posts leave it when they are over, and a schedule's words may change with the day."""
    return Page(content, frozenset({tags.town(keys["code"]), tags.frame(keys["code"]), tags.DAY}), media)


def _is_facility(entry: Entry) -> bool:
    return not entry.post and not entry.kind.evacuation and entry.kind.key != EVENT


def _is_event(entry: Entry) -> bool:
    """What takes place on dates: imported events, and what groups hold; no wishes for help, no news."""
    if entry.post:
        return entry.kind.key in DATED and entry.kind.key not in HELP and entry.facts.schedule is not None
    return entry.kind.key == EVENT


def _is_site(entry: Entry) -> bool:
    return not entry.post and entry.kind.key == EMERGENCY_SITE


def _is_shelter(entry: Entry) -> bool:
    return not entry.post and entry.kind.key in {SHELTER, WELFARE_SHELTER}


def _one_layout(write: Callable[[Iterable[Entry], date], bytes]) -> Write:
    return lambda rows, today, _: write(rows, today)


def _sort(name: str, make: Callable[[Here, Keys, Mapping[str, str]], Page]) -> Sort:
    return Sort(name, part.towns, lambda here, keys: make(here, keys, {}), filtered=make, listed=False, shared=True)


LISTS: Final[Mapping[str, tuple[Any, Write]]] = {
    "facilities_csv": (_is_facility, standard_lists_writing.facilities),
    "events_csv": (_is_event, _one_layout(events_writing.events)),
    "shelters_csv": (_is_site, standard_lists_writing.evacuation_sites),
    "stays_csv": (_is_shelter, _one_layout(standard_lists_writing.shelters)),
}
SORTS: Final = (
    _sort("geojson", geojson),
    *(_sort(name, partial(_list, wanted, write)) for name, (wanted, write) in LISTS.items()),
)
