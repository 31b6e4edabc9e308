"""A group applies to be registered, by itself or typed in by the office (代行入力)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from portal import links, locate, permissions
from portal.errors import ConflictError, InvalidRecordError, TooManyTriesError
from portal.groups import checks, letters
from portal.model.account import PERSON_NAME_MAX, Purpose, read_email
from portal.model.group import Group, GroupState
from portal.model.mark import READER, Mark
from portal.model.place import ContactKind
from portal.normalise import fold
from portal.permissions import Action
from portal.store import Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.place import Contact
    from portal.permissions import Actor
    from portal.store import Change, Reader, Store

DAY: Final = timedelta(days=1)
MOST_OF_AN_ADDRESS: Final = 3
"""Applications with one mail address in a day: each sends a mail there."""
MOST_IN_A_DAY: Final = 50
"""Applications to one municipality in a day: more than any office reads."""
ENDED: Final = frozenset({GroupState.DECLINED, GroupState.CLOSED})
"""States whose name another group may take."""


@dataclass(frozen=True, slots=True)
class Application:
    """What stands in the form by which a group applies (団体登録の申し込み)."""

    municipality: str
    name: str
    about: str
    name_kana: str = ""
    district: str = ""
    """Id of a district; empty for the whole municipality."""
    contacts: tuple[Contact, ...] = ()
    """Each public or not."""
    applicant: str = ""
    """Name of who applies; only staff see it."""
    applicant_email: str = ""
    consent: bool = False
    """Whether the group agrees to the rules."""


def apply_for(store: Store, application: Application, now: datetime, base: str = "") -> Group:
    """Keep a group's own application; with ``base`` a link to confirm it goes to the applicant's mail address.

    Raises InvalidRecordError and UnknownThingError for what cannot be kept, ConflictError where a group of the
    municipality has this name, TooManyTriesError where too many applied today.
    """
    tidy = _checked(store, application)
    if not tidy.applicant or not _reachable(tidy):
        raise InvalidRecordError("grouping.no_way_to_answer")
    _check_number(store, tidy, now)
    group = _group(tidy, now)
    store.apply([Put(group), *_confirmation(group, now, base)], Mark(now, READER, "group:apply"))
    return group


def type_in(store: Store, actor: Actor, application: Application, now: datetime) -> Group:
    """Keep an application that came on paper or by telephone; who typed it in does not approve it."""
    permissions.require(actor, Action.GROUP_TYPE_IN, municipality=application.municipality)
    group = replace(_group(_checked(store, application), now), typed_by=actor.id)
    store.apply([Put(group)], Mark(now, actor.id, Action.GROUP_TYPE_IN))
    return group


def to_mend(store: Reader, token: str, now: datetime) -> Group:
    """The returned application that a link leads to; raises as :func:`portal.links.look`, and ConflictError."""
    link = links.look(store, token, Purpose.CHANGE, now)
    group = store.group(link.group) if link.group else None
    if group is None or group.state is not GroupState.RETURNED:
        raise ConflictError("grouping.not_returned")
    return group


def mend(store: Store, token: str, application: Application, now: datetime) -> Group:
    """Hand a returned application in again by the link of the mail that returned it; the link is used up.

    The mail address stays the one that the link was sent to, the municipality the one that it was made for.
    """
    old = to_mend(store, token, now)
    link = links.look(store, token, Purpose.CHANGE, now)
    given = replace(application, municipality=old.municipality, applicant_email=old.applicant_email)
    tidy = _checked(store, given, old)
    group = replace(
        old,
        **_values(tidy),
        state=GroupState.APPLIED,
        applied_at=now,
        consented_at=now,
        number=old.number + 1,
    )
    store.apply(
        [Put(group), Put(links.used(link, now))],
        Mark(now, READER, "group:apply"),
        [expected(old), expected(link)],
    )
    return group


def check_name(store: Reader, municipality: str, name: str, group_id: str = "") -> None:
    """Refuse a name that another group of the municipality has, read without width, case and kana."""
    folded = fold(name)
    for other in store.groups(municipality):
        if other.id != group_id and other.state not in ENDED and fold(other.name) == folded:
            raise ConflictError("grouping.name_taken", name=name)


def _checked(store: Reader, given: Application, old: Group | None = None) -> Application:
    """The application made tidy; raises where something in it cannot be."""
    locate.municipality(store, given.municipality)
    if not given.consent:
        raise InvalidRecordError("grouping.no_consent")
    email = read_email(given.applicant_email) if given.applicant_email.strip() else ""
    tidy = replace(
        given,
        name=checks.line(given.name),
        name_kana=checks.line(given.name_kana),
        about=checks.paragraphs(given.about),
        contacts=checks.contacts(given.contacts),
        applicant=checks.line(given.applicant),
        applicant_email=email,
    )
    if not tidy.about:
        raise InvalidRecordError("grouping.no_about")
    if len(tidy.applicant) > PERSON_NAME_MAX:
        raise InvalidRecordError("account.bad_name", most=PERSON_NAME_MAX)
    checks.check_district(store, tidy.municipality, tidy.district)
    check_name(store, tidy.municipality, tidy.name, old.id if old else "")
    return tidy


def _reachable(application: Application) -> bool:
    kinds = {item.kind for item in application.contacts}
    return bool(application.applicant_email) or bool(kinds & {ContactKind.PHONE, ContactKind.FAX, ContactKind.EMAIL})


def _check_number(store: Reader, application: Application, now: datetime) -> None:
    lately = [
        item
        for item in store.groups(application.municipality)
        if item.applied_at and item.applied_at > now - DAY and not item.typed_by
    ]
    same = [item for item in lately if item.applicant_email and item.applicant_email == application.applicant_email]
    if len(same) >= MOST_OF_AN_ADDRESS or len(lately) >= MOST_IN_A_DAY:
        raise TooManyTriesError("grouping.too_many_applications")


def _group(given: Application, now: datetime) -> Group:
    made_id = f"group-{secrets.token_hex(8)}"
    return Group(made_id, given.municipality, applied_at=now, consented_at=now, **_values(given))


def _values(given: Application) -> dict[str, Any]:
    names = ("name", "about", "name_kana", "district", "contacts", "applicant", "applicant_email")
    return {name: getattr(given, name) for name in names}


def _confirmation(group: Group, now: datetime, base: str) -> list[Change]:
    if not base or not group.applicant_email:
        return []
    token, link = links.make(Purpose.CONFIRM, now, email=group.applicant_email, group=group.id)
    address = letters.link_address(base, letters.PAGES[Purpose.CONFIRM], token)
    letter = letters.Letter("group_applied", now, base, address)
    return [Put(link), *letters.to_address(group, group.applicant_email, letter)]
