"""Cells whose values cannot be true, each alone in a sound row; the row's line is 2."""

from __future__ import annotations

from typing import Final

from tests.bad_input.case import Case, Clean, Doubtful, Refused, Stopped
from tests.bad_input.rows import table

UNREADABLE: Final = ("tables.position_unreadable", "importing.no_position")
OUTSIDE: Final = ("tables.position_outside_japan", "importing.no_position")


def _case(name: str, kind: str, promise: Stopped | Doubtful | Clean | Refused, **cells: str) -> Case:
    return Case(name, kind, f"{kind}.csv", table(kind, cells), promise)


def _stopped(name: str, kind: str, key: str, **cells: str) -> Case:
    return _case(name, kind, Stopped(((2, key),)), **cells)


def _doubtful(name: str, kind: str, keys: tuple[str, ...], **cells: str) -> Case:
    return _case(name, kind, Doubtful(tuple((2, key) for key in keys)), **cells)


POSITIONS: Final = {
    "swapped": ({"緯度": "135.005", "経度": "34.005"}, ("tables.position_swapped",)),
    "NaN": ({"緯度": "NaN"}, UNREADABLE),
    "infinite": ({"緯度": "Inf"}, UNREADABLE),
    "1e999": ({"経度": "1e999"}, UNREADABLE),
    "1e99": ({"経度": "1e99"}, OUTSIDE),
    "letters": ({"緯度": "北の方"}, UNREADABLE),
    "61 minutes": ({"緯度": "34°61′00″"}, UNREADABLE),
    "(0, 0)": ({"緯度": "0", "経度": "0"}, ("importing.no_position",)),
    "in the sea off Africa": ({"緯度": "0.1", "経度": "0.1"}, OUTSIDE),
    "metres": ({"緯度": "-140000.1", "経度": "-45000.5"}, UNREADABLE),
}
SAID_BY_SHELTERS: Final = {("shelters", "(0, 0)"): ("tables.position_missing",)}
"""Their list has a position for every row, so that a row without one is said even where it has an address."""
DATES: Final = ("令和6年2月30日", "2026-02-29", "9999-12-31", "0001-01-01", "R6.13.1")

CASES: Final = [
    *(
        _doubtful(f"position {name}", kind, (*SAID_BY_SHELTERS.get((kind, name), ()), *keys), **cells)
        for name, (cells, keys) in POSITIONS.items()
        for kind in ("places", "facilities", "evacuation-sites", "shelters")
    ),
    *(
        _stopped(
            f"position {name}",
            "gazetteer",
            keys[0].replace("importing.no_position", "tables.position_missing"),
            **cells,
        )
        for name, (cells, keys) in POSITIONS.items()
        if name != "swapped"
    ),
    _case("degrees, minutes and seconds", "places", Clean(("会館",)), 緯度="北緯34度0分18秒", 経度="135°0'18\""),
    _case("full-width digits", "places", Clean(("会館",)), 緯度="３４．００５", 経度="１３５．００５"),
    *(_stopped(f"day {day}", "events", "intake.no_such_day", 開始日=day) for day in DATES),
    *(_stopped(f"day {day}", "population", "intake.no_such_day", 調査年月日=day) for day in DATES),
    *(_doubtful(f"day {day}", "places", ("intake.bad_verified_day",), 最終確認日=day) for day in DATES),
    _doubtful("verified tomorrow", "places", ("intake.verified_later",), 最終確認日="2026-11-23"),
    _stopped("ends before it begins", "events", "intake.ends_before_start", 開始日="2026-12-02", 終了日="2026-12-01"),
    _stopped("ends an hour before", "events", "intake.ends_before_start_time", 開始時間="13:00", 終了時間="12:00"),
    _case("until 24:30", "events", Clean(("集い",)), 開始時間="22:00", 終了時間="24:30"),
    _case("until 25時", "events", Clean(("集い",)), 開始時間="22時", 終了時間="25時"),
    _doubtful("until 31:00", "events", ("intake.schedule_partly_read",), 開始時間="22:00", 終了時間="31:00"),
    _doubtful("half past nonsense", "events", ("intake.schedule_partly_read",), 開始時間="<b>"),
    _doubtful("letters for a telephone", "facilities", ("intake.bad_number",), 電話番号="なんでも相談"),
    _doubtful("no address of a mail", "facilities", ("intake.bad_email",), メール="<a@b>"),
    _stopped("negative capacity", "evacuation-sites", "model.negative_capacity", 想定収容人数="-5"),
    _stopped("a capacity of words", "evacuation-sites", "tables.bad_capacity", 想定収容人数="多数"),
    _stopped("negative people", "population", "intake.bad_count", 総人口="-3"),
    _stopped("people without end", "population", "intake.bad_count", 総人口="9" * 5000),
    _stopped("hidden people", "population", "intake.count_suppressed", 男性="X"),
    Case(
        "no such district",
        "population",
        "p.csv",
        table("population", {}, {"地域名": "<script>"}),
        Doubtful(((3, "importing.no_such_district"),)),
    ),
    _stopped("an id that is none", "shelters", "tables.bad_common_id", 共通ID="E99901"),
    _stopped("an id of the other file", "shelters", "tables.bad_common_id", 共通ID="E999010000120"),
    _doubtful("a code of 7 digits", "facilities", ("intake.bad_code",), 市区町村コード="1234567"),
    _doubtful("a code of letters", "facilities", ("intake.bad_code",), 市区町村コード="みなも"),
]
