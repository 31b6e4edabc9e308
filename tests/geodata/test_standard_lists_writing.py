"""Lists in the state's layouts: what is written is read again as the same records."""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace
from datetime import date, datetime

import pytest

from geodata import evacuation_sites, facilities, gsi_shelters, places, standard_lists_writing
from geodata.mapping import ColumnMapping
from geodata.places import PlaceOptions
from geodata.standard_columns import code
from portal.model.place import Access, Audience, Booking, ContactKind, Fee, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.model.shelter import Hazard, ShelterFacts
from portal.model.source import Source
from portal.schedules.occurrences import occurrences
from tests import town
from tests.geodata.open_entries import KIND_NAMES, TOWN, entry, put, shown
from tests.real_data import REAL, needs_real_data

SALON = PlaceFacts(
    kind="elderly_salon",
    name="ひだまりサロン",
    name_kana="ヒダマリサロン",
    name_en="Hidamari salon",
    description="お茶を飲みながら話します。\n「どなたでも」どうぞ。",
    address="大阪府みなも町東1-2-3 公民館2階",
    position=Point(135.123457, 34.654321),
    precision=Precision.EXACT,
    audience=frozenset({Audience.OLDER}),
    audience_note="65歳以上の人",
    access=frozenset({Access.STEP_FREE, Access.TOILET, Access.WIFI, Access.HEARING_LOOP}),
    access_note="車椅子可；受付に筆談ボードあり",
    fee=Fee.PAID,
    fee_note="100円（お茶代）",
    booking=Booking.NOT_NEEDED,
    booking_note="申込不要",
    contacts=(
        shown(ContactKind.PERSON, "福祉課"),
        shown(ContactKind.PHONE, "06-0000-0000", "123"),
        shown(ContactKind.FAX, "06-0000-0001"),
        shown(ContactKind.EMAIL, "salon@example.jp"),
        shown(ContactKind.FORM, "https://example.jp/form"),
        shown(ContactKind.URL, "https://example.jp/salon"),
    ),
    group="ひだまりの会",
    schedule=Schedule((Rule(datetime(2020, 1, 7, 10), 120, "FREQ=WEEKLY;BYDAY=TU"),), holidays=HolidayPolicy.SKIPPED),
    extra={"備考": "雨の日も開きます", "施設No.": "12"},
)
SITE = PlaceFacts(
    kind="emergency_site",
    name="東公園",
    name_kana="ヒガシコウエン",
    name_en="East park",
    description="洪水時は2階以上",
    address="みなも町東1",
    position=Point(135.001, 34.002),
    precision=Precision.EXACT,
    contacts=(shown(ContactKind.PHONE, "06-0000-0002"), shown(ContactKind.URL, "https://example.jp/east")),
    shelter=ShelterFacts(
        hazards=frozenset({Hazard.FLOOD, Hazard.EARTHQUAKE, Hazard.LANDSLIDE}),
        capacity=300,
        same_site=True,
        neighbourhoods=("東町会", "東二町会"),
    ),
    extra={"標高": "3.2"},
)
WELFARE = PlaceFacts(
    kind="welfare_shelter",
    name="みなも特別支援学校",
    description="要配慮者のための部屋があります",
    address="みなも町西2-1",
    position=Point(135.002, 34.003),
    precision=Precision.EXACT,
    shelter=ShelterFacts(accepts="要配慮者（事前に登録した人）", same_site=True),
)
SOURCE = Source("町の一覧", "CC BY 4.0", town.TODAY, "みなも町の一覧を加工")


def differing(one, other, *left_out):
    """The names of fields in which two records differ."""
    return {
        field.name
        for field in fields(PlaceFacts)
        if field.name not in left_out and getattr(one, field.name) != getattr(other, field.name)
    }


def read_places(path):
    """The file as the import of places reads it."""
    options = PlaceOptions(town.TODAY, kind_names=KIND_NAMES, mapping=ColumnMapping())
    intake = places.read([path], options)
    assert [finding.key for finding in intake.findings] == []
    return intake.rows


def same_dates(one, other):
    """Whether two schedules have the same dates for a year."""
    last = date(2027, 11, 22)
    return occurrences(one, town.TODAY, last) == occurrences(other, town.TODAY, last)


def cells(content):
    """The first row by header."""
    return next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_place_of_daily_life_comes_back_the_same(tmp_path):
    """Every field of a salon is read again as it was, and its dates are the same."""
    written = standard_lists_writing.facilities([entry(SALON, verified_on=date(2026, 10, 1))], town.TODAY)
    (row,) = read_places(put(tmp_path, "salons.csv", written))
    assert differing(row.facts, SALON, "schedule") == set()
    assert same_dates(row.facts.schedule, SALON.schedule)
    assert (row.authority, row.record, row.verified_on) == (TOWN.code, "p1", date(2026, 10, 1))


