"""The workbook that groups fill in, read back as posts, and taken over."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import post_workbook
from geodata.post_template import COLUMNS, KINDS, SAMPLE
from portal import posting
from portal.errors import ForbiddenError, InvalidRecordError, PersonDataError, PortalError, UnreadableFileError
from portal.model.finding import Severity
from portal.model.place import Booking, Fee
from portal.model.post import HELP, PostKind, PostState, WhereKind
from portal.post_rows import PostRow
from portal.posts.sources import Taken
from portal.store import Put
from portal.words import LANGUAGES, say, say_error
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, NOW, STAFF, facts

TODAY = town.TODAY
HEAD = (
    "NO,イベント名,開始日,終了日,開始時間,終了時間,場所名称,住所,説明,料金(基本),定員,参加申込終了日,参加申込方法,"
    "カテゴリー,備考"
)
SALON = (
    "R8-1,ひだまりサロン,2026-12-08,,10:00,11:30,見本会館,見本町1-1,お茶を飲みます。,無料,20名,2026-12-05,要予約,講座,"
    "雨天中止"
)
GROUP = "group-hidamari"


def read(*lines, codec="utf-8"):
    """The posts of a CSV of these lines under the usual header."""
    return post_workbook.read("\n".join((HEAD, *lines)).encode(codec), TODAY)


def refusals(intake):
    """Line and key of what was refused."""
    return [(one.line, one.key) for one in intake.findings if one.severity is Severity.REFUSED]


def tried(line):
    """The intake of a line, or the error that it ended in."""
    try:
        return read(line)
    except PortalError as error:
        return error


@pytest.fixture
def town_store(store):
    """The town with its people and groups."""
    return people.settle(store)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_reads_as_no_post_at_all(language):
    """The empty template, its sample row and its page of notes are no posts, and nothing is wrong with them."""
    intake = post_workbook.read(post_workbook.template(language), TODAY)
    assert (intake.rows, intake.findings, intake.read) == ((), (), 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_template_is_posts(language):
    """What is typed below the sample row is read with its line, dates typed as dates or as text alike."""
    book = openpyxl.load_workbook(io.BytesIO(post_workbook.template(language)))
    sheet, column = book.worksheets[0], {one.name: number for number, one in enumerate(COLUMNS, start=1)}
    names = {"イベント名": "もちつき", "開始日": datetime(2026, 12, 6), "開始時間": "10:00", "終了時間": "12:00"}
    kind = say("workbook.kind_consultation", language)
    for name, value in {**names, "カテゴリー": kind, "緯度": 34.005, "経度": 135.005}.items():
        sheet.cell(3, column[name], value)
    file = io.BytesIO()
    book.save(file)
    (row,) = post_workbook.read(file.getvalue(), TODAY).rows
    assert (row.line, row.facts.title, row.facts.kind) == (3, "もちつき", PostKind.CONSULTATION)
    assert row.facts.schedule.rules[0].start == datetime(2026, 12, 6, 10)
    assert (row.facts.where.kind, row.facts.where.position.lat) == (WhereKind.PIN, 34.005)


def test_the_template_has_checks_and_notes():
    """Every needed column is marked, notes stand on the header, and lists and dates are checked by the spreadsheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(post_workbook.template("ja"))).worksheets[0]
    assert sheet["E2"].value.startswith(SAMPLE)
    assert sheet["E1"].comment.text == say("workbook.note_name", "ja", sample=SAMPLE)
    assert {one.type for one in sheet.data_validations.dataValidation} == {"list", "date", "time", "decimal"}
    assert not HELP & set(KINDS)


def test_every_cell_finds_its_field():
    """Venue, fee, seats, booking, category and what no column takes are all in the post."""
    (row,) = read(SALON).rows
    facts_read = row.facts
    assert (row.line, row.record, facts_read.kind) == (2, "R8-1", PostKind.COURSE)
    assert (facts_read.where.name, facts_read.where.address) == ("見本会館", "見本町1-1")
    assert (facts_read.fee, facts_read.booking, facts_read.seats) == (Fee.FREE, Booking.NEEDED, 20)
    assert facts_read.booking_until == date(2026, 12, 5)
    assert facts_read.text == "お茶を飲みます。\n\n備考: 雨天中止"


def test_rows_of_one_event_are_one_post():
    """A weekly salon with a row per date is one post with all its dates; numbers of its rows are not its id."""
    second = SALON.replace("R8-1", "R8-2").replace("12-08", "12-15")
    (row,) = read(SALON, second).rows
    assert [rule.start.day for rule in row.facts.schedule.rules] == [8, 15]
    assert row.record.startswith("#")
    assert read(second, SALON).rows[0].record == row.record


def test_numbers_that_only_count_are_no_ids():
    """1, 2, 3 are not what posts are found again by: next month's workbook begins with 1 again."""
    rows = read(SALON.replace("R8-1", "1"), "2,もちつき,2026-12-06").rows
    assert all(row.record.startswith("#") for row in rows)


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp932", "utf-16", "euc-jp"])
def test_the_same_as_csv_in_any_encoding(codec):
    """What a spreadsheet saves as CSV is read the same, whatever its encoding."""
    assert read(SALON, codec=codec).rows == read(SALON).rows


