"""Turning to a group: the letter or mail that goes to it, and the note that it did."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal import outbox, permissions
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError
from portal.groups import letters
from portal.locate import municipality
from portal.model.account import read_email
from portal.model.mark import Mark
from portal.model.outreach import Outreach, Way
from portal.model.place import ContactKind
from portal.permissions import Action
from portal.store import Put
from portal.use.published import day_of
from portal.use.reasons import Why
from portal.words import DEFAULT_LANGUAGE, say

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.model.message import Message
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Change, Reader, Store


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words; plain text."""

    subject: str
    body: str


def letter(store: Reader, group: Group, reason: str, language: str = DEFAULT_LANGUAGE, base: str = "") -> Written:
    """What to write to a group, ready to print or send: why, what it posted last, and how the portal helps.

    ``base`` is the portal's own address; without one no link stands in it. Raises InvalidRecordError for a reason
    that is none.
    """
    said = _said(store, group, _known(reason), language, base)
    return Written(say("outreach.letter_subject", language, **said), say("outreach.letter_body", language, **said))


def note_outreach(  # noqa: PLR0913, PLR0917  # who turned to whom, how and why
    store: Store, actor: Actor, group_id: str, way: Way, why: str, note: str, now: datetime, *, base: str = ""
) -> Outreach:
    """Note that somebody turned to a group; for a mail, it is written into the outbox in the same change.

    The mail goes to everybody who owns the group, each in their language, else to the group's own mail address.
    Raises NotSignedInError, ForbiddenError, UnknownThingError for a group that is none, InvalidRecordError for a
    reason that is none and an over-long note, ConflictError where there is no mail address, or for a sample group.
    """
    group = store.group(group_id)
    permissions.require(actor, Action.OUTREACH_NOTE, group.municipality if group else "")
    if group is None:
        raise UnknownThingError("posting.no_such_group")
    done = Outreach(
        f"outreach-{secrets.token_hex(8)}", group.municipality, group.id, now, actor.id, way, _known(why), note.strip()
    )
    mails: list[Change] = [*map(Put, _mails(store, group, done, base))] if way is Way.MAIL else []
    mark = Mark(now, actor.id, Action.OUTREACH_NOTE)
    store.apply([Put(done), *mails], mark)
    return done


def addresses(store: Reader, group: Group) -> list[tuple[str, str]]:
    """Mail address and language of whom a mail goes to; empty where only paper is left."""
    found = [(account.email, account.language) for account in letters.owners(store, group.id)]
    if found:
        return found
    written = [item.value for item in group.contacts if item.kind is ContactKind.EMAIL]
    for text in (*written, group.applicant_email):
        with suppress(InvalidRecordError):
            return [(read_email(text), DEFAULT_LANGUAGE)]
    return []


def why_said(why: Why, language: str) -> str:
    """A reason in a few words, for a list to choose from."""
    return say(f"outreach.why_{why}", language)


def _mails(store: Reader, group: Group, done: Outreach, base: str) -> list[Message]:
    if group.sample:
        raise ConflictError("outreach.sample")
    to = addresses(store, group)
    if not to:
        raise ConflictError("outreach.no_address", name=group.name)
    return [
        outbox.write(
            "outreach.letter",
            language,
            address,
            base,
            now=done.at,
            group=group.id,
            municipality=group.municipality,
            about=group.id,
            **_said(store, group, done.why, language, base),
        )
        for address, language in to
    ]


def _known(reason: str) -> str:
    if reason not in set(Why):
        raise InvalidRecordError("outreach.no_such_reason")
    return reason


def _said(store: Reader, group: Group, reason: str, language: str, base: str) -> dict[str, str]:
    """What stands in the gaps of the letter."""
    address = letters.my_group_address(base, group.id) if base else ""
    office = municipality(store, group.municipality)
    return {
        "name": group.name,
        "office": office.name if language == DEFAULT_LANGUAGE else office.name_en,
        "reason": say(f"outreach.letter_{reason}", language),
        "last": _last_said(store, group, language),
        "link": say("outreach.letter_link", language, link=address) if address else "",
    }


def _last_said(store: Reader, group: Group, language: str) -> str:
    posts = [(day, post) for post in store.posts_of_group(group.id) if (day := day_of(post.live_at))]
    if not posts:
        return say("outreach.letter_no_post", language)
    day, post = max(posts, key=_by_day)
    return say("outreach.letter_last_post", language, title=post.facts.title, day=day.isoformat())


def _by_day(one: tuple[object, Post]) -> tuple[str, str]:
    return str(one[0]), one[1].id
