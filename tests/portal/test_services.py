"""What is found, shown, counted, edited and reported, over the invented town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal import by_district, editing, find, laying_out, looking, notes, reporting, setting_up
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError
from portal.model.kind import Kind, Shape
from portal.model.place import Contact, ContactKind, Origin
from portal.model.schedule import Rule, Schedule
from portal.query import HORIZON_DAYS, Query
from portal.store import Put
from tests import town
from tests.town import CODE, NOW, TODAY

TUESDAYS = Schedule((Rule(datetime(2026, 1, 6, 10, 0), 120, "FREQ=WEEKLY;BYDAY=TU"),))


@pytest.fixture
def settled(store):
    """The town with four places, their memberships and occurrences."""
    places = [
        town.place("salon", "ひだまりサロン", 0.5, 0.5, schedule=TUESDAYS, address="みなも1-1"),
        town.place("hall", "あさひ会館", 1.5, 0.5, kind="facility"),
        town.place("nowhere", "どこかの居場所", None, kind="ibasho"),
        town.place("shelter", "ひかり小学校", 0.5, 1.5, kind="shelter"),
    ]
    setting_up.add_samples(store, places, TODAY)
    return store


def test_daily_life_is_found_apart_from_evacuation(settled):
    """Find shows places of daily life, counts them by kind, and says how many have no position."""
    answer = find.activities(settled, Query(CODE, evacuation=False), NOW)
    assert (answer.total, answer.without_position) == (3, 1)
    assert dict(answer.by_kind) == {"elderly_salon": 1, "facility": 1, "ibasho": 1}
    assert answer.cards[0].place.id == "salon"


def test_a_card_says_when_how_far_and_where(settled):
    """The nearest comes first with its walking minutes, its next date and its district."""
    here = town.spot(0.5, 0.6)
    answer = find.activities(settled, Query(CODE, layer="elementary", near=here), NOW)
    card = answer.cards[0]
    assert (card.place.id, card.district.name) == ("salon", "西小")
    assert card.next.starts == datetime(2026, 11, 24, 10, 0, tzinfo=NOW.tzinfo)
    assert 105 < card.distance_m < 117
    assert card.minutes == 2
    assert answer.cards[-1].distance_m is None


def test_what_is_over_for_today_comes_after_what_is_still_to_come(settled):
    """On a Tuesday noon the salon of that morning is next in a week, and stands behind one of tomorrow."""
    wednesdays = replace(
        TUESDAYS, rules=(replace(TUESDAYS.rules[0], start=datetime(2026, 1, 7, 10, 0), rrule="FREQ=WEEKLY"),)
    )
    setting_up.add_samples(settled, [town.place("tomorrow", "あしたの会", schedule=wednesdays)], TODAY)
    noon = NOW.replace(day=24, hour=12)
    cards = find.activities(settled, Query(CODE, evacuation=False), noon).cards
    assert [card.place.id for card in cards[:2]] == ["tomorrow", "salon"]
    assert cards[1].next.starts.day == 1
    morning = find.activities(settled, Query(CODE, evacuation=False), NOW.replace(day=24, hour=8)).cards
    assert [card.place.id for card in morning[:2]] == ["salon", "tomorrow"]


def test_pages_follow_each_other_without_a_gap(settled):
    """Page by page every record comes exactly once."""
    ids = [find.activities(settled, Query(CODE, evacuation=None), NOW, 1, n).cards[0].place.id for n in range(4)]
    assert sorted(ids) == ["hall", "nowhere", "salon", "shelter"]


def test_a_filter_by_day_finds_what_takes_place_then(settled):
    """Tuesday finds the Tuesday salon, Sunday does not, and a laid-out day survives a week."""
    assert find.activities(settled, Query(CODE, day="tue"), NOW).total == 1
    assert find.activities(settled, Query(CODE, day="today"), NOW).total == 0
    assert find.activities(settled, Query(CODE, day="2026-11-24"), NOW).total == 1
    assert laying_out.keep_up(settled, TODAY)
    assert not laying_out.keep_up(settled, TODAY + timedelta(days=7))
    assert laying_out.keep_up(settled, TODAY + timedelta(days=8))
    assert settled.occurrences_until() >= TODAY + timedelta(days=8 + HORIZON_DAYS)


def test_counts_by_district_and_outside_sum_to_the_total(settled):
    """Every district is listed, the empty ones too, and what is in none of them is counted as outside."""
    query = Query(CODE, evacuation=None)
    counts = by_district.counts(settled, query, "elementary", TODAY)
    assert {item.district.name if item.district else None: item.count for item in counts} == {
        "西小": 1,
        "東小": 1,
        "北西小": 1,
        "北東小": 0,
        None: 1,
    }
    assert sum(item.count for item in counts) == find.activities(settled, query, NOW).total


def test_a_place_page_shows_only_public_contacts(settled):
    """What is not public stays with staff; districts of every layer and five coming dates are there."""
    contacts = (
        Contact(ContactKind.PHONE, "00-0000-0000", public=True),
        Contact(ContactKind.PERSON, "係", public=False),
    )
    editing.edit(settled, "salon", {"contacts": contacts}, TODAY)
    view = looking.place(settled, "salon", NOW, 365)
    assert [contact.value for contact in view.contacts] == ["00-0000-0000"]
    assert len(view.coming) == 5
    assert [(layer.key, district.name) for layer, district in view.districts] == [
        ("city", "みなも町"),
        ("elementary", "西小"),
        ("junior_high", "南中"),
    ]
    with pytest.raises(UnknownThingError):
        looking.place(settled, "no-such", NOW, 365)


def test_verified_is_not_edited(settled):
    """An edit leaves the verified day alone, and a verification the edited day; past the limit a record is stale."""
    edited = editing.edit(settled, "salon", {"description": "お茶"}, TODAY)
    assert (edited.edited_on, edited.verified_on) == (TODAY, None)
    verified = editing.verify(settled, "salon", "係", TODAY - timedelta(days=366))
    assert (verified.edited_on, verified.verified_on) == (TODAY, TODAY - timedelta(days=366))
    assert looking.place(settled, "salon", NOW, 365).stale
    assert not looking.place(settled, "salon", NOW, 366).stale
    assert not looking.place(settled, "hall", NOW, 365).stale


def test_a_value_typed_in_is_read_as_its_field(settled):
    """Text stays text, choices are checked, positions come as JSON, and nonsense is refused with a sentence."""
    assert editing.read_value("name", "あたらしい会館") == "あたらしい会館"
    assert editing.read_value("position", '{"lon": 135.0, "lat": 34.0}') == town.spot(0, 0)
    for field, text in (("fee", "tuesday"), ("position", "here"), ("extra", "{}"), ("nothing", "x")):
        with pytest.raises(InvalidRecordError):
            editing.read_value(field, text)


def test_an_edited_position_moves_the_place_to_its_new_district(settled):
    """The district follows the pin."""
    editing.edit(settled, "salon", {"position": town.spot(1.5, 1.5)}, TODAY)
    assert {item.layer: item.district for item in settled.memberships("salon")}["elementary"].endswith("北東小")


def test_a_report_is_kept_for_staff_and_bounded(settled):
    """A reader's report is kept; an unknown place, an empty "other" and an endless row of reports are turned away."""
    note = notes.report_error(settled, "salon", "closed", " もうやっていません ", NOW)
    assert settled.error_notes() == [note]
    assert note.text == "もうやっていません"
    with pytest.raises(UnknownThingError):
        notes.report_error(settled, "no-such", "closed", "", NOW)
    with pytest.raises(InvalidRecordError):
        notes.report_error(settled, "salon", "other", "  ", NOW)
    with pytest.raises(InvalidRecordError):
        notes.report_error(settled, "salon", "<script>", "", NOW)
    for _ in range(notes.MOST_PER_PLACE - 1):
        settled.apply([Put(replace(note, id=f"{note.id}-{_}"))])
    with pytest.raises(InvalidRecordError):
        notes.report_error(settled, "salon", "closed", "", NOW)


