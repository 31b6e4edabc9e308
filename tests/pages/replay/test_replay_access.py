"""Guessed ids and forged acts, with a form that is one's own: what is not theirs answers as if it were not there.

Decidim CVE-2023-36465, CVE-2026-40869, CVE-2026-40870, CVE-2026-45415; Indico CVE-2026-28352; CKAN CVE-2023-32321;
Mastodon CVE-2026-23964.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.forms import csrf, post_actions
from portal.model.group import GroupState
from portal.model.post import PostState
from portal.store import Put
from tests.pages.replay.world import ROLES, traces
from tests.portal import people

STRANGERS = ("neighbour", "halted", "elsewhere")
"""Signed in, with a group or an office of their own, and nothing to do with the first group."""
GROUPS = (*STRANGERS, "member", "owner")
"""Everybody who is not of the town's office."""
WRITTEN = {
    "kind": "event",
    "title": "のっとり",
    "way": "once",
    "day": "2099-12-06",
    "where": "nowhere",
    "based_on": "1",
}
REASON = {"reason": "のっとり", "based_on": "1"}
FORGED = (
    # A post of another group, in every state, by every button of its page.
    *(
        (STRANGERS, f"/post-actions?id={{{state}}}", {"do": do, "reason": "x", "date": "2026-12-08", "number": "1"})
        for state in PostState
        for do in post_actions.ACTS
    ),
    *((STRANGERS, f"/write?id={{{state}}}", {**WRITTEN, "do": "submit"}) for state in PostState),
    *((STRANGERS, "/write?group={group}", {**WRITTEN, "do": do}) for do in ("save", "submit", "preview")),
    # From a page of one's own with the id of somebody else's thing in the form.
    (("neighbour",), "/my?group={other}", {"copy": "post-live"}),
    (("neighbour",), "/my?group={other}", {"verify": "salon"}),
    (("neighbour",), "/my?group={group}", {"copy": "post-live"}),
    (STRANGERS, "/group-settings?id={group}", {"save": "1", "about": "のっとり", "based_on": "1"}),
    (STRANGERS, "/group-settings?id={group}", {"invite": "1", "email": "evil@example.jp", "owner": "1"}),
    (STRANGERS, "/group-settings?id={group}", {"remove": "account-member"}),
    (
        STRANGERS,
        "/group-settings?id={group}",
        {"follow": "1", "url": "https://evil.example/x.ics", "kind": "icalendar"},
    ),
    (STRANGERS, "/group-settings?id={group}", {"close": "1", "sure": "1", "reason": "x"}),
    (("member",), "/group-settings?id={group}", {"save": "1", "about": "のっとり", "based_on": "1"}),
    (("member",), "/group-settings?id={group}", {"invite": "1", "email": "evil@example.jp", "owner": "1"}),
    (("member",), "/group-settings?id={group}", {"remove": "account-owner"}),
    (("neighbour",), "/group-settings?id={other}", {"remove": "account-member"}),
    (("neighbour",), "/group-settings?id={other}", {"add_place": "salon", "based_on": "1"}),
    # What only the office decides, asked for by a group's own people too.
    *((GROUPS, f"/review?id={{{thing}}}", {"do": "approve", **REASON}) for thing in ("waiting", "live", "scheduled")),
    *((GROUPS, "/review?id={live}", {"do": do, **REASON}) for do in ("hide", "return")),
    (GROUPS, "/review?id={hidden}", {"do": "unhide", **REASON}),
    *((GROUPS, "/review?id=group-applied", {"do": do, **REASON}) for do in ("approve", "return", "decline")),
    *((GROUPS, "/review?id={note}", {"do": do, **REASON}) for do in ("accept", "close")),
    (GROUPS, "/review?id={place}", {"do": "verify"}),
    *((GROUPS, f"/history?of={of}&entry=1", {"reason": "x"}) for of in ("post&id={live}", "group&id={group}")),
    (GROUPS, "/history?of=place&id={place}&entry=1", {"reason": "x"}),
    *(
        (GROUPS, "/groups?id={group}", {"do": do, f"reason_{do}": "x", "email": "evil@example.jp"})
        for do in ("suspend", "close", "hand_over")
    ),
    (GROUPS, "/groups?id={halted}", {"do": "resume", "reason_resume": "x"}),
    (GROUPS, "/place-edit?id={place}", {"do": "save", "name": "のっとり"}),
    (GROUPS, "/place-edit?id={place}", {"do": "verify"}),
    (GROUPS, "/municipality-settings?municipality={code}", {"trust_after": "0"}),
    (GROUPS, "/still-print?place={place}", {"back": "x"}),
    (GROUPS, "/enquiries", {"pass_on": "enquiry-1"}),
    (STRANGERS, "/enquiries", {"close": "enquiry-1"}),
    ((*GROUPS, "staff"), "/people", {"invite": "1", "email": "evil@example.jp", "role": "administrator"}),
    ((*GROUPS, "staff"), "/people", {"account": "account-admin", "reason": "x"}),
    (GROUPS, "/join?typed=1", {"name": "のっとりの会", "about": "x", "consent": "1"}),
    *((STRANGERS, f"/{page}?group={{group}}", {}) for page in ("flyer", "workbook", "feed-file")),
    (STRANGERS, "/write/schedule", {"post": "post-draft"}),
    (STRANGERS, "/write/schedule", {"group": "group-hidamari"}),
)
REFUSED = frozenset({400, 403, 404})


