"""Every plain page, and who gets it: the page, the way to the sign-in, or that there is nothing (404).

A page of ``pages/server/plain_routes.py`` without a row here is a mistake (tests/pages/forms/test_reach.py).
"""

from __future__ import annotations

from typing import NamedTuple

from tests.pages.replay import world as replay
from tests.portal import people

SIGN_IN = 303
NO_SIGN_IN = frozenset({"anonymous", "suspended"})
EVERYBODY = frozenset(replay.ROLES)
SIGNED_IN = EVERYBODY - NO_SIGN_IN
OFFICE = frozenset({"staff", "administrator"})
CONCERNED = OFFICE | {"member", "owner"}
ALL_OFFICES = OFFICE | {"elsewhere"}
DONE = frozenset({200, 303, 405})


class Row(NamedTuple):
    """One address of a page: who sees it, what other signed-in people get, and what the rest gets."""

    query: str
    sees: frozenset[str] = EVERYBODY
    others: int = 404
    status: int = 200
    """Of the page for those who see it."""
    takes: bool = True
    """Whether a form can be sent there; elsewhere it is passed over, and the page is shown as it is."""
    told: frozenset[str] = frozenset()
    """Those who are told why they may not (403): they know of it, as members of a suspended group do."""

    def of(self, role: str) -> int:
        """The status for a role that looks at the page."""
        if role in self.sees:
            return self.status
        if role in self.told:
            return 403
        return SIGN_IN if role in NO_SIGN_IN else self.others


