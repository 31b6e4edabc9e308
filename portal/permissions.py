"""Who may do what: one table of action × role × state. Nothing else in the portal decides it.

A role is what somebody is towards one thing: the same person is an owner here and another group's member there.
Whoever has a part in something (wrote it, typed it in, belongs to its group) never decides on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import ForbiddenError, NotSignedInError
from portal.model.account import AccountState
from portal.model.group import GroupState
from portal.model.post import PostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portal.model.account import Account
    from portal.model.group import Group
    from portal.model.post import Post


class Role(StrEnum):
    """What somebody is towards one thing."""

    ANONYMOUS = "anonymous"  # not signed in, or the account is suspended
    MEMBER = "member"  # of the group
    OWNER = "owner"  # of the group
    SUSPENDED_MEMBER = "suspended_member"  # member or owner while the group is suspended or not (any more) active
    OTHER_GROUP = "other_group"  # signed in, with nothing to do with it
    STAFF = "staff"  # of the municipality
    STAFF_WITH_A_PART = "staff_with_a_part"  # of the municipality or administrator, who wrote it or is of its group
    OTHER_STAFF = "other_staff"  # of another municipality
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be done."""

    POST_CREATE = "post:create"
    POST_SEE = "post:see"  # also what is not public: draft, preview, history
    POST_EDIT = "post:edit"
    POST_SUBMIT = "post:submit"
    POST_COPY = "post:copy"  # copy last time's, make the next term
    POST_CANCEL = "post:cancel"  # one date or all
    POST_REINSTATE = "post:reinstate"
    POST_WITHDRAW = "post:withdraw"
    POST_COUNT = "post:count"  # places taken
    POST_APPROVE = "post:approve"
    POST_RETURN = "post:return"
    POST_HIDE = "post:hide"
    POST_UNHIDE = "post:unhide"
    POST_GO_BACK = "post:go_back"
    GROUP_SEE = "group:see"  # also what is not public
    GROUP_EDIT = "group:edit"
    GROUP_INVITE = "group:invite"
    GROUP_REMOVE_MEMBER = "group:remove_member"
    GROUP_FOLLOW = "group:follow"  # a calendar or news feed of its own
    GROUP_TYPE_IN = "group:type_in"  # staff, from paper or telephone
    GROUP_APPROVE = "group:approve"
    GROUP_RETURN = "group:return"
    GROUP_DECLINE = "group:decline"
    GROUP_SUSPEND = "group:suspend"
    GROUP_RESUME = "group:resume"
    GROUP_CLOSE = "group:close"
    GROUP_HAND_OVER = "group:hand_over"
    GROUP_GO_BACK = "group:go_back"
    PLACE_EDIT = "place:edit"
    PLACE_VERIFY = "place:verify"
    PLACE_ASK = "place:ask"  # ask its group whether it is still running
    PLACE_GO_BACK = "place:go_back"
    NOTE_CLOSE = "note:close"  # a reader's report or suggested correction
    ENQUIRY_PASS_ON = "enquiry:pass_on"  # noqa: S105  # no password: a question handed on
    QUEUE_SEE = "queue:see"
    OUTBOX_SEE = "outbox:see"
    STAFF_INVITE = "staff:invite"
    ADMINISTRATOR_INVITE = "administrator:invite"
    ACCOUNT_SUSPEND = "account:suspend"
    ACCOUNT_RESUME = "account:resume"
    SETTINGS_EDIT = "settings:edit"  # of a municipality
    DISASTER_SWITCH = "disaster:switch"  # its pages into their form for a disaster, and back
    REVIEW_SEE = "review:see"  # coverage, reach, use, indicators
    STANDARD_EDIT = "standard:edit"
    SURVEY_MARK = "survey:mark"  # that a district was looked at
    INDICATOR_EDIT = "indicator:edit"
    SNAPSHOT_KEEP = "snapshot:keep"  # coverage as it is today
    OUTREACH_NOTE = "outreach:note"  # that a group was turned to
    NEEDS_SEE = "needs:see"  # the numbers of people in need as they are; each look stands in the journal


