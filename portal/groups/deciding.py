"""What the office decides about a group: approve, return, decline, suspend, resume, close.

Every decision is told to the group with its reason, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portal import links
from portal.errors import InvalidRecordError
from portal.groups import applying, letters, members, seeing
from portal.groups.letters import Letter
from portal.model.account import Purpose
from portal.model.group import GroupState
from portal.model.mark import Mark
from portal.permissions import Action
from portal.store import Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.permissions import Actor
    from portal.store import Change, Expected, Reader, Store


@dataclass(frozen=True, slots=True)
class _Step:
    """One way from state to state."""

    action: Action
    state: GroupState
    letter: str
    reasoned: bool = False
    """Whether a reason has to be said."""


_APPROVE: Final = _Step(Action.GROUP_APPROVE, GroupState.ACTIVE, "group_approved")
_RETURN: Final = _Step(Action.GROUP_RETURN, GroupState.RETURNED, "group_returned", reasoned=True)
_DECLINE: Final = _Step(Action.GROUP_DECLINE, GroupState.DECLINED, "group_declined", reasoned=True)
_SUSPEND: Final = _Step(Action.GROUP_SUSPEND, GroupState.SUSPENDED, "group_suspended", reasoned=True)
_RESUME: Final = _Step(Action.GROUP_RESUME, GroupState.ACTIVE, "group_resumed")
_CLOSE: Final = _Step(Action.GROUP_CLOSE, GroupState.CLOSED, "group_closed")


def approve(store: Store, actor: Actor, group_id: str, reason: str, now: datetime, *, base: str = "") -> Group:  # noqa: PLR0913  # a decision and where links begin
    """Register a group; who applied is made its owner, with ``base`` by an invitation."""
    return _decide(store, actor, group_id, _APPROVE, Letter("", now, base, reason=reason))


def return_(store: Store, actor: Actor, group_id: str, reason: str, now: datetime, *, base: str = "") -> Group:  # noqa: PLR0913  # as above
    """Hand an application back with a sentence; with ``base`` a link to mend it goes to who applied."""
    return _decide(store, actor, group_id, _RETURN, Letter("", now, base, reason=reason))


def decline(store: Store, actor: Actor, group_id: str, reason: str, now: datetime, *, base: str = "") -> Group:  # noqa: PLR0913  # as above
    """Decline an application, with a reason; it can still be approved later."""
    return _decide(store, actor, group_id, _DECLINE, Letter("", now, base, reason=reason))


def suspend(store: Store, actor: Actor, group_id: str, reason: str, now: datetime, *, base: str = "") -> Group:  # noqa: PLR0913  # as above
    """Let a group do nothing more for the time being; what it posted stays as it is."""
    return _decide(store, actor, group_id, _SUSPEND, Letter("", now, base, reason=reason))


def resume(store: Store, actor: Actor, group_id: str, reason: str, now: datetime, *, base: str = "") -> Group:  # noqa: PLR0913  # as above
    """Let a suspended or closed group act again."""
    return _decide(store, actor, group_id, _RESUME, Letter("", now, base, reason=reason))


def close(store: Store, actor: Actor, group_id: str, reason: str, now: datetime, *, base: str = "") -> Group:  # noqa: PLR0913  # as above
    """Note that a group has ended; what it posted stays until it is over or taken back."""
    return _decide(store, actor, group_id, _CLOSE, Letter("", now, base, reason=reason))


def _decide(store: Store, actor: Actor, group_id: str, step: _Step, letter: Letter) -> Group:
    """One decision, in one transaction; raises StaleEditError where the group was changed meanwhile."""
    old = seeing.wanted(store, actor, group_id, step.action)
    reason = letter.reason.strip()
    if step.reasoned and not reason:
        raise InvalidRecordError("grouping.say_why")
    if step.state is GroupState.ACTIVE:
        applying.check_name(store, old.municipality, old.name, old.id)
    letter = replace(letter, kind=step.letter, reason=reason)
    new = replace(
        old,
        state=step.state,
        reason=reason,
        decided_at=letter.now,
        decided_by=actor.id,
        number=old.number + 1,
    )
    told, expect = _told(store, new, step, letter, actor.id)
    store.apply([Put(new), *told], Mark(letter.now, actor.id, step.action, reason), [expected(old), *expect])
    return new


def _told(
    store: Reader, group: Group, step: _Step, letter: Letter, made_by: str
) -> tuple[list[Change], list[Expected]]:
    """What the group is told, and what comes with it."""
    if step is _APPROVE and not store.members(group.id):
        return members.ownership(store, group, group.applicant_email, letter, made_by)
    if step is _RETURN and group.applicant_email and letter.base:
        token, link = links.make(Purpose.CHANGE, letter.now, email=group.applicant_email, group=group.id)
        letter = replace(letter, address=letters.link_address(letter.base, letters.MEND_PAGE, token))
        return [Put(link), *letters.to_address(group, group.applicant_email, letter)], []
    letter = replace(letter, address=letters.my_group_address(letter.base, group.id))
    if step in {_APPROVE, _DECLINE}:
        return letters.to_address(group, group.applicant_email, letter), []
    return letters.to_owners(store, group, letter), []
