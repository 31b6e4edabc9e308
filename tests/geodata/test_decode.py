"""How cells and files are written, undone."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.cells.codes import PREFECTURES, check_digit
from geodata.decode import (
    clean,
    decode_bytes,
    fold_header,
    read_code,
    read_coordinate,
    read_date,
    read_flag,
    read_int,
    read_position,
    read_time,
)
from portal.errors import UnreadableFileError
from portal.model.position import Point

TABLE = "名称,住所\r\n㈱髙橋①ふれあい喫茶,大阪市港区弁天\r\nｶﾌｪ,大阪市大正区\r\n"
PLAIN_TABLE = "名称,住所\r\n高橋ふれあい喫茶,大阪市港区弁天\r\nカフェ,大阪市大正区\r\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_tables_of_spreadsheets_are_read(codec):
    """What a spreadsheet writes is read with ①㈱髙 and half-width kana, without a byte order mark."""
    found = decode_bytes(TABLE.encode(codec))
    assert (found.text, found.encoding) == (TABLE, codec)


@pytest.mark.parametrize("codec", ["euc_jp", "iso2022_jp", "euc_jis_2004"])
def test_older_encodings_are_told_apart(codec):
    """EUC-JP and ISO-2022-JP are not taken for CP932."""
    assert decode_bytes(PLAIN_TABLE.encode(codec)).text == PLAIN_TABLE


def test_circled_digits_in_mail_encoding():
    """ISO-2022-JP with ①㈱, which mail programs write though the standard has none, is read."""
    data = "①㈱,名称".encode("iso2022_jp_2004").replace(b"\x1b$(Q", b"\x1b$B")
    assert decode_bytes(data).text == "①㈱,名称"


def test_half_width_kana_stay_cp932():
    """A CP932 file of half-width kana alone is not read as kanji of EUC-JP."""
    assert decode_bytes("ｶﾅ,ﾌｼﾞｻﾔﾏ\n".encode("cp932")).text == "ｶﾅ,ﾌｼﾞｻﾔﾏ\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (TABLE.encode("cp932") + "追加,大阪市港区弁天\r\n".encode(), 4),
        (TABLE.encode() + "追加の行,大阪市".encode("cp932"), 4),
        (b"\xff\xfe\x00", 1),
        ("名称,住所\r\nあい".encode("iso2022_jp")[:-4] + b"\x1b$B\x7f\x7f", 2),
    ],
    ids=["cp932 then utf-8", "utf-8 then cp932", "half of utf-16", "broken iso-2022-jp"],
)
def test_two_encodings_are_refused_with_the_line(data, line):
    """A file in two encodings is refused, and the line is named."""
    with pytest.raises(UnreadableFileError) as refused:
        decode_bytes(data)
    assert refused.value.key == "tables.mixed_encoding"
    assert refused.value.values["line"] == line


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")))
def test_utf8_comes_back(text):
    """Any text that is written as UTF-8 is read as it was."""
    encoded = text.encode()
    if not (b"\x1b" in encoded and encoded.isascii()):
        assert decode_bytes(encoded).text == text


@settings(max_examples=60, deadline=None)
@given(st.text("ぁあいうえおかきくけこアイウエオ大阪市港区加古川町名称住所番号年月日、。ー（）０１髙㈱①", min_size=3))
def test_cp932_comes_back(text):
    """Japanese text that is written as CP932 is read as it was."""
    assert decode_bytes(f"名称,住所\r\n{text}の".encode("cp932")).text == f"名称,住所\r\n{text}の"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end_clearly(data):
    """Whatever the bytes, they become text or a refusal with its line."""
    try:
        assert isinstance(decode_bytes(data).text, str)
    except UnreadableFileError as refused:
        assert refused.values["line"] >= 1  # noqa: PT017  # both ends are allowed


@pytest.mark.parametrize(
    ("dirty", "wanted"),
    [
        ("\u3000大阪府\u00a0大阪市\u3000港区 ", "大阪府 大阪市 港区"),
        ("か\u3099き", "がき"),
        ("a\x00b\x07c", "abc"),
        ("\u202e逆さ\u202c", "逆さ"),
        ("見え\u200bない\ufeff", "見えない"),
        ("\u200b\u200d\u3000", ""),
        ("葛\U000e0100城と𠮷野", "葛\U000e0100城と𠮷野"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("半\ud800端", "半端"),
        ("一\r\n二\u2028三", "一\n二\n三"),
        ("<script>${x}`\\", "<script>${x}`\\"),
    ],
)
def test_cleaning(dirty, wanted):
    """What nobody can see goes; what carries meaning stays."""
    assert clean(dirty) == wanted


def test_combining_marks_are_bounded():
    """A million combining signs after one letter come down to 30 at once."""
    assert len(clean("a" + "\u0301\u0323" * 500_000)) <= 31


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    """A cleaned text is NFC, trimmed, and stays as it is when it is cleaned again."""
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip() == unicodedata.normalize("NFC", once)


@pytest.mark.parametrize(
    "text",
    [
        "令和8年3月2日",
        "令和８年３月２日（月）",
        "R8.3.2",
        "r8/3/2",
        "2026/3/2",
        "2026-03-02",
        "2026.3.2",
        "２０２６年３月２日",
        "20260302",
        "2026-03-02 00:00:00",
        "2026-03-02T09:30",
        " 2026/03/02　",
    ],
)
def test_dates(text):
    """Western and Japanese years, any width, and a workbook's days name the same day."""
    assert read_date(text) == date(2026, 3, 2)


