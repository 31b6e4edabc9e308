"""Zip archives and workbooks that are traps."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING, Final

import openpyxl

from tests.bad_input.case import Case, Clean, Refused, Stopped
from tests.bad_input.rows import SQUARE, feature, features

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD: Final = features(feature(SQUARE))
SHEET: Final = "xl/worksheets/sheet1.xml"
ENTITY: Final = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS: Final = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", way) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def _link() -> bytes:
    info = zipfile.ZipInfo("a.geojson")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((info, b"/etc/passwd"))


def _two_names_for_one() -> bytes:
    """Two entries of the directory that point to the same bytes, as the best bombs do."""
    data = zipped(("a.geojson", GOOD), ("b.geojson", GOOD))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        second = archive.getinfo("b.geojson").header_offset
    return data.replace(second.to_bytes(4, "little") + b"b.geojson", bytes(4) + b"b.geojson")


def _zip_and_tar() -> bytes:
    head = 30 + len("a.geojson")
    return zipped(("a.geojson", b" " * (257 - head) + b"ustar" + b" " * 300), way=zipfile.ZIP_STORED)


ARCHIVES: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "sixty times as large unpacked": (lambda: zipped(("a.geojson", b" " * (60 << 20))), "polygons.archive_ratio"),
    "an archive in an archive": (lambda: zipped(("a.zip", zipped(("b.zip", b"")))), "polygons.archive_nested"),
    "a way out": (lambda: zipped(("../../a.geojson", GOOD)), "polygons.archive_escapes"),
    "a way out for Windows": (lambda: zipped(("..\\..\\a.geojson", GOOD)), "polygons.archive_escapes"),
    "a drive": (lambda: zipped(("C:/a.geojson", GOOD)), "polygons.archive_escapes"),
    "an absolute path": (lambda: zipped(("/etc/a.geojson", GOOD)), "polygons.archive_escapes"),
    "a link": (_link, "polygons.archive_escapes"),
    "3,000 members": (lambda: zipped(*((f"{number}.txt", b"") for number in range(3000))), "polygons.archive_members"),
    "two names for the same bytes": (_two_names_for_one, "polygons.archive_damaged"),
    "a zip and a tar at once": (_zip_and_tar, "polygons.archive_damaged"),
    "half an archive": (lambda: zipped(("a.geojson", GOOD))[:-40], "polygons.archive_damaged"),
    "a VRT in an archive": (lambda: zipped(("a.geojson", b"<OGRVRTDataSource/>")), "polygons.xml"),
    "a VRT for a shape": (
        lambda: zipped(*((f"a{part}", b"<OGRVRTDataSource/>") for part in (".shp", ".shx", ".dbf"))),
        "polygons.shapefile_damaged",
    ),
    "a shape alone": (lambda: zipped(("a.shp", b"\0\0\x27\x0a")), "polygons.part_missing"),
    "a shape of four bytes": (
        lambda: zipped(*((f"a{part}", b"\0\0\x27\x0a") for part in (".shp", ".shx", ".dbf"))),
        "polygons.shapefile_damaged",
    ),
}
"""Archives that imports of outlines refuse, with the phrase."""


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


SOUND: Final = workbook(("名称", "種別", "住所", "緯度", "経度"), ("会館", "公共施設", "みなも町1", 34.005, 135.005))


def altered(change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    """The sound workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        return zipped(
            *((one, change(archive.read(one)) if one == part else archive.read(one)) for one in archive.namelist())
        )


def _cells(cell: bytes) -> Callable[[bytes], bytes]:
    """A sheet whose second row is ``cell``."""
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row>'.encode()
    return lambda _: b'<worksheet xmlns="%s"><sheetData>' % MAIN.encode() + first + cell + b"</sheetData></worksheet>"


def _declared(declaration: bytes) -> Callable[[bytes], bytes]:
    return lambda part: b'<?xml version="1.0"?>' + declaration + part.rpartition(b"?>")[2]