ALWAYS: Final = "always"
"""The state of things that have none: places, the queue, a municipality."""
NOBODY: Final[frozenset[Role]] = frozenset()
_GROUP: Final = frozenset({Role.MEMBER, Role.OWNER})
_OFFICE: Final = frozenset({Role.STAFF, Role.ADMINISTRATOR})
_OFFICE_ANY: Final = _OFFICE | {Role.STAFF_WITH_A_PART}
_ALL_CONCERNED: Final = _GROUP | _OFFICE_ANY
_WRITERS: Final = _GROUP | _OFFICE_ANY  # staff write for groups that are not on the net (代行入力)

_UNPUBLISHED: Final = (PostState.DRAFT, PostState.WAITING, PostState.RETURNED, PostState.SCHEDULED)
_LIVING: Final = (PostState.SCHEDULED, PostState.LIVE)


def _row(states: Iterable[str], *roles: frozenset[Role]) -> dict[str, frozenset[Role]]:
    """The roles for each of the states."""
    allowed = frozenset[Role]().union(*roles)
    return {str(state): allowed for state in states}


def _post(*rows: dict[str, frozenset[Role]]) -> dict[str, frozenset[Role]]:
    """A row for every state of a post; nobody where nothing is said."""
    return _filled(PostState, rows)


def _group(*rows: dict[str, frozenset[Role]]) -> dict[str, frozenset[Role]]:
    """A row for every state of a group; nobody where nothing is said."""
    return _filled(GroupState, rows)


def _filled(states: Iterable[str], rows: Iterable[dict[str, frozenset[Role]]]) -> dict[str, frozenset[Role]]:
    table = {str(state): NOBODY for state in states}
    for row in rows:
        table |= row
    return table


_DECIDED_BY_OFFICE: Final = _row([ALWAYS], _OFFICE_ANY)

