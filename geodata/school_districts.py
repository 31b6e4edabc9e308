"""国土数値情報 A27 小学校区 and A32 中学校区, of every year.

The same column number means different things in different years and files: A27_004 is 所在地 in the points
of 2010 and 2016 and 名称 in the areas of 2021. So the year is told by which columns there are, by the kind
of shape, and by whether the third column holds school codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.feature_files import read_feature_sets
from geodata.features import text_of
from geodata.polygons import NamedPolygon, PolygonIntake, areas, finish, municipality_code, polygons_from
from portal.errors import UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geodata.features import FeatureSet

LAYERS: Final = {"A27": "elementary", "A32": "junior_high"}
TITLES: Final = {"A27": "小学校区データ", "A32": "中学校区データ"}
COLUMN: Final = re.compile(r"(A27|A32)_\d{3}")
SCHOOL_CODE: Final = re.compile(r"[A-Z]\d{9,}[A-Z\d]*")
"""学校コード (文部科学省), e.g. ``B128210004102``."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what."""

    code: str
    owner: str
    name: str
    address: str
    school: str = ""


def layer_of(fields: Iterable[str]) -> str:
    """The key of the layer that attribute names speak of: ``elementary``, ``junior_high`` or nothing."""
    return next((LAYERS[match[1]] for field in fields if (match := COLUMN.fullmatch(field))), "")


def read_districts(files: Sequence[Path], *, name_field: str | None = None, crs: str | None = None) -> PolygonIntake:
    """School districts if the files are A27 or A32 and no ``name_field`` is asked for, else any named areas."""
    sets = read_feature_sets(files, crs)
    if name_field is None and layer_of(field for one in sets for field in one.fields):
        return _school_districts(sets)
    return polygons_from(sets, name_field)


def read_school_districts(files: Sequence[Path], *, crs: str | None = None) -> PolygonIntake:
    """The districts of A27 or A32, named as published; ``extra`` holds ``school_code`` and ``owner`` (設置主体).

    Raises UnreadableFileError for files of another kind, of both kinds at once, and for the points of the
    schools, which come beside the areas and are not districts.
    """
    return _school_districts(read_feature_sets(files, crs))


def _school_districts(sets: Sequence[FeatureSet]) -> PolygonIntake:
    product = _product(sets)
    with_areas = [found for found in sets if _is_areas(found)]
    if not with_areas:
        raise UnreadableFileError("polygons.school_points", product=product, file=sets[0].name)
    items: list[NamedPolygon] = []
    findings = [
        Finding(1, Severity.DOUBTFUL, "polygons.points_left_out", {"number": len(found.features)}, found.name)
        for found in sets
        if not _is_areas(found)
    ]
    for found in with_areas:
        more, faults = _districts(found, _columns(found, product))
        items += more
        findings += faults
    return replace(finish(items, findings, with_areas), layer=LAYERS[product], source=_source(product))


def _source(product: str) -> Source:
    title = f"国土数値情報（{TITLES[product]}）"
    credit = f"「{title}（国土交通省）を加工して作成」"
    return Source(title, "国土数値情報の利用規約", None, credit, "https://nlftp.mlit.go.jp/ksj/")


def _product(sets: Sequence[FeatureSet]) -> str:
    """``A27`` or ``A32``."""
    products = {match[1] for one in sets for field in one.fields if (match := COLUMN.fullmatch(field))}
    if len(products) > 1:
        raise UnreadableFileError("polygons.mixed_products")
    if not products:
        fields = dict.fromkeys(field for one in sets for field in one.fields)
        raise UnreadableFileError("polygons.not_school_districts", fields=", ".join([*fields][:30]) or "-")
    return products.pop()


def _is_areas(found: FeatureSet) -> bool:
    return any(
        feature.geometry is not None and feature.geometry.geom_type not in {"Point", "MultiPoint"}
        for feature in found.features
    )


def _columns(found: FeatureSet, product: str) -> _Columns:
    """Which columns hold what in a file of areas."""
    numbers = {field[-3:] for field in found.fields if COLUMN.fullmatch(field)}
    if product == "A27" and {"005", "006", "007", "008"} <= numbers:  # 2010, 2016
        return _numbered(product, 5)
    if product == "A32" and {"006", "007", "008", "009"} <= numbers:  # 2013, 2016
        return _numbered(product, 6)
    if "005" in numbers and _third_is_school_code(found, product):  # 2021 and later
        return _Columns(*(f"{product}_{number}" for number in ("001", "002", "004", "005", "003")))
    if {"001", "002", "003", "004"} <= numbers:  # areas to which somebody joined the columns of the points
        return _numbered(product, 1)
    raise UnreadableFileError("polygons.school_columns", product=product, fields=", ".join(found.fields[:30]))


def _numbered(product: str, first: int) -> _Columns:
    """The order of the older years: code, owner, name, address from column ``first`` on."""
    return _Columns(*(f"{product}_{first + step:03}" for step in range(4)))


def _third_is_school_code(found: FeatureSet, product: str) -> bool:
    """Whether the third column holds school codes, or nothing at all; names stood there before 2021."""
    values = [text_of(feature.properties.get(f"{product}_003")) for feature in found.features]
    return any(SCHOOL_CODE.fullmatch(value) for value in values) or not any(values)


def _districts(found: FeatureSet, columns: _Columns) -> tuple[list[NamedPolygon], list[Finding]]:
    shapes, findings = areas(found)
    items = []
    for feature, geometry in shapes:
        row = {name: text_of(value) for name, value in feature.properties.items()}
        name, address = row.pop(columns.name, ""), row.pop(columns.address, "")
        code = municipality_code(row.pop(columns.code, ""))
        named = {"owner": row.pop(columns.owner, ""), "school_code": row.pop(columns.school, "")}
        items.append(NamedPolygon(name, geometry, code, address, named | row, feature.number))
    return items, findings
