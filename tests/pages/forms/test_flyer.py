"""A post from a paper flyer: read on this machine, proposed piece by piece, taken over as a draft."""

from __future__ import annotations

import io
import re
import time

import pytest
from PIL import Image

from geodata.flyers import Flyer, Page
from pages.forms import flyer_reading, shelf
from pages.forms.flyer_reading import Read, Reading
from portal import clock
from portal.flyer import Box, Line, propose
from portal.model.group import GroupState
from portal.model.mark import Mark
from portal.model.place import Booking, Contact, ContactKind, Fee
from portal.model.post import PostKind, PostState, WhereKind
from portal.store import Put
from tests import town
from tests.geodata.flyers.made_flyers import FLYERS
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, STAFF

GROUP = "group-hidamari"
TEXTS = (
    "みんなの体操ひろば",
    "日時: 毎月第2火曜日 10:00〜11:30",
    "場所: 西コミュニティ会館 2階",
    "参加費: 100円",
    "定員: 20名",
    "申込: 不要",
    "電話: 06-0155-7788",
)


def a_read_flyer(*texts):
    """A flyer of these lines as if it had been read just now."""
    picture = io.BytesIO()
    Image.new("RGB", (900, 900), "white").save(picture, "JPEG")
    tall = [90 if not number else 30 for number in range(len(texts))]
    lines = tuple(
        Line(text, Box(50, 20 + 100 * number, tall[number] * len(text) // 2, tall[number]), 95.0)
        for number, text in enumerate(texts)
    )
    return Read(Flyer((Page(picture.getvalue(), 900, 900, lines),)), propose(lines, clock.today()))


def laid_out(who=MEMBER, group=GROUP, texts=TEXTS):
    """The name of a flyer that was read for somebody."""
    reading = Reading(group, clock.now())
    reading.read = a_read_flyer(*texts)
    return shelf.put(who.id, reading)


def chosen(page):
    """What is chosen on the page as it is, by field."""
    return dict(re.findall(r'name="(\w+)" value="(\w+)" checked', page.text))


def upload(visitor, data, path=f"/flyer?group={GROUP}"):
    """Send a file with the form."""
    return visitor.send(path, files={"flyer": ("チラシ.png", data, "image/png")})


def test_a_flyer_becomes_a_draft_that_nobody_sees(store, visit):
    """A real file is read, its proposals are chosen as they come, and a draft opens in the editor."""
    visitor = visit(MEMBER)
    answer = upload(visitor, FLYERS[0].data())
    path = answer.headers["location"]
    page = visitor.follow(answer)
    for _ in range(60):
        if "読み取った内容を確かめる" in page.text:
            break
        time.sleep(0.5)
        page = visitor.get(path)
    assert "ふれあい喫茶ひだまり" in page.text
    taken = visitor.send(path, **chosen(page))
    [post] = store.posts_of_group(GROUP)
    assert taken.headers["location"] == f"/write?id={post.id}"
    assert (post.state, post.outside.source, post.facts.fee) == (PostState.DRAFT, "flyer", Fee.PAID)
    assert post.facts.schedule is not None
    assert "下書きを作りました" in visitor.follow(taken).text
    assert visitor.get(path).status_code == 404


def test_every_field_is_taken_over_as_it_was_chosen(store, visit):
    """Dates, place, cost, places, booking and telephone reach the draft; the place is the portal's own."""
    hall = town.place("hall", "西コミュニティ会館")
    store.apply([Put(hall)], Mark(clock.now(), "test"))
    visitor, path = visit(MEMBER), f"/flyer?id={laid_out()}"
    page = visitor.get(path)
    assert "地図のこの場所とします" in page.text
    assert visitor.send(path, **chosen(page)).status_code == 303
    [post] = store.posts_of_group(GROUP)
    facts = post.facts
    assert (facts.title, facts.kind, facts.seats) == ("みんなの体操ひろば", PostKind.SERIES, 20)
    assert (facts.where.kind, facts.where.place, facts.where.name) == (WhereKind.PLACE, "hall", "2階")
    assert (facts.fee, facts.booking) == (Fee.PAID, Booking.NOT_NEEDED)
    assert Contact(ContactKind.PHONE, "06-0155-7788", public=True) in facts.contacts
    assert facts.schedule.rules[0].rrule == "FREQ=MONTHLY;BYDAY=2TU"


def test_what_one_mends_goes_before_what_was_read(store, visit):
    """One's own words are kept, and understood as far as they can be; what is left out is left out."""
    visitor, path = visit(MEMBER), f"/flyer?id={laid_out()}"
    fields = chosen(visitor.get(path)) | {
        "title": "own",
        "title_own": "みんなのヨガ教室",
        "schedule": "own",
        "schedule_own": "月に一度どこかで",
        "place": "own",
        "place_own": "どこかの集会所",
        "cost": "own",
        "cost_own": "無料",
        "phone": "none",
    }
    answer = visitor.send(path, **fields)
    assert "「どこかの集会所」は地図で見つからなかった" in visitor.follow(answer).text
    [post] = store.posts_of_group(GROUP)
    facts = post.facts
    assert (facts.title, facts.kind) == ("みんなのヨガ教室", PostKind.COURSE)
    assert (facts.schedule, facts.schedule_text) == (None, "月に一度どこかで")
    assert facts.text == "場所: どこかの集会所"
    assert (facts.fee, facts.contacts) == (Fee.FREE, ())


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "own", "title_own": " "}, "title"),
        ({"title": "own", "title_own": "あ" * 101}, "title"),
        ({"title": "9"}, "title"),
        ({"capacity": "own", "capacity_own": "たくさん"}, "capacity"),
        ({"capacity": "own", "capacity_own": "0"}, "capacity"),
        ({"cost": "own", "cost_own": "あ" * 501}, "cost"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(store, visit, fields, field):
    """Nothing is kept, and what was typed is still there."""
    visitor, path = visit(MEMBER), f"/flyer?id={laid_out()}"
    page = visitor.send(path, **(chosen(visitor.get(path)) | fields))
    assert page.status_code == 400
    assert f'href="#f-{field}"' in page.text
    assert store.posts_of_group(GROUP) == []


def test_a_date_that_contradicts_itself_is_said_and_not_offered(visit):
    """The words stand there with the reason, but cannot be chosen; leaving the field out is what is chosen."""
    texts = ("もちつき大会", "日時: 令和8年12月8日(月) 10:00〜12:00")
    page = visit(MEMBER).get(f"/flyer?id={laid_out(texts=texts)}")
    assert "月曜日ではありません" in page.text
    assert 'name="schedule" value="0"' not in page.text
    assert chosen(page)["schedule"] == "none"


def test_text_of_a_flyer_is_text(visit):
    """Whatever is printed on it never becomes HTML."""
    page = visit(MEMBER).get(f"/flyer?id={laid_out(texts=('<script>alert(1)</script>ひろば',))}")
    assert "<script>alert" not in page.text


def test_a_piece_is_a_picture_for_its_person_alone(visit):
    """Pieces and pages come to whoever sent the flyer; to everybody else the name is unknown, to nobody a sign-in."""
    name = laid_out()
    own, other = visit(MEMBER), visit(NEIGHBOUR)
    for at in ("title.0.0", "page.0"):
        answer = own.get(f"/flyer/piece?id={name}&at={at}")
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["cache-control"] == "no-store"
        assert Image.open(io.BytesIO(answer.content)).format == "PNG"
        assert other.get(f"/flyer/piece?id={name}&at={at}").status_code == 404
    for at in ("", "title", "title.9.0", "title.0.9", "page.1", "page.-1", "page.１", "flyer.0.0", "title.0.0.0"):
        assert own.get(f"/flyer/piece?id={name}&at={at}").status_code == 404
    for path in (f"/flyer?id={name}", f"/flyer/state?id={name}"):
        assert other.get(path).status_code == 404
        assert visit().get(path).headers["location"].startswith("/sign-in")


def test_a_guessed_group_is_unknown(visit):
    """Another group's page answers as one that does not exist."""
    for path in (f"/flyer?group={GROUP}", "/flyer?group=group-none", "/flyer"):
        assert visit(NEIGHBOUR).get(path).status_code == 404


def test_a_suspension_works_on_the_next_action(store, visit):
    """A flyer that was read before its group was suspended makes no draft any more."""
    visitor, path = visit(MEMBER), f"/flyer?id={laid_out()}"
    fields = chosen(visitor.get(path))
    form = visitor.hidden(path)
    people.state_of(store, GroupState.SUSPENDED)
    answer = visitor.browser.post(path, data={"_form": form, **fields})
    assert answer.status_code == 403
    assert store.posts_of_group(GROUP) == []


def test_staff_type_in_from_a_flyer(store, visit):
    """A flyer that came to the office becomes a draft marked as typed in (代行入力)."""
    visitor, path = visit(STAFF), f"/flyer?id={laid_out(STAFF)}"
    page = visitor.get(path)
    assert "代行入力" in page.text
    visitor.send(path, **chosen(page))
    assert store.posts_of_group(GROUP)[0].typed_by == STAFF.id


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ファイルが空です"),
        (b"<svg onload=alert(1)>", "このファイルは読めません"),
        (b"%PDF-1.7 nonsense", "ファイルがこわれているか"),
        (bytes(25_000_001), "ファイルが大きすぎます"),
    ],
)
def test_what_is_no_flyer_ends_in_a_sentence(visit, data, sentence):
    """A file that cannot be read leads back to the form, with what to do."""
    visitor = visit(MEMBER)
    page = upload(visitor, data)
    if page.status_code == 303:
        page = visitor.follow(page)
    assert page.status_code == 400
    assert sentence in page.text
    assert 'type="file"' in page.text