NOTHING = "unknown-0000000000000000"
NOBODY: frozenset[str] = frozenset()
POST_ONLY = (Row("", EVERYBODY, status=405),)
UPLOAD = (
    Row("?group={group}", CONCERNED),
    Row("?group={halted}", OFFICE, told=frozenset({"halted"})),
    Row(f"?group={NOTHING}", NOBODY),
    Row("?id=x", NOBODY),
    Row("", NOBODY),
)
ROWS: dict[str, tuple[Row, ...]] = {
    "/sign-in": (Row(""), Row("?next=/account"), Row("?next=//evil.example")),
    "/sign-out": POST_ONLY,
    "/invitation": (Row("?t={invite}"), Row("?t={reset}", status=404), Row("?t=x", status=404), Row("", status=404)),
    "/reset": (Row(""), Row("?t={reset}"), Row("?t={invite}", status=404), Row("?t=x", status=404)),
    "/confirm": (Row("?t=x", status=404), Row("?t={invite}", status=404)),
    "/account": (Row("", SIGNED_IN),),
    "/people": (Row("", frozenset({"administrator"}), 403),),
    "/outbox": (Row("", ALL_OFFICES, 403),),
    "/oidc/start": (Row("", status=404),),
    "/oidc/back": (Row("?state=x&code=x", status=404),),
    "/join": (
        Row(""),
        Row("?sent=mail", takes=False),
        Row("?typed=1", OFFICE, 403),
        Row("?t=x", status=404),
        Row("?t={invite}", status=404),
    ),
    "/write": (
        Row("?group={group}", CONCERNED),
        Row("?group={halted}", OFFICE, told=frozenset({"halted"})),
        Row("?id={draft}", CONCERNED),
        Row("?id={waiting}", CONCERNED),
        Row("?id={withdrawn}", CONCERNED, status=303),
        Row(f"?id={NOTHING}", NOBODY),
        Row(f"?group={NOTHING}", NOBODY),
        Row("", NOBODY),
    ),
    "/write/schedule": POST_ONLY,
    "/write/places": (Row("?group={group}&q=a", CONCERNED), Row(f"?group={NOTHING}&q=a", NOBODY)),
    "/write/spot": (Row("?group={group}&q=a", CONCERNED), Row(f"?group={NOTHING}&q=a", NOBODY)),
    "/write/photo": (Row("?t=x", NOBODY), Row("?t={invite}", NOBODY)),
    "/post-actions": (
        *(Row(f"?id={{{state}}}", CONCERNED) for state in people.PostState),
        Row("?id={halted_post}", OFFICE | {"halted"}),
        Row(f"?id={NOTHING}", NOBODY),
        Row("", NOBODY),
    ),
    "/my": (
        Row("", SIGNED_IN, takes=False),
        Row("?group={group}", CONCERNED),
        Row("?group={halted}", OFFICE | {"halted"}),
        Row(f"?group={NOTHING}", NOBODY),
    ),
    "/group-settings": (
        Row("?id={group}", CONCERNED),
        Row("?id={halted}", OFFICE | {"halted"}),
        Row(f"?id={NOTHING}", NOBODY),
        Row("", NOBODY),
    ),
    "/ask": (
        Row("?post={help}"),
        Row("?post={live}", status=409),
        *(Row(f"?post={{{state}}}", status=404) for state in replay.UNSEEN),
        Row(f"?post={NOTHING}", status=404),
    ),
    "/still": (Row("?t={still}"), Row("?t={change}", status=404), Row("?t=x", status=404), Row("", status=404)),
    "/changed": (Row("?t={change}"), Row("?t={still}", status=404), Row("?t=x", status=404)),
    "/still-print": (Row("?place={place}", OFFICE, 403), Row(f"?place={NOTHING}", NOBODY)),
    "/enquiries": (
        Row("", SIGNED_IN),
        Row("?group={group}", CONCERNED),
        Row(f"?group={NOTHING}", NOBODY),
    ),
    "/queue": (
        Row("?municipality={code}", OFFICE, 403),
        Row("?municipality=00000", frozenset({"administrator"}), 403, 404),
    ),
    "/review": (
        *(
            Row(f"?municipality={{code}}&id={{{name}}}", OFFICE)
            for name in ("waiting", "draft", "group", "note", "place")
        ),
        Row(f"?id={NOTHING}", NOBODY),
        Row("", NOBODY),
    ),
    "/history": (
        Row("?municipality={code}&of=post&id={live}", CONCERNED),
        Row("?municipality={code}&of=post&id={draft}", CONCERNED),
        Row("?municipality={code}&of=group&id={group}", CONCERNED),
        Row("?municipality={code}&of=place&id={place}", OFFICE),
        Row(f"?of=post&id={NOTHING}", NOBODY),
        Row("?of=account&id=account-member", NOBODY),
        Row("", NOBODY),
    ),
    "/groups": (
        Row("?municipality={code}", OFFICE, 403, takes=False),
        Row("?municipality={code}&id={group}", OFFICE),
        Row("?municipality={code}&id=group-applied", OFFICE),
        Row(f"?id={NOTHING}", NOBODY),
    ),
    "/place-edit": (Row("?id={place}", OFFICE), Row(f"?id={NOTHING}", NOBODY), Row("", NOBODY)),
    "/municipality-settings": (Row("?municipality={code}", OFFICE, 403),),
    "/disaster": (
        Row("?municipality={code}", OFFICE, 403),
        Row("?municipality=00000", frozenset({"administrator"}), 403, 404),
    ),
    "/flyer": UPLOAD,
    "/flyer/state": (Row("?id=x", NOBODY),),
    "/flyer/piece": (Row("?id=x&at=page.0", NOBODY), Row("", NOBODY)),
    "/workbook": UPLOAD,
    "/workbook/template": (Row("", SIGNED_IN),),
    "/feed-file": (
        Row("?group={group}", OFFICE | {"owner"}, told=frozenset({"member"})),
        Row("?group={halted}", NOBODY, told=OFFICE | {"halted"}),
        Row(f"?group={NOTHING}", NOBODY),
        Row("?id=x", NOBODY),
        Row("", NOBODY),
    ),
    "/standards": (Row("?municipality={code}", OFFICE, 403),),
    "/review-coverage": (Row("?municipality={code}", OFFICE, 403),),
    "/review-needs": (Row("?municipality={code}", OFFICE, 403),),
    **{
        path: (Row("?municipality={code}", OFFICE, 403, takes=False),)
        for path in ("/review-reach", "/review-use", "/review-indicators", "/standards/csv", "/indicators/csv")
    },
    **{
        path: (Row("?municipality={code}", OFFICE, 403), Row("?municipality={code}&key=none", OFFICE, 403, 404))
        for path in ("/standard", "/indicator")
    },
    **{
        path: (Row("?municipality={code}", OFFICE, 403), Row("?municipality={code}&id=x", OFFICE, 403, 404))
        for path in ("/standards/file", "/indicators/file")
    },
    "/surveyed": (
        Row("?municipality={code}", OFFICE, 403),
        Row("?municipality={code}&district=none", OFFICE, 403, 404),
    ),
    "/outreach": (
        Row("?municipality={code}&group={group}", OFFICE, 403),
        Row("?municipality={code}", OFFICE, 403, 404),
    ),
    "/review-sheet": (
        Row("?municipality={code}&district=99901-elementary-西小", OFFICE, 403, takes=False),
        Row("?municipality={code}&district=none", OFFICE, 403, 404),
    ),
    "/review-sheet.pdf": (Row("?municipality={code}&district=none", OFFICE, 403, 404),),
    "/calendar": (Row("?municipality={code}", takes=False), Row("?municipality=00000", status=404)),
    "/subscribe": (Row(""), Row("?sent=mail", takes=False)),
    "/subscribe-confirm": (Row("?t=x", status=404), Row("", status=404)),
    "/unsubscribe": (Row("?t=x", status=404), Row("", status=404)),
    "/push-worker.js": (Row("", takes=False),),
    "/review-records": (
        Row("?municipality={code}&table=groups", OFFICE, 403, takes=False),
        Row("?municipality={code}&table=none", OFFICE, 403, 404),
    ),
    "/review-file": (
        Row("?municipality={code}&table=use&format=csv", OFFICE, 403, takes=False),
        Row("?municipality={code}&table=none", OFFICE, 403, 404),
    ),
    "/review-report": (Row("?municipality=00000", frozenset({"administrator"}), 403, 404),),
}
"""By address; rows of pages that are not there are not asked for."""