def test_the_newer_layout_tells_the_same(tmp_path):
    """In the columns of 自治体標準 all fields come back; its two further names of the town stay beside."""
    written = standard_lists_writing.facilities([entry(SALON)], town.TODAY, "standard")
    (row,) = read_places(put(tmp_path, "salons.csv", written))
    assert differing(row.facts, SALON, "schedule", "extra") == set()
    assert row.facts.extra == SALON.extra | {
        "地方公共団体名": "みなも町",
        "所在地_全国地方公共団体コード": code(TOWN.code),
    }


def test_a_facility_is_read_by_the_lists_own_reader(tmp_path):
    """公共施設一覧 is a list that its own reader takes, too; what only salons have is kept as further columns."""
    facility = replace(SALON, kind="facility", audience=frozenset(), audience_note="")
    written = standard_lists_writing.facilities([entry(facility)], town.TODAY)
    (row,) = facilities.read([put(tmp_path, "facilities.csv", written)], today=town.TODAY).rows
    assert differing(row.facts, facility, "schedule", "extra") == set()
    assert row.facts.extra["種別"] == "公共施設"


def test_what_was_only_ticked_comes_back_with_its_word(tmp_path):
    """A place that says only by ticks for whom and at what cost it is has the same ticks after, and their words."""
    ticked = replace(SALON, audience_note="", fee=Fee.FREE, fee_note="", booking_note="", booking=Booking.NEEDED)
    (row,) = read_places(put(tmp_path, "a.csv", standard_lists_writing.facilities([entry(ticked)], town.TODAY)))
    assert differing(row.facts, ticked, "schedule") == {"audience_note", "fee_note", "booking_note"}
    assert (row.facts.audience_note, row.facts.fee_note, row.facts.booking_note) == ("高齢者", "無料", "要申込")


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(
            (Rule(datetime(2026, 11, 10, 10), 120, "FREQ=MONTHLY;BYDAY=2TU,4TU"),),
            cancelled=frozenset({date(2026, 12, 8)}),
        ),
        Schedule(
            (Rule(datetime(2026, 11, 3, 13, 30), None, "FREQ=WEEKLY;BYDAY=TU,TH"),),
            moved=((date(2026, 12, 1), datetime(2026, 12, 2, 13, 30)),),
            closed_year_end=True,
        ),
        Schedule((Rule(datetime(2026, 12, 6, 10), 90),)),
        Schedule((Rule(datetime(2026, 11, 4), None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", timed=False),)),
    ],
)
def test_no_words_stand_for_other_dates(tmp_path, schedule):
    """The words for a schedule are read back to the same dates, or they stand where only remarks are."""
    known = replace(SALON, schedule=schedule)
    (row,) = read_places(put(tmp_path, "a.csv", standard_lists_writing.facilities([entry(known)], town.TODAY)))
    if cells(standard_lists_writing.facilities([entry(known)], town.TODAY))["日時"]:
        assert same_dates(row.facts.schedule, schedule)
    else:
        assert row.facts.schedule_note


def test_a_position_that_is_not_exact_says_so(tmp_path):
    """位置の精度 tells how good a point is; that an import takes it for exact is known, and the column is kept."""
    rough = replace(SALON, precision=Precision.TOWN)
    (row,) = read_places(put(tmp_path, "a.csv", standard_lists_writing.facilities([entry(rough)], town.TODAY)))
    assert differing(row.facts, rough, "schedule") == {"precision", "extra"}
    assert row.facts.extra["位置の精度"] == "町丁目"


@pytest.mark.parametrize("layout", ["", "standard"])
def test_an_evacuation_site_comes_back_the_same(tmp_path, layout):
    """Every field of an evacuation site is read again by the reader of its list, its dangers above all."""
    written = standard_lists_writing.evacuation_sites([entry(SITE)], town.TODAY, layout)
    intake = evacuation_sites.read([put(tmp_path, "sites.csv", written)], today=town.TODAY)
    (row,) = intake.rows
    assert intake.findings == ()
    names = ("全国地方公共団体コード", "所在地_全国地方公共団体コード")
    further = {"地方公共団体名": "みなも町", **dict.fromkeys(names, code(TOWN.code))} if layout else {}
    assert differing(row.facts, SITE, "extra") == set()
    assert row.facts.extra == {**SITE.extra, **further}


def test_a_welfare_shelter_comes_back_the_same(tmp_path):
    """A welfare evacuation site stays one, and whom it accepts stays verbatim."""
    known = entry(WELFARE, record="E273900000112" + "1", source=SOURCE)
    written = standard_lists_writing.shelters([known], town.TODAY)
    intake = gsi_shelters.read([put(tmp_path, "stays.csv", written)], today=town.TODAY)
    (row,) = intake.rows
    assert differing(row.facts, WELFARE, "extra") == set()
    assert row.record == known.record
    assert row.facts.extra == {"種別": "福祉避難所", "出典": "みなも町の一覧を加工／CC BY 4.0"}


def test_a_shelter_without_a_common_id_is_given_none(tmp_path):
    """No 共通ID is made up: such a row is told to people and refused by readers, never taken for another kind."""
    written = standard_lists_writing.shelters([entry(WELFARE, record="hand-1")], town.TODAY)
    assert cells(written)["共通ID"] == ""
    assert cells(written)["種別"] == "福祉避難所"
    intake = gsi_shelters.read([put(tmp_path, "stays.csv", written)], today=town.TODAY)
    assert (intake.rows, [one.key for one in intake.findings]) == ((), ["tables.bad_common_id"])


@pytest.mark.parametrize("text", ["=1+1", "+81 6", "@SUM(A1)", "-2", "\t=1", " =1", "＝1"])
def test_no_cell_is_a_formula(text):
    """What a spreadsheet could run bears an apostrophe, in every column and in a header of the source's."""
    harmful = replace(SALON, name=text, description=text, group=text, extra={text: text, "備考": text})
    written = standard_lists_writing.facilities([entry(harmful)], town.TODAY)
    row = cells(written)
    assert row["名称"] == row["説明"] == row["備考"] == f"'{text}"
    starts = [cell.lstrip()[:1] for line in csv.reader(io.StringIO(written.decode("utf-8-sig"))) for cell in line]
    assert not {"=", "+", "@", "＝"} & set(starts)


def test_a_sample_and_a_source_are_said():
    """A row of sample content says so, and the credit that a source asks for stands in its row."""
    row = cells(standard_lists_writing.facilities([entry(SALON, sample=True, source=SOURCE)], town.TODAY))
    assert row["備考"].startswith("見本")
    assert row["出典"] == "みなも町の一覧を加工／CC BY 4.0"


def test_a_file_begins_with_a_byte_order_mark_and_its_layouts_columns():
    """The file is UTF-8 with a byte order mark; the layout's columns stand first, in their order."""
    written = standard_lists_writing.facilities([], town.TODAY)
    assert written.startswith(
        b"\xef\xbb\xbf" + "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称".encode()
    )
    assert written.endswith(b"\r\n")


def test_what_is_for_staff_is_not_written():
    """A way to get in touch that is not public stands in no list."""
    private = replace(SALON, contacts=tuple(replace(one, public=False) for one in SALON.contacts))
    for write in (standard_lists_writing.facilities, standard_lists_writing.evacuation_sites):
        assert "0000-0000" not in write([entry(private)], town.TODAY).decode()


def of_rows(rows, its_town):
    """Records of a published file as the portal would have them."""
    return [
        replace(
            entry(row.facts, f"{at:04}"),
            town=replace(its_town, code=row.authority),
            record=row.record,
        )
        for at, row in enumerate(rows)
    ]


@needs_real_data
@pytest.mark.parametrize(
    ("folder", "file", "read", "write"),
    [
        ("shelters", "mergeFromCity_1.csv", gsi_shelters.read, standard_lists_writing.shelters),
        ("standard", "222127_evacuation_space.csv", evacuation_sites.read, standard_lists_writing.evacuation_sites),
        ("standard", "222127_community_center.csv", facilities.read, standard_lists_writing.facilities),
    ],
)
def test_a_published_file_comes_back_whole(tmp_path, folder, file, read, write):
    """What was taken in from a published file is written and read again without a difference but 種別."""
    rows = read([REAL / folder / file], today=town.TODAY).rows[:300]
    path = put(tmp_path, file, write(of_rows(rows, town.municipality("27390", "試し市")), town.TODAY))
    again = read([path], today=town.TODAY).rows
    assert len(again) == len(rows) > 0
    for before, after in zip(rows, again, strict=True):
        assert differing(before.facts, after.facts, "extra") == set()
        assert {**before.facts.extra, "種別": ""} == {**after.facts.extra, "種別": ""}
