"""A group's settings: what owner, member and office can change there, and what happens when two do at once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from portal import clock, grouping
from portal.model.group import FeedKind, FollowedFeed, GroupState
from portal.model.mark import Mark
from portal.model.place import Contact, ContactKind
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, OWNER, STAFF, VISITOR_STAFF

GROUP = "group-hidamari"
PATH = f"/group-settings?id={GROUP}"
ABOUT = "毎週、公園で体操をします。"


def put(store, *records):
    """Keep records."""
    store.apply([*map(Put, records)], Mark(clock.now(), "test"))


def saved(**fields):
    """The form of what the group says of itself."""
    return {"save": "1", "based_on": "1", "about": ABOUT, "district": "", **fields}


def test_the_owner_says_what_the_group_does(store, visit):
    """Text, district and contacts are kept, each contact public or not; empty rows are left out."""
    visitor = visit(OWNER)
    fields = saved(
        district=f"{town.CODE}-elementary-西小",
        contact_kind_0="phone",
        contact_value_0="06-1111-2222",
        contact_note_0="平日10時から",
        contact_public_0="1",
        contact_kind_1="email",
        contact_value_1="kai@example.jp",
        contact_kind_2="phone",
        contact_value_2="",
    )
    assert "保存しました。" in visitor.follow(visitor.send(PATH, **fields)).text
    group = store.group(GROUP)
    assert (group.about, group.district) == (ABOUT, f"{town.CODE}-elementary-西小")
    assert group.contacts == (
        Contact(ContactKind.PHONE, "06-1111-2222", public=True, note="平日10時から"),
        Contact(ContactKind.EMAIL, "kai@example.jp", public=False),
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"about": ""}, "about"),
        ({"about": "あ" * 2001}, "about"),
        ({"district": "99902-x"}, "district"),
        ({"contact_kind_0": "phone", "contact_value_0": "abc"}, "contact_value_0"),
        ({"contact_kind_0": "url", "contact_value_0": "javascript:alert(1)"}, "contact_value_0"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(store, visit, fields, field):
    """Nothing is kept, and what was typed stays in the form."""
    page = visit(OWNER).send(PATH, **saved(**fields))
    assert page.status_code == 400
    assert f'href="#f-{field}"' in page.text
    assert store.group(GROUP) == people.group()


def test_the_later_of_two_is_shown_the_difference(store, visit):
    """Nothing is overwritten: both texts stand on the page, and sending again puts one's own in place knowingly."""
    mine = visit(OWNER)
    grouping.edit(store, STAFF, GROUP, 1, {"about": "窓口が直した文です。"}, clock.now())
    page = mine.send(PATH, **saved())
    assert page.status_code == 409
    assert "窓口が直した文です。" in page.text
    assert f">\n{ABOUT}</textarea>" in page.text
    assert store.group(GROUP).about == "窓口が直した文です。"
    number = re.search(r'name="based_on" value="(\d+)"', page.text)[1]
    assert mine.send(PATH, **saved(based_on=number)).status_code == 303
    assert store.group(GROUP).about == ABOUT


def test_a_member_sees_and_changes_nothing(store, visit):
    """Members that own nothing read the page; their forms are refused."""
    visitor = visit(MEMBER)
    page = visitor.get(PATH)
    assert page.status_code == 200
    assert "変えられるのは代表の人と窓口だけ" in page.text
    assert 'name="about"' not in page.text
    others = ({"invite": "1", "email": "a@example.jp"}, {"remove": OWNER.id}, {"close": "1", "sure": "1"})
    for fields in (saved(), *others):
        assert visitor.send("/account", to=PATH, **fields).status_code in {403, 404}
    assert store.group(GROUP) == people.group()
    assert len(store.members(GROUP)) == 3


def test_the_name_is_the_offices_to_change(store, visit):
    """An owner's form with a name changes no name; staff's does."""
    assert visit(OWNER).send(PATH, **saved(name="別の会")).status_code == 303
    assert store.group(GROUP).name == "ひだまりの会"
    staff = visit(STAFF)
    number = store.group(GROUP).number
    fields = saved(name="ひだまり会", name_kana="ヒダマリカイ", applicant="", applicant_email="", based_on=number)
    assert staff.send(PATH, **fields).status_code == 303
    assert (store.group(GROUP).name, store.group(GROUP).name_kana) == ("ひだまり会", "ヒダマリカイ")
    taken = saved(name="となりの会", based_on=store.group(GROUP).number)
    page = staff.send(PATH, **taken)
    assert page.status_code == 400
    assert 'href="#f-name"' in page.text


