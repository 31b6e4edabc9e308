"""What can be done with a post, by plain buttons: each leads to the service, and says what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pages.forms import csrf
from portal import clock
from portal.model.post import Post, PostKind, PostState, Revision
from portal.model.schedule import Rule, Schedule
from tests.pages.forms.writing import standing, text
from tests.portal import people

STATES = tuple(PostState)


def at(post):
    """The page of a post."""
    return f"/post-actions?id={post.id}"


def coming(days=7, *, repeats=True):
    """A weekly schedule that begins some days from today, at ten."""
    day = clock.now().replace(hour=10, minute=0, second=0, tzinfo=None) + timedelta(days=days)
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    until = f"{day + timedelta(days=60):%Y%m%d}"
    return Schedule((Rule(day, 90, f"FREQ=WEEKLY;BYDAY={weekday};UNTIL={until}" if repeats else None),))


def live(store, **values):
    """A live post with dates to come; ``values`` are fields of its facts."""
    return people.kept(store, PostState.LIVE, facts=people.facts(schedule=coming(), **values))


def days(post, count=1):
    """Its next days, as the page names them."""
    first = post.facts.schedule.rules[0].start.date()
    return [(first + timedelta(days=7 * number)).isoformat() for number in range(count)]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_is_said_in_words(visit, store, state, language):
    """Whatever the state, the page says it, what happens next, and shows what readers see."""
    post = people.kept(store, state, facts=people.facts(schedule=coming()), reason="日付を直してください")
    page = visit(people.MEMBER, language=language).get(at(post))
    assert page.status_code == 200
    assert 'class="state"' in page.text
    assert "もちつき大会" in page.text
    assert "日付を直してください" in page.text
    assert page.text.count("<h1") == 1


def test_a_draft_is_sent_with_what_may_be_a_slip_beside_it(visit, store):
    """The button says that one goes on knowingly, and the post waits."""
    post = people.kept(store, facts=people.facts(schedule=None))
    visitor = visit(people.MEMBER)
    assert "日時がありません" in text(visitor.get(at(post)))
    page = visitor.follow(visitor.send(at(post), do="submit"))
    assert store.post(post.id).state is PostState.WAITING
    assert "送りました" in text(page)


def test_one_date_is_called_off_and_back(visit, store):
    """A chosen day is cancelled with its reason, and reinstated; the others stay."""
    post = live(store)
    visitor = visit(people.MEMBER)
    first, second = days(post, 2)
    page = visitor.follow(visitor.send(at(post), do="cancel_dates", date=[second], reason="台風"))
    kept = store.post(post.id)
    assert {day.isoformat() for day in kept.facts.schedule.cancelled} == {second}
    assert kept.reason == "台風"
    assert f'name="back" value="{second}"' in page.text
    assert f'name="date" value="{first}"' in page.text
    visitor.send(at(post), do="reinstate_dates", back=[second])
    assert store.post(post.id).facts.schedule.cancelled == frozenset()


@pytest.mark.parametrize("chosen", [[], ["2001-01-01"], ["x"], ["9999-99-99"]], ids=str)
def test_a_date_that_is_none_is_said(visit, store, chosen):
    """Nothing chosen, or a day on which it does not take place, is said beside the list."""
    post = live(store)
    page = visit(people.MEMBER).send(at(post), do="cancel_dates", date=chosen)
    assert page.status_code == 400
    assert 'id="f-do_cancel_dates"' in page.text
    assert store.post(post.id) == post


def test_all_of_it_is_called_off_and_back(visit, store):
    """A cancelled post stays in sight as such, and can take place after all."""
    post = live(store)
    visitor = visit(people.MEMBER)
    visitor.send(at(post), do="cancel", reason="講師の都合")
    assert store.post(post.id).state is PostState.CANCELLED
    assert "講師の都合" in text(visitor.get(at(post)))
    visitor.send(at(post), do="reinstate")
    assert store.post(post.id).state is PostState.LIVE


def test_a_post_is_taken_back(visit, store):
    """A withdrawn post is seen by nobody, and can be sent again."""
    post = live(store)
    visitor = visit(people.MEMBER)
    page = visitor.follow(visitor.send(at(post), do="withdraw"))
    assert store.post(post.id).state is PostState.WITHDRAWN
    assert 'value="submit"' in page.text


def test_last_times_is_copied(visit, store):
    """A copy opens as a draft in the editor, to be dated anew."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=coming(repeats=False)))
    visitor = visit(people.MEMBER)
    page = visitor.follow(visitor.send(at(post), do="copy"))
    [new] = [one for one in store.posts_of_group(post.group) if one.id != post.id]
    assert (new.state, new.copied_from, new.facts.schedule) == (PostState.DRAFT, post.id, None)
    assert standing(page)["title"] == ["もちつき大会"]