def test_the_report_counts_what_is_real(settled):
    """Samples are counted apart, a welfare site is a shelter, too, and a layer says what is outside."""
    sample = town.place("sample-1", "見本サロン", 0.5, 0.5)
    welfare = town.place("welfare", "ふくし園", 0.5, 0.4, kind="welfare_shelter")
    setting_up.add_samples(settled, [replace(sample, origin=Origin("sample", "1")), welfare], TODAY)
    figures = reporting.report(settled, TODAY)["municipalities"][CODE]
    assert figures["places"] == {
        "ibasho": 1,
        "elderly_salon": 1,
        "facility": 1,
        "shelter": 2,
        "emergency_site": 0,
        "welfare_shelter": 1,
    }
    assert figures["samples"]["elderly_salon"] == 1
    assert figures["layers"]["elementary"]["by_district"] == {"北東小": 0, "北西小": 1, "東小": 1, "西小": 2}
    assert figures["layers"]["elementary"]["outside"] == 1
    assert figures["layers"]["elementary"]["official"] is False
    assert figures["layers"]["junior_high"]["official"] is True
    assert figures["sources"] == [{"name": "町の区域", "licence": "CC BY 4.0", "as_of": "2026-11-22"}]


def test_samples_go_with_one_command_and_stay_away(empty_store):
    """Removed samples do not come back at the next start; a store set up without them has none."""
    sample = replace(town.place("sample-1"), origin=Origin("sample", "1"))
    built_in = replace(town.built_in(), samples=(sample,))
    assert setting_up.set_up(empty_store, built_in, TODAY, sample=True).samples == 1
    assert setting_up.remove_samples(empty_store) == 1
    assert setting_up.set_up(empty_store, built_in, TODAY, sample=True).samples == 0
    assert empty_store.places_of(CODE) == []


