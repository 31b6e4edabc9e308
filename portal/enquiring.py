"""What residents ask about a post through the portal, so that nobody's telephone number has to be shown.

A question names a person. It stands in the store only, not in the journal and in no mail: the mail says that a
question waits, and it is read after signing in. It is deleted after 90 days.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal import permissions
from portal.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRecordError,
    NotSignedInError,
    TooManyTriesError,
    UnknownThingError,
)
from portal.groups import checks, letters
from portal.groups.letters import Letter
from portal.model.account import AccountState, read_email
from portal.model.group import GroupState
from portal.model.mark import READER, Mark
from portal.model.message import Enquiry, EnquiryState
from portal.model.post import HELP
from portal.permissions import Action, Role
from portal.store import Drop, Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Change, Reader, Store

DAY: Final = timedelta(days=1)
MOST_OF_A_PERSON: Final = 5
"""Questions with one telephone number or mail address in a day."""
MOST_OF_A_POST: Final = 30
"""Questions about one post in a day."""
TELL_AGAIN: Final = timedelta(hours=1)
"""Staff who were told that questions wait are not told of each further one."""
KEPT_FOR: Final = timedelta(days=90)
ENQUIRIES: Final = "enquiries"
"""The page on which staff see what waits."""


@dataclass(frozen=True, slots=True)
class Question:
    """What stands in the form by which a resident asks."""

    name: str
    reply_to: str
    """A telephone number or a mail address."""
    text: str


def ask(store: Store, post_id: str, question: Question, now: datetime, base: str) -> Enquiry:
    """Take a resident's question about a post that is asked about through the portal.

    Help between residents is passed on by the council's staff; other questions go to the group at once, and wait for
    staff where nobody of the group is on the net. Raises UnknownThingError for a post that is not shown,
    ConflictError for one that is asked about otherwise, InvalidRecordError, TooManyTriesError.
    """
    post = store.post(post_id)
    group = store.group(post.group) if post and post.public else None
    if post is None or group is None:
        raise UnknownThingError("enquiry.no_such_post")
    if not post.facts.asks_through_portal:
        raise ConflictError("enquiry.not_through_portal")
    made = _enquiry(post, question, now)
    _check_number(store, made)
    if _reads_itself(store, group, post):
        made = replace(made, state=EnquiryState.PASSED_ON)
        told = _tell_group(store, group, post, now, base)
    else:
        told = _tell_office(store, post, now, base)
    store.apply([Put(made), *told], Mark(now, READER, "enquiry:ask"))
    return made


def waiting(store: Reader, actor: Actor, municipality: str) -> list[Enquiry]:
    """The questions that staff are to pass on, the oldest first."""
    permissions.require(actor, Action.ENQUIRY_PASS_ON, municipality=municipality)
    return [item for item in store.enquiries(municipality) if item.state is EnquiryState.WAITING]


def of_group(store: Reader, actor: Actor, group: Group) -> list[Enquiry]:
    """The questions that were passed on to a group and wait for its answer, for those who may write for it."""
    permissions.require(actor, Action.POST_CREATE, group=group)
    asked = store.enquiries(group.municipality, group.id)
    return [item for item in asked if item.state is EnquiryState.PASSED_ON]


def pass_on(store: Store, actor: Actor, enquiry_id: str, now: datetime, base: str) -> Enquiry:
    """Pass a question on to the group, which reads it under *My group*.

    Raises ForbiddenError (for a guessed id, too), NotSignedInError; ConflictError when it was passed on or closed.
    """
    old = _wanted(store, actor, enquiry_id)
    permissions.require(actor, Action.ENQUIRY_PASS_ON, municipality=old.municipality)
    if old.state is not EnquiryState.WAITING:
        raise ConflictError("enquiry.decided")
    group, post = store.group(old.group), store.post(old.post)
    told = _tell_group(store, group, post, now, base) if group and post else []
    new = replace(old, state=EnquiryState.PASSED_ON)
    store.apply([Put(new), *told], Mark(now, actor.id, Action.ENQUIRY_PASS_ON), [expected(old)])
    return new


def close(store: Store, actor: Actor, enquiry_id: str, now: datetime) -> Enquiry:
    """Note that a question is answered or cannot be: by staff while it waits, then by the group or staff."""
    old = _wanted(store, actor, enquiry_id)
    if old.state is EnquiryState.CLOSED:
        raise ConflictError("enquiry.decided")
    group = store.group(old.group)
    if old.state is EnquiryState.PASSED_ON and group is not None:
        permissions.require(actor, Action.POST_CREATE, group=group)
    else:
        permissions.require(actor, Action.ENQUIRY_PASS_ON, municipality=old.municipality)
    new = replace(old, state=EnquiryState.CLOSED)
    store.apply([Put(new)], Mark(now, actor.id, "enquiry:close"), [expected(old)])
    return new


def forget(store: Store, now: datetime) -> int:
    """Delete the questions that are older than 90 days, whatever became of them; how many."""
    old = store.enquiries_before(now - KEPT_FOR)
    store.apply([Drop(Enquiry, (item.id,)) for item in old], Mark(now, action="enquiry:forget"))
    return len(old)


def _enquiry(post: Post, question: Question, now: datetime) -> Enquiry:
    return Enquiry(
        id=f"enquiry-{secrets.token_hex(8)}",
        post=post.id,
        group=post.group,
        municipality=post.municipality,
        name=checks.line(question.name),
        reply_to=_reply_to(question.reply_to),
        text=checks.paragraphs(question.text),
        made_at=now,
    )


def _reads_itself(store: Reader, group: Group, post: Post) -> bool:
    """Whether a question goes to the group at once: not help between residents, and somebody there signs in."""
    on_the_net = group.state is GroupState.ACTIVE and bool(letters.owners(store, group.id))
    return on_the_net and post.facts.kind not in HELP


def _reply_to(text: str) -> str:
    """A mail address or a telephone number that can be answered to; the same text for the same number."""
    given = unicodedata.normalize("NFKC", checks.line(text))
    try:
        return read_email(given) if "@" in given else checks.phone(given)
    except InvalidRecordError:
        raise InvalidRecordError("enquiry.bad_reply_to") from None


def _check_number(store: Reader, made: Enquiry) -> None:
    lately = [item for item in store.enquiries(made.municipality) if item.made_at > made.made_at - DAY]
    same = [item for item in lately if _digits(item.reply_to) == _digits(made.reply_to)]
    about = [item for item in lately if item.post == made.post]
    if len(same) >= MOST_OF_A_PERSON or len(about) >= MOST_OF_A_POST:
        raise TooManyTriesError("enquiry.too_many")


def _digits(reply_to: str) -> str:
    return reply_to if "@" in reply_to else "".join(sign for sign in reply_to if sign.isdigit())


def _tell_group(store: Reader, group: Group, post: Post, now: datetime, base: str) -> list[Change]:
    """That a question waits, without what it says."""
    address = letters.my_group_address(base, group.id)
    return letters.to_owners(store, group, Letter("enquiry", now, base, address, about=post.id, thing=post.facts.title))


def _tell_office(store: Reader, post: Post, now: datetime, base: str) -> list[Change]:
    """The same to the staff of the municipality, unless they were told within the hour."""
    asked = store.enquiries(post.municipality)
    if not base or any(item.state is EnquiryState.WAITING and item.made_at > now - TELL_AGAIN for item in asked):
        return []
    letter = Letter("enquiry_office", now, base, f"{base}/{ENQUIRIES}", about=post.id, thing=post.facts.title)
    return [
        Put(letters.written(letter, post.municipality, account.email, account.language))
        for account in store.accounts()
        if account.state is AccountState.ACTIVE and post.municipality in account.staff_of
    ]


def _wanted(store: Reader, actor: Actor, enquiry_id: str) -> Enquiry:
    """The question of this id; one that does not exist is answered like somebody else's."""
    found = _find(store, enquiry_id)
    if found is not None:
        return found
    if permissions.role_of(actor) is Role.ANONYMOUS:
        raise NotSignedInError("permissions.sign_in")
    raise ForbiddenError("permissions.forbidden")


def _find(store: Reader, enquiry_id: str) -> Enquiry | None:
    asked = (item for code in store.municipalities() for item in store.enquiries(code.code))
    return next((item for item in asked if item.id == enquiry_id), None)