def test_the_next_term_is_made(visit, store):
    """A series that ends has a next term; one that goes on for ever has no such button."""
    visitor = visit(people.MEMBER)
    post = live(store)
    assert 'value="next_term"' in visitor.get(at(post)).text
    visitor.send(at(post), do="next_term")
    [new] = [one for one in store.posts_of_group(post.group) if one.id != post.id]
    assert new.facts.schedule.rules[0].start > post.facts.schedule.rules[0].start
    endless = people.kept(store, PostState.LIVE, facts=people.facts("毎週", schedule=people.tuesdays()))
    assert 'value="next_term"' not in visitor.get(at(endless)).text


def test_places_taken_are_noted(visit, store):
    """The numbers of a course are noted per session; empty fields say nothing, letters are said."""
    post = live(store, kind=PostKind.COURSE, seats=20)
    visitor = visit(people.MEMBER)
    first, second = days(post, 2)
    visitor.send(at(post), **{"do": "count", f"count_{first}": "１２", f"count_{second}": ""})
    assert store.post(post.id).places_taken == {first: 12}
    assert standing(visitor.get(at(post)))[f"count_{first}"] == ["12"]
    for wrong in ("many", "-3", "99999999"):
        page = visitor.send(at(post), **{"do": "count", f"count_{first}": "5", f"count_{second}": wrong})
        assert page.status_code == 400
    assert store.post(post.id).places_taken == {first: 12}


def test_a_set_time_is_made_now(visit, store):
    """A post that waits for its time can be published at once."""
    post = people.kept(
        store, PostState.SCHEDULED, publish_at=clock.now() + timedelta(days=3), facts=people.facts(schedule=coming())
    )
    visitor = visit(people.MEMBER)
    visitor.send(at(post), do="publish", number=post.number)
    assert store.post(post.id).state is PostState.LIVE


def test_a_returned_change_says_why(visit, store):
    """What staff said about new content of a live post stands on the page."""
    revision = Revision(people.facts("新"), clock.now(), people.MEMBER.id, returned="日付が違います")
    post = people.kept(store, PostState.LIVE, revision=revision)
    assert "日付が違います" in text(visit(people.MEMBER).get(at(post)))


@pytest.mark.parametrize("do", ["", "approve", "__class__", "hide"])
def test_an_action_that_is_none_does_nothing(visit, store, do):
    """A made-up button is answered with 404."""
    post = live(store)
    assert visit(people.MEMBER).send(at(post), do=do).status_code == 404
    assert store.post(post.id) == post


@pytest.mark.parametrize("do", ["submit", "cancel", "withdraw", "copy"])
def test_another_groups_post_cannot_be_acted_on(visit, store, do):
    """A forged request with a guessed id changes nothing (Decidim CVE-2023-36465)."""
    post = live(store)
    visitor = visit(people.NEIGHBOUR)
    token = visitor.hidden("/account")
    assert visitor.browser.post(at(post), data={csrf.FIELD: token, "do": do}).status_code == 404
    assert store.post(post.id) == post
    assert len(store.history(Post, (post.id,))) == 1


def test_what_another_did_meanwhile_is_told(visit, store):
    """Pressing a button that the state no longer has ends in a sentence, not in a second change."""
    post = live(store)
    visitor = visit(people.MEMBER)
    token = visitor.hidden(at(post))
    visit(people.OWNER).send(at(post), do="withdraw")
    answer = visitor.browser.post(at(post), data={csrf.FIELD: token, "do": "cancel", "reason": ""})
    assert answer.status_code == 403
    assert "今の状態では" in text(answer)
    assert store.post(post.id).state is PostState.WITHDRAWN
