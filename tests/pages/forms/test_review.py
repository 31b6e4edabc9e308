"""One thing of the queue: what staff see of it, what they decide, and what happens when somebody was quicker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import clock, moderation, notes
from portal.model.group import GroupState
from portal.model.post import PostState
from portal.store import Put
from tests.pages.forms import staffing
from tests.portal import people
from tests.portal.people import COLLEAGUE, MEMBER, NEIGHBOUR, OWNER, STAFF, STAFF_AND_MEMBER, VISITOR_STAFF
from tests.town import CODE

REASON = "日時をもう少しくわしく書いてください。"


@pytest.fixture
def waiting(store):
    """One thing of each kind in the queue."""
    return staffing.fill(store)


def path(thing, kind=""):
    """The address of one thing."""
    return f"/review?municipality={CODE}&id={thing.id}" + (f"&kind={kind}" if kind else "")


def decide(visitor, thing, do, **fields):
    """Press a button on the page of a thing, as it stands there."""
    return visitor.send(path(thing), do=do, **{"based_on": getattr(thing, "number", 0), **fields})


def test_a_post_is_seen_as_readers_will_see_it_and_approved(waiting, visit, store):
    """Preview, state, trust and warnings stand there; approving shows the post and leads on to what waits next."""
    visitor = visit(STAFF)
    page = visitor.get(path(waiting.post)).text
    for part in ("もちつき大会", "どなたでもどうぞ。", "承認待ち", "承認済みの投稿は0件", "ひだまりの会", "member"):
        assert part in page
    answer = decide(visitor, waiting.post, "approve")
    assert answer.headers["location"].startswith(f"/review?municipality={CODE}&id={waiting.revised.id}")
    assert "「もちつき大会」を承認しました。" in visitor.follow(answer).text
    assert store.post(waiting.post.id).state is PostState.LIVE
    assert store.group("group-hidamari").approved_posts == 1


def test_what_changed_is_marked_in_both_texts(waiting, visit):
    """Of newer content, the fields that differ stand beside each other with removed and new words marked."""
    page = visit(STAFF).get(path(waiting.revised)).text
    assert "今の公開内容" in page
    assert "もちつき大会<ins><bdi>と豚汁</bdi></ins>" in page.replace("<bdi>もちつき大会</bdi>", "もちつき大会")
    assert "<del>" in page


def test_what_was_returned_is_compared_with_what_came_back(waiting, visit, store):
    """A post that was mended shows what changed since it was returned, and what was said then."""
    moderation.return_(store, STAFF, waiting.post.id, 1, REASON, clock.now())
    back = store.post(waiting.post.id)
    people.put(store, replace(back, facts=people.facts("もちつき会"), state=PostState.WAITING, number=back.number + 1))
    page = visit(COLLEAGUE).get(path(waiting.post)).text
    assert "差し戻したとき" in page
    assert "もちつき</bdi><del><bdi>大</bdi></del>" in page


def test_returning_needs_a_sentence_which_the_group_reads(waiting, visit, store):
    """Without a reason nothing happens and the field says so; with one it is kept for the group."""
    visitor = visit(STAFF)
    refused = decide(visitor, waiting.post, "return", reason="  ")
    assert refused.status_code == 400
    assert 'href="#f-reason"' in refused.text
    assert decide(visitor, waiting.post, "return", reason=REASON).status_code == 303
    assert store.post(waiting.post.id).reason == REASON


def test_a_post_is_hidden_and_shown_again(waiting, visit, store):
    """Both from the same page, in whatever state it is; the words typed stay in the field when something is wrong."""
    visitor = visit(STAFF)
    assert decide(visitor, waiting.revised, "hide").status_code == 400
    decide(visitor, waiting.revised, "hide", reason=REASON)
    hidden = store.post(waiting.revised.id)
    assert hidden.state is PostState.HIDDEN
    page = visitor.get(path(hidden)).text
    assert 'value="unhide"' in page
    assert 'value="hide"' not in page
    decide(visitor, hidden, "unhide")
    assert store.post(waiting.revised.id).state is PostState.LIVE


def test_somebody_was_quicker(waiting, visit, store):
    """Whoever decides what is decided already is told so, on the page as it is now, and their words are still there."""
    moderation.approve(store, COLLEAGUE, waiting.post.id, 1, "", clock.now())
    answer = decide(visit(STAFF), waiting.post, "return", reason=REASON)
    assert answer.status_code == 409
    assert "ほかの職員がすでに判断したか" in answer.text
    assert "公開中" in answer.text
    assert REASON in answer.text
    assert store.post(waiting.post.id).state is PostState.LIVE


def test_a_version_that_was_not_seen_is_not_approved(waiting, visit, store):
    """What the group changed while staff read it is shown first."""
    newer = replace(waiting.post, facts=people.facts("すりかえた題名"), number=2)
    people.put(store, newer)
    answer = decide(visit(STAFF), waiting.post, "approve")
    assert answer.status_code == 409
    assert "すりかえた題名" in answer.text
    assert store.post(waiting.post.id).state is PostState.WAITING
    renamed = replace(waiting.application, name="すりかえた会", number=2)
    store.apply([Put(renamed)])
    assert decide(visit(STAFF), waiting.application, "approve").status_code == 409
    assert store.group(renamed.id).state is GroupState.APPLIED


def test_nobody_decides_on_their_own(waiting, visit, store):
    """Whoever is of the group has no button to approve, and forging one is refused."""
    visitor = visit(STAFF_AND_MEMBER)
    page = visitor.get(path(waiting.post)).text
    assert "ほかの職員が判断します" in page
    assert 'value="approve"' not in page
    token = visitor.hidden("/account")
    answer = visitor.browser.post(path(waiting.post), data={"_form": token, "do": "approve", "based_on": "1"})
    assert answer.status_code == 403
    assert store.post(waiting.post.id).state is PostState.WAITING


def test_a_group_is_approved_with_all_that_it_told_the_office(waiting, visit, store):
    """Contacts that are not public and who applied stand there; approved, it is registered and told so by mail."""
    visitor = visit(STAFF)
    page = visitor.get(path(waiting.application)).text
    for part in (staffing.SECRET, "田中", "tanaka@example.jp", "利用のきまりに同意", "まだ確かめられていません"):
        assert part in page
    assert decide(visitor, waiting.application, "approve").status_code == 303
    assert store.group(waiting.application.id).state is GroupState.ACTIVE
    assert [message.to for message in store.messages()] == ["tanaka@example.jp"]


@pytest.mark.parametrize(("do", "state"), [("return", GroupState.RETURNED), ("decline", GroupState.DECLINED)])
def test_a_group_is_returned_or_declined_with_a_reason(waiting, visit, store, do, state):
    """Without one nothing happens."""
    visitor = visit(STAFF)
    assert decide(visitor, waiting.application, do).status_code == 400
    assert store.group(waiting.application.id).state is GroupState.APPLIED
    assert decide(visitor, waiting.application, do, reason=REASON).status_code == 303
    group = store.group(waiting.application.id)
    assert (group.state, group.reason) == (state, REASON)


def test_a_foreign_host_decides_but_sends_no_mail(waiting, visit, store):
    """A forged Host cannot put its name into a mail: the decision is kept, no message is written."""
    visitor = visit(STAFF, base="https://evil.example")
    assert decide(visitor, waiting.application, "approve").status_code == 303
    assert store.messages() == []


def test_a_suggested_correction_is_taken_over(waiting, visit, store):
    """What stands there now is beside what is suggested; one button sets the field and closes the report."""
    visitor = visit(STAFF)
    page = visitor.get(path(waiting.correction)).text
    assert "<del><bdi>3</bdi></del>" in page
    assert "<ins><bdi>9</bdi></ins>" in page
    answer = decide(visitor, waiting.correction, "accept", reason="電話で確かめました")
    assert "提案のとおりに直しました" in visitor.follow(answer).text
    assert store.place(waiting.place.id).facts.address == "みなも町西1-2-9"
    closed = visitor.get(path(waiting.correction)).text
    assert "電話で確かめました" in closed
    assert 'name="do"' not in closed


def test_a_report_is_closed_once(waiting, visit, store):
    """It leads to the place's form; the second who closes it is told that it is closed."""
    visitor = visit(STAFF)
    page = visitor.get(path(waiting.note)).text
    assert "となりに移りました" in page
    assert f"/place-edit?municipality={CODE}&amp;id={waiting.place.id}" in page
    moderation.close_note(store, COLLEAGUE, waiting.note.id, "", clock.now())
    token = visitor.hidden("/account")
    answer = visitor.browser.post(path(waiting.note), data={"_form": token, "do": "close", "reason": ""})
    assert answer.status_code == 409
    assert "すでに対応済みです" in answer.text