TABLE: Final[Mapping[Action, Mapping[str, frozenset[Role]]]] = {
    Action.POST_CREATE: _group(_row([GroupState.ACTIVE], _WRITERS), _row([GroupState.SUSPENDED], _OFFICE_ANY)),
    Action.POST_SEE: _post(_row(PostState, _ALL_CONCERNED, frozenset({Role.SUSPENDED_MEMBER}))),
    Action.POST_EDIT: _post(
        _row([*_UNPUBLISHED, PostState.LIVE, PostState.HIDDEN], _WRITERS),
    ),
    Action.POST_SUBMIT: _post(_row([PostState.DRAFT, PostState.RETURNED, PostState.WITHDRAWN], _WRITERS)),
    Action.POST_COPY: _post(_row(PostState, _WRITERS)),
    Action.POST_CANCEL: _post(_row(_LIVING, _WRITERS)),
    Action.POST_REINSTATE: _post(_row([PostState.LIVE, PostState.CANCELLED], _WRITERS)),
    Action.POST_WITHDRAW: _post(
        _row([*_UNPUBLISHED, PostState.LIVE, PostState.CANCELLED, PostState.HIDDEN], _WRITERS),
        # Whoever may not post any more can still take back what stands there.
        _row([PostState.LIVE, PostState.CANCELLED], _WRITERS, frozenset({Role.SUSPENDED_MEMBER})),
    ),
    Action.POST_COUNT: _post(_row([*_LIVING, PostState.CANCELLED], _WRITERS)),
    Action.POST_APPROVE: _post(_row([PostState.WAITING, PostState.LIVE, PostState.HIDDEN], _OFFICE)),
    Action.POST_RETURN: _post(_row([PostState.WAITING, PostState.LIVE, PostState.HIDDEN], _OFFICE)),
    # Taking something out of sight is never kept from staff, whoever wrote it; showing it again is a decision.
    Action.POST_HIDE: _post(_row([PostState.SCHEDULED, PostState.LIVE, PostState.CANCELLED], _OFFICE_ANY)),
    Action.POST_UNHIDE: _post(_row([PostState.HIDDEN], _OFFICE)),
    Action.POST_GO_BACK: _post(_row([PostState.LIVE, PostState.HIDDEN, PostState.CANCELLED], _OFFICE)),
    Action.GROUP_SEE: _group(_row(GroupState, _ALL_CONCERNED, frozenset({Role.SUSPENDED_MEMBER}))),
    Action.GROUP_EDIT: _group(
        _row([GroupState.ACTIVE], frozenset({Role.OWNER}), _OFFICE_ANY),
        _row([GroupState.APPLIED, GroupState.RETURNED, GroupState.SUSPENDED], _OFFICE_ANY),
    ),
    Action.GROUP_INVITE: _group(_row([GroupState.ACTIVE], frozenset({Role.OWNER}), _OFFICE_ANY)),
    Action.GROUP_REMOVE_MEMBER: _group(
        _row([GroupState.ACTIVE], frozenset({Role.OWNER}), _OFFICE_ANY),
        _row([GroupState.SUSPENDED, GroupState.CLOSED], _OFFICE_ANY),
    ),
    Action.GROUP_FOLLOW: _group(_row([GroupState.ACTIVE], frozenset({Role.OWNER}), _OFFICE_ANY)),
    Action.GROUP_TYPE_IN: _DECIDED_BY_OFFICE,
    Action.GROUP_APPROVE: _group(_row([GroupState.APPLIED, GroupState.RETURNED, GroupState.DECLINED], _OFFICE)),
    Action.GROUP_RETURN: _group(_row([GroupState.APPLIED], _OFFICE)),
    Action.GROUP_DECLINE: _group(_row([GroupState.APPLIED, GroupState.RETURNED], _OFFICE)),
    Action.GROUP_SUSPEND: _group(_row([GroupState.ACTIVE], _OFFICE)),
    Action.GROUP_RESUME: _group(_row([GroupState.SUSPENDED, GroupState.CLOSED], _OFFICE)),
    Action.GROUP_CLOSE: _group(
        _row([GroupState.ACTIVE], frozenset({Role.OWNER}), _OFFICE_ANY),
        _row([GroupState.SUSPENDED], _OFFICE_ANY),
    ),
    Action.GROUP_HAND_OVER: _group(_row([GroupState.ACTIVE, GroupState.SUSPENDED], _OFFICE_ANY)),
    Action.GROUP_GO_BACK: _group(_row([GroupState.ACTIVE, GroupState.SUSPENDED], _OFFICE)),
    Action.PLACE_EDIT: _DECIDED_BY_OFFICE,
    Action.PLACE_VERIFY: _row([ALWAYS], _ALL_CONCERNED),
    Action.PLACE_ASK: _DECIDED_BY_OFFICE,
    Action.PLACE_GO_BACK: _DECIDED_BY_OFFICE,
    Action.NOTE_CLOSE: _row([ALWAYS], _OFFICE),
    Action.ENQUIRY_PASS_ON: _DECIDED_BY_OFFICE,
    Action.QUEUE_SEE: _DECIDED_BY_OFFICE,
    Action.OUTBOX_SEE: _DECIDED_BY_OFFICE,
    Action.STAFF_INVITE: _row([ALWAYS], frozenset({Role.ADMINISTRATOR})),
    Action.ADMINISTRATOR_INVITE: _row([ALWAYS], frozenset({Role.ADMINISTRATOR})),
    Action.ACCOUNT_SUSPEND: _row([ALWAYS], frozenset({Role.ADMINISTRATOR})),
    Action.ACCOUNT_RESUME: _row([ALWAYS], frozenset({Role.ADMINISTRATOR})),
    Action.SETTINGS_EDIT: _DECIDED_BY_OFFICE,
    Action.DISASTER_SWITCH: _DECIDED_BY_OFFICE,
    Action.REVIEW_SEE: _DECIDED_BY_OFFICE,
    Action.STANDARD_EDIT: _DECIDED_BY_OFFICE,
    Action.SURVEY_MARK: _DECIDED_BY_OFFICE,
    Action.INDICATOR_EDIT: _DECIDED_BY_OFFICE,
    Action.SNAPSHOT_KEEP: _DECIDED_BY_OFFICE,
    Action.OUTREACH_NOTE: _DECIDED_BY_OFFICE,
    Action.NEEDS_SEE: _DECIDED_BY_OFFICE,
}
"""What is not in it is forbidden; an action without a row is a mistake that :func:`may` does not pass over."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something, as they are at this moment: looked up anew for each action."""

    account: Account | None = None
    groups: Mapping[str, bool] = field(default_factory=dict)
    """Groups that the account acts for; True where it owns them."""

    @property
    def id(self) -> str:
        """The account's id; empty for somebody who is not signed in."""
        return self.account.id if self.account else ""