def test_lines_that_cannot_be_are_named():
    """Dates that do not exist, ends before starts, no name, a title too long and a row twice are refused with lines."""
    intake = read(
        SALON,
        "2,もちつき,2026-02-30",
        "3,もちつき,2026-12-06,2026-12-01",
        "4,,2026-12-06",
        f"5,{'長' * 101},2026-12-06",
        SALON,
        "7,ぐっすり講座,2026-12-06,,12:00,10:00",
    )
    assert refusals(intake) == [
        (3, "intake.no_such_day"),
        (4, "intake.ends_before_start"),
        (5, "model.no_name"),
        (6, "post.title_too_long"),
        (7, "intake.event_twice"),
        (8, "intake.ends_before_start_time"),
    ]
    assert (intake.read, [row.line for row in intake.rows]) == (7, [2])
    assert all(say(one.key, language, **one.values) for one in intake.findings for language in LANGUAGES)


def test_an_unreadable_end_of_booking_is_doubtful():
    """A last day to book that is no day is said, and shown as it was written."""
    intake = read(SALON.replace("2026-12-05", "定員になるまで"))
    assert [one.key for one in intake.findings] == ["workbook.bad_until"]
    assert "定員になるまで" in intake.rows[0].facts.booking_note


def test_kinds_are_told_by_words_and_dates():
    """Without a category, a title's words and its dates say what it is."""
    kinds = {
        row.facts.title: row.facts.kind
        for row in read(
            "a,スマホ教室,2026-12-06",
            "b,なんでも相談会,2026-12-06",
            "c,体操,2026-12-06",
            "c,体操,2026-12-13",
            "d,もちつき,2026-12-06",
            "e,まつり,2026-12-05,2026-12-06",
        ).rows
    }
    assert kinds == {
        "スマホ教室": PostKind.COURSE,
        "なんでも相談会": PostKind.CONSULTATION,
        "体操": PostKind.SERIES,
        "もちつき": PostKind.EVENT,
        "まつり": PostKind.EVENT,
    }


def test_what_is_no_list_of_events_is_refused():
    """A table without names, one about persons, one far too large, and no table at all are refused with a sentence."""
    with pytest.raises(UnreadableFileError):
        post_workbook.read(b"a,b\n1,2\n", TODAY)
    with pytest.raises(PersonDataError):
        post_workbook.read("イベント名,氏名,生年月日\nもちつき,見本太郎,1950-01-01\n".encode(), TODAY)
    with pytest.raises(UnreadableFileError, match="too_large"):
        post_workbook.read(b" " * (6 * 1024 * 1024), TODAY)
    with pytest.raises(UnreadableFileError, match="too_many_rows"):
        read(*[f"a{number},会{number},2026-12-06" for number in range(2_001)])
    with pytest.raises(UnreadableFileError):
        post_workbook.read(b"PK\x03\x04not a workbook", TODAY)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="=+-@\t＝あ1/:\"'<>${}\\", max_size=12), min_size=3, max_size=6))
def test_whatever_stands_in_the_cells_ends_in_posts_or_sentences(cells):
    """Any cells end in posts and findings, or in an error that has a sentence."""
    outcome = tried(",".join(cells))
    assert say_error(outcome) if isinstance(outcome, PortalError) else all(row.record for row in outcome.rows)


def test_the_same_workbook_twice_changes_nothing(town_store):
    """A workbook is taken as drafts; again it changes nothing; with a line changed it changes that post alone."""
    lines = SALON, "R8-9,もちつき,2026-12-06"
    assert posting.take_rows(town_store, MEMBER, GROUP, read(*lines).rows, NOW) == Taken(new=2)
    version = town_store.data_version()
    assert posting.take_rows(town_store, MEMBER, GROUP, read(*lines).rows, NOW) == Taken(same=2)
    assert town_store.data_version() == version
    changed = SALON, "R8-9,餅つき,2026-12-13"
    assert posting.take_rows(town_store, MEMBER, GROUP, read(*changed).rows, NOW) == Taken(changed=1, same=1)
    titles = {post.outside.record: (post.facts.title, post.state) for post in town_store.posts_of_group(GROUP)}
    assert titles == {"R8-1": ("ひだまりサロン", PostState.DRAFT), "R8-9": ("餅つき", PostState.DRAFT)}


def test_a_place_of_the_portal_is_found_by_its_name(town_store):
    """A venue that is a place of the portal becomes that place; a trusted group's rows are live at once."""
    people.trust(town_store)
    town_store.apply([Put(town.place("place-hall", "見本会館"))], people.SAID)
    posting.take_rows(town_store, MEMBER, GROUP, read(SALON).rows, NOW)
    (post,) = town_store.posts_of_group(GROUP)
    assert (post.facts.where.place, post.state, post.on_paper) == ("place-hall", PostState.LIVE, False)


def test_one_line_that_cannot_be_stops_all(town_store):
    """A row that the municipality cannot have names its line, and nothing of the workbook is kept."""
    bad = PostRow(7, "x", facts(activity="no_such_kind"))
    with pytest.raises(InvalidRecordError) as raised:
        posting.take_rows(town_store, MEMBER, GROUP, [*read(SALON).rows, bad], NOW)
    assert raised.value.values["line"] == 7
    assert town_store.posts_of_group(GROUP) == []


def test_a_workbook_is_for_ones_own_group(town_store):
    """Another group's member takes nothing over; staff do, marked as typed in."""
    with pytest.raises(ForbiddenError):
        posting.take_rows(town_store, NEIGHBOUR, GROUP, read(SALON).rows, NOW)
    posting.take_rows(town_store, STAFF, GROUP, read(SALON).rows, NOW)
    assert town_store.posts_of_group(GROUP)[0].on_paper


def test_more_than_anybody_posts_is_refused(town_store):
    """More than 500 posts at a time are refused."""
    rows = [PostRow(number, str(number), facts()) for number in range(501)]
    with pytest.raises(InvalidRecordError, match="too_many"):
        posting.take_rows(town_store, MEMBER, GROUP, rows, NOW)
