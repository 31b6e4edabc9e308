"""The editor of posts: few inputs, nothing lost, nothing overwritten, slips said and not forbidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pages.forms import csrf
from portal import clock, posting
from portal.model.goal import Goal
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee
from portal.model.post import PostKind, PostState, Where, WhereKind
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.store import Put
from tests import town
from tests.pages.forms.writing import LEAST, NEW, only, standing, text
from tests.portal import people

ALL = {
    **LEAST,
    "kind": "course",
    "text": "一行目\n二行目 https://example.jp/",
    "way": "monthly",
    "which": ["2", "4"],
    "weekday": ["1"],
    "starts": "10:00",
    "ends": "11:30",
    "first": "2099-01-01",
    "until": "2099-12-31",
    "holidays": "skipped",
    "year_end": "1",
    "off": ["2099-01-13", ""],
    "where": "pin",
    "lat": "34.00500",
    "lon": "135.00500",
    "spot": "第一公園",
    "address": "みなも町1-2",
    "audience": ["older", "parents"],
    "audience_note": "町の人",
    "fee": "paid",
    "fee_note": "100円",
    "booking": "needed",
    "booking_note": "電話で",
    "booking_until": "2099-12-01",
    "access": ["step_free"],
    "access_note": "裏口から",
    "contact_kind_0": "phone",
    "contact_value_0": "06-1111-2222",
    "contact_note_0": "昼まで",
    "contact_public_0": "1",
    "contact_kind_1": "email",
    "contact_value_1": "a@example.jp",
    "relayed": "1",
    "languages": ["ja", "zh"],
    "activity": "elderly_salon",
    "seats": "２０",
    "publish_day": "",
}


@pytest.fixture
def with_place(store):
    """The group runs a place and has a contact."""
    store.apply([Put(town.place("p1", "ひだまり集会所")), Put(town.place("p2", "みなも会館", 1.5))])
    group = replace(store.group("group-hidamari"), places=("p1",), contacts=(people.phone(),))
    store.apply([Put(group)])
    return store


def test_a_new_post_is_sent(visit, store):
    """Kind, title, day and one button: the post waits for the office."""
    visitor = visit(people.MEMBER)
    page = visitor.follow(visitor.send(NEW, **LEAST, do="submit"))
    assert page.status_code == 200
    post = only(store)
    assert (post.state, post.typed_by) == (PostState.WAITING, "")
    assert (post.facts.kind, post.facts.where.kind) == (PostKind.EVENT, WhereKind.NOWHERE)
    assert post.facts.schedule == Schedule((Rule(datetime(2099, 12, 6), timed=False),))
    assert "承認待ち" in text(page)


def test_a_trusted_group_publishes_at_once(visit, store):
    """After enough approved posts the same button publishes."""
    people.trust(store)
    visitor = visit(people.MEMBER)
    visitor.send(NEW, **LEAST, do="submit")
    assert only(store).state is PostState.LIVE


def test_every_field_comes_through_and_back(visit, store):
    """What is typed is kept, shown again in the same fields, and saving it untouched changes nothing."""
    visitor = visit(people.MEMBER)
    page = visitor.follow(visitor.send(NEW, **ALL, do="save"))
    post = only(store)
    facts = post.facts
    assert facts.schedule == Schedule(
        (Rule(datetime(2099, 1, 13, 10), 90, "FREQ=MONTHLY;BYDAY=2TU,4TU"),),
        HolidayPolicy.SKIPPED,
        cancelled=frozenset({date(2099, 1, 13)}),
        until=date(2099, 12, 31),
        closed_year_end=True,
    )
    assert facts.where == Where(WhereKind.PIN, position=town.spot(0.5, 0.5), name="第一公園", address="みなも町1-2")
    assert (facts.audience, facts.audience_note) == ({Audience.OLDER, Audience.PARENTS}, "町の人")
    assert (facts.fee, facts.fee_note, facts.booking, facts.booking_note) == (
        Fee.PAID,
        "100円",
        Booking.NEEDED,
        "電話で",
    )
    assert (facts.access, facts.seats, facts.languages) == ({Access.STEP_FREE}, 20, {"ja", "zh"})
    assert facts.contacts == (
        Contact(ContactKind.PHONE, "06-1111-2222", public=True, note="昼まで"),
        Contact(ContactKind.EMAIL, "a@example.jp"),
    )
    assert (facts.text, facts.relayed, facts.activity) == ("一行目\n二行目 https://example.jp/", True, "elderly_salon")
    again = visitor.send(f"/write?id={post.id}", **{**standing(page), "do": "save"})
    assert again.status_code == 303
    assert only(store) == post


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule((Rule(datetime(2099, 12, 8, 10), 60, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),)),
        Schedule((Rule(datetime(2099, 12, 8, 22), 240), Rule(datetime(2099, 12, 9, 10))), note="雨天中止"),
    ],
    ids=["every second week", "past midnight"],
)
def test_a_schedule_that_fields_cannot_show_is_kept(visit, store, schedule):
    """Mending the title of an imported post leaves its dates as they are, and shows them in words."""
    post = people.kept(store, facts=people.facts(schedule=schedule))
    visitor = visit(people.MEMBER)
    page = visitor.get(f"/write?id={post.id}")
    assert standing(page)["way"] == ["kept"]
    assert "12月8日" in text(page)
    visitor.send(f"/write?id={post.id}", **{**standing(page), "title": "新しい題名", "do": "save"})
    assert (only(store).facts.title, only(store).facts.schedule) == ("新しい題名", schedule)


def test_words_are_an_equal_way(visit, store):
    """When it is can be written as a sentence; what was written stays readable beside what was read."""
    words = "第2・4火曜 10:00〜12:00、雨天中止"
    visit(people.MEMBER).send(NEW, **{**LEAST, "way": "words", "words": words}, do="save")
    facts = only(store).facts
    assert facts.schedule.rules[0].rrule == "FREQ=MONTHLY;BYDAY=2TU,4TU"
    assert facts.schedule_text == words


def test_words_that_cannot_be_read_are_kept_and_said(visit, store):
    """A sentence without a day is kept as it is, the page says that nobody finds it by day, and it can be sent."""
    visitor = visit(people.MEMBER)
    fields = {**LEAST, "way": "words", "words": "桜が咲いたら"}
    warned = visitor.send(NEW, **fields, do="submit")
    assert "日にちを読み取れません" in text(warned)
    assert "日時がありません" in text(warned)
    assert store.posts_of_group("group-hidamari") == []
    visitor.send(NEW, **fields, anyway="submit")
    assert (only(store).facts.schedule, only(store).facts.schedule_text) == (None, "桜が咲いたら")


def test_the_dates_are_told_while_one_edits(visit, store):
    """The fields alone are asked about: the words and the next five dates, or what is wrong; nothing is kept."""
    visitor = visit(people.MEMBER)
    fields = {"way": "weekly", "weekday": "1", "starts": "10:00", "group": "group-hidamari", "first": "2099-01-01"}
    told = visitor.send(NEW, "/write/schedule", **fields).json()
    assert told["words"] == "毎週火曜 10:00から、2099年1月6日（火）から"
    assert len(told["dates"]) == 5
    wrong = visitor.send(NEW, "/write/schedule", **{**fields, "ends": "9:00"}).json()
    assert (wrong["dates"], wrong["problem"][:3]) == ([], "終わり")
    assert store.posts_of_group("group-hidamari") == []


def test_the_dates_are_told_without_scripts(visit, store):
    """A button of the page shows the same, and everything typed stays."""
    page = visit(people.MEMBER).send(NEW, **{**ALL, "do": "check"})
    assert page.status_code == 200
    assert "第2・4火曜 10:00–11:30" in text(page)
    assert standing(page)["title"] == ["もちつき大会"]


def test_a_new_sheet_offers_what_the_group_has(visit, with_place):
    """The group's own place is chosen and its contact is filled in before anybody types."""
    fields = standing(visit(people.MEMBER).get(NEW))
    assert fields["where"] == ["place:p1"]
    assert (fields["contact_value_0"], fields["contact_public_0"]) == (["06-0000-0000"], ["1"])


