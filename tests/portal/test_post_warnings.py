"""What is likely a slip in a post is said before it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.model.post import PostKind, PostState, Where, WhereKind
from portal.post_warnings import BARE_LINK, warnings
from portal.store import Put
from portal.words import LANGUAGES, say
from tests import town
from tests.portal import people
from tests.portal.people import facts, kept, on, pin

TODAY = town.TODAY


@pytest.fixture
def town_store(store):
    """The town with its people and groups."""
    return people.settle(store)


def keys(store, post, **values):
    """What is said of a post, by its key; each has its sentence in every language."""
    found = warnings(store, store.group("group-hidamari"), post, TODAY, **values)
    assert all(say(one.key, language, **one.values) for one in found for language in LANGUAGES)
    return [one.key.removeprefix("warnings.") for one in found]


def test_nothing_is_said_of_a_plain_post(town_store):
    """A post with a coming date in the town is passed without a word."""
    assert keys(town_store, facts(where=pin(), booking_until=date(2026, 12, 1))) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"schedule": on(6, month=1)}, ["past"]),
        ({"schedule": people.tuesdays("20261115")}, ["past"]),
        ({"schedule": None}, ["no_date"]),
        ({"schedule": None, "kind": PostKind.NEWS}, []),
        ({"schedule": replace(on(6), cancelled=frozenset({date(2026, 12, 6)}))}, ["no_coming"]),
        ({"schedule": replace(on(22, month=11))}, []),
        ({"booking_until": date(2026, 12, 7)}, ["booking_after"]),
        ({"booking_until": date(2026, 11, 1)}, ["booking_past"]),
        ({"where": pin(5, 5)}, ["outside"]),
        ({"where": pin(2, 2)}, []),
        ({"text": "くわしくは www.example.jp/a へ"}, ["link"]),
        ({"text": "くわしくはhidamari.example.comをご覧ください"}, ["link"]),
        ({"text": "https://www.example.jp/a と http://example.com、a@example.jp、3.5km、R8.12.6"}, []),
    ],
)
def test_what_is_likely_a_slip(town_store, values, said):
    """Past dates, no date, late bookings, a pin outside of the town, an address that is no link."""
    assert keys(town_store, facts(**values)) == said


def test_the_same_groups_post_of_that_day_is_a_likely_duplicate(town_store):
    """One's own draft of the same title and day is said, wherever it is; another day or title is not."""
    draft = kept(town_store)
    said = warnings(town_store, town_store.group("group-hidamari"), facts("もちつき 大会"), TODAY)
    assert [(one.key, one.ids) for one in said] == [("warnings.duplicate", (draft.id,))]
    assert keys(town_store, facts(), post_id=draft.id) == []
    assert keys(town_store, facts(schedule=on(13))) == []
    assert keys(town_store, facts("クリスマス会")) == []


def test_news_alike_in_title_are_said_without_dates(town_store):
    """Two news of one title are likely one."""
    kept(town_store, facts=facts("通信 冬号", kind=PostKind.NEWS, schedule=None))
    assert keys(town_store, facts("通信 冬号", kind=PostKind.NEWS, schedule=None)) == ["duplicate"]


@pytest.mark.parametrize(("column", "said"), [(0.6, ["duplicate"]), (1.5, [])])
def test_another_groups_post_nearby_is_a_likely_duplicate(town_store, column, said):
    """Another group's public post of that day is said within 200 m, and not further off."""
    kept(town_store, PostState.LIVE, group="group-tonari", facts=facts(where=pin()))
    assert keys(town_store, facts(where=pin(column))) == said


def test_another_groups_draft_stays_its_own(town_store):
    """What another group has not published is never given away as a duplicate."""
    for state in (PostState.DRAFT, PostState.WAITING, PostState.HIDDEN):
        kept(town_store, state, group="group-tonari", facts=facts(where=pin()))
    assert keys(town_store, facts(where=pin())) == []


def test_the_same_place_is_near(town_store):
    """Two posts at one place of the portal, or in one district only, are near."""
    town_store.apply([Put(town.place("place-salon", column=None))], people.SAID)
    for where in (
        Where(WhereKind.PLACE, place="place-salon"),
        Where(WhereKind.DISTRICT, district=f"{town.CODE}-elementary-西小"),
    ):
        kept(town_store, PostState.LIVE, group="group-tonari", facts=facts(f"会{where.kind}", where=where))
        assert keys(town_store, facts(f"会{where.kind}", where=where)) == ["duplicate"]


@settings(max_examples=50)
@given(st.text(alphabet="aw.jp-/:@com あ", max_size=300))
def test_no_text_takes_long_to_look_through(text):
    """Whatever is written, the search for addresses ends, and finds nothing that is a link already."""
    assert all("://" not in found[0] for found in BARE_LINK.finditer(text))
