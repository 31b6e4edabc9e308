"""What the lines of a flyer propose, and what they must not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import InvalidRecordError
from portal.flyer import Box, Line, propose
from portal.flyer.labels import labelled
from portal.flyer.mending import mend
from portal.flyer.phones import valid
from portal.model.place import Audience, Booking, Fee
from portal.schedules.occurrences import occurrences
from portal.words import LANGUAGES, phrases
from tests.town import TODAY


def lines(*texts, size=30, vertical=False):
    """Lines below each other, or columns from right to left."""
    if vertical:
        return [
            Line(text, Box(900 - 50 * number, 100, size, size * len(text)), 90.0, vertical=True)
            for number, text in enumerate(texts)
        ]
    return [
        Line(text, Box(100, 100 + 50 * number, size * max(1, len(text)), size), 90.0)
        for number, text in enumerate(texts)
    ]


def first_days(found, count=3):
    """The first dates that the best schedule has."""
    seen = occurrences(found.schedule[0].value, TODAY, date(2028, 1, 1))
    return [f"{one.starts:%Y-%m-%d %H:%M}" for one in seen[:count]]


def test_a_whole_flyer_fills_every_field():
    """Each label's value becomes the candidate of its field."""
    found = propose(
        [
            Line("もちつき大会", Box(100, 10, 600, 80), 95.0),
            *lines(
                "日時：令和8年12月8日（火）午後1時30分〜3時",
                "場所：西集会所 1階",
                "住所：みなも町西町2丁目3番4号",
                "参加費：100円",
                "対象：65歳以上の方",
                "定員：先着20名",
                "申込：12月1日（火）までに電話で申込みください",
                "主催：西町自治会",
                "電話：0790-01-2345 FAX：0790-01-2346",
            ),
        ],
        TODAY,
    )
    assert found.title[0].value == "もちつき大会"
    assert first_days(found) == ["2026-12-08 13:30"]
    assert found.place[0].value == "西集会所 1階"
    assert found.address[0].value == "みなも町西町2丁目3番4号"
    assert (found.cost[0].value.fee, found.cost[0].value.note) == (Fee.PAID, "100円")
    assert found.audience[0].value == {Audience.OLDER}
    assert found.capacity[0].value == 20
    assert (found.booking[0].value.booking, found.booking[0].value.by) == (Booking.NEEDED, date(2026, 12, 1))
    assert found.contact[0].value == "西町自治会"
    assert [one.value for one in found.phone] == ["0790-01-2345"]
    assert [one.value for one in found.fax] == ["0790-01-2346"]


@pytest.mark.parametrize(
    "text",
    [
        "日時：令和8年12月8日（水）13:30〜15:00",
        "日時：12月8日（水）13:30〜15:00",
        "日時：2026年12月8日（木）",
    ],
)
def test_a_weekday_that_contradicts_the_date_is_said_and_gives_no_date(text):
    """Where date and weekday disagree nobody knows which is meant: there is a remark and no value."""
    candidate = propose(lines(text), TODAY).schedule[0]
    assert candidate.value is None
    assert [one.key for one in candidate.remarks] == ["flyer.weekday_contradicts"]


@pytest.mark.parametrize(
    "text",
    [
        "日時：12月3?日 13:30",
        "日時：令和8年1Z月8日",
        "日時：2月30日（火）",
        "日時：12月8日 13:30〜1S:00",
        "日時：未定3",
    ],
)
def test_an_unreadable_date_gives_no_date(text):
    """A figure that was not read is not guessed, and what is left of the date is not taken for all of it."""
    assert [one.value for one in propose(lines(text), TODAY).schedule if one.value] == []


def test_a_date_without_a_year_that_lies_behind_gives_no_date():
    """A flyer is about what is to come; a day of three months ago without a year may be misread."""
    candidate = propose(lines("日時：8月20日 10:00〜12:00"), TODAY).schedule[0]
    assert candidate.value is None
    assert candidate.remarks[-1].key == "flyer.past"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("13:00て15:00", "13:00〜15:00"),
        ("午後1時30分て3時", "午後1時30分〜3時"),
        ("17.00て19:00", "17:00〜19:00"),
        ("12月4日(金)て12月6日(日)", "12月4日(金)〜12月6日(日)"),
        ("午前9時30分11時", "午前9時30分〜11時"),
        ("12月l0日", "12月10日"),
        ("1O:3O", "10:30"),
        ("12月8曰（火）", "12月8日(火)"),
        ("合和8年", "令和8年"),
        ("十二月二十日", "12月20日"),
        ("一回二百円", "1回二百円"),
        ("ひとつの歌を一緒に", "ひとつの歌を一緒に"),
        ("ロビーで口笛", "ロビーで口笛"),
        ("おしゃべりして3時のおやつ", "おしゃべりして3時のおやつ"),
    ],
)
def test_a_sign_is_mended_only_where_its_neighbours_prove_it(read, printed):
    """A dash between times, 日 after a figure, 令和 before a year; prose stays as it is."""
    assert mend(read) == printed


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("日時：12月8日", [("when", "12月8日")]),
        ("【会場】西集会所", [("place", "西集会所")]),
        ("画参加黄 無料", [("cost", "無料")]),
        ("と き", [("when", "")]),
        ("定員：20名 参加費：無料", [("capacity", "20名"), ("cost", "無料")]),
        ("対象どなたでも", [("audience", "どなたでも")]),
        ("要申込", [("", "要申込")]),
        ("当日の場所です", [("", "当日の場所です")]),
        ("対象年齢の方はご相談を", [("", "対象年齢の方はご相談を")]),
    ],
)
def test_labels_are_found_where_they_head_a_value(text, parts):
    """A label has a mark, a blank or a value that fits behind it; a word in a sentence is none."""
    assert [(one.field, one.value) for one in labelled(mend(text))] == parts


