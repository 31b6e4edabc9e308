"""The history of posts, places and groups: who did what, what differed, and back to an earlier version."""

from __future__ import annotations

import re

import pytest

from portal import clock, editing, grouping, posting
from portal.errors import InvalidRecordError
from portal.model.mark import CONSOLE, Mark
from portal.model.post import PostState
from tests.pages.forms import staffing
from tests.portal import people
from tests.portal.people import COLLEAGUE, MEMBER, NEIGHBOUR, OWNER, STAFF, VISITOR_STAFF
from tests.town import CODE, TODAY

ENTRY = re.compile(r"entry=(\d+)")


@pytest.fixture
def waiting(store):
    """One thing of each kind in the queue."""
    return staffing.fill(store)


@pytest.fixture
def post(store, waiting):
    """A live post whose title was changed once by its member."""
    people.trust(store)
    made = people.kept(store, PostState.LIVE, live_at=people.NOW)
    return posting.save(store, MEMBER, made.id, 1, people.facts("もちつき大会(雨天中止)"), clock.now())


def path(of, thing):
    """The address of a history."""
    return f"/history?municipality={CODE}&of={of}&id={thing.id}"


def test_every_version_says_who_did_what_and_what_differed(post, visit):
    """The newest first, each against the one before, with the name of who it was for staff."""
    page = visit(STAFF).get(path("post", post)).text
    assert "直した" in page
    assert "<bdi>member</bdi>" in page
    assert "<ins><bdi>(雨天中止)</bdi></ins>" in page
    assert "最初の版です。" in page
    assert page.index("直した") < page.index("最初の版です。")


def test_members_read_it_without_names(post, visit, store):
    """A group sees what was done to its post, and only on which side it was done."""
    visitor = visit(OWNER)
    page = visitor.get(path("post", post)).text
    assert "団体の人" in page
    assert "<bdi>member</bdi>" not in page
    assert "この版に戻す" not in page
    grouping.edit(
        store, STAFF, "group-hidamari", store.group("group-hidamari").number, {"applicant": "山田"}, clock.now()
    )
    page = visitor.get(path("group", store.group("group-hidamari"))).text
    assert "窓口の職員" in page
    assert "山田" not in page
    assert "山田" in visit(STAFF).get(path("group", store.group("group-hidamari"))).text


def test_staff_go_back_to_an_earlier_version_with_a_reason(post, visit, store):
    """What would change is shown first; without a reason nothing happens; going back is a version of its own."""
    visitor = visit(STAFF)
    entry = ENTRY.search(visitor.get(path("post", post)).text)[1]
    one = f"{path('post', post)}&entry={entry}"
    assert "<del><bdi>(雨天中止)</bdi></del>" in visitor.get(one).text
    assert visitor.send(one, reason=" ").status_code == 400
    page = visitor.follow(visitor.send(one, reason="いたずらでした")).text
    assert store.post(post.id).facts.title == "もちつき大会"
    assert "前の版に戻した" in page
    assert "いたずらでした" in page
    assert len(store.history(type(post), (post.id,))) == 3


def test_a_place_goes_back_with_what_was_edited(waiting, visit, store):
    """An edit by hand is undone from its history."""
    editing.edit_as(store, COLLEAGUE, waiting.place.id, {"address": "みなも町東9"}, clock.now())
    visitor = visit(STAFF)
    page = visitor.get(path("place", waiting.place)).text
    assert "colleague" in page
    entry = ENTRY.search(page)[1]
    one = f"{path('place', waiting.place)}&entry={entry}"
    assert "西1" in visitor.get(one).text
    assert visitor.send(one, reason="まちがい").status_code == 303
    assert store.place(waiting.place.id).facts.address == "みなも町西1-2-3"


def test_imports_and_commands_have_words(waiting, visit, store):
    """What acts by itself is named for people, and an action without a word of its own is a change."""
    for action, who in (("import:facilities", CONSOLE), ("something.new", "portal"), ("x", "account-gone")):
        place = store.place(waiting.place.id)
        changed, changes = editing.edit_changes(store, place.id, {"description": action}, TODAY)
        store.apply(changes, Mark(clock.now(), who, action))
        assert changed
    page = visit(STAFF).get(path("place", waiting.place)).text
    for told in ("資料から取り込んだ", "変更した", "システムの管理", "ポータルの自動処理", "今は登録のない人"):
        assert told in page


def test_long_histories_go_on_over_pages(waiting, visit, store):
    """Twenty versions a page; the link goes on with the next older one, and nothing is passed over."""
    group = waiting.application
    for number in range(2, 31):
        group = grouping.edit(store, STAFF, group.id, number - 1, {"about": f"{number}回目"}, clock.now())
    visitor = visit(STAFF)
    first = visitor.get(path("group", group)).text
    assert first.count("<h2>") == 20
    older = re.search(r"before=(\d+)", first)[1]
    second = visitor.get(f"{path('group', group)}&before={older}").text
    assert second.count("<h2>") == 10
    assert "最初の版です。" in second
    assert "最初の版です。" not in first


def test_a_guessed_history_tells_nothing(waiting, visit, store):
    """Others' things, things of another sort, entries of other records, and nonsense are all the same answer."""
    applied = waiting.application
    asked = [
        (NEIGHBOUR, path("post", waiting.post)),
        (VISITOR_STAFF, path("post", waiting.post)),
        (VISITOR_STAFF, path("place", waiting.place)),
        (MEMBER, path("place", waiting.place)),
        (OWNER, path("group", applied)),
        (STAFF, path("place", waiting.post)),
        (STAFF, "/history?of=account&id=account-admin"),
        (STAFF, "/history"),
        (STAFF, f"{path('post', waiting.post)}&entry=99999999"),
        (STAFF, f"{path('post', waiting.post)}&entry=x"),
        (STAFF, f"{path('post', waiting.post)}&entry=1"),
    ]
    for who, address in asked:
        assert visit(who).get(address).status_code == 404, address
    assert visit().get(path("post", waiting.post)).status_code == 303


def test_members_cannot_send_a_post_back(post, visit, store):
    """A forged form is refused, and nothing changes."""
    entry = store.history(type(post), (post.id,))[-1].entry
    visitor = visit(MEMBER)
    token = visitor.hidden("/account")
    answer = visitor.browser.post(f"{path('post', post)}&entry={entry}", data={"_form": token, "reason": "x"})
    assert answer.status_code in (403, 404)
    assert store.post(post.id).facts.title == "もちつき大会(雨天中止)"


def test_a_reason_over_its_length_is_said(post, visit, store):
    """The sentence stands at the field, and what was typed is still there."""
    with pytest.raises(InvalidRecordError):
        Mark(clock.now(), reason="x" * 2001)
    visitor = visit(STAFF)
    entry = store.history(type(post), (post.id,))[-1].entry
    answer = visitor.send(f"{path('post', post)}&entry={entry}", reason="x" * 2001)
    assert answer.status_code == 400
    assert 'href="#f-reason"' in answer.text
