"""Place: what is known is said, what is not known is said, and nothing that is not public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal.assigning import memberships
from portal.clock import TOKYO, today
from portal.model.goal import Goal
from portal.model.place import Contact, ContactKind
from portal.model.schedule import Rule, Schedule
from portal.model.shelter import Opening, ShelterFacts
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of


@pytest.fixture
def keep(town_store):
    """Keep a place with its districts."""

    def kept(place):
        town_store.apply([Put(place), *map(Put, memberships(town_store, [place], town.TODAY))])
        return place

    return kept


def test_says_everything(open_screen, keep, town_store):
    """Schedule, five dates, contacts, who runs it, its goals, districts and extra columns are on the screen."""
    start = datetime(2026, 1, 6, 10, 0)  # schedules are in local time
    keep(
        town.place(
            "p1",
            group="ひだまりの会",
            schedule=Schedule((Rule(start, 120, "FREQ=WEEKLY;BYDAY=TU"),)),
            contacts=(
                Contact(ContactKind.PHONE, "06-0000-0000", public=True),
                Contact(ContactKind.PERSON, "秘密の名前", public=False),
            ),
            extra={"備考": "くつをぬぎます"},
            goals=frozenset({"ties"}),
        )
    )
    town_store.apply([Put(Goal(town.CODE, "ties", "つながりをつくる", "Ties"))])
    told = html_of(open_screen("place", id="p1"))
    assert told.count("10:00–12:00") == 6
    assert 'href="tel:06-0000-0000"' in told
    assert all(
        text in told
        for text in ("ひだまりの会", "つながりをつくる", "西小", "南中", "おおよその区域", "くつをぬぎます", "未確認")
    )
    assert "秘密の名前" not in told


def test_cancelled_and_moved_stay_visible(open_screen, keep):
    """A cancelled date is struck through and a moved one says so."""
    start = datetime(2026, 1, 6, 10, 0)  # schedules are in local time
    next_tuesday = today() + timedelta(days=(1 - today().weekday()) % 7 + 7)
    keep(
        town.place(
            "p1",
            schedule=Schedule((Rule(start, 120, "FREQ=WEEKLY;BYDAY=TU"),), cancelled=frozenset({next_tuesday})),
        )
    )
    assert "<s><bdi>" in html_of(open_screen("place", id="p1"))


def test_marks_of_a_record(open_screen, keep):
    """Stale and gone are said; verified is another day than edited."""
    place = replace(
        town.place("p1"), verified_on=date(2020, 1, 2), edited_on=date(2026, 3, 4), gone_on=date(2026, 5, 6)
    )
    keep(place)
    told = html_of(open_screen("place", id="p1"))
    assert all(text in told for text in ("365日以上", "2020年1月2日", "2026年3月4日", "2026年5月6日"))


def test_outside_is_said(open_screen, keep):
    """A place outside every district of a layer says so for each layer."""
    keep(town.place("p1", column=9, row=9))
    assert html_of(open_screen("place", id="p1")).count("どの区域にも入らない") == 3


@pytest.mark.parametrize(
    ("shelter", "said"),
    [
        (ShelterFacts(), ["受入対象の記載なし", "開設の情報はありません"]),
        (
            ShelterFacts(
                accepts="妊産婦 <b>等</b>",
                opening=Opening.OPEN,
                opened_since=datetime(2026, 11, 1, 8, 30, tzinfo=TOKYO),
            ),
            ["妊産婦 &lt;b&gt;等&lt;/b&gt;", "開設中", "2026年11月1日 8:30から"],
        ),
    ],
)
def test_welfare_site_says_its_rules(open_screen, keep, shelter, said):
    """A welfare evacuation site says whom it accepts verbatim, that it may be closed, and its state."""
    keep(town.place("w1", "つつじ荘", kind="welfare_shelter", shelter=shelter))
    told = html_of(open_screen("place", id="w1"))
    assert all(text in told for text in [*said, "最初から開いているとはかぎりません", "直接行くことはできません"])


def test_report_is_kept_for_staff(open_screen, keep, town_store):
    """What a reader reports is kept, and shown nowhere on the screen."""
    keep(town.place("p1"))
    screen = open_screen("place", id="p1")
    screen.selectbox(key="place_report_what").set_value("moved")
    screen.text_area(key="place_report_text").set_value("移転\x07しました")
    screen.button(key="FormSubmitter:place_report-知らせる").click().run()
    assert "受けつけました" in html_of(screen)
    (note,) = town_store.error_notes("p1")
    assert (note.what, note.text) == ("moved", "移転\ufffdしました")
    assert "移転" not in html_of(open_screen("place", id="p1"))


@pytest.mark.parametrize("unknown", ["", "x", "../p1", "<script>"])
def test_unknown_place_is_said(open_screen, unknown):
    """An id that is none gives a sentence."""
    assert "見つかりません" in html_of(open_screen("place", id=unknown))