def test_without_a_file_the_form_says_so(visit):
    """Sending nothing is said beside the field."""
    page = visit(MEMBER).send(f"/flyer?group={GROUP}")
    assert page.status_code == 400
    assert "ファイルが選ばれていません" in page.text


def test_without_the_reader_of_print_the_page_says_so(visit, monkeypatch, tmp_path):
    """On a machine without Tesseract there is no form that leads nowhere, but the way to write by hand."""
    monkeypatch.setenv("PATH", str(tmp_path))
    page = visit(MEMBER).get(f"/flyer?group={GROUP}")
    assert "この機械では、チラシを読み取れません" in page.text
    assert 'type="file"' not in page.text
    assert f"/write?group={GROUP}" in page.text


def test_one_who_sends_many_at_once_is_told_to_wait(visit, monkeypatch):
    """Three of a person are read or wait; the fourth is a 429 that begins nothing."""
    monkeypatch.setattr(flyer_reading, "_waiting", [MEMBER.id] * flyer_reading.OWN_MOST)
    page = upload(visit(MEMBER), FLYERS[0].data())
    assert page.status_code == 429
    assert "たくさんのチラシ" in page.text


def test_while_it_is_read_the_page_says_so(visit, monkeypatch):
    """A page that asks again by itself, with scripts or without, and a way to look."""
    monkeypatch.setattr("pages.forms.flyer.PATIENCE_S", 0.1)
    name = shelf.put(MEMBER.id, Reading(GROUP, clock.now()))
    visitor = visit(MEMBER)
    page = visitor.get(f"/flyer?id={name}")
    assert "チラシを読み取っています" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert visitor.get(f"/flyer/state?id={name}").json() == {"done": False}
    assert f"/flyer?id={name}" in visitor.get(f"/flyer?group={GROUP}").text


def test_both_languages(visit):
    """The page is whole in English, the flyer's words stay Japanese."""
    page = visit(MEMBER, language="en").get(f"/flyer?id={laid_out()}")
    assert "Check what was read" in page.text
    assert "Every 2nd Tuesday" in page.text or "2nd Tuesday" in page.text
    assert "みんなの体操ひろば" in page.text


def test_things_on_the_shelf_are_over_after_an_hour(monkeypatch):
    """Each is found by its person, as what it is, until an hour has passed; the fifth pushes the first out."""
    names = [shelf.put("account-x", text) for text in "abcde"]
    assert [text for _, text in shelf.of("account-x", str)] == ["e", "d", "c", "b"]
    for name, owner, sort in ((names[0], "account-x", str), (names[1], "account-y", str), (names[1], "account-x", int)):
        with pytest.raises(Exception, match=r"shelf\.over"):
            shelf.get(owner, name, sort)
    assert shelf.get("account-x", names[4], str) == "e"
    later = time.monotonic() + shelf.KEPT_S + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    shelf.sweep()
    assert shelf.of("account-x", str) == []