ANYBODY: Final = Actor()
"""Somebody who is not signed in."""


def may(action: Action, role: Role, state: str = ALWAYS) -> bool:
    """Whether a role may do it in this state. Raises KeyError for an action or a state without a row."""
    return role in TABLE[action][str(state)]


def role_of(actor: Actor, municipality: str = "", group: Group | None = None, post: Post | None = None) -> Role:
    """What ``actor`` is towards a post, a group, or a municipality as a whole."""
    account = actor.account
    if account is None or account.state is AccountState.SUSPENDED:
        return Role.ANONYMOUS
    code = group.municipality if group else municipality
    if account.administrator or code in account.staff_of:
        if _has_a_part(actor, group, post):
            return Role.STAFF_WITH_A_PART
        return Role.ADMINISTRATOR if account.administrator else Role.STAFF
    if group and group.id in actor.groups:
        if group.state is not GroupState.ACTIVE:
            return Role.SUSPENDED_MEMBER
        return Role.OWNER if actor.groups[group.id] else Role.MEMBER
    return Role.OTHER_STAFF if account.staff_of else Role.OTHER_GROUP


def _has_a_part(actor: Actor, group: Group | None, post: Post | None) -> bool:
    if group and (group.id in actor.groups or (post is None and actor.id == group.typed_by)):
        return True
    if post is None:
        return False
    writers = {post.made_by, post.typed_by, post.changed_by, post.revision.made_by if post.revision else ""}
    return actor.id in writers


def require(
    actor: Actor,
    action: Action,
    municipality: str = "",
    group: Group | None = None,
    post: Post | None = None,
) -> Role:
    """The role in which ``actor`` may do it now.

    The state is the post's where there is one (but to create), else the group's for what is done to a group. Raises
    NotSignedInError for somebody who is not signed in, ForbiddenError for everybody else who may not.
    """
    role = role_of(actor, municipality, group, post)
    if may(action, role, _state(action, group, post)):
        return role
    if role is Role.ANONYMOUS:
        raise NotSignedInError("permissions.sign_in")
    if role is Role.STAFF_WITH_A_PART and may(action, Role.STAFF, _state(action, group, post)):
        raise ForbiddenError("permissions.own")
    if role is Role.SUSPENDED_MEMBER and group is not None:
        raise ForbiddenError(f"permissions.group_{group.state}")  # noqa: EM102  # a key of words
    raise ForbiddenError("permissions.forbidden")


def _state(action: Action, group: Group | None, post: Post | None) -> str:
    if set(TABLE[action]) == {ALWAYS}:
        return ALWAYS
    subject = group if action is Action.POST_CREATE or action.startswith("group:") else post
    return ALWAYS if subject is None else str(subject.state)
