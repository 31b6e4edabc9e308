"""For each kind of import a table with one sound row, of which single cells can be made bad."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WHERE: Final = {"住所": "みなも町1", "緯度": "34.005", "経度": "135.005"}
SOUND: Final[dict[str, dict[str, str]]] = {
    "places": {"名称": "会館", "種別": "公共施設", **WHERE, "説明": "", "メモ": ""},
    "facilities": {"名称": "会館", **WHERE, "説明": "", "メモ": ""},
    "events": {"イベント名": "集い", "開始日": "2026-12-01", "場所名称": "会館", **WHERE, "説明": "", "メモ": ""},
    "shelters": {
        "共通ID": "E999010000111",
        "都道府県名及び市町村名": "みなも町",
        "施設・場所名": "会館",
        **WHERE,
        "受入対象者": "",
        "備考": "",
        "メモ": "",
    },
    "evacuation-sites": {"名称": "会館", **WHERE, "災害種別_洪水": "1", "想定収容人数": "", "備考": "", "メモ": ""},
    "population": {"地域名": "西小", "調査年月日": "2026-04-01", "総人口": "3", "男性": "1", "女性": "2"},
    "gazetteer": {"市区町村名": "みなも町", "大字町丁目名": "一丁目", "緯度": "34.005", "経度": "135.005"},
}
SHELTER_ID: Final = "E99901{:05}111"
NAMES: Final = {"events": "イベント名", "shelters": "施設・場所名", "population": "地域名", "gazetteer": "大字町丁目名"}
TEXTS: Final = {"shelters": "備考", "evacuation-sites": "備考"}
POLYGONS: Final = ("districts", "boundary")


def name_column(kind: str) -> str:
    """The column that holds the names."""
    return NAMES.get(kind, "名称")


def rows_of(kind: str, changes: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """One row for each of ``changes``, sound but for the cells that it names."""
    found = []
    for number, change in enumerate(changes, start=1):
        row = {**SOUND[kind], **change}
        if kind == "shelters" and "共通ID" not in change:
            row["共通ID"] = SHELTER_ID.format(number)
        found.append(row)
    return found


def table(kind: str, *changes: Mapping[str, str]) -> bytes:
    """A CSV in UTF-8; without ``changes`` one sound row."""
    rows = rows_of(kind, changes or [{}])
    columns = dict.fromkeys(column for row in rows for column in row)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def features(*members: Mapping[str, Any], **more: Any) -> bytes:
    """A GeoJSON FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", **more, "features": members}).encode()


def feature(geometry: object, **properties: object) -> dict[str, Any]:
    """A feature that is a sound place, district and outline but for what is said here."""
    named = {"名称": "会館", "name": "西小", "種別": "公共施設", "住所": "みなも町1", **properties}
    return {"type": "Feature", "properties": named, "geometry": geometry}


def polygon(*ring: tuple[float, float], kind: str = "Polygon") -> dict[str, Any]:
    """A shape of one ring."""
    return {"type": kind, "coordinates": [[list(position) for position in ring]]}


RING: Final = ((135.0, 34.0), (135.01, 34.0), (135.01, 34.01), (135.0, 34.01), (135.0, 34.0))
SQUARE: Final = polygon(*RING)
