"""A group's calendar becomes items with a schedule; what cannot be taken is told with its line."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.icalendar_feed import read
from portal.clock import TOKYO
from portal.errors import UnreadableFileError
from portal.model.finding import Severity
from portal.model.position import Point
from portal.model.schedule import Rule
from portal.schedules.occurrences import State, occurrences
from portal.words import LANGUAGES, say, say_error

TODAY = date(2026, 11, 22)
GOLDEN = Path(__file__).parent / "golden"


def calendar(*events: str, before: str = "") -> bytes:
    """A calendar of these events, each given as its lines."""
    blocks = "".join(f"BEGIN:VEVENT\n{lines.strip()}\nEND:VEVENT\n" for lines in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{before}{blocks}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def salon(*lines: str, uid: str = "a@example.jp", start: str = ";TZID=Asia/Tokyo:20261208T100000") -> str:
    """The lines of an event on Tuesday 8 December at ten."""
    return "\n".join((f"UID:{uid}", "SUMMARY:サロン", f"DTSTART{start}", *lines))


def only(data: bytes):
    """The one item of a calendar that nothing is wrong with."""
    found = read(data, TODAY)
    assert found.findings == ()
    return found.items[0]


def findings(data: bytes) -> list[tuple[int, Severity, str]]:
    """(line, what became of it, phrase) of what is told; each can be said in every language."""
    told = read(data, TODAY).findings
    assert all(say(one.key, language, **one.values) for one in told for language in LANGUAGES)
    return [(one.line, one.severity, one.key) for one in told]


def refusal(data: bytes) -> str:
    """The phrase with which a whole calendar is refused."""
    with pytest.raises(UnreadableFileError) as raised:
        read(data, TODAY)
    assert all(say_error(raised.value, language) for language in LANGUAGES)
    return raised.value.key


def dates(item, last: date = date(2027, 3, 31)) -> list[str]:
    """What happens, as ``12-08 10:00`` with a mark for what is not as usual."""
    marks = {State.SCHEDULED: "", State.EXTRA: "+", State.MOVED: "→", State.CANCELLED: "×"}
    return [f"{one.starts:%m-%d %H:%M}{marks[one.state]}" for one in occurrences(item.schedule, TODAY, last)]


def test_an_event_becomes_an_item():
    """Title, text, place, position, address, categories, revision and times are taken."""
    item = only(
        calendar(
            salon(
                "DTEND;TZID=Asia/Tokyo:20261208T113000",
                "DESCRIPTION:一行目\\n二行目\\, 続き",
                "LOCATION:みなも集会所\\n2階",
                "GEO:34.5;135.5",
                "URL:https://example.jp/1",
                "CATEGORIES:高齢者,体操",
                "CATEGORIES:歌",
                "SEQUENCE:3",
                "LAST-MODIFIED:20261101T030000Z",
                "ATTENDEE;CN=山田:mailto:yamada@example.jp",
            )
        )
    )
    assert (item.uid, item.title, item.text) == ("a@example.jp", "サロン", "一行目\n二行目, 続き")
    assert (item.place_text, item.position) == ("みなも集会所 2階", Point(135.5, 34.5))
    assert (item.url, item.categories, item.sequence) == ("https://example.jp/1", ("高齢者", "体操", "歌"), 3)
    assert item.changed_at == datetime(2026, 11, 1, 12, 0, tzinfo=TOKYO)
    assert item.schedule.rules == (Rule(datetime(2026, 12, 8, 10, 0), 90),)
    assert not item.cancelled


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (";TZID=Asia/Tokyo:20261208T100000", "10:00"),
        (":20261208T010000Z", "10:00"),
        (":20261208T100000", "10:00"),
        (";TZID=Tokyo Standard Time:20261208T100000", "10:00"),
        (";TZID=America/New_York:20261207T200000", "10:00"),
        (";TZID=JST-9:20261208T100030", "10:00"),
    ],
)
def test_a_time_is_brought_to_tokyo(start, expected):
    """Zones by name, of Windows and of the calendar's own, UTC and floating times become Tokyo's."""
    offsets = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\n"
    zone = f"BEGIN:VTIMEZONE\nTZID:JST-9\n{offsets}END:VTIMEZONE\n"
    item = only(calendar(salon("DURATION:PT1H30M", start=start), before=zone))
    assert f"{item.schedule.rules[0].start:%H:%M}" == expected
    assert item.schedule.rules[0].minutes == 90


def test_whole_days_have_no_time():
    """A day without a time, and a festival of three days."""
    assert only(calendar(salon(start=";VALUE=DATE:20261208"))).schedule.rules == (
        Rule(datetime(2026, 12, 8), timed=False),
    )
    festival = only(calendar(salon("DTEND;VALUE=DATE:20261211", start=";VALUE=DATE:20261208")))
    assert dates(festival) == ["12-08 00:00", "12-09 00:00", "12-10 00:00"]


def test_a_repetition_with_its_exceptions():
    """A rule, a date left out, a further one, one moved, one called off."""
    weekly = salon(
        "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270112T010000Z",
        "EXDATE;TZID=Asia/Tokyo:20261222T100000",
        "RDATE;TZID=Asia/Tokyo:20261223T140000,20261225T100000",
        "SEQUENCE:2",
    )
    moved = salon("RECURRENCE-ID;TZID=Asia/Tokyo:20261215T100000", start=";TZID=Asia/Tokyo:20261216T130000")
    off = salon("RECURRENCE-ID:20261229T010000Z", "STATUS:CANCELLED", start=":20261229T010000Z")
    assert dates(only(calendar(moved, weekly, off))) == [
        "12-08 10:00",
        "12-16 13:00→",
        "12-22 10:00×",
        "12-23 14:00+",
        "12-25 10:00+",
        "12-29 10:00×",
        "01-05 10:00",
        "01-12 10:00",
    ]


def test_another_time_on_a_date_left_out_is_that_date_moved():
    """Ten o'clock left out and two o'clock added on one date: it happens at two, and is not called off."""
    item = only(
        calendar(
            salon(
                "RRULE:FREQ=WEEKLY;COUNT=3",
                "EXDATE;TZID=Asia/Tokyo:20261215T100000",
                "RDATE;TZID=Asia/Tokyo:20261215T140000",
            )
        )
    )
    assert dates(item) == ["12-08 10:00", "12-15 14:00→", "12-22 10:00"]


def test_a_repetition_in_utc_falls_on_tokyos_days():
    """Monday 23:00 in UTC is Tuesday 8:00 in Tokyo; a rule that cannot be shifted so is told and not guessed."""
    weekly = calendar(salon("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261228T230000Z", start=":20261207T230000Z"))
    assert dates(only(weekly)) == ["12-08 08:00", "12-15 08:00", "12-22 08:00", "12-29 08:00"]
    for start, rule in (
        (":20261207T230000Z", "FREQ=MONTHLY;BYDAY=1MO"),
        (";TZID=America/New_York:20261207T080000", "FREQ=WEEKLY"),
    ):
        assert findings(calendar(salon(f"RRULE:{rule}", start=start))) == [(3, Severity.REFUSED, "feeds.zone_repeats")]


@pytest.mark.parametrize(
    ("until", "last"),
    [("20261222T010000Z", "12-22"), ("20261222T005959Z", "12-15"), ("20261222", "12-22"), ("20261221T235959", "12-15")],
)
def test_the_last_moment_is_not_passed(until, last):
    """UNTIL counts to the moment, in UTC or in local time."""
    item = only(calendar(salon(f"RRULE:FREQ=WEEKLY;UNTIL={until}")))
    assert dates(item)[-1].startswith(last)


def test_the_first_date_counts_even_where_the_rule_does_not_fall_on_it():
    """RFC 5545 counts DTSTART as a date, also a Tuesday of a rule of Fridays."""
    assert dates(only(calendar(salon("RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20261220"))))[:3] == [
        "12-08 10:00",
        "12-11 10:00",
        "12-18 10:00",
    ]


def test_the_newest_version_of_an_event_wins():
    """Of two events of one UID the one with the higher SEQUENCE is taken, wherever it stands."""
    data = calendar(salon("SEQUENCE:2", "DESCRIPTION:新"), salon("SEQUENCE:1", "DESCRIPTION:古"))
    assert [item.text for item in read(data, TODAY).items] == ["新"]
    assert findings(data) == [(10, Severity.DOUBTFUL, "feeds.same_uid")]


def test_an_event_without_uid_is_found_again():
    """A name is made of its start and title: the same when the calendar is read again, another for another event."""
    nameless = salon().partition("\n")[2]
    other = nameless.replace("サロン", "会")
    found = [item.uid for item in read(calendar(nameless, other), TODAY).items]
    assert found == [item.uid for item in read(calendar(nameless, other), TODAY).items]
    assert len(set(found)) == 2


def test_one_date_of_a_series_alone_is_an_event():
    """A change of one date whose series is not in the calendar is an event of its own."""
    item = only(calendar(salon("RECURRENCE-ID;TZID=Asia/Tokyo:20261208T100000")))
    assert dates(item) == ["12-08 10:00"]


def test_an_event_called_off_is_told_as_such():
    """STATUS:CANCELLED calls off all of it; it stays to be shown."""
    assert only(calendar(salon("STATUS:CANCELLED"))).cancelled


def test_what_is_over_is_left_out():
    """Events that are over before today are not taken, long ago or yesterday; a series that goes on is."""
    data = calendar(
        salon(uid="0", start=":00010101T000000Z"),
        salon(uid="1", start=":20190101T000000Z"),
        salon(uid="2", start=":20261121T000000Z"),
        salon(uid="3", start=":20261122T000000Z"),
        salon("RRULE:FREQ=WEEKLY;COUNT=5", uid="4", start=":20200101T000000Z"),
        salon("RRULE:FREQ=WEEKLY", uid="5", start=":20200101T000000Z"),
    )
    assert [item.uid for item in read(data, TODAY).items] == ["3", "5"]


def test_private_events_stay_private():
    """What the group marked as private is not taken, and its title is not told."""
    data = calendar(salon("CLASS:PRIVATE"), salon("CLASS:confidential", uid="b"), salon("CLASS:PUBLIC", uid="c"))
    found = read(data, TODAY)
    assert [item.uid for item in found.items] == ["c"]
    assert [(one.key, dict(one.values)) for one in found.findings] == [("feeds.private", {})] * 2


def test_html_becomes_text():
    """Google writes descriptions as HTML: they are text with line breaks, and scripts are gone."""
    item = only(
        calendar(salon("DESCRIPTION:<b>集合</b><br>10時\\n<script>alert(1)</script>${x}&amp;<a href='x'>地図</a>"))
    )
    assert item.text == "集合\n10時\n${x}&地図"


@pytest.mark.parametrize(
    ("lines", "severity", "key"),
    [
        (salon(start=":2026128"), Severity.REFUSED, "feeds.bad_time"),
        ("UID:a\nSUMMARY:x", Severity.REFUSED, "feeds.no_start"),
        (salon(start=":99991231T235959Z"), Severity.REFUSED, "feeds.bad_time"),
        (salon(start=";TZID=Nowhere/Town:20261208T100000"), Severity.REFUSED, "feeds.unknown_zone"),
        (salon(start=";TZID=../../etc/hostname:20261208T100000"), Severity.REFUSED, "feeds.unknown_zone"),
        (salon("RRULE:FREQ=SECONDLY"), Severity.REFUSED, "feeds.bad_schedule"),
        (salon("RRULE:FREQ=HOURLY;INTERVAL=2"), Severity.REFUSED, "feeds.bad_schedule"),
        (salon("RRULE:FREQ=DAILY;COUNT=999999999"), Severity.REFUSED, "feeds.bad_schedule"),
        (salon("RRULE:FREQ=WEEKLY;BYHOUR=9,15"), Severity.REFUSED, "feeds.bad_schedule"),
        (salon("RRULE:nonsense"), Severity.REFUSED, "feeds.bad_schedule"),
        (salon("RRULE:FREQ=DAILY;UNTIL=20261301"), Severity.REFUSED, "feeds.bad_schedule"),
        (salon("RRULE:FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 400)), Severity.REFUSED, "feeds.bad_schedule"),
        (
            salon("DTEND;VALUE=DATE:20261210", "RRULE:FREQ=WEEKLY", start=";VALUE=DATE:20261208"),
            Severity.REFUSED,
            "feeds.bad_schedule",
        ),
        (salon("DTEND:20261207T000000Z"), Severity.DOUBTFUL, "feeds.bad_end"),
        (salon("DTEND:rubbish"), Severity.DOUBTFUL, "feeds.bad_end"),
        (salon("DURATION:P400W"), Severity.DOUBTFUL, "feeds.bad_end"),
        ("UID:a\nDTSTART:20261208", Severity.REFUSED, "feeds.no_title"),
        (salon("EXDATE:" + ",".join(["20261208T010000Z"] * 5)), None, ""),
        (salon("GEO:91;200", "GEO:NaN;Inf"), None, ""),
        (salon("URL:javascript:alert(1)"), None, ""),
        (salon("SEQUENCE:99999999999999999999", "LAST-MODIFIED:00010101T000000Z"), None, ""),
        (salon("X" * 3000, "BADLINE", ";;;:", "DTSTAMP:1"), None, ""),
        (salon("COMMENT:x\n" * 2100), Severity.REFUSED, "feeds.event_too_long"),
    ],
)
def test_what_cannot_be_taken_is_told(lines, severity, key):
    """An event that no schedule can hold is refused with its line; a small fault costs only what is wrong."""
    assert findings(calendar(lines)) == ([(3, severity, key)] if key else [])
    taken = [item.url for item in read(calendar(lines), TODAY).items]
    assert taken == ([] if severity is Severity.REFUSED else [""])


def test_changes_that_no_schedule_holds_are_doubtful():
    """A change of all later dates, and another length of one date, are told."""
    weekly = salon("DURATION:PT1H", "RRULE:FREQ=WEEKLY")
    later = salon("RECURRENCE-ID;RANGE=THISANDFUTURE:20261222T010000Z", start=":20261222T030000Z")
    longer = salon("RECURRENCE-ID:20261215T010000Z", "DURATION:PT3H", start=":20261215T010000Z")
    assert [key for _, _, key in findings(calendar(weekly, longer, later))] == [
        "feeds.length_changed",
        "feeds.later_dates_changed",
    ]


def test_folded_lines_are_joined_even_within_a_letter():
    """A fold may cut a letter of several bytes in two; LF alone, CR alone and a byte order mark are read, too."""
    plain = calendar(salon("DESCRIPTION:見守り講座"))
    cut = plain.replace("守".encode(), "守".encode()[:1] + b"\r\n " + "守".encode()[1:])
    for data in (cut, b"\xef\xbb\xbf" + plain, plain.replace(b"\r\n", b"\n"), plain.replace(b"\r\n", b"\r")):
        assert only(data).text == "見守り講座"
    assert only(plain.decode().encode("cp932")).text == "見守り講座"


def test_lines_are_those_of_the_file():
    """A finding names the line on which its event begins, folds and alarms counted."""
    alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:alarm\nEND:VALARM"
    data = calendar(salon(alarm, "DESCRIPTION:a\n b\n c"), "SUMMARY:x\nUID:z")
    assert findings(data) == [(15, Severity.REFUSED, "feeds.no_start")]
    assert read(data, TODAY).items[0].text == "abc"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "feeds.empty"),
        (b" \r\n ", "feeds.empty"),
        (b"x" * (2 * 2**20 + 1), "feeds.too_large"),
        (b"<html></html>", "feeds.not_a_calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "feeds.not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100_000, "feeds.nested"),
        (b"BEGIN:VCALENDAR\r\n\xff\xfe\x81", "feeds.bad_encoding"),
    ],
)
def test_what_is_no_calendar_is_refused(data, key):
    """Nothing, too much, another file, nesting beyond reason and unreadable letters end in a sentence."""
    assert refusal(data) == key


def test_a_calendar_cut_off_keeps_what_is_whole():
    """What came whole is taken, the event that breaks off is told."""
    data = calendar(salon(), salon(uid="b"))
    cut = data[: data.rindex(b"END:VEVENT")]
    assert [item.uid for item in read(cut, TODAY).items] == ["a@example.jp"]
    assert findings(cut) == [(8, Severity.REFUSED, "feeds.event_cut_off")]


def test_lone_surrogates_and_unseen_signs_are_dropped():
    """Signs that no page can show do no harm: NUL, halves of signs, line separators."""
    data = calendar(salon("DESCRIPTION:a\0b\u2028c\u0085d"))
    assert only(data).text == "abcd"
    assert refusal(data.replace(b"a\0b", b"\xed\xa0\x80")) == "feeds.bad_encoding"


HOSTILE = {
    "years that never come": [
        salon(f"RRULE:FREQ=YEARLY;INTERVAL={number % 900 + 2};BYMONTH=2;BYMONTHDAY=30", uid=str(number))
        for number in range(5000)
    ],
    "changes of one event": [
        salon("RRULE:FREQ=DAILY"),
        *(salon(f"RECURRENCE-ID:{20270101 + number}", start=":20270101") for number in range(20_000)),
    ],
    "dates left out": [salon("RRULE:FREQ=DAILY", *["EXDATE:" + ",".join(["20270101T010000Z"] * 1000)] * 110)],
    "further dates": [salon(*["RDATE:" + ",".join(f"2027{n:04}T010000Z" for n in range(1000))] * 110)],
    "a long rule": [salon("RRULE:FREQ=MONTHLY;BYMONTHDAY=" + "1," * 9_900, uid=str(n)) for n in range(100)],
    "long texts": [salon("DESCRIPTION:" + "<a " * 60_000, uid=str(n)) for n in range(11)],
    "parameters": [salon("SUMMARY" + ";A=b" * 150_000 + ":x")],
    "many names": [f"UID:{number}\nDTSTART:20261208\nSUMMARY:x" for number in range(30_000)],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_calendar_ends_in_time(name):
    """Half a megabyte of the worst that is known ends within the time that a fetch may take."""
    data = calendar(*HOSTILE[name])
    data = data[: data.rfind(b"\n", 0, 2**19)]
    begun = time.process_time()
    found = read(data, TODAY)
    assert time.process_time() - begun < 3
    assert len(found.items) <= 1000


def test_the_thousand_and_first_event_is_told():
    """A thousand events are taken, and where it stops is told."""
    data = calendar(*(salon(uid=str(number)) for number in range(1001)))
    assert len(read(data, TODAY).items) == 1000
    assert findings(data) == [(3 + 5 * 1000, Severity.REFUSED, "feeds.too_many")]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "DTSTART",
                    "DTEND",
                    "RRULE",
                    "RDATE",
                    "EXDATE",
                    "GEO",
                    "RECURRENCE-ID",
                    "UID",
                    "CATEGORIES",
                    "DURATION",
                    "BEGIN",
                    "END",
                ]
            ),
            st.sampled_from(["", ";VALUE=DATE", ";TZID=Asia/Tokyo", ";VALUE=PERIOD", ";TZID=UTC", ';X="a']),
            st.sampled_from(
                [
                    "20261208",
                    "20261208T100000",
                    "20261208T010000Z",
                    "PT1H",
                    "-P1D",
                    "FREQ=WEEKLY;BYDAY=TU",
                    "FREQ=DAILY;UNTIL=20270101",
                    "VEVENT",
                    "20261208T100000Z/PT1H",
                    "a@b",
                ]
            )
            | st.text(max_size=12),
        ),
        max_size=10,
    )
)
def test_any_lines_end_in_items_or_findings(lines):
    """Whatever properties an event has, it is taken, or told, or the calendar is refused with a sentence."""
    data = calendar(salon(*(f"{name}{parameters}:{value}" for name, parameters, value in lines)))
    try:
        found = read(data, TODAY)
    except UnreadableFileError as error:
        told = [say_error(error)]
    else:
        told = [*found.items, *(say(one.key, **one.values) for one in found.findings), "over"]
    assert all(told)


def test_a_calendar_as_google_writes_it():
    """The file of a widespread calendar, with its zone, its alarms and a change of one date, is taken whole."""
    found = read((GOLDEN / "group_calendar.ics").read_bytes(), TODAY)
    assert found.findings == ()
    assert [(item.title, dates(item)[:3]) for item in found.items] == [
        ("ひだまりサロン", ["11-24 10:00", "12-08 10:00", "12-23 13:30→"]),
        ("もちつき大会", ["12-20 00:00"]),
        ("合唱の集い", ["12-05 19:00"]),
    ]
    assert found.items[2].cancelled
