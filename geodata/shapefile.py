"""Shapefiles (ESRI, 1998), whose five parts are copied into a folder of their own before GDAL sees them.

GDAL opens what a file is, not what it is called: a VRT would read other files and addresses. So only parts
that begin as a shapefile does are copied, under a fixed name, and the drivers that follow references are off.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

# GDAL reads this once, when it is loaded; OGR_SKIP does nothing in GDAL 3.12.
os.environ["GDAL_SKIP"] = "VRT,OGR_VRT,GTI,GDALG"

import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError

from geodata.archive import SHAPE_SUFFIXES
from geodata.crs import parse_crs
from geodata.features import Feature, FeatureSet
from portal.errors import UnreadableFileError
from portal.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

warnings.filterwarnings("ignore", message="Non closed ring", module=r"pyogrio\.")  # such a shape is refused and said
MAGIC: Final = b"\x00\x00\x27\x0a"
DRIVER: Final = "ESRI Shapefile"
NEEDED: Final = (".shp", ".shx", ".dbf")
CODEPAGES: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "65001": "utf-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "cp932": "cp932",
    "ms932": "cp932",
    "932": "cp932",
    "ansi 932": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "eucjp": "euc_jp",
}
CUT_AT_MOST: Final = 3
"""Bytes of a character that a field of fixed width may have cut off."""
LARGEST_BYTES: Final = 256 * 2**20


def gather(shp: Path, *, max_bytes: int = LARGEST_BYTES) -> dict[str, bytes]:
    """The parts of a loose shapefile by ending (``.shp``, …): the files beside ``shp`` of the same name.

    Raises UnreadableFileError where they are larger than ``max_bytes`` together.
    """
    paths = [path for path in shp.parent.iterdir() if path.stem == shp.stem and path.is_file()]
    wanted = {path.suffix.lower(): path for path in paths if path.suffix.lower() in SHAPE_SUFFIXES}
    if sum(path.stat().st_size for path in wanted.values()) > max_bytes:
        raise UnreadableFileError("polygons.too_large", limit_mib=max_bytes // 2**20)
    return {suffix: path.read_bytes() for suffix, path in wanted.items()}


def read_shapefile(parts: Mapping[str, bytes], name: str) -> FeatureSet:
    """The features of a shapefile given by its parts, attributes as text or numbers, shapes in two dimensions.

    ``crs`` is None without a ``.prj``. Raises UnreadableFileError for a missing or damaged part and for an
    encoding that cannot be told.
    """
    for suffix in NEEDED:
        if suffix not in parts:
            raise UnreadableFileError("polygons.part_missing", part=suffix, name=name)
    if not (parts[".shp"].startswith(MAGIC) and parts[".shx"].startswith(MAGIC)):
        raise UnreadableFileError("polygons.shapefile_damaged", name=name)
    crs = parse_crs(_ascii(parts[".prj"])) if ".prj" in parts else None
    fields, shapes, columns = _read(parts, name)
    codec = _codec(_ascii(parts.get(".cpg", b"")), [*fields, *(v for column in columns for v in column)])
    return _feature_set(FeatureSet(name, crs, ()), [_text(field, codec) for field in fields], shapes, columns, codec)


def _read(parts: Mapping[str, bytes], name: str) -> tuple[list[str], list[Any], list[list[Any]]]:
    """Field names, shapes and one list of values a field; every text is still bytes, one sign each."""
    with TemporaryDirectory(prefix="ibasho-") as folder:
        for suffix in (".shp", ".shx", ".dbf"):
            (Path(folder) / f"layer{suffix}").write_bytes(parts[suffix])
        path = Path(folder) / "layer.shp"
        try:
            if pyogrio.read_info(path, encoding="ISO-8859-1")["driver"] != DRIVER:
                raise UnreadableFileError("polygons.shapefile_damaged", name=name)
            meta, _, wkb, columns = pyogrio.raw.read(path, encoding="ISO-8859-1", force_2d=True)
        except (DataSourceError, DataLayerError, FeatureError, FieldError, ValueError, OverflowError):
            raise UnreadableFileError("polygons.shapefile_damaged", name=name) from None
    shapes = list(shapely.from_wkb(wkb, on_invalid="ignore")) if wkb is not None else []
    return list(meta["fields"]), shapes, [column.tolist() for column in columns]


def _feature_set(
    empty: FeatureSet, fields: list[str], shapes: list[Any], columns: list[list[Any]], codec: str
) -> FeatureSet:
    rows = zip(*columns, strict=True) if columns else (() for _ in shapes)
    features, findings = [], []
    for number, (geometry, row) in enumerate(zip(shapes, rows, strict=True), start=1):
        values = {field: _text(value, codec) for field, value in zip(fields, row, strict=True)}
        features.append(Feature(number, values, geometry))
        if geometry is None:
            findings.append(Finding(number, Severity.REFUSED, "polygons.no_geometry", {}, empty.name))
    return FeatureSet(empty.name, empty.crs, tuple(features), tuple(findings))


def _codec(named: str, values: Iterable[object]) -> str:
    """The encoding of the attributes: UTF-8 if all are, else the one of the ``.cpg``, else CP932.

    Japanese in CP932 is hardly ever sound UTF-8, while UTF-8 under a ``.cpg`` of Shift_JIS would pass for
    nonsense in CP932. Shift_JIS means CP932, which has ①, ㈱ and 髙.
    """
    texts = [value.encode("latin-1") for value in values if isinstance(value, str) and not value.isascii()]
    known = CODEPAGES.get(named.strip().lower())
    for codec in dict.fromkeys(["utf-8", *([known] if known else []), "cp932"]):
        if all(_decoded(text, codec) is not None for text in texts):
            return codec
    raise UnreadableFileError("polygons.encoding")


def _decoded(raw: bytes, codec: str) -> str | None:
    """``raw`` as text, a last character that was cut in the middle left out; None if it is not of ``codec``."""
    for cut in range(CUT_AT_MOST + 1):
        try:
            return raw[: len(raw) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if not (error.end == len(raw) - cut and ("incomplete" in error.reason or "end of data" in error.reason)):
                return None
    return None


def _text(value: Any, codec: str) -> Any:  # noqa: ANN401  # a field holds text, a number, a day or nothing
    return _decoded(value.encode("latin-1"), codec) if isinstance(value, str) else value


def _ascii(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip("\ufeff\0 \r\n")