def test_a_new_kind_reaches_an_older_store(store):
    """A kind that came with a newer portal is added; one that the municipality changed stays as it is."""
    changed = replace(town.KINDS[0], ja="よりどころ")
    store.apply([Put(changed)])
    newer = replace(town.built_in(), kinds=(*town.KINDS, Kind("event", "行事", "Event", "#333333", Shape.CIRCLE, "行")))
    setting_up.set_up(store, newer, TODAY, sample=True)
    assert {kind.key: kind.ja for kind in store.kinds()}["event"] == "行事"
    assert {kind.key: kind.ja for kind in store.kinds()}["ibasho"] == "よりどころ"


def test_a_municipality_that_is_not_built_in_has_every_layer(store):
    """It is added with the standard layers, once."""
    setting_up.add_municipality(store, setting_up.new_municipality("22212", "焼津市", "Yaizu", "34.87,138.32"))
    assert [layer.key for layer in store.layers("22212")] == [
        "city",
        "elementary",
        "junior_high",
        "branch",
        "neighbourhood",
    ]
    added = next(item for item in store.municipalities() if item.code == "22212")
    assert (added.prefecture, added.centre.lat) == ("静岡県", 34.87)
    with pytest.raises(ConflictError):
        setting_up.add_municipality(store, added)
    with pytest.raises(InvalidRecordError):
        setting_up.new_municipality("22212", "焼津市", centre="somewhere")


def test_a_municipality_adds_a_kind_of_its_own(store):
    """The kind is there for that municipality, with the first letter of its name, and its key is taken then."""
    kind = setting_up.new_kind("sea_cafe", ("海の喫茶", "Sea café"), CODE, "#123456", "")
    setting_up.add_kind(store, kind)
    assert store.kinds(CODE)[-1].letter == "海"
    assert "sea_cafe" not in {item.key for item in store.kinds()}
    with pytest.raises(ConflictError):
        setting_up.add_kind(store, kind)
    with pytest.raises(UnknownThingError):
        setting_up.add_kind(store, replace(kind, municipality="12345"))


def test_an_ended_district_is_not_counted(store):
    """A district whose last day has passed is in no count of today."""
    ended = town.district("旧小", town.square(0, 0), last_day=date(2024, 3, 31))
    store.apply([Put(ended)])
    names = [
        item.district.name for item in by_district.counts(store, Query(CODE), "elementary", TODAY) if item.district
    ]
    assert "旧小" not in names
