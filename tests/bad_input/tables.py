"""Tables whose bytes, rows or columns are not as they should be."""

from __future__ import annotations

import pickle
from typing import Final

from tests.bad_input.case import Case, Clean, Doubtful, Refused, Stopped
from tests.bad_input.rows import SOUND, table

HEADER: Final = "名称,種別,住所,緯度,経度"
ROW: Final = "会館,公共施設,みなも町1,34.005,135.005"
PERSONS: Final = ("氏名", "生年月日", "要介護度", "障害等級", "マイナンバー", "世帯主との続柄", "病名")
NOT_TABLES: Final = {
    "a parquet": (b"PAR1" + bytes(64), "tables.not_a_table"),
    "a feather": (b"ARROW1\0\0" + bytes(64), "tables.not_a_table"),
    "an older feather": (b"FEA1" + bytes(64), "tables.not_a_table"),
    "a pickle": (pickle.dumps(SOUND["places"]), "tables.not_a_table"),
    "a PDF": (b"%PDF-1.7\n", "tables.not_a_table"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "tables.old_workbook"),
    "0 bytes": (b"", "tables.empty_file"),
    "NULs alone": (bytes(4096), "tables.empty_file"),
    "a mark alone": (b"\xef\xbb\xbf\r\n", "tables.empty_file"),
    "no header": (b"1,2,3\r\n4,5,6\r\n", "tables.no_header"),
    "half a UTF-16 sign": (b"\xff\xfea", "tables.mixed_encoding"),
    "a plain zip": (b"PK\x05\x06" + bytes(18), "tables.no_header"),
}
"""Files that no import of a table takes, whatever they are called, with the phrase."""
BROKEN: Final = {
    "two encodings": (lambda good: good + "会館".encode("cp932") + b"\r\n", "tables.mixed_encoding"),
    "a quote that is never closed": (lambda good: good + b'"a\r\nb,c\r\n', "tables.unclosed_quote"),
    "10,000 columns": (lambda good: good + b"a," * 10_000 + b"a\r\n", "tables.too_many_columns"),
    "20,000 empty columns": (lambda good: good + b"," * 20_000 + b"\r\n", "tables.too_many_columns"),
    "a million rows": (lambda good: good + b"\r\n" * 1_000_000, "tables.too_many_rows"),
    "a megabyte in one cell": (lambda good: good + b"a" * 1_000_000, "tables.cell_too_long"),
    "five megabytes in one line": (lambda good: good + b"a," * 2_500_000, "tables.line_too_long"),
}
"""What is added to a sound table to make it one that every import refuses as a whole."""


def places(name: str, text: str | bytes, promise: Refused | Stopped | Doubtful | Clean, **options: object) -> Case:
    """A CSV of places."""
    return Case(name, "places", "p.csv", text if isinstance(text, bytes) else text.encode(), promise, options)


def _encoded(encoding: str) -> Case:
    text = f"{HEADER}\r\n①㈱髙会館,公共施設,みなも町1,34.005,135.005\r\n"
    return places(encoding, text.encode(encoding), Clean(("①㈱髙会館",)))


CASES: Final = [
    *map(_encoded, ("cp932", "utf-8-sig", "utf-16", "utf-8")),
    places("euc_jp", f"{HEADER}\n福祉会館,公共施設,みなも町1,34.005,135.005\n".encode("euc_jp"), Clean(("福祉会館",))),
    places(
        "iso2022_jp",
        f"{HEADER}\n福祉会館,公共施設,みなも町1,34.005,135.005\n".encode("iso2022_jp"),
        Clean(("福祉会館",)),
    ),
    places("CR only", f"{HEADER}\r{ROW}\r", Clean(("会館",))),
    places("tabs", f"{HEADER}\n{ROW}\n".replace(",", "\t"), Clean(("会館",))),
    places("semicolons", f"{HEADER}\n{ROW}\n".replace(",", ";"), Clean(("会館",))),
    places("a line end in quotes", f'{HEADER},説明\r\n{ROW},"一\n二"\r\n', Clean(("会館",))),
    places("full-width headers", f"名称　,種別,住所,緯度,経度,料金（基本）\n{ROW},\n", Clean(("会館",))),
    places("a header twice", f"{HEADER},名称\n{ROW},別館\n", Clean(("会館",))),
    places("NUL in a name", f"{HEADER}\n{ROW}\n".replace("会館", "会\0館"), Clean(("会館",))),
    places(
        "ragged rows",
        f"{HEADER}\n別館,公共施設,みなも町2,34.006\n{ROW},余り\n",
        Doubtful(
            ((2, "tables.row_too_short"), (3, "tables.row_too_long"), (2, "importing.no_position")),
        ),
    ),
    places(
        "a name of nothing to see",
        f"{HEADER}\n{ROW}\n".replace("会館", "\u200b\u2060"),
        Stopped(((2, "model.no_name"),)),
    ),
    places(
        "a name of 301 signs", f"{HEADER}\n{ROW}\n".replace("会館", "会" * 301), Stopped(((2, "model.name_too_long"),))
    ),
    places("a long story", f"{HEADER},説明\n{ROW},{'話' * 20_001}\n", Stopped(((2, "model.text_too_long"),))),
    places(
        "a kind that is none", f"{HEADER}\n{ROW}\n".replace("公共施設", "<b>"), Stopped(((2, "intake.unknown_kind"),))
    ),
    places("the same place twice", f"{HEADER}\n{ROW}\n{ROW}\n", Stopped(((3, "intake.place_twice"),))),
    places("another datum", f"{HEADER}\n{ROW}\n", Refused("intake.unknown_datum"), datum="moon"),
    places("a CRS that names a file", f"{HEADER}\n{ROW}\n", Refused("polygons.crs_unknown"), crs="+init=/etc/passwd"),
    places(
        "a municipality that is not here",
        f"{HEADER}\n{ROW}\n",
        Refused("importing.no_municipality"),
        municipality="00000",
    ),
    Case(
        "a district counted twice",
        "population",
        "p.csv",
        table("population", {"調査年月日": "2025-04-01"}, {"地域名": "西小学校"}),
        Doubtful(((2, "importing.counted_twice"),)),
    ),
]