def test_the_owner_invites_and_takes_out(store, visit):
    """An invitation goes out by mail; a member is taken out; the last owner cannot leave the group without one."""
    visitor = visit(OWNER)
    page = visitor.follow(visitor.send(PATH, invite="1", email="new@example.jp", owner="1"))
    assert "new@example.jp に招待を送りました。" in page.text
    [message] = store.messages(town.CODE)
    assert message.to == "new@example.jp"
    assert visitor.send(PATH, invite="1", email="no address").status_code == 400
    assert visitor.send(PATH, remove=MEMBER.id).status_code == 303
    assert MEMBER.id not in {item.account for item in store.members(GROUP)}
    last = visitor.send(PATH, remove=OWNER.id)
    assert last.status_code == 400
    assert "代表が一人もいなくなります" in last.text


def test_a_forged_host_invites_nobody(store, visit):
    """No mail goes out for a request to another host."""
    visitor = visit(OWNER, base="https://evil.example")
    assert visitor.send(PATH, invite="1", email="new@example.jp").status_code == 403
    assert store.messages(town.CODE) == []


def test_staff_link_places_to_a_group(store, visit):
    """A place is found by its name, linked and taken off again; the owner is told to ask the office."""
    put(store, town.place("salon", "あおぞらサロン", address="みなも1-2"))
    staff = visit(STAFF)
    page = staff.get(f"{PATH}&q=あおぞら")
    assert 'name="add_place" value="salon"' in page.text
    assert staff.send(PATH, add_place="salon", based_on="1").status_code == 303
    assert store.group(GROUP).places == ("salon",)
    assert staff.send(PATH, drop_place="salon", based_on="1").status_code == 409
    assert staff.send(PATH, drop_place="salon", based_on="2").status_code == 303
    assert store.group(GROUP).places == ()
    assert "見つかりません" in staff.get(f"{PATH}&q=どこにもない").text
    owner = visit(OWNER)
    assert "場所を足したり外したりするときは、窓口に連絡してください。" in owner.get(PATH).text
    assert owner.send(PATH, add_place="salon", based_on="3").status_code == 403
    assert staff.send(PATH, add_place="nowhere", based_on="3").status_code == 400


def test_without_following_a_file_is_offered(store, visit):
    """With following switched off one sentence says so, and a button leads to sending a file."""
    page = visit(OWNER).get(PATH).text
    assert "外のアドレスから取り込まない設定" in page
    assert f'href="/feed-file?group={GROUP}"' in page
    assert 'name="follow"' not in page


def test_a_feed_is_followed_and_left(store, set_up, visit):
    """Where the portal may fetch, an address is kept; the reason of the last failure is said in words."""
    set_up(follow="on")
    visitor = visit(OWNER)
    url = "https://kai.example.jp/cal.ics"
    assert visitor.send(PATH, follow="1", url=url, kind="icalendar").status_code == 303
    assert store.group(GROUP).feeds == (FollowedFeed(url, FeedKind.ICALENDAR),)
    page = visitor.send(PATH, follow="1", url="file:///etc/passwd", kind="rss")
    assert page.status_code == 400
    assert 'href="#f-url"' in page.text
    for problem in ("fetching.too_slow", "fetching.bad_status"):
        put(store, replace(store.group(GROUP), feeds=(FollowedFeed(url, FeedKind.ICALENDAR, None, problem),)))
        assert "{" not in visitor.get(PATH).text.partition("<main")[2]
    assert visitor.send(PATH, unfollow=url).status_code == 303
    assert store.group(GROUP).feeds == ()


def test_an_owner_ends_the_group_knowingly(store, visit):
    """Without the tick nothing happens; with it the group is closed."""
    visitor = visit(OWNER)
    assert visitor.send(PATH, close="1").status_code == 400
    assert store.group(GROUP).state is GroupState.ACTIVE
    assert visitor.send(PATH, close="1", sure="1", reason="人が減ったため").status_code == 303
    assert store.group(GROUP).state is GroupState.CLOSED


@pytest.mark.parametrize("who", [NEIGHBOUR, VISITOR_STAFF])
def test_a_guessed_id_tells_nothing(store, visit, who):
    """Another group's page and one that does not exist are the same 404."""
    visitor = visit(who)
    pages = [visitor.get(f"/group-settings?id={group}") for group in (GROUP, "group-0123456789abcdef")]
    assert [page.status_code for page in pages] == [404, 404]
    assert visitor.send("/account", to=PATH, **saved()).status_code == 404
