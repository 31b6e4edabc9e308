"""One group, place, person and post a payload: every text that people can write is one that would run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portal import clock, links
from portal.model.account import GroupMember, Purpose
from portal.model.group import GroupState
from portal.model.message import Enquiry, EnquiryState, Message
from portal.model.place import Contact, ContactKind
from portal.model.post import POST_TEXT_MAX, Photo, PostKind, PostState, Revision, Where, WhereKind
from portal.model.report_note import POST, ErrorNote
from portal.permissions import Actor
from portal.store import Put
from tests import town
from tests.browser.payloads import PAYLOADS
from tests.portal import people

if TYPE_CHECKING:
    from portal.model.post import Post, PostFacts
    from portal.store import Store

PICTURE = "a" * 64 + ".jpg"


@dataclass(frozen=True)
class Hard:
    """Where the texts of one payload stand."""

    text: str
    group: str
    live: str
    cancelled: str
    waiting: str
    relayed: str
    place: str
    note: str
    applied: str
    still: str
    change: str
    member: Actor
    """Who owns the group, with the payload for a name."""

    def pages(self) -> tuple[str, ...]:
        """Every plain page on which they stand."""
        posts = (self.live, self.cancelled, self.waiting, self.relayed)
        return (
            f"/my?group={self.group}",
            f"/group-settings?id={self.group}",
            f"/write?group={self.group}",
            *(f"/write?id={post}" for post in (self.live, self.waiting, self.relayed)),
            *(f"/post-actions?id={post}" for post in posts),
            f"/flyer?group={self.group}",
            f"/workbook?group={self.group}",
            f"/feed-file?group={self.group}",
            f"/enquiries?group={self.group}",
            *(f"/history?of=post&id={post}" for post in posts),
            f"/history?of=group&id={self.group}",
            f"/ask?post={self.relayed}",
            f"/still?t={self.still}",
            f"/changed?t={self.change}",
            "/account",
        )

    def offices(self) -> tuple[str, ...]:
        """Every page of the office on which they stand."""
        return (
            f"/queue?municipality={town.CODE}",
            *(f"/review?id={one}" for one in (self.live, self.waiting, self.note, self.applied, self.place)),
            f"/groups?municipality={town.CODE}",
            f"/groups?id={self.group}",
            f"/place-edit?id={self.place}",
            f"/history?of=place&id={self.place}",
            f"/still-print?place={self.place}",
            "/enquiries",
            "/outbox",
            "/people",
        )


def settle(store: Store, number: int) -> Hard:
    """Put everything of one payload into the town."""
    text, now = PAYLOADS[number], clock.now()
    short = text[:100]
    contacts = (Contact(ContactKind.FORM, text, public=True, note=text), Contact(ContactKind.PHONE, text, note=text))
    said = {"name": short, "name_kana": text[:100], "about": text, "contacts": contacts, "reason": text}
    said |= {"applicant": short, "applicant_email": "a@example.jp", "places": (f"place-{number}",)}
    group = people.group(f"hard{number}", **said)
    applied = people.group(f"applied{number}", **{**said, "name": short[:90] + "申請"}, state=GroupState.APPLIED)
    who = replace(people.account(f"hard{number}"), name=short)
    asked = dict.fromkeys(("schedule_note", "audience_note", "fee_note", "booking_note", "access_note"), text)
    place = town.place(f"place-{number}", short, description=text, address=text, group=text, contacts=contacts, **asked)
    store.apply([Put(group), Put(applied), Put(who), Put(GroupMember(group.id, who.id, owner=True)), Put(place)])
    made = {
        name: links.make(purpose, now, place=place.id, municipality=town.CODE)
        for name, purpose in (("still", Purpose.FRESHNESS), ("change", Purpose.CHANGE))
    }
    posts = {state: _post(store, group.id, state, text) for state in ("live", "cancelled", "waiting")}
    relayed = _post(store, group.id, PostState.LIVE, text, relayed=True)
    note = ErrorNote(f"note-{number}", posts["live"].id, "other", text[:2000], now, about=POST)
    correction = ErrorNote(
        f"correction-{number}", place.id, "wrong", "", now, field="description", suggested=text[:2000]
    )
    enquiries = [
        Enquiry(f"enquiry-{number}-{state}", relayed.id, group.id, town.CODE, short, text[:200], text, now, state)
        for state in (EnquiryState.WAITING, EnquiryState.PASSED_ON)
    ]
    subject = " ".join(text.split())[:200]
    mail = Message(f"message-{number}", "x@example.jp", subject, text, now, town.CODE, group.id)
    store.apply(
        [Put(note), Put(correction), Put(mail), *map(Put, enquiries), *(Put(link) for _, link in made.values())]
    )
    return Hard(
        text=text,
        group=group.id,
        relayed=relayed.id,
        place=place.id,
        note=note.id,
        applied=applied.id,
        member=Actor(who, {group.id: True}),
        **{state: post.id for state, post in posts.items()},
        **{name: token for name, (token, _) in made.items()},
    )


def _facts(text: str, **values: object) -> PostFacts:
    known = {
        "kind": PostKind.EVENT,
        "text": text[:POST_TEXT_MAX],
        "schedule": people.tuesdays(),
        "schedule_text": text,
        "where": Where(WhereKind.PIN, position=town.spot(0.5, 0.5), name=text, address=text),
        "audience_note": text,
        "fee_note": text,
        "booking_note": text,
        "access_note": text,
        "contacts": (Contact(ContactKind.URL, text, public=True, note=text),),
        "photos": (Photo(PICTURE, text, 4, 3),),
        **values,
    }
    return people.facts(text[:100], **known)


def _post(store: Store, group: str, state: str, text: str, **values: object) -> Post:
    now = clock.now()
    newer = Revision(_facts(text, fee_note="新しい" + text), now, "account-member", returned="")
    return people.kept(
        store,
        PostState(state),
        group=group,
        facts=_facts(text, **values),
        reason=text,
        live_at=now,
        changed_at=now,
        submitted_at=now,
        revision=newer if state == "live" and not values else None,
    )
