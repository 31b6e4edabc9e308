"""Areas with names (区域), whatever file they come in: the common intake of boundaries and districts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geodata.crs import JGD2011, all_to_jgd2011, in_japan
from geodata.feature_files import read_feature_sets
from geodata.features import Feature, FeatureSet, text_of
from geodata.rings import joined, mended, polygons_in
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from shapely import MultiPolygon, Polygon

    from portal.model.source import Source

NAME_FIELDS: Final = (
    *("name", "名称", "名前", "区域名", "学区名", "校区名", "学校名", "小学校名", "中学校名", "小学校区"),
    *("中学校区", "小学校区名", "中学校区名", "通学区域", "地区名", "支部名", "町会名", "町内会名", "自治会名"),
)
CODE_FIELDS: Final = (
    *("市区町村コード", "全国地方公共団体コード", "都道府県コード又は市区町村コード"),
    *("行政区域コード", "団体コード"),
)
NAME_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class NamedPolygon:
    """An area with a name, as its publisher drew it."""

    name: str
    """As published, e.g. 「平岡小学校」."""
    geometry: Polygon | MultiPolygon
    """Degrees, EPSG:6668, longitude first; valid."""
    code: str = ""
    """全国地方公共団体コード without its check digit, or empty."""
    address: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Every other attribute as text, under the publisher's names or those the reader's docstring gives."""
    line: int = 1
    """Number of its first feature in the file, from 1."""


@dataclass(frozen=True, slots=True)
class PolygonIntake:
    """What a file of areas holds, and what is to be said about it."""

    items: tuple[NamedPolygon, ...]
    findings: tuple[Finding, ...]
    source_name: str
    """The file's name, or those of several."""
    layer: str = ""
    """The layer's key where the format tells it: ``elementary``, ``junior_high``."""
    source: Source | None = None
    """Name, terms and credit where the format tells them."""


def read_polygons(files: Sequence[Path], *, name_field: str | None = None, crs: str | None = None) -> PolygonIntake:
    """Named areas of any GeoJSON file, shapefile or zip archive; those of one name and municipality become one.

    ``name_field`` is the attribute that holds the name; the usual ones are found without it. ``crs`` overrules
    the file. Raises UnreadableFileError where the files cannot be read or no attribute gives the names.
    """
    return polygons_from(read_feature_sets(files, crs), name_field)


def polygons_from(sets: Sequence[FeatureSet], name_field: str | None = None) -> PolygonIntake:
    """The named areas of feature sets; raises as read_polygons."""
    items: list[NamedPolygon] = []
    findings: list[Finding] = []
    for found in sets:
        chosen = choose_name_field(found, name_field)
        code_field = _field_among(found.fields, CODE_FIELDS)
        shapes, faults = areas(found)
        findings += faults
        for feature, geometry in shapes:
            row = {name: text_of(value) for name, value in feature.properties.items()}
            code = municipality_code(row.pop(code_field, "")) if code_field else ""
            items.append(NamedPolygon(row.pop(chosen, ""), geometry, code, "", row, feature.number))
    return finish(items, findings, sets)


def areas(found: FeatureSet) -> tuple[list[tuple[Feature, Polygon | MultiPolygon]], list[Finding]]:
    """The features that are areas in Japan, in EPSG:6668 and mended, and findings on the others.

    Raises UnreadableFileError where the coordinates of the file as a whole cannot be right.
    """
    drawn, findings = _drawn(found)
    moved = all_to_jgd2011([shape for _, shape in drawn], found.crs or JGD2011)
    kept: list[tuple[Feature, Polygon | MultiPolygon]] = []
    for (feature, _), shape in zip(drawn, moved, strict=True):
        try:
            area = polygons_in(shape)
            geometry = _in_japan(mended(area))
        except InvalidRecordError as error:
            findings.append(Finding(feature.number, Severity.REFUSED, error.key, error.values, found.name))
            continue
        if geometry is not area:
            findings.append(Finding(feature.number, Severity.DOUBTFUL, "polygons.mended", {}, found.name))
        kept.append((feature, geometry))
    return kept, findings


def _drawn(found: FeatureSet) -> tuple[list[tuple[Feature, Polygon | MultiPolygon]], list[Finding]]:
    """The features that hold areas, as their file draws them; its reader spoke of those without a shape."""
    drawn: list[tuple[Feature, Polygon | MultiPolygon]] = []
    findings = list(found.findings)
    for feature in found.features:
        if feature.geometry is None:
            continue
        try:
            drawn.append((feature, polygons_in(feature.geometry)))
        except InvalidRecordError as error:
            findings.append(Finding(feature.number, Severity.REFUSED, error.key, error.values, found.name))
    return drawn, findings


def _in_japan(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    if in_japan(geometry):
        return geometry
    west, south = geometry.bounds[:2]
    raise InvalidRecordError("polygons.outside_japan", lon=round(west, 5), lat=round(south, 5))


def finish(items: Iterable[NamedPolygon], findings: Sequence[Finding], sets: Sequence[FeatureSet]) -> PolygonIntake:
    """The intake of named and nameless items: the nameless are refused, those of one name dissolved."""
    name = ", ".join(one.name for one in sets)
    named: list[NamedPolygon] = []
    faults = list(findings)
    for item in items:
        key = "polygons.no_name" if not item.name else "polygons.long_name"
        if item.name and len(item.name) <= NAME_LONGEST:
            named.append(item)
        else:
            faults.append(Finding(item.line, Severity.REFUSED, key, {"limit": NAME_LONGEST}, name))
    dissolved, tangled = dissolve(named, name)
    return PolygonIntake(tuple(dissolved), (*faults, *tangled), name)


def dissolve(items: Iterable[NamedPolygon], file: str) -> tuple[list[NamedPolygon], list[Finding]]:
    """Items of the same name and municipality as one, with the attributes and number of the first."""
    groups: dict[tuple[str, str], list[NamedPolygon]] = {}
    for item in items:
        groups.setdefault((item.name, item.code), []).append(item)
    kept: list[NamedPolygon] = []
    findings: list[Finding] = []
    for group in groups.values():
        try:
            kept.append(replace(group[0], geometry=joined([item.geometry for item in group])))
        except InvalidRecordError as error:
            findings.append(Finding(group[0].line, Severity.REFUSED, error.key, error.values, file))
    return kept, findings


def choose_name_field(found: FeatureSet, wanted: str | None) -> str:
    """The attribute that holds the names. Raises UnreadableFileError, which lists what there is to choose from."""
    names = (wanted,) if wanted else NAME_FIELDS
    if chosen := _field_among(found.fields, names):
        return chosen
    first = found.features[0].properties if found.features else {}
    examples = [f"{name} ({text_of(first.get(name))[:20]})" for name in found.fields[:30]]
    key = "polygons.name_field_missing" if wanted else "polygons.name_field_needed"
    raise UnreadableFileError(key, field=wanted or "", fields=", ".join(examples) or "-")


def _field_among(fields: Sequence[str], names: Sequence[str]) -> str:
    by_folded = {fold(name): name for name in reversed(fields)}
    return next((by_folded[fold(name)] for name in names if fold(name) in by_folded), "")


def municipality_code(text: str) -> str:
    """全国地方公共団体コード as five digits, or nothing: the check digit goes, a lost leading zero comes back."""
    digits = fold(text)
    if not (digits.isascii() and digits.isdigit()):
        return ""
    lost_zero = len(digits) == 4 or (len(digits) == 5 and int(digits[:2]) > 47)  # noqa: PLR2004  # 47 prefectures
    code = f"0{digits}" if lost_zero else digits
    return code[:5] if len(code) in {5, 6} else ""