WORKBOOKS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "an external entity": (lambda: altered(_declared(ENTITY)), "tables.workbook_entities"),
    "an external entity in another part": (
        lambda: altered(_declared(ENTITY), "xl/workbook.xml"),
        "tables.workbook_entities",
    ),
    "an external entity in UTF-16": (
        lambda: altered(
            lambda sheet: ('<?xml version="1.0" encoding="utf-16"?>' + (ENTITY + sheet).decode()).encode("utf-16")
        ),
        "tables.workbook_entities",
    ),
    "an entity behind a long remark": (
        lambda: altered(_declared(b"<!--" + b"x" * 70_000 + b"-->" + ENTITY)),
        "tables.workbook_damaged",
    ),
    "entities of entities": (lambda: altered(_declared(LAUGHS)), "tables.workbook_entities"),
    "sixty times as large unpacked": (lambda: altered(lambda sheet: sheet + b" " * (60 << 20)), "tables.workbook_bomb"),
    "no book in the workbook": (
        lambda: altered(lambda part: part.replace(b"sheet.main", b"sheet.nain"), "[Content_Types].xml"),
        "tables.workbook_damaged",
    ),
    "half a sheet": (lambda: altered(lambda sheet: sheet[: len(sheet) // 2]), "tables.workbook_damaged"),
    "half a workbook": (lambda: SOUND[: len(SOUND) // 2], "tables.workbook_damaged"),
    "a zip of something else": (lambda: zipped(("a.csv", b"a")), "tables.zip_of_others"),
    "a row number without end": (
        lambda: altered(_cells(b'<row r="99999999999"><c><v>1</v></c></row>')),
        "tables.workbook_damaged",
    ),
    "cells at the sheet's edge": (
        lambda: altered(_cells(b"".join(b'<row><c r="XFD%d"><v>1</v></c></row>' % at for at in range(2, 2000)))),
        "tables.too_many_columns",
    ),
    "a cell that is nowhere": (
        lambda: altered(_cells(b'<row><c r="ZZZZ99999999"><v>1</v></c></row>')),
        "tables.workbook_damaged",
    ),
    "a text that is not there": (
        lambda: altered(_cells(b'<row><c t="s"><v>99</v></c></row>')),
        "tables.workbook_damaged",
    ),
    "a number of 5,000 digits": (
        lambda: altered(_cells(b"<row><c><v>" + b"9" * 5000 + b"</v></c></row>")),
        "tables.workbook_damaged",
    ),
    "a cell of 200,000 signs": (
        lambda: altered(_cells(b'<row><c t="inlineStr"><is><t>' + b"a" * 200_000 + b"</t></is></c></row>")),
        "tables.cell_too_long",
    ),
    "persons": (lambda: workbook(("名称", "氏名"), ("会館", "x")), "tables.person_columns"),
}
"""Workbooks that every import of a table refuses, with the phrase."""

HEADER: Final = ("名称", "種別", "住所", "緯度", "経度")
CASES: Final = [
    Case(
        "a formula for a name",
        "places",
        "f.xlsx",
        workbook(HEADER, ('=HYPERLINK("http://evil.example")', "公共施設", "みなも町1", 34.005, 135.005)),
        Stopped(((2, "model.no_name"),)),
    ),
    Case(
        "numbers and days for texts",
        "places",
        "n.xlsx",
        workbook(HEADER, (12.0, "公共施設", True, 34.005, 135.005)),
        Clean(("12",)),
    ),
    Case("a workbook called .csv", "places", "w.csv", SOUND, Clean(("会館",))),
    Case("a workbook for outlines", "districts", "w.geojson", SOUND, Refused("polygons.archive_empty")),
    Case(
        "an archive called .geojson",
        "places",
        "z.geojson",
        zipped(("a.geojson", GOOD)),
        Refused("polygons.not_geojson"),
    ),
]