@pytest.mark.parametrize("role", [*GROUPS, "staff"])
def test_a_forged_act_does_nothing(world, store, visit, role):
    """Every button of every page, pressed with somebody else's id by a signed-in person with a form of their own."""
    visitor = visit(ROLES[role])
    token = visitor.hidden("/account")
    before = traces(store, world)
    for roles, path, fields in FORGED:
        if role in roles:
            address = world.fill(path)
            answer = visitor.browser.post(address, data={csrf.FIELD: token, **fields})
            assert answer.status_code in REFUSED, (address, fields, answer.status_code)
    assert traces(store, world) == before


@pytest.mark.parametrize("role", STRANGERS)
def test_a_guessed_id_answers_as_one_that_never_was(world, visit, role):
    """To a stranger another group's thing and nothing at all are the same page, so ids cannot be tried out."""
    visitor = visit(ROLES[role])
    for path, guessed, unknown in (
        ("/write?id={}", "post-draft", "post-0000000000000000"),
        ("/write?group={}", "group-hidamari", "group-0000000000000000"),
        ("/post-actions?id={}", "post-live", "post-0000000000000000"),
        ("/my?group={}", "group-hidamari", "group-0000000000000000"),
        ("/group-settings?id={}", "group-hidamari", "group-0000000000000000"),
        ("/enquiries?group={}", "group-hidamari", "group-0000000000000000"),
        ("/review?id={}", "post-waiting", "post-0000000000000000"),
        ("/review?id={}", "group-applied", "group-0000000000000000"),
        ("/history?of=post&id={}", "post-live", "post-0000000000000000"),
        ("/history?of=group&id={}", "group-hidamari", "group-0000000000000000"),
        ("/groups?id={}", "group-applied", "group-0000000000000000"),
        ("/flyer?group={}", "group-hidamari", "group-0000000000000000"),
        ("/workbook?group={}", "group-hidamari", "group-0000000000000000"),
        ("/feed-file?group={}", "group-hidamari", "group-0000000000000000"),
    ):
        told = [visitor.get(path.format(one)) for one in (guessed, unknown)]
        assert [answer.status_code for answer in told] == [404, 404], path
        sentences = [
            answer.text.split("<main", 1)[1].replace(one, "")
            for answer, one in zip(told, (guessed, unknown), strict=True)
        ]
        assert sentences[0] == sentences[1], path


@pytest.mark.parametrize("state", [state for state in GroupState if state is not GroupState.ACTIVE])
def test_nobody_acts_before_their_group_is_approved(world, store, visit, state):
    """Who is of a group that is not registered, not yet or no more, does nothing for it (Mastodon CVE-2026-23964)."""
    group = store.group("group-hidamari")
    store.apply([Put(replace(group, state=state))])
    before = traces(store, world)
    for who in (people.MEMBER, people.OWNER):
        visitor = visit(who)
        token = visitor.hidden("/account")
        for path, fields in (
            ("/write?group=group-hidamari", {**WRITTEN, "do": "submit"}),
            ("/write?id=post-draft", {**WRITTEN, "do": "submit"}),
            ("/post-actions?id=post-draft", {"do": "submit"}),
            ("/post-actions?id=post-withdrawn", {"do": "submit"}),
            ("/post-actions?id=post-live", {"do": "copy"}),
            ("/my?group=group-hidamari", {"copy": "post-live"}),
            ("/my?group=group-hidamari", {"verify": "salon"}),
            ("/group-settings?id=group-hidamari", {"save": "1", "about": "x", "based_on": "1"}),
            ("/group-settings?id=group-hidamari", {"invite": "1", "email": "evil@example.jp"}),
            ("/flyer?group=group-hidamari", {}),
            ("/workbook?group=group-hidamari", {}),
            ("/feed-file?group=group-hidamari", {}),
        ):
            answer = visitor.browser.post(path, data={csrf.FIELD: token, **fields})
            assert answer.status_code in REFUSED, (path, fields, answer.status_code)
    counted = [one for number, one in enumerate(traces(store, world)) if number != 1]
    assert counted == [one for number, one in enumerate(before) if number != 1]


def test_the_row_of_a_file_names_no_other_groups_post(world, store, visit):
    """A workbook's row with the number of another group's post makes a post of one's own (Decidim CVE-2026-45415)."""
    visitor = visit(people.NEIGHBOUR)
    header, row = "イベント名,開始日,ID", "のっとり,2099-12-06,post-live"
    file = {"workbook": ("posts.csv", f"{header}\n{row}\n".encode(), "text/csv")}
    before = store.post("post-live")
    look = visitor.follow(visitor.send("/workbook?group=group-tonari", files=file))
    assert look.status_code == 200, look.text
    name = str(look.url).partition("?id=")[2]
    assert visitor.send(f"/workbook?id={name}").status_code == 303
    assert store.post("post-live") == before
    assert [post.facts.title for post in store.posts_of_group("group-tonari")] == ["のっとり"]


def test_what_was_sent_is_on_the_shelf_of_its_sender_alone(world, visit):
    """A file between two steps is found by who sent it; its name is another's 404 (Decidim CVE-2026-45377)."""
    visitor = visit(people.MEMBER)
    file = {"workbook": ("posts.csv", "イベント名,開始日\nもちつき,2099-12-06\n".encode(), "text/csv")}
    way = visitor.send("/workbook?group=group-hidamari", files=file).headers["location"]
    assert visitor.get(way).status_code == 200
    for who in (people.OWNER, people.NEIGHBOUR, people.STAFF, people.ADMINISTRATOR):
        assert visit(who).get(way).status_code == 404
    assert visit().get(way).headers["location"].startswith("/sign-in")
