"""What happens in between: stale edits, two at once, one's own, a suspension while a form is open, used tokens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from pages.forms import cookies, csrf
from portal import clock, moderation
from portal.model.account import AccountState
from portal.model.post import PostState
from portal.store import Put
from tests.pages.replay.world import traces
from tests.portal import people

WRITTEN = {"kind": "event", "way": "once", "day": "2099-12-06", "where": "nowhere"}
POSTS = "group-hidamari"


def at_once(*calls):
    """Each call in a thread of its own, begun at the same moment; what each gave."""
    gate = Barrier(len(calls))

    def go(call):
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def form(visitor, path):
    """What the page's forms hold."""
    return {csrf.FIELD: visitor.hidden(path)}


@pytest.mark.parametrize("number", range(3))
def test_approving_twice_at_once_approves_once(world, store, visit, number):
    """Of two who press the button at once one is led on, the other is told; it counts once (Decidim CVE-2023-47634)."""
    path, counted = "/review?id=post-waiting", store.group(POSTS).approved_posts
    seen = store.post("post-waiting").number
    calls = []
    for who in (people.STAFF, people.COLLEAGUE):
        visitor = visit(who)
        data = {**form(visitor, path), "do": "approve", "based_on": str(seen)}
        calls.append(lambda visitor=visitor, data=data: visitor.browser.post(path, data=data))
    assert sorted(answer.status_code for answer in at_once(*calls)) == [303, 409]
    assert store.post("post-waiting").state is PostState.LIVE
    assert store.group(POSTS).approved_posts == counted + 1


def test_sending_twice_at_once_sends_once(world, store, visit):
    """Two presses of the button are one submission."""
    path = "/post-actions?id=post-draft"
    visitors = [visit(people.MEMBER), visit(people.MEMBER)]
    held = [form(visitor, path) for visitor in visitors]
    calls = [
        lambda visitor=visitor, data=data: visitor.browser.post(path, data={**data, "do": "submit"})
        for visitor, data in zip(visitors, held, strict=True)
    ]
    assert sorted(answer.status_code for answer in at_once(*calls)) == [303, 403]
    assert store.post("post-draft").number == 2


def test_two_edits_at_once_lose_nothing(world, store, visit):
    """Of two who save on the same version at the same moment one is kept and the other sees both."""
    path = "/write?id=post-draft"
    visitors = [visit(people.MEMBER), visit(people.OWNER)]
    held = [{**form(visitor, path), **WRITTEN, "based_on": "1", "do": "save"} for visitor in visitors]
    calls = [
        lambda visitor=visitor, data=data, title=title: visitor.browser.post(path, data={**data, "title": title})
        for visitor, data, title in zip(visitors, held, ("こちら", "あちら"), strict=True)
    ]
    answers = at_once(*calls)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    kept, lost = sorted(
        (answer.status_code, title) for answer, title in zip(answers, ("こちら", "あちら"), strict=True)
    )
    assert store.post("post-draft").facts.title == kept[1]
    [clash] = [answer for answer in answers if answer.status_code == 409]
    assert kept[1] in clash.text
    assert lost[1] in clash.text


def test_one_invitation_taken_up_twice_at_once_is_one_account(world, store, visit):
    """The link works once, for whoever is first."""
    path = world.fill("/invitation?t={invite}")
    people_before = len(store.accounts())
    visitors = [visit(), visit()]
    held = [
        {**form(visitor, path), "name": "新人", "password": "ひだまりで 先月 読んだ 本の 話"} for visitor in visitors
    ]
    calls = [
        lambda visitor=visitor, data=data: visitor.browser.post(path, data=data)
        for visitor, data in zip(visitors, held, strict=True)
    ]
    codes = sorted(answer.status_code for answer in at_once(*calls))
    assert codes[0] == 303
    assert codes[1] in {404, 409}
    assert len(store.accounts()) == people_before + 1
    assert visit().get(path).status_code == 404


def test_one_answer_by_link_counts(world, store, visit):
    """Of two answers by one link at the same moment one counts; afterwards the link is used."""
    path = world.fill("/still?t={still}")
    visitors = [visit(), visit()]
    held = [
        {**form(visitor, path), "answer": answer}
        for visitor, answer in zip(visitors, ("running", "ended"), strict=True)
    ]
    calls = [
        lambda visitor=visitor, data=data: visitor.browser.post(path, data=data)
        for visitor, data in zip(visitors, held, strict=True)
    ]
    assert sorted(answer.status_code for answer in at_once(*calls)) == [303, 404]
    assert visit().get(path).status_code == 404


def test_nobody_approves_their_own(world, store, visit):
    """Neither who typed it in nor who is of the group: there is no button, and a forged one is refused."""
    typed = people.kept(store, PostState.WAITING, typed_by=people.STAFF.id, made_by=people.STAFF.id)
    for who, post in ((people.STAFF, typed.id), (people.STAFF_AND_MEMBER, "post-waiting")):
        visitor, path = visit(who), f"/review?id={post}"
        before = traces(store, world)
        assert 'value="approve"' not in visitor.get(path).text
        answer = visitor.browser.post(path, data={**form(visitor, "/account"), "do": "approve", "based_on": "1"})
        assert answer.status_code == 403
        assert traces(store, world) == before
    colleague = visit(people.COLLEAGUE)
    assert colleague.send(f"/review?id={typed.id}", do="approve", based_on="1").status_code == 303


