"""A file as large as the nationwide list of 指定緊急避難場所, in its columns and with its dirt, all of it invented."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from portal.model.district import District
from portal.model.municipality import Municipality
from portal.model.position import Point
from portal.model.source import Source
from portal.prefectures import PREFECTURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS: Final = (
    *("NO", "共通ID", "都道府県名及び市町村名", "施設・場所名", "住所", "洪水", "崖崩れ、土石流及び地滑り"),
    *("高潮", "地震", "津波", "大規模な火事", "内水氾濫", "火山現象", "指定避難所との住所同一", "緯度", "経度", "備考"),
)
HAZARDS: Final = 8
IN_JAPAN: Final = 1_741
"""Municipalities of Japan, Tokyo's wards among them."""
FIRST_TOWN: Final = 300
"""Codes of towns and villages begin here; those of designated cities and their wards lie below."""
SIDE: Final = 0.12
"""Side of a municipality's square in degrees, about 12 km."""
ACROSS, DOWN = 4, 3
VERTEX_STEP: Final = 0.002
NAMES: Final = (
    "あおば小学校",
    "みどり公園",
    "中央公民館",
    "ひがし中学校グラウンド",
    "河川敷広場",
    "集会所",
    "総合体育館",
)
NBSP, WIDE_BLANK = "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"
SEED: Final = 20_261_122


@dataclass(frozen=True, slots=True)
class Country:
    """Invented municipalities in a grid, and how many rows a file has of them."""

    municipalities: tuple[Municipality, ...]
    rows: int


def country(municipalities: int, rows: int) -> Country:
    """So many municipalities, spread over the 47 prefectures' codes."""
    prefectures = sorted(PREFECTURES)
    return Country(tuple(_municipality(number, prefectures) for number in range(municipalities)), rows)


def _municipality(number: int, prefectures: list[str]) -> Municipality:
    prefecture = prefectures[number % len(prefectures)]
    code = f"{prefecture}{FIRST_TOWN + number // len(prefectures):03d}"
    centre = Point(130.0 + (number % 60) * 0.15, 33.0 + (number // 60) * 0.15)
    return Municipality(
        code, f"{PREFECTURES[prefecture]}架空第{number}町", f"Town {number}", PREFECTURES[prefecture], centre
    )


def districts(town: Municipality) -> list[District]:
    """Its elementary districts: twelve rectangles that fill its square."""
    west, south = town.centre.lon - SIDE / 2, town.centre.lat - SIDE / 2
    wide, high = SIDE / ACROSS, SIDE / DOWN
    return [
        District(
            id=f"{town.code}-elementary-{number}",
            municipality=town.code,
            layer="elementary",
            name=f"第{number}小",
            geometry=_rectangle(west + number % ACROSS * wide, south + number // ACROSS * high, wide, high),
            source=Source("架空の区域"),
        )
        for number in range(ACROSS * DOWN)
    ]


def _rectangle(west: float, south: float, wide: float, high: float) -> shapely.Polygon:
    """With as many vertices as a published outline has."""
    return shapely.segmentize(shapely.box(west, south, west + wide, south + high), VERTEX_STEP)


def write(file: Path, made: Country) -> None:
    """Write the file: UTF-8 with a byte order mark, lines that end in CRLF, a flag is ``1`` or empty."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(made))


def _rows(made: Country) -> Iterator[list[str]]:
    chance = random.Random(SEED)  # noqa: S311  # the same file each time
    towns = made.municipalities
    for number in range(made.rows):
        yield _row(number, towns[number % len(towns)], number // len(towns), chance)


def _row(number: int, town: Municipality, serial: int, chance: random.Random) -> list[str]:
    """One site; two of a hundred hold one of the faults that the real file has."""
    name = f"{NAMES[number % len(NAMES)]}{serial}"
    block = f"{chance.randint(1, 5)}-{chance.randint(1, 40)}-{chance.randint(1, 30)}"
    address = f"{town.name}{chance.choice('東西南北')}町{block}"
    lat = f"{town.centre.lat + chance.uniform(-SIDE, SIDE) / 2:.6f}"
    lon = f"{town.centre.lon + chance.uniform(-SIDE, SIDE) / 2:.6f}"
    fault = chance.randrange(500)
    if fault < 3:
        address = address.replace("町1", f"町{NBSP}1")
    elif fault < 6:
        name = f"ＡＢＣ{WIDE_BLANK}{name}"
    elif fault < 9:
        lat = lon = ""
    elif fault == 10:
        lat, lon = lon, lat
    flags = ["1" if chance.random() < 0.5 else "" for _ in range(HAZARDS + 1)]
    common_id = f"E{town.code}{serial:05d}201"
    return [str(number + 1), common_id, town.name, name, address, *flags, lat, lon, ""]