def test_places_are_found_by_name(visit, with_place):
    """With scripts a list comes while one types, without them a button brings it; the one that is picked is kept."""
    visitor = visit(people.MEMBER)
    found = visitor.get("/write/places?group=group-hidamari&q=みなも").json()["places"]
    assert [(place["id"], place["name"]) for place in found] == [("p2", "みなも会館")]
    page = visitor.send(NEW, **{**LEAST, "where": "other", "place_query": "みなも", "do": "find_place"})
    assert 'name="pick" value="p2"' in page.text
    visitor.send(NEW, **{**LEAST, "where": "other", "pick": "p2", "room": "2階", "do": "save"})
    assert only(with_place).facts.where == Where(WhereKind.PLACE, place="p2", name="2階")


def test_too_many_words_find_nothing(visit, with_place):
    """A question of a hundred words is answered with nothing instead of an error."""
    answer = visit(people.MEMBER).get("/write/places?group=group-hidamari&q=" + "+".join("abcdefghijklmnop" * 6))
    assert answer.json() == {"places": []}


def test_an_address_becomes_a_pin(visit, store):
    """An address that is known fills the degrees in, with and without scripts; an unknown one is said."""
    at = town.place("p9", "会館", 1.2, address="みなも町本町1-2-3")
    store.apply([Put(at)])
    visitor = visit(people.MEMBER)
    answer = visitor.get("/write/spot?group=group-hidamari&q=みなも町本町1-2-3").json()
    assert answer["lon"] == pytest.approx(at.facts.position.lon)
    assert visitor.get("/write/spot?group=group-hidamari&q=どこでもない").json() is None
    page = visitor.send(NEW, **{**LEAST, "where": "pin", "address": "みなも町本町1-2-3", "do": "find_spot"})
    assert standing(page)["lat"] == [f"{at.facts.position.lat:.5f}"]
    page = visitor.send(NEW, **{**LEAST, "where": "pin", "address": "どこでもない", "do": "find_spot"})
    assert "わかりませんでした" in text(page)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "<script>"}, "kind"),
        ({"title": "  "}, "title"),
        ({"title": "あ" * 101}, "title"),
        ({"text": "あ" * 5001}, "text"),
        ({"day": "令和6年2月30日"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "9999-01-01"}, "day"),
        ({"starts": "24:30"}, "starts"),
        ({"starts": "10:00", "ends": "9:00"}, "ends"),
        ({"way": "weekly", "starts": "10:00"}, "weekday"),
        ({"way": "dates", "starts": "10:00", "date": ["", ""]}, "date"),
        ({"way": "weekly", "weekday": "1", "off": "2026-12-09"}, "off"),
        ({"way": "words", "words": "あ" * 501}, "words"),
        ({"where": ""}, "where"),
        ({"where": "pin"}, "lat"),
        ({"where": "pin", "lat": "135.0", "lon": "34.0"}, "lat"),
        ({"where": "pin", "lat": "NaN", "lon": "135"}, "lat"),
        ({"where": "pin", "lat": "1e999", "lon": "135"}, "lat"),
        ({"where": "district"}, "district"),
        ({"where": "district", "district": "nowhere-at-all"}, "district"),
        ({"where": "online", "url": "javascript:alert(1)"}, "url"),
        ({"where": "online", "url": " JaVa\tscript:alert(1)"}, "url"),
        ({"where": "online", "url": "//evil.example"}, "url"),
        ({"where": "other"}, "place_query"),
        ({"where": "other", "place": "p-unknown"}, "where"),
        ({"where": "place:p-unknown"}, "where"),
        ({"contact_kind_0": "url", "contact_value_0": "data:text/html,x"}, "contacts"),
        ({"seats": "-1"}, "seats"),
        ({"seats": "many"}, "seats"),
        ({"languages": ["<b>"]}, "languages"),
        ({"activity": "no_such"}, "activity"),
        ({"goals": ["no_such"]}, "goals"),
        ({"publish_day": "2999-01-01"}, "publish_day"),
        ({"publish_day": "x"}, "publish_day"),
        ({"audience_note": "あ" * 501}, "audience_note"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_at_its_field(visit, store, fields, field):
    """A slip leads back to the form with a sentence and everything that was typed; nothing is written."""
    store.apply([Put(Goal(town.CODE, "g1", "つながりをつくる", "Ties"))])
    page = visit(people.MEMBER).send(NEW, **{**LEAST, **fields}, do="save")
    assert page.status_code == 400
    assert f'href="#f-{field}"' in page.text
    assert f'id="f-{field}"' in page.text
    assert store.posts_of_group("group-hidamari") == []


def test_all_slips_are_said_at_once(visit, store):
    """Several slips are told together, in the order of the page."""
    page = visit(people.MEMBER).send(NEW, **{**LEAST, "kind": "", "title": "", "day": "x"}, do="submit")
    assert page.text.index('href="#f-kind"') < page.text.index('href="#f-title"') < page.text.index('href="#f-day"')


def test_payloads_stay_text(visit, store):
    """Texts made to run stand on editor and preview as text, links only of http and https (Decidim CVE-2024-45594)."""
    hard = "<script>alert(1)</script> ${7*7} {{7*7}} javascript:alert(1) https://example.jp/?a=<b> [x](data:y)"
    visitor = visit(people.MEMBER)
    page = visitor.follow(visitor.send(NEW, **{**LEAST, "title": hard[:90], "text": hard}, do="submit"))
    assert "<script>alert" not in page.text
    assert 'href="javascript' not in page.text
    assert 'href="data' not in page.text
    assert "{{7*7}}" in text(page)
    assert 'href="https://example.jp/?a="' in page.text


def test_a_preview_keeps_what_is_typed(visit, store):
    """The preview shows what readers will see, marked as a draft, with the form below it; nothing is saved."""
    page = visit(people.MEMBER).send(NEW, **{**ALL, "do": "preview"})
    assert page.status_code == 200
    seen = page.text.partition('class="seen"')[2].partition("</section>")[0]
    assert all(word in seen for word in ("下書き", "もちつき大会", "第2・4火曜", "06-1111-2222", "第一公園"))
    assert "a@example.jp" not in seen
    assert standing(page)["title"] == ["もちつき大会"]
    assert store.posts_of_group("group-hidamari") == []


def test_help_between_residents_shows_no_contact(visit, store):
    """The group's contact is left out of a post about help, without a word from the person who writes it."""
    fields = {**LEAST, "kind": "help_wanted", "way": "none", "contact_kind_0": "phone"}
    fields |= {"contact_value_0": "06-0000-0000", "contact_public_0": "1"}
    visit(people.MEMBER).send(NEW, **fields, do="submit")
    assert (only(store).facts.contacts, only(store).facts.relayed) == ((), True)


def test_likely_slips_are_said_and_not_forbidden(visit, store):
    """A date that is over is said before it is sent; a second press sends it all the same."""
    visitor = visit(people.MEMBER)
    fields = {**LEAST, "day": "2020-01-01"}
    warned = visitor.send(NEW, **fields, do="submit")
    assert warned.status_code == 200
    assert "日にちがすべて過ぎています" in text(warned)
    assert store.posts_of_group("group-hidamari") == []
    assert visitor.send(NEW, **fields, anyway="submit").status_code == 303
    assert only(store).state is PostState.WAITING


def test_a_likely_duplicate_is_linked(visit, store):
    """A post alike on the same day is named with a link to look at it."""
    known = people.kept(store, PostState.LIVE, facts=people.facts(schedule=people.on(6, year=2098)))
    page = visit(people.MEMBER).send(NEW, **{**LEAST, "day": "2098-12-06"}, do="submit")
    assert f"/post?id={known.id}" in page.text


def test_a_draft_is_kept_without_ado(visit, store):
    """Saving a draft asks nothing; what may be a slip stands above it when it is opened."""
    visitor = visit(people.MEMBER)
    page = visitor.follow(visitor.send(NEW, **{**LEAST, "day": ""}, do="save"))
    assert only(store).state is PostState.DRAFT
    assert "日時がありません" in text(page)


def test_publish_later(visit, store):
    """A trusted group's post waits for the day that was chosen, in the morning unless an hour is said."""
    people.trust(store)
    day = clock.today() + timedelta(days=10)
    visit(people.MEMBER).send(NEW, **LEAST, do="submit", publish_day=day.isoformat())
    post = only(store)
    assert post.state is PostState.SCHEDULED
    assert post.publish_at == datetime(day.year, day.month, day.day, 9, tzinfo=clock.TOKYO)


def test_two_people_at_once(visit, store):
    """The later one sees both texts field by field; nothing is overwritten until they decide, knowingly."""
    post = people.kept(store)
    member, owner = visit(people.MEMBER), visit(people.OWNER)
    path = f"/write?id={post.id}"
    mine = standing(member.get(path))
    owner.send(path, **{**standing(owner.get(path)), "title": "かき氷大会", "do": "save"})
    page = member.send(path, **{**mine, "text": "わたしの文", "do": "save"})
    assert page.status_code == 409
    assert only(store).facts.title == "かき氷大会"
    assert all(word in text(page) for word in ("かき氷大会", "もちつき大会", "わたしの文", "どなたでもどうぞ。"))
    again = standing(page)
    assert (again["text"], again["title"]) == (["わたしの文"], ["もちつき大会"])
    assert again["theirs"] == ["title"]
    member.send(path, **{**again, "do": "save"})
    assert (only(store).facts.title, only(store).facts.text) == ("かき氷大会", "わたしの文")


def test_mine_can_replace_theirs_knowingly(visit, store):
    """Without the tick one's own text goes on top of the newer version."""
    post = people.kept(store)
    member, path = visit(people.MEMBER), f"/write?id={post.id}"
    mine = standing(member.get(path))
    posting.save(store, people.OWNER, post.id, post.number, people.facts(text="ほかの文"), clock.now())
    page = member.send(path, **{**mine, "text": "わたしの文", "do": "save"})
    fields = {name: value for name, value in standing(page).items() if name != "theirs"}
    member.send(path, **{**fields, "do": "save"})
    assert only(store).facts.text == "わたしの文"


def test_my_changes_can_be_given_up(visit, store):
    """A button leads to the post as it is saved, and has the text forgotten that is kept on the device."""
    post = people.kept(store)
    member, path = visit(people.MEMBER), f"/write?id={post.id}"
    answer = member.send(path, **{**standing(member.get(path)), "text": "わたしの文", "do": "discard"})
    page = member.follow(answer)
    assert f'data-clear="write-{post.id}"' in page.text
    assert standing(page)["text"] == ["どなたでもどうぞ。"]


def test_a_third_change_is_seen_again(visit, store):
    """Whoever decides about a clash while somebody saves once more is shown that, too."""
    post = people.kept(store)
    member, path = visit(people.MEMBER), f"/write?id={post.id}"
    mine = standing(member.get(path))
    second = posting.save(store, people.OWNER, post.id, post.number, people.facts(text="二"), clock.now())
    page = member.send(path, **{**mine, "text": "わたし", "do": "save"})
    posting.save(store, people.OWNER, post.id, second.number, people.facts(text="三"), clock.now())
    assert member.send(path, **{**standing(page), "do": "save"}).status_code == 409
    assert only(store).facts.text == "三"


def test_changes_of_a_live_post_wait_beside_it(visit, store):
    """What is shown stays until the office has looked, and the page says so."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=people.on(6, year=2098)))
    visitor, path = visit(people.MEMBER), f"/write?id={post.id}"
    page = visitor.follow(visitor.send(path, **{**standing(visitor.get(path)), "text": "新しい文", "do": "save"}))
    assert (only(store).facts.text, only(store).revision.facts.text) == ("どなたでもどうぞ。", "新しい文")
    assert "窓口が確かめています" in text(page)


def test_staff_type_in_for_a_group(visit, store):
    """The same form for the office, marked as typed in on the page and in the post."""
    visitor = visit(people.STAFF)
    assert "代行入力" in text(visitor.get(NEW))
    visitor.send(NEW, **LEAST, do="submit")
    assert only(store).typed_by == people.STAFF.id


@pytest.mark.parametrize("who", [people.NEIGHBOUR, people.VISITOR_STAFF], ids=["neighbour", "elsewhere"])
@pytest.mark.parametrize("path", ["/write?id={id}", "/post-actions?id={id}", "/write?group=group-hidamari"])
def test_a_guessed_id_is_no_other_than_an_unknown_one(visit, store, who, path):
    """Another group's draft and an unknown id answer alike (CKAN CVE-2023-32321, Decidim CVE-2026-40869)."""
    post = people.kept(store)
    visitor = visit(who)
    guessed = visitor.get(path.format(id=post.id))
    unknown = visitor.get(path.format(id="post-0000000000000000").replace("group-hidamari", "group-unknown"))
    assert (guessed.status_code, unknown.status_code) == (404, 404)
    assert text(guessed) == text(unknown)
    assert visitor.browser.post(path.format(id=post.id), data={csrf.FIELD: "x", **LEAST}).status_code == 404


@pytest.mark.parametrize("path", ["/write/places?group=group-hidamari&q=x", "/write/spot?group=group-hidamari&q=x"])
def test_helpers_of_the_editor_are_for_its_writers(visit, store, path):
    """Nobody who may not write for the group is answered."""
    assert visit(people.NEIGHBOUR).get(path).status_code == 404
    assert visit().get(path).status_code == 303


def test_who_is_not_signed_in_is_led_there_and_back(visit, store):
    """The sign-in comes first, and leads on to the sheet."""
    answer = visit().get(NEW)
    assert answer.headers["location"] == "/sign-in?next=%2Fwrite%3Fgroup%3Dgroup-hidamari"


def test_a_suspended_group_is_told_so(visit, store):
    """Members of a group that may not post read why, and nothing is written (an edit after suspension)."""
    post = people.kept(store)
    visitor = visit(people.MEMBER)
    path = f"/write?id={post.id}"
    fields = standing(visitor.get(path))
    token = visitor.hidden(path)
    people.state_of(store, "suspended")
    assert visitor.get(NEW).status_code == 403
    answer = visitor.browser.post(path, data={csrf.FIELD: token, **fields, "title": "あとから", "do": "save"})
    assert answer.status_code == 403
    assert only(store).facts.title == "もちつき大会"


def test_a_post_that_cannot_be_edited_leads_to_what_can_be_done(visit, store):
    """A cancelled post is not edited; its page of actions opens instead."""
    post = people.kept(store, PostState.CANCELLED)
    answer = visit(people.MEMBER).get(f"/write?id={post.id}")
    assert answer.headers["location"] == f"/post-actions?id={post.id}"


def test_a_form_of_elsewhere_writes_nothing(visit, store):
    """A form that was not shown to this visitor is refused (CSRF)."""
    visitor = visit(people.MEMBER)
    answer = visitor.browser.post(NEW, data={csrf.FIELD: "made up", **LEAST, "do": "submit"})
    assert answer.status_code == 403
    assert store.posts_of_group("group-hidamari") == []


def test_a_venue_in_words_is_kept(visit, store):
    """A venue that is on no map (from a workbook, or typed) stays with the post when it is saved again."""
    visitor = visit(people.MEMBER)
    venue = {"where": "named", "venue": "だれかの家の縁側", "venue_address": "みなも町3-4"}
    page = visitor.follow(visitor.send(NEW, **{**LEAST, **venue}, do="save"))
    named = Where(name="だれかの家の縁側", address="みなも町3-4")
    assert only(store).facts.where == named
    form = visitor.get(f"/write?id={only(store).id}")
    visitor.send(f"/write?id={only(store).id}", **{**standing(form), "title": "ほかの題", "do": "save"})
    assert (only(store).facts.title, only(store).facts.where) == ("ほかの題", named)
    assert page.status_code == 200
