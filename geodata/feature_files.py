"""Files of features, told apart by what they hold and not by what they are called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from geodata.archive import SHAPE_SUFFIXES, Member, read_members
from geodata.crs import parse_crs
from geodata.geojson import read_features
from geodata.shapefile import MAGIC, gather, read_shapefile
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.features import FeatureSet

LARGEST_ARCHIVE: Final = 256 * 2**20
VARIANTS: Final = ("geojson", "utf-8", "utf8", "shape", "シェープファイル", "shift-jis", "shift_jis", "sjis")
"""Folders in which 国土数値情報 puts the same features once more, the best first."""


def read_feature_sets(files: Sequence[Path], crs: str | None = None) -> list[FeatureSet]:
    """The feature sets of GeoJSON files, shapefiles (any of their parts) and zip archives of either.

    ``crs`` overrules what the files say of themselves. Raises UnreadableFileError as the readers do, where a
    file is missing, and where a shapefile has no ``.prj`` and no ``crs`` is given.
    """
    found = [one for path in _distinct(files) for one in _read(path)]
    if not any(one.features for one in found):
        raise UnreadableFileError("polygons.no_features")
    return [_with_crs(one, crs) for one in found]


def _with_crs(found: FeatureSet, crs: str | None) -> FeatureSet:
    if crs is not None:
        return replace(found, crs=parse_crs(crs))
    if found.crs is None:
        raise UnreadableFileError("polygons.prj_missing", name=found.name)
    return found


def _distinct(files: Sequence[Path]) -> list[Path]:
    """Each file once; the parts of a shapefile stand for their ``.shp``."""
    return list(dict.fromkeys(_main_part(path) for path in files))


def _main_part(path: Path) -> Path:
    if not path.is_file():
        raise UnreadableFileError("polygons.no_file", name=path.name)
    if path.suffix.lower() not in SHAPE_SUFFIXES or path.suffix.lower() == ".shp":
        return path
    for beside in path.parent.iterdir():
        if beside.stem == path.stem and beside.suffix.lower() == ".shp":
            return beside
    raise UnreadableFileError("polygons.part_missing", part=".shp", name=path.stem)


def _read(path: Path) -> list[FeatureSet]:
    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise UnreadableFileError("polygons.empty_file", name=path.name)
    if head.startswith(MAGIC):
        return [read_shapefile(gather(path), path.name)]
    if head.startswith(b"PK"):
        return _read_archive(path)
    if head.startswith(b"SQLite format 3"):
        raise UnreadableFileError("polygons.geopackage")
    return [read_features(path)]


def _read_archive(path: Path) -> list[FeatureSet]:
    if path.stat().st_size > LARGEST_ARCHIVE:
        raise UnreadableFileError("polygons.too_large", limit_mib=LARGEST_ARCHIVE // 2**20)
    groups: dict[PurePosixPath, list[Member]] = {}
    for member in read_members(path):
        groups.setdefault(_group(member), []).append(member)
    return [_read_group(group) for group in _best(groups).values()]


def _group(member: Member) -> PurePosixPath:
    """What belongs together: the parts of one shapefile; a GeoJSON file stands alone."""
    return member.path if member.suffix == ".geojson" else member.path.with_suffix("")


def _best(groups: dict[PurePosixPath, list[Member]]) -> dict[PurePosixPath, list[Member]]:
    """One of each: 国土数値情報 packs the same features as GeoJSON and as shapefiles in two encodings."""
    best: dict[PurePosixPath, PurePosixPath] = {}
    for path in sorted(groups, key=_rank):
        best.setdefault(_without_variant(path), path)
    return {path: group for path, group in groups.items() if path in best.values()}


def _without_variant(path: PurePosixPath) -> PurePosixPath:
    folders = [part for part in path.parts[:-1] if part.lower() not in VARIANTS]
    return PurePosixPath(*folders, path.name.removesuffix(".geojson"))


def _rank(path: PurePosixPath) -> int:
    if path.suffix == ".geojson":
        return 0
    places = [VARIANTS.index(part.lower()) for part in path.parts[:-1] if part.lower() in VARIANTS]
    return max(places, default=1)


def _read_group(group: list[Member]) -> FeatureSet:
    first = group[0]
    if first.suffix == ".geojson":
        return read_features(first.data, name=first.path.name)
    return read_shapefile({member.suffix: member.data for member in group}, f"{first.path.stem}.shp")