def test_an_old_version_is_not_approved_unseen(world, store, visit):
    """What the group changed since it was looked at is shown first; nothing is approved."""
    visitor, path = visit(people.STAFF), "/review?id=post-waiting"
    held = form(visitor, path)
    post = store.post("post-waiting")
    people.put(store, replace(post, number=post.number + 1, facts=replace(post.facts, title="すり替え")))
    answer = visitor.browser.post(path, data={**held, "do": "approve", "based_on": str(post.number)})
    assert answer.status_code == 409
    assert "すり替え" in answer.text
    assert store.post("post-waiting").state is PostState.WAITING


def test_a_decision_that_was_made_is_not_made_again(world, store, visit):
    """A form that is sent again, by the way back of the browser, decides nothing anew."""
    visitor, path = visit(people.STAFF), "/review?id=post-waiting"
    data = {**form(visitor, path), "do": "approve", "based_on": "1"}
    assert visitor.browser.post(path, data=data).status_code == 303
    approved = store.group(POSTS).approved_posts
    moderation.hide(store, people.COLLEAGUE, "post-waiting", 2, "様子を見ます", clock.now())
    assert visitor.browser.post(path, data=data).status_code == 409
    assert store.post("post-waiting").state is PostState.HIDDEN
    assert store.group(POSTS).approved_posts == approved


def test_an_edit_after_the_group_was_suspended_writes_nothing(world, store, visit):
    """The form was open and the sign-in goes on: the next press is refused with the reason."""
    visitor, path = visit(people.MEMBER), "/write?id=post-draft"
    data = {**form(visitor, path), **WRITTEN, "title": "あとから", "based_on": "1", "do": "save"}
    office = visit(people.STAFF)
    assert office.send("/groups?id=group-hidamari", do="suspend", reason_suspend="調べます").status_code == 303
    before = traces(store, world)
    answer = visitor.browser.post(path, data=data)
    assert answer.status_code in {303, 403}
    assert visitor.get("/account").status_code == 200
    assert store.post("post-draft").facts.title != "あとから"
    assert traces(store, world) == before


def test_an_edit_after_the_person_was_suspended_writes_nothing(world, store, visit):
    """The session is over with the account: the next press asks to sign in, and nothing is written."""
    visitor, path = visit(people.MEMBER), "/write?id=post-draft"
    data = {**form(visitor, path), **WRITTEN, "title": "あとから", "based_on": "1", "do": "save"}
    visit(people.ADMINISTRATOR).send("/people", account=people.MEMBER.id, reason="調べます")
    before = traces(store, world)
    assert visitor.browser.post(path, data=data).status_code == 401
    assert visitor.get(path).headers["location"].startswith("/sign-in")
    assert traces(store, world) == before


def test_a_form_of_another_sign_in_is_worth_nothing(world, store, visit):
    """Neither another person's, nor one's own from the last sign-in, nor one from before signing in."""
    path = "/write?id=post-draft"
    data = {**WRITTEN, "title": "よそから", "based_on": "1", "do": "save"}
    visitor = visit(people.MEMBER)
    replayed = [visit(people.OWNER).hidden(path), visit(people.MEMBER).hidden(path), visit().hidden("/sign-in")]
    before = traces(store, world)
    for token in replayed:
        assert visitor.browser.post(path, data={csrf.FIELD: token, **data}).status_code == 403
    assert traces(store, world) == before


def test_a_replayed_cookie_is_nobodys_after_signing_out(world, store, visit):
    """Who kept the cookie, and a form, from before the sign-out does nothing with either."""
    visitor, path = visit(people.MEMBER), "/write?id=post-draft"
    data = {**form(visitor, path), **WRITTEN, "title": "あとから", "based_on": "1", "do": "save"}
    cookie = visitor.browser.cookies[cookies.SESSION]
    assert visitor.send("/account", to="/sign-out").status_code == 303
    visitor.plant(cookie)
    before = traces(store, world)
    assert visitor.browser.post(path, data=data).status_code == 401
    assert traces(store, world) == before


def test_a_used_link_does_nothing_again(world, store, visit):
    """Invitation, reset and answer: sent again with a good form, each says that it was used."""
    sent = (
        ("/invitation?t={invite}", {"name": "新人", "password": "ひだまりで 先月 読んだ 本の 話"}),
        ("/reset?t={reset}", {"password": "ひだまりで 今朝 聞いた 鳥の 声"}),
        ("/still?t={still}", {"answer": "running"}),
        ("/changed?t={change}", {"name": "あたらしい名"}),
    )
    for address, fields in sent:
        path, visitor = world.fill(address), visit()
        held = form(visitor, path)
        assert visitor.browser.post(path, data={**held, **fields}).status_code == 303, address
        before = traces(store, world)
        other = visit()
        again = other.browser.post(path, data={**form(other, "/sign-in"), **fields})
        assert again.status_code == 404, (address, again.text)
        assert traces(store, world) == before


def test_a_suspended_owner_invites_nobody_by_an_old_link(world, store, visit):
    """An invitation ends with what its inviter may: suspended in the meantime, it makes no account."""
    path = world.fill("/invitation?t={invite}")
    visitor = visit()
    held = form(visitor, path)
    store.apply([Put(replace(people.OWNER.account, state=AccountState.SUSPENDED))])
    before = len(store.accounts())
    answer = visitor.browser.post(path, data={**held, "name": "新人", "password": "ひだまりで 先月 読んだ 本の 話"})
    assert answer.status_code in {403, 404}
    assert len(store.accounts()) == before