def test_dates_without_a_year_need_a_hint():
    """3月2日 is a date only where somebody knows the year."""
    assert read_date("3月2日(月)", 2026) == date(2026, 3, 2)
    with pytest.raises(ValueError, match="3月2日"):
        read_date("3月2日")


@pytest.mark.parametrize("text", ["令和6年2月30日", "2026/13/1", "0001-01-01", "9999-12-31", "あした", "2026/3/2～3/5"])
def test_impossible_dates(text):
    """A day that does not exist, or is none, is never mended in silence."""
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)


def test_first_years_and_empty_cells():
    """元年 is the first year of an era, and an empty cell is no date."""
    assert read_date("令和元年5月1日") == date(2019, 5, 1)
    assert read_date("昭和64年1月7日") == date(1989, 1, 7)
    assert read_date("　") is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9：00", 540),
        ("09:00:00", 540),
        ("９時", 540),
        ("午後1時半", 810),
        ("13時05分", 785),
        ("0.375", 540),
        ("24:30", 1470),
        ("25時", 1500),
        ("1330", 810),
        ("正午", 720),
        ("午後12時30分", 750),
        ("9:00 PM", 1260),
        ("12:00 am", 0),
        ("0:00", 0),
    ],
)
def test_times(text, minutes):
    """Times in any usual writing are minutes from midnight, past 24:00 for a night that goes on."""
    assert read_time(text) == minutes


@pytest.mark.parametrize("text", ["9:75", "31:00", "午後15時", "いつでも", "9:00～12:00"])
def test_impossible_times(text):
    """What is no time of day is refused."""
    with pytest.raises(ValueError, match=r".*"):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("34.665", 34.665),
        ("３４．６６５", 34.665),
        ("34°39'54\"", 34.665),
        ("34度39分54秒", 34.665),
        ("北緯34.665", 34.665),
        ("N34°39′54″", 34.665),
        ("135度28分", 135 + 28 / 60),
    ],
)
def test_coordinates(text, degrees):
    """Decimal degrees and degrees-minutes-seconds, any width."""
    assert read_coordinate(text) == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("lat", "lon", "point", "notes"),
    [
        ("34.6", "135.4", Point(135.4, 34.6), ()),
        ("135.4", "34.6", Point(135.4, 34.6), ("tables.position_swapped",)),
        ("", "135.4", None, ("tables.position_missing",)),
        ("0", "0.0", None, ("tables.position_missing",)),
        ("NaN", "135", None, ("tables.position_unreadable",)),
        ("1e999", "Infinity", None, ("tables.position_unreadable",)),
        ("51.5", "-0.1", None, ("tables.position_outside_japan",)),
        ("-37000.5", "1200.1", None, ("tables.position_unreadable",)),
    ],
)
def test_positions(lat, lon, point, notes):
    """A point in Japan or none, always with the reason; swapped columns are mended and said."""
    found = read_position(lat, lon)
    assert (found.point, found.notes) == (point, notes)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_position_ends_clearly(lat, lon):
    """Whatever the cells hold, there is a point in Japan or a reason why there is none."""
    found = read_position(lat, lon)
    assert found.point is not None or found.notes


@pytest.mark.parametrize(
    ("text", "prefecture", "code"),
    [
        ("271004", "", "27100"),
        ("27100", "", "27100"),
        ("092011", "", "09201"),
        ("92011", "", "09201"),
        ("9201", "", "09201"),
        ("13101", "", "13101"),
        ("131016", "", "13101"),
        ("12025", "", "01202"),
        ("12106", "", "12106"),
        ("12106", "北海道", "01210"),
        ("27", "", "27000"),
        ("２７１００４", "", "27100"),
        ("271004.0", "", "27100"),
        ("", "", ""),
    ],
)
def test_codes(text, prefecture, code):
    """Five and six digits, with or without the leading zero, name the same municipality."""
    assert read_code(text, prefecture) == code


@pytest.mark.parametrize("text", ["271005", "99999", "大阪市", "1234567", "48201"])
def test_wrong_codes(text):
    """A wrong check digit and a prefecture that does not exist are refused."""
    with pytest.raises(ValueError, match=r".*"):
        read_code(text)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 47), st.integers(201, 799))
def test_full_codes_come_back(prefecture, number):
    """Every six-digit code with its check digit is read, and with the zero lost too where its prefecture is named."""
    code = f"{prefecture:02d}{number}"
    full = code + str(check_digit(code))
    assert read_code(full) == code
    assert read_code(str(int(full)), PREFECTURES[prefecture - 1]) == code


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *[(yes, True) for yes in ("○", "〇", "1", "有", "可", "あり", "✓", "有（1階）", "Ｙes", "設置済")],
        *[(no, False) for no in ("×", "0", "無", "不可", "なし", "ＮＯ", "非対応", "不要")],
        *[(neither, None) for neither in ("", "-", "有料", "無料", "△", "要相談かも")],
    ],
)
def test_flags(text, wanted):
    """Yes and no as they are written; whatever is neither is not guessed."""
    assert read_flag(text) is wanted


def test_whole_numbers():
    """Thousands, widths and units do not matter; prose is no number."""
    assert [read_int(text) for text in ("1,234", "１２３人", "50.0", "-5", "", "－")] == [1234, 123, 50, -5, None, None]
    with pytest.raises(ValueError, match="約"):
        read_int("約100人")


def test_headers_are_folded():
    """Brackets, blanks, underscores and widths of a header do not matter."""
    assert fold_header("料金（基本）") == fold_header("料金 (基本)*") == fold_header("料金［基本］")
    assert fold_header("名称_カナ") == fold_header("名称＿ｶﾅ") == fold_header("名称\nカナ") == "名称カナ"
