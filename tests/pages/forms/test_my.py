"""My group: the next thing to do, the lists, the places, and nobody else's group."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import clock, enquiring
from portal.enquiring import Question
from portal.model.account import GroupMember
from portal.model.group import GroupState
from portal.model.mark import Mark
from portal.model.post import PostKind, PostState, Revision
from portal.model.usage import UsageCount, Use
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, NEIGHBOUR, OWNER, STAFF, VISITOR_STAFF

GROUP = "group-hidamari"
GUESSED = "group-0123456789abcdef"


def put(store, *records):
    """Keep records."""
    store.apply([*map(Put, records)], Mark(clock.now(), "test"))


def soon(days=5):
    """A schedule of one date some days from now."""
    day = clock.today() + timedelta(days=days)
    return people.on(day.day, month=day.month, year=day.year)


def test_the_next_thing_is_the_first_thing(store, visit):
    """A group without posts is told to write its first, with a button that leads there."""
    page = visit(MEMBER).get("/my")
    assert page.status_code == 200
    assert "最初の投稿を書いて、活動を知らせましょう。" in page.text
    assert f'href="/write?group={GROUP}">最初の投稿を書く</a>' in page.text
    assert page.text.index("最初の投稿を書いて") < page.text.index("まだ投稿はありません")


def test_every_post_stands_in_its_list_with_how_it_was_used(store, visit):
    """Waiting, live, ending soon, drafts, hidden, over: each under its heading, with numbers and reasons."""
    far = people.facts("遠い催し", schedule=soon(40))
    live = people.kept(store, PostState.LIVE, facts=far)
    people.kept(store, PostState.LIVE, facts=people.facts("近い催し", schedule=soon()))
    people.kept(store, PostState.LIVE, facts=people.facts("終わった催し", schedule=soon(-5)))
    people.kept(store, PostState.WAITING, facts=people.facts("待つもの"))
    people.kept(store, PostState.RETURNED, facts=people.facts("直すもの"), reason="日付を<b>直して</b>ください。")
    people.kept(store, PostState.DRAFT, facts=people.facts("書きかけのもの"))
    people.kept(store, PostState.HIDDEN, facts=people.facts("隠されたもの"), reason="広告です。")
    put(store, UsageCount(live.id, clock.today(), Use.VIEWED, 41), UsageCount(live.id, clock.today(), Use.CALENDAR, 2))
    page = visit(MEMBER).get("/my").text
    names = ("直してほしいもの", "窓口が見ているもの", "もうすぐ終わるもの", "公開中", "書きかけ")
    heads = [f"{name}(1件)" for name in names]
    assert [head for head in heads if head not in page] == []
    assert [page.index(head) for head in heads] == sorted(page.index(head) for head in heads)
    assert page.index("もうすぐ終わるもの") < page.rindex("近い催し") < page.index("公開中(") < page.rindex("遠い催し")
    assert "日付を&lt;b&gt;直して&lt;/b&gt;ください。" in page
    assert "広告です。" in page
    assert "見られた 41回" in page
    assert "予定表に入れた 2回" in page
    assert "終わったもの(1件)" in page


def test_a_revision_that_was_returned_is_to_be_mended(store, visit):
    """What is shown stays in its list; what the office said of the new content stands at it."""
    new = Revision(people.facts("新しい題"), clock.now(), MEMBER.id, returned="場所を書いてください。")
    post = people.kept(store, PostState.LIVE, facts=people.facts("今の題", schedule=soon(40)), revision=new)
    page = visit(MEMBER).get("/my").text
    assert "場所を書いてください。" in page
    assert f'href="/write?id={post.id}">読んで直す' in page


def test_a_place_is_made_sure_of_by_one_button(store, visit):
    """The button records the day and the group; a place of another group is refused."""
    late = replace(town.place("late"), verified_on=clock.today() - timedelta(days=400))
    other = replace(town.place("other"), verified_on=clock.today() - timedelta(days=400))
    put(store, late, other, people.group(places=("late",)))
    visitor = visit(MEMBER)
    page = visitor.get("/my")
    assert "が今も続いているか、確かめて知らせましょう。" in page.text
    assert 'href="#places">場所を確かめる' in page.text
    answer = visitor.send("/my", verify="late")
    assert "続いていることを記録しました" in visitor.follow(answer).text
    assert store.place("late").verified_on == clock.today()
    assert store.place("late").verified_by == "ひだまりの会"
    assert visitor.send("/my", verify="other").status_code == 403
    assert store.place("other").verified_on != clock.today()


def test_last_times_post_is_copied_into_the_editor(store, visit):
    """One button makes a draft of what was shown last and opens it."""
    series = people.facts("お茶会", kind=PostKind.SERIES, schedule=people.tuesdays())
    post = people.kept(store, PostState.LIVE, facts=series)
    visitor = visit(MEMBER)
    answer = visitor.send("/my", copy=post.id)
    [draft] = [item for item in store.posts_of_group(GROUP) if item.id != post.id]
    assert answer.headers["location"] == f"/write?id={draft.id}"
    assert (draft.state, draft.copied_from) == (PostState.DRAFT, post.id)


def test_questions_are_counted_and_led_to(store, visit):
    """How many wait, without what they say: that stands on the page of the questions."""
    asked = people.kept(store, PostState.LIVE, facts=people.facts(relayed=True, schedule=soon(40)))
    enquiring.ask(store, asked.id, Question("みなも", "06-0000-0000", "行けますか"), clock.now(), "")
    page = visit(MEMBER).get("/my").text
    assert "問い合わせ(1件)" in page
    assert f'href="/enquiries?group={GROUP}"' in page
    assert "行けますか" not in page


@pytest.mark.parametrize("who", [NEIGHBOUR, VISITOR_STAFF])
def test_a_guessed_group_and_another_ones_are_the_same_answer(store, visit, who):
    """404 in the same words, whether it exists or not (CKAN CVE-2023-32321); nothing is done by its address."""
    visitor = visit(who)
    answers = [visitor.get(f"/my?group={group}") for group in (GROUP, GUESSED)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "ひだまりの会" not in answers[0].text
    post = people.kept(store, PostState.DRAFT)
    token = visitor.hidden("/account")
    sent = visitor.browser.post(f"/my?group={GROUP}", data={"_form": token, "copy": post.id})
    assert sent.status_code == 404
    assert len(store.posts_of_group(GROUP)) == 1


def test_nobody_is_led_to_the_sign_in(store, visit):
    """Without a sign-in the page leads there and back."""
    assert visit().get("/my").headers["location"] == "/sign-in?next=%2Fmy"


def test_several_groups_are_a_choice_and_none_is_a_way(store, visit):
    """Who acts for two groups chooses; who acts for none is led to applying; the office sees by address."""
    put(store, GroupMember("group-tonari", MEMBER.id, owner=False))
    page = visit(MEMBER).get("/my").text
    assert f'href="/my?group={GROUP}"' in page
    assert 'href="/my?group=group-tonari"' in page
    assert 'href="/join"' in visit(ADMINISTRATOR).get("/my").text
    assert "職員として、この団体のページを見ています。" in visit(STAFF).get(f"/my?group={GROUP}").text


@pytest.mark.parametrize("state", [GroupState.SUSPENDED, GroupState.CLOSED, GroupState.APPLIED])
def test_a_group_that_is_not_active_has_no_buttons_to_write(store, visit, state):
    """It reads why, and is offered nothing that would be refused."""
    people.state_of(store, state)
    page = visit(OWNER).get("/my").text
    assert 'href="/write' not in page
    assert 'class="next"' in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "${1}`{{7*7}}", "\u202eabc", "</title><svg onload=x>"])
def test_titles_and_names_are_text(store, visit, text):
    """Whatever a group or a post is called, it is shown and nothing runs."""
    put(store, people.group(name=f"団体{text}"))
    people.kept(store, PostState.LIVE, facts=people.facts(f"題{text}", schedule=soon(40)))
    page = visit(MEMBER).get("/my").text
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "{{49}}" not in page


def test_an_unknown_button_is_refused(store, visit):
    """A form without a button of the page does nothing."""
    assert visit(MEMBER).send("/my", nonsense="1").status_code == 404
