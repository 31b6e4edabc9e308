"""国土数値情報 N03 行政区域: the outlines of municipalities, in its old and new columns, or with a name alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from geodata.feature_files import read_feature_sets
from geodata.features import text_of
from geodata.polygons import NamedPolygon, areas, finish, municipality_code
from portal.errors import UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shapely import MultiPolygon, Polygon

    from geodata.features import FeatureSet

SOURCE: Final = Source(
    "国土数値情報（行政区域データ）",
    "国土数値情報の利用規約",
    None,
    "「国土数値情報（行政区域データ）（国土交通省）を加工して作成」",
    "https://nlftp.mlit.go.jp/ksj/",
)
NAME_PARTS: Final = ("N03_003", "N03_004", "N03_005")
"""郡 or 政令市, then 市区町村, then (from 2024) 政令市の行政区: strung together, what an address says."""
UNASSIGNED: Final = "所属未定地"
PREFECTURE: Final = re.compile(r"(北海道|東京都|(?:京都|大阪)府|.{2,3}?県)(.+)")
CODE_IN_FILE: Final = re.compile(r"N03[-_](\d{5})(?!\d)")
DAY_IN_FILE: Final = re.compile(r"N03-(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Boundary:
    """The outline of a municipality, or of a ward of a designated city."""

    code: str
    """全国地方公共団体コード without its check digit, or empty where neither columns nor file name tell it."""
    name: str
    """As addresses write it, prefecture left out: 「大阪市大正区」."""
    geometry: Polygon | MultiPolygon
    """Degrees, EPSG:6668, longitude first; valid."""
    prefecture: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class BoundaryIntake:
    """What a file of outlines holds, and what is to be said about it."""

    items: tuple[Boundary, ...]
    findings: tuple[Finding, ...]
    source_name: str
    source: Source = SOURCE


def read_boundaries(files: Sequence[Path], *, crs: str | None = None) -> BoundaryIntake:
    """The outlines of municipalities, the pieces of each dissolved into one.

    Land that belongs to no municipality yet (所属未定地) is left out, with a finding. Raises
    UnreadableFileError where the files cannot be read or have neither the columns of N03 nor ``name``.
    """
    sets = read_feature_sets(files, crs)
    items: list[NamedPolygon] = []
    findings: list[Finding] = []
    for found in sets:
        more, faults = _outlines(found)
        items += more
        findings += faults
    intake = finish(items, findings, sets)
    boundaries = tuple(
        Boundary(item.code, item.name, item.geometry, item.extra["prefecture"], item.line) for item in intake.items
    )
    source = replace(SOURCE, as_of=_day(intake.source_name))
    return BoundaryIntake(boundaries, intake.findings, intake.source_name, source)


def _outlines(found: FeatureSet) -> tuple[list[NamedPolygon], list[Finding]]:
    """The pieces of municipalities in one file, and findings on what is none."""
    shapes, findings = areas(found)
    items = []
    for feature, geometry in shapes:
        name, prefecture, code = _named(feature.properties, found)
        if name.endswith(UNASSIGNED):
            findings.append(Finding(feature.number, Severity.DOUBTFUL, "polygons.unassigned_land", {}, found.name))
        else:
            items.append(NamedPolygon(name, geometry, code, "", {"prefecture": prefecture}, feature.number))
    return items, findings


def _named(properties: Mapping[str, object], found: FeatureSet) -> tuple[str, str, str]:
    """Name, prefecture and code of one feature."""
    if "N03_004" in properties:
        name = "".join(text_of(properties.get(part)) for part in NAME_PARTS)
        return name, text_of(properties.get("N03_001")), municipality_code(text_of(properties.get("N03_007")))
    if "name" not in properties:
        raise UnreadableFileError("polygons.not_n03", fields=", ".join(found.fields[:30]) or "-")
    published = text_of(properties["name"])
    split = PREFECTURE.fullmatch(published)
    name, prefecture = (split[2], split[1]) if split else (published, "")
    return name, prefecture, _code_of_file(found)


def _code_of_file(found: FeatureSet) -> str:
    """The code in the file's name, if the file is about one municipality."""
    match = CODE_IN_FILE.search(found.name)
    names = {text_of(feature.properties.get("name")) for feature in found.features}
    return match[1] if match and len(names) == 1 else ""


def _day(file: str) -> date | None:
    """The day that an original file describes: ``N03-20240101_28.geojson``."""
    match = DAY_IN_FILE.search(file)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