@pytest.mark.parametrize(
    ("number", "can_be_dialled"),
    [
        ("0790-01-2345", True),
        ("06-0123-4567", True),
        ("090-0012-3456", True),
        ("0120-012-345", True),
        ("079-001-2345", True),
        ("0790-01-234", False),
        ("090-0012-345", False),
        ("12-3456-7890", False),
        ("00-1234-5678", False),
    ],
)
def test_only_numbers_that_can_be_dialled_are_proposed(number, can_be_dialled):
    """A number that lost a figure is none."""
    assert valid(number) is can_be_dialled
    found = propose(lines(f"電話 {number}"), TODAY).phone
    assert [one.value for one in found] == ([number] if can_be_dialled else [])


def test_values_are_found_beside_and_below_their_labels():
    """In a table the value is to the right of its label, in blocks below it, two columns side by side."""
    table = [
        Line("日時", Box(100, 100, 60, 30), 90.0),
        Line("12月8日(火)", Box(400, 100, 300, 30), 90.0),
        Line("10:00〜12:00", Box(750, 100, 300, 30), 90.0),
        Line("場所", Box(100, 180, 60, 30), 90.0),
        Line("西集会所", Box(400, 180, 200, 30), 90.0),
    ]
    blocks = [
        Line("◆とき", Box(100, 500, 90, 30), 90.0),
        Line("毎週木曜日 10:00〜11:30", Box(100, 550, 400, 30), 90.0),
        Line("◆ところ", Box(640, 500, 120, 30), 90.0),
        Line("東集会所", Box(640, 550, 200, 30), 90.0),
    ]
    assert first_days(propose(table, TODAY)) == ["2026-12-08 10:00"]
    assert propose(table, TODAY).place[0].value == "西集会所"
    assert first_days(propose(blocks, TODAY), 1) == ["2026-11-26 10:00"]
    assert propose(blocks, TODAY).place[0].value == "東集会所"


def test_columns_are_read_from_right_to_left():
    """Vertical writing with figures in kanji gives the same date, place and number."""
    found = propose(
        lines(
            "日時　十二月八日（火）午後一時三十分〜三時",
            "場所　西集会所",
            "電話　〇七九〇―〇一―二三四五",
            vertical=True,
        ),
        TODAY,
    )
    assert first_days(found) == ["2026-12-08 13:30"]
    assert found.place[0].value == "西集会所"
    assert found.phone[0].value == "0790-01-2345"


def test_free_for_some_is_not_free():
    """「大人300円 子ども無料」 costs something, and its words are kept."""
    cost = propose(lines("費用：子ども無料 大人300円"), TODAY).cost[0].value
    assert (cost.fee, cost.note) == (Fee.PAID, "子ども無料 大人300円")


def test_nothing_is_made_up_from_nothing():
    """No lines propose nothing."""
    found = propose([], TODAY)
    assert all(getattr(found, name) == () for name in found.__slots__)


def test_every_remark_is_a_phrase():
    """The remarks of contradictions, past and unread dates have a sentence in both languages with their gaps."""
    texts = (
        "日時：12月8日（水）",
        "日時：8月20日 10:00〜12:00",
        "日時：令和8年1Z月8日",
        "日時：毎週木曜日 10:00〜12:00 雨天のときは休むことがあります",
    )
    for text in texts:
        for remark in propose(lines(text), TODAY).schedule[0].remarks:
            assert all(phrases(language)[remark.key].format(**dict(remark.values)) for language in LANGUAGES)


def test_a_box_has_an_extent():
    """A box without width or height is refused."""
    with pytest.raises(InvalidRecordError):
        Box(0, 0, 0, 5)


@given(
    st.lists(
        st.text(
            alphabet="日時場所参加費対象定員:：()（）0123456789月火〜年令和まで申込要 \n電話-${}<>\x00\u202e一十",
            max_size=60,
        ),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_lines_end_in_proposals(texts):
    """Whatever was misread, proposals come back, and each date among them is a real schedule."""
    found = propose(lines(*texts), TODAY)
    assert all(one.value is None or one.value.rules for one in found.schedule)
