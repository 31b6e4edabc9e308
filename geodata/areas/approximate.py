"""The approximate districts (おおよその区域) of the built-in municipalities, made from points.

A district is the area nearest to its school, cut to 1.2 km around it. The five districts of 東京都港区
are made of many facilities: each has the district that its address lies in, and so has what is nearest to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geodata.areas.builtin import known, layer_rows, municipality
from geodata.areas.tables import anchors, schools, source, toml
from geodata.areas.voronoi import cells, dissolved
from portal.district_names import district_id
from portal.errors import InvalidRecordError
from portal.model.district import District

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.areas.tables import Anchor, School

MAIN_SOURCE: Final = "gsi_shelters"
"""The source of nearly every point, and so of the areas that are made of many."""
TOWN: Final = re.compile(r"[^\d]*?区(?P<town>\D+)(?P<part>\d+)")
"""An address of 東京都港区: the town (町名) and the first number, which is its 丁目 where it has any."""


def districts(code: str) -> list[District]:
    """Every approximate district of a built-in municipality, layer by layer.

    Layers that wait for a file have none. Outlines are in degrees (EPSG:6668); districts of one layer do not
    overlap. Raises UnknownThingError for a municipality that is not built in.
    """
    return [district for row in layer_rows(code) for district in _MADE_FROM[row["from"]](code, row["key"])]


def district_of_address(address: str) -> str:
    """Which of the five districts (五地区) of 東京都港区 an address lies in, by its town.

    ``address`` is written without the prefecture: 「港区三田1-4-52」.
    Raises InvalidRecordError for a town that no district names.
    """
    found = TOWN.match(address)
    for row in toml("five_districts")["district"] if found else ():
        if found and (found["town"] in row["towns"] or int(found["part"]) in row["parts"].get(found["town"], ())):
            return str(row["name"])
    raise InvalidRecordError("areas.unknown_town", address=address)


def _whole(code: str, layer: str) -> Iterator[District]:
    """The one district of the whole municipality: all that lies nearest to one of its schools or facilities."""
    every: list[School | Anchor] = [*schools(), *anchors()]
    rows = {row.at: row for row in every if _same_prefecture(row, code)}
    outlines = dissolved(cells(list(rows)), [row.code for row in rows.values()])
    place = municipality(code)
    yield District(
        id=district_id(code, layer, place.name),
        municipality=code,
        layer=layer,
        name=place.name,
        name_en=place.name_en,
        geometry=outlines[code],
        source=source(MAIN_SOURCE),
        approximate=True,
    )


def _around_schools(code: str, layer: str) -> Iterator[District]:
    """One district a school; what lies nearer to a school of the ward next door is left to that ward."""
    rows = [row for row in schools() if row.layer == layer and _same_prefecture(row, code)]
    outlines = cells([row.at for row in rows])
    own = [(row, outline) for row, outline in zip(rows, outlines, strict=True) if row.code == code]
    for row, outline in own:
        yield District(
            id=district_id(code, layer, row.name),
            municipality=code,
            layer=layer,
            name=row.name,
            name_en=row.name_en,
            geometry=outline,
            source=source(row.source),
            approximate=True,
            note=toml("certainty")[row.certainty],
        )


def _around_anchors(code: str, layer: str) -> Iterator[District]:
    """One district for each of the five, joined from the areas of the facilities in it."""
    rows = [row for row in anchors() if row.code == code]
    names = [district_of_address(row.address) for row in rows]
    outlines = dissolved(cells([row.at for row in rows]), names)
    for row in toml("five_districts")["district"]:
        yield District(
            id=district_id(code, layer, row["name"]),
            municipality=code,
            layer=layer,
            name=row["name"],
            name_en=row["name_en"],
            geometry=outlines[row["name"]],
            source=source(MAIN_SOURCE),
            approximate=True,
        )


def _from_file(code: str, _layer: str) -> Iterator[District]:
    """None: the layer waits for a file."""
    known(code)
    return iter(())


def _same_prefecture(row: School | Anchor, code: str) -> bool:
    return row.code[:2] == code[:2]


_MADE_FROM: Final = {
    "all": _whole,
    "schools": _around_schools,
    "anchors": _around_anchors,
    "file": _from_file,
}