def test_a_report_of_a_post_leads_to_the_post(waiting, visit, store):
    """Where it can be hidden; the report is closed from its own page."""
    note = notes.report_post(store, waiting.revised.id, "unsuitable", "<b>広告</b>", clock.now())
    page = visit(STAFF).get(path(note)).text
    assert "&lt;b&gt;広告" in page
    assert f"id={waiting.revised.id}" in page


def test_a_place_is_verified(waiting, visit, store):
    """With the facts to ask about on the telephone beside it; the list goes on to the next of the same kind."""
    visitor = visit(STAFF)
    page = visitor.get(path(waiting.place, "verify")).text
    assert "みなも町西1-2-3" in page
    answer = visitor.send(path(waiting.place, "verify"), do="verify")
    assert answer.headers["location"] == f"/queue?municipality={CODE}"
    assert store.place(waiting.place.id).verified_on == clock.today()


def test_a_guessed_id_tells_nothing(waiting, visit, store):
    """Another office's thing and one that does not exist are the same answer to everybody."""
    for who in (VISITOR_STAFF, MEMBER, OWNER, NEIGHBOUR):
        visitor = visit(who)
        answers = {
            thing: visitor.get(f"/review?id={thing}")
            for thing in (
                "post-0000000000000000",
                "",
                waiting.post.id,
                waiting.application.id,
                waiting.note.id,
                waiting.place.id,
            )
        }
        assert {answer.status_code for answer in answers.values()} == {404}
        assert all("もちつき" not in answer.text for answer in answers.values())
    assert visit().get(path(waiting.post)).status_code == 303
    assert visit(STAFF).send(path(waiting.post), do="nonsense").status_code == 404


def test_warnings_are_said_beside_the_decision(waiting, visit, store):
    """A post whose dates are all past is pointed out before it is decided."""
    twin = people.kept(store, PostState.WAITING, facts=people.facts(schedule=people.on(6, year=2020)))
    page = visit(STAFF).get(path(twin)).text
    assert "日にちがすべて過ぎています" in page


def test_a_moderators_pages_run_nothing_that_a_group_wrote(waiting, visit, store):
    """Titles, texts, reasons and reports are text for those who decide (Indico CVE-2023-37901, Decidim 2024-32034)."""
    bad = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    note = notes.report_post(store, waiting.revised.id, "other", bad, clock.now())
    hostile = people.kept(store, PostState.WAITING, facts=people.facts(bad[:100], text=bad, fee_note=bad))
    moderation.return_(store, STAFF, hostile.id, 1, bad, clock.now())
    visitor = visit(COLLEAGUE)
    pages = (path(note), path(hostile), f"/history?of=post&id={hostile.id}", f"/queue?municipality={CODE}")
    for address in pages:
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "&lt;script&gt;" in answer.text
