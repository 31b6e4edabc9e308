"""The one table of who may do what, tried row by row against the services that do it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from db import open_store
from portal import (
    accounts,
    disaster,
    editing,
    enquiring,
    following,
    freshness,
    going_back,
    grouping,
    inviting,
    moderation,
    municipal_settings,
    outbox,
    permissions,
    posting,
    review_tables,
)
from portal.coverage import editing as standards
from portal.coverage import marking, snapshots
from portal.disclosure import looking
from portal.errors import ForbiddenError, NotSignedInError
from portal.groups.applying import Application
from portal.indicators import editing as indicators
from portal.model.account import Account, AccountState, GroupMember
from portal.model.group import FeedKind, Group, GroupState
from portal.model.indicator import Indicator
from portal.model.message import Enquiry, Message
from portal.model.outreach import Way
from portal.model.place import Contact, ContactKind
from portal.model.post import Post, PostKind, PostState, Revision
from portal.model.report_note import POST, ErrorNote
from portal.model.report_table import Wanted
from portal.model.standard import Standard, StandardRule
from portal.permissions import ALWAYS, ANYBODY, TABLE, Action, Actor, Role
from portal.store import Put
from portal.use import turning
from portal.use.reasons import Why
from tests import town
from tests.portal import people
from tests.portal.people import NOW, SAID, facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.store import Store

LAST = date(2026, 12, 8)
NEXT = date(2026, 12, 22)
BASE = "https://portal.example.jp"


@dataclass(frozen=True)
class Scene:
    """A group, a post and a place of it, in some state, and somebody towards them."""

    store: Store
    action: Action
    actor: Actor
    group: Group
    post: Post
    number: int

    @property
    def place(self) -> str:
        """The id of the group's place, for what is done to places."""
        return self.group.places[0]


def decide(service: Callable[..., Any]) -> Callable[[Scene], object]:
    """A decision about the post as it is seen."""
    return lambda scene: service(scene.store, scene.actor, scene.post.id, scene.post.number, "理由", NOW)


def about_group(service: Callable[..., Any]) -> Callable[[Scene], object]:
    """A decision about the group."""
    return lambda scene: service(scene.store, scene.actor, scene.group.id, "理由", NOW)


def earliest(scene: Scene, record: type, key: str) -> int:
    """The entry of a record's first version."""
    return scene.store.history(record, (key,))[-1].entry


def application(scene: Scene) -> Application:
    """What somebody on the telephone said."""
    contact = Contact(ContactKind.PHONE, "06-0000-0000")
    name = f"新しい会{scene.number}"
    return Application(town.CODE, name, "集まります。", contacts=(contact,), applicant="見本", consent=True)


def see_outbox(scene: Scene) -> object:
    """The outbox of the town: whoever sees other towns' only is none the wiser."""
    seen = outbox.visible(scene.store, scene.actor)
    if not any(message.municipality == town.CODE for message in seen):
        raise ForbiddenError("permissions.forbidden")
    return seen


def standard(key: str) -> Standard:
    """A salon in every elementary district."""
    return Standard(town.CODE, key, "elementary", StandardRule.COUNT, 1.0, kind="elderly_salon")


def indicator(key: str) -> Indicator:
    """Something that a plan wants to move."""
    return Indicator(town.CODE, key, "つながり", "Ties", "%")


def invite(scene: Scene, **values: Any) -> object:
    """An invitation to a group or an office."""
    invitation = inviting.Invitation("new@example.jp", **values)
    return inviting.invite(scene.store, scene.actor, invitation, NOW, BASE)


SERVICES: dict[Action, Callable[[Scene], object]] = {
    Action.POST_CREATE: lambda it: posting.create(it.store, it.actor, it.group.id, facts(), NOW),
    Action.POST_SEE: lambda it: posting.see(it.store, it.actor, it.post.id),
    Action.POST_EDIT: lambda it: posting.save(
        it.store, it.actor, it.post.id, it.post.number, facts("別の題"), NOW, it.post.publish_at
    ),
    Action.POST_SUBMIT: lambda it: posting.submit(it.store, it.actor, it.post.id, NOW),
    Action.POST_COPY: lambda it: posting.copy(it.store, it.actor, it.post.id, NOW),
    Action.POST_CANCEL: lambda it: posting.cancel_dates(it.store, it.actor, it.post.id, [NEXT], "", NOW),
    Action.POST_REINSTATE: lambda it: posting.reinstate(it.store, it.actor, it.post.id, NOW),
    Action.POST_WITHDRAW: lambda it: posting.withdraw(it.store, it.actor, it.post.id, NOW),
    Action.POST_COUNT: lambda it: posting.count_places(it.store, it.actor, it.post.id, NEXT, 3, NOW),
    Action.POST_APPROVE: decide(moderation.approve),
    Action.POST_RETURN: decide(moderation.return_),
    Action.POST_HIDE: decide(moderation.hide),
    Action.POST_UNHIDE: decide(moderation.unhide),
    Action.POST_GO_BACK: lambda it: going_back.post(
        it.store, it.actor, it.post.id, earliest(it, Post, it.post.id), "", NOW
    ),
    Action.GROUP_SEE: lambda it: grouping.see(it.store, it.actor, it.group.id),
    Action.GROUP_EDIT: lambda it: grouping.edit(
        it.store, it.actor, it.group.id, it.group.number, {"about": "別の話"}, NOW
    ),
    Action.GROUP_INVITE: lambda it: invite(it, group=it.group.id),
    Action.GROUP_REMOVE_MEMBER: lambda it: grouping.remove_member(
        it.store, it.actor, it.group.id, "account-neighbour", NOW
    ),
    Action.GROUP_FOLLOW: lambda it: following.follow(
        it.store, it.actor, it.group.id, f"https://example.jp/{it.number}.ics", FeedKind.ICALENDAR, NOW
    ),
    Action.GROUP_TYPE_IN: lambda it: grouping.type_in(it.store, it.actor, application(it), NOW),
    Action.GROUP_APPROVE: about_group(grouping.approve),
    Action.GROUP_RETURN: about_group(grouping.return_),
    Action.GROUP_DECLINE: about_group(grouping.decline),
    Action.GROUP_SUSPEND: about_group(grouping.suspend),
    Action.GROUP_RESUME: about_group(grouping.resume),
    Action.GROUP_CLOSE: about_group(grouping.close),
    Action.GROUP_HAND_OVER: lambda it: grouping.hand_over(
        it.store, it.actor, it.group.id, "colleague@example.jp", NOW, BASE
    ),
    Action.GROUP_GO_BACK: lambda it: going_back.group(
        it.store, it.actor, it.group.id, earliest(it, Group, it.group.id), "", NOW
    ),
    Action.PLACE_EDIT: lambda it: editing.edit_as(it.store, it.actor, it.place, {"fee_note": f"{it.number}円"}, NOW),
    Action.PLACE_VERIFY: lambda it: freshness.verify(it.store, it.actor, it.place, NOW),
    Action.PLACE_ASK: lambda it: freshness.ask(it.store, it.actor, it.place, NOW, BASE),
    Action.PLACE_GO_BACK: lambda it: going_back.place(
        it.store, it.actor, it.place, earliest(it, type(it.store.place(it.place)), it.place), "", NOW
    ),
    Action.NOTE_CLOSE: lambda it: moderation.close_note(it.store, it.actor, f"note-{it.number}", "", NOW),
    Action.ENQUIRY_PASS_ON: lambda it: enquiring.pass_on(it.store, it.actor, f"enquiry-{it.number}", NOW, BASE),
    Action.QUEUE_SEE: lambda it: moderation.queue(it.store, it.actor, town.CODE, NOW, 180),
    Action.OUTBOX_SEE: see_outbox,
    Action.STAFF_INVITE: lambda it: invite(it, municipality=town.CODE),
    Action.ADMINISTRATOR_INVITE: lambda it: invite(it, administrator=True),
    Action.ACCOUNT_SUSPEND: lambda it: accounts.suspend(it.store, it.actor, "account-neighbour", "", NOW),
    Action.ACCOUNT_RESUME: lambda it: accounts.resume(it.store, it.actor, "account-neighbour", "", NOW),
    Action.SETTINGS_EDIT: lambda it: municipal_settings.edit(
        it.store, it.actor, town.CODE, it.number % 1000, direct_welfare=False, now=NOW
    ),
    Action.DISASTER_SWITCH: lambda it: disaster.switch(it.store, it.actor, town.CODE, NOW, on=bool(it.number % 2)),
    Action.REVIEW_SEE: lambda it: review_tables.make(it.store, it.actor, "use", Wanted(town.CODE, town.TODAY)),
    Action.STANDARD_EDIT: lambda it: standards.put(it.store, it.actor, standard(f"s{it.number}"), None, NOW),
    Action.SURVEY_MARK: lambda it: marking.mark(
        it.store, it.actor, town.CODE, marking.Looked(f"{town.CODE}-elementary-西小"), NOW
    ),
    Action.INDICATOR_EDIT: lambda it: indicators.put(it.store, it.actor, indicator(f"i{it.number}"), "", NOW),
    Action.SNAPSHOT_KEEP: lambda it: snapshots.keep(it.store, it.actor, town.CODE, NOW),
    Action.OUTREACH_NOTE: lambda it: turning.note_outreach(
        it.store, it.actor, it.group.id, Way.TELEPHONE, Why.SILENT_12, "", NOW
    ),
    Action.NEEDS_SEE: lambda it: looking.raw(it.store, it.actor, town.CODE, "個別避難計画の打合せ", NOW),
}
"""What does each action, so that an action without a service, or without a test of it, is found out."""

BY_GROUP = frozenset({Action.PLACE_VERIFY})
"""Actions of no state that a group may do; for the others in no state, nobody is of the group or has a part."""
ABOUT_A_POST = frozenset({Action.NOTE_CLOSE})
ROWS = [(action, state) for action, row in TABLE.items() for state in row]


@pytest.fixture(scope="module")
def matrix():
    """One store with a scene for each row and role, all made in one go: nothing else is as quick."""
    store = open_store("duckdb://")
    people.settle(town.settle(store))
    scenes = {
        (action, state, role): scene_of(store, action, role, state)
        for action, state in ROWS
        for role in Role
        if can_be(action, role, state)
    }
    letter = Message("message", "a@example.jp", "件名", "本文", NOW, town.CODE)
    store.apply([Put(letter), *(Put(one) for scene in scenes.values() for one in records(scene))], SAID)
    yield scenes
    store.close()


def whom(role: Role, group: Group) -> Actor:
    """Somebody in a role towards the group."""
    office = frozenset({town.CODE})
    actors = {
        Role.ANONYMOUS: ANYBODY,
        Role.MEMBER: Actor(people.account("member"), {group.id: False}),
        Role.OWNER: Actor(people.account("owner"), {group.id: True}),
        Role.SUSPENDED_MEMBER: Actor(people.account("owner"), {group.id: True}),
        Role.OTHER_GROUP: people.NEIGHBOUR,
        Role.STAFF: people.STAFF,
        Role.STAFF_WITH_A_PART: Actor(Account("account-part", "part@example.jp", "part", staff_of=office)),
        Role.OTHER_STAFF: people.VISITOR_STAFF,
        Role.ADMINISTRATOR: people.ADMINISTRATOR,
    }
    return actors[role]


def can_be(action: Action, role: Role, state: str) -> bool:
    """Whether there is such a role in this state: a group that is not active has no members who act."""
    if state == ALWAYS:
        of_group = {Role.MEMBER, Role.OWNER, Role.SUSPENDED_MEMBER}
        return (role not in of_group or action in BY_GROUP | ABOUT_A_POST) and (
            role is not Role.STAFF_WITH_A_PART or action in BY_GROUP | ABOUT_A_POST
        )
    if action is Action.POST_CREATE or action.startswith("group:"):
        acts = state == GroupState.ACTIVE
        return acts if role in {Role.MEMBER, Role.OWNER} else role is not Role.SUSPENDED_MEMBER or not acts
    return True


def scene_of(store: Store, action: Action, role: Role, state: str) -> Scene:
    """A group, a post and a place in this state, and somebody in this role towards them.

    Whoever may do it has a scene of their own, for it changes; those who may not share one.
    """
    number = number_of(action, state, role)
    group = people.group(f"g{number}", name=f"会{number}", applied_at=NOW, typed_by="account-part")
    if role is Role.SUSPENDED_MEMBER:
        group = replace(group, state=GroupState.SUSPENDED)
    if (action is Action.POST_CREATE or action.startswith("group:")) and state != ALWAYS:
        group = replace(group, state=GroupState(state))
    if action.startswith("place:"):
        group = replace(group, places=(f"place-{number}",))
    of_post = action.startswith("post:") and action is not Action.POST_CREATE
    post = a_post(group, PostState(state) if of_post else None)
    actor = whom(role, group)
    if role is Role.STAFF_WITH_A_PART and action in BY_GROUP:
        actor = replace(actor, groups={group.id: False})
    return Scene(store, action, actor, group, post, number)


def records(scene: Scene) -> list[Any]:
    """What is kept of a scene; only what its action is about."""
    found: list[Any] = [scene.group, scene.post]
    if scene.action.startswith("place:"):
        found.append(town.place(scene.place, f"サロン{scene.number}"))
    if scene.action in {Action.GROUP_REMOVE_MEMBER, Action.GROUP_HAND_OVER}:
        found.append(GroupMember(scene.group.id, "account-owner", owner=True))
        found.append(GroupMember(scene.group.id, "account-neighbour"))
    if scene.action is Action.NOTE_CLOSE:
        found.append(ErrorNote(f"note-{scene.number}", scene.post.id, "wrong", "", NOW, about=POST))
    if scene.action is Action.ENQUIRY_PASS_ON:
        ids = f"enquiry-{scene.number}", scene.post.id, scene.group.id
        found.append(Enquiry(*ids, town.CODE, "見本", "06-0000-0000", "参加したいです", NOW))
    return found


def a_post(group: Group, state: PostState | None) -> Post:
    """A course of the group with a cancelled date, and newer content where it is shown or hidden."""
    schedule = replace(people.tuesdays(), cancelled=frozenset({LAST}))
    says = facts(kind=PostKind.COURSE, schedule=schedule)
    newer = Revision(facts("新しい題"), NOW, "account-member")
    return Post(
        group.id.replace("group-", "post-"),
        town.CODE,
        group.id,
        says,
        state or PostState.LIVE,
        newer if state in {PostState.LIVE, PostState.HIDDEN} else None,
        made_at=NOW,
        made_by="account-part",
        changed_at=NOW,
        changed_by="account-member",
        publish_at=people.later(days=3) if state is PostState.SCHEDULED else None,
        live_at=NOW if state in {PostState.LIVE, PostState.HIDDEN, PostState.CANCELLED} else None,
    )


def number_of(action: Action, state: str, role: Role) -> int:
    """A number for each row and role that may; one for all who may not, and one for the suspended among them."""
    allowed = permissions.may(action, role, state)
    its = list(Role).index(role) if allowed or role is Role.SUSPENDED_MEMBER else len(Role)
    return ROWS.index((action, state)) * (len(Role) + 1) + its


def kept_of(scene: Scene) -> tuple[object, ...]:
    """The version of all data, the post and the group as they are kept."""
    store = scene.store
    return store.data_version(), store.post(scene.post.id), store.group(scene.group.id)


def test_every_action_has_a_row_and_a_service():
    """An action without a row in the table, or without a service that is tried here, is a mistake."""
    assert set(TABLE) == set(Action) == set(SERVICES)


@pytest.mark.parametrize("row", TABLE.values(), ids=list(TABLE))
def test_every_row_names_every_state(row):
    """A row says what holds in every state of a post or a group, or that there are no states."""
    assert set(row) in ({ALWAYS}, {str(state) for state in PostState}, {str(state) for state in GroupState})


@pytest.mark.parametrize(("action", "state"), ROWS, ids=[f"{action}-{state}" for action, state in ROWS])
def test_the_services_do_what_the_table_says(matrix, action, state):
    """Each role may do exactly what the table allows in this state; whoever may not leaves everything as it was."""
    for role in Role:
        scene = matrix.get((action, state, role))
        if scene is None:
            continue
        if permissions.may(action, role, state):
            SERVICES[action](scene)
            continue
        before = kept_of(scene)
        with pytest.raises((ForbiddenError, NotSignedInError)) as raised:
            SERVICES[action](scene)
        assert (role is Role.ANONYMOUS) == isinstance(raised.value, NotSignedInError)
        assert kept_of(scene) == before


@pytest.mark.parametrize("role", Role)
def test_the_roles_of_the_matrix_are_real(role):
    """Whom the matrix takes for a role is that to the portal, too."""
    suspended = role is Role.SUSPENDED_MEMBER
    group = people.group(state=GroupState.SUSPENDED if suspended else GroupState.ACTIVE)
    post = a_post(group, PostState.LIVE)
    assert permissions.role_of(whom(role, group), group=group, post=post) is role


@pytest.mark.parametrize("action", Action)
def test_nobody_but_the_office_decides(action):
    """What decides about somebody else's post or group is for the office; with a part in it, not even for them."""
    deciding = {Action.POST_APPROVE, Action.POST_RETURN, Action.POST_UNHIDE, Action.GROUP_APPROVE, Action.GROUP_RETURN}
    deciding |= {Action.GROUP_DECLINE, Action.GROUP_SUSPEND, Action.GROUP_RESUME, Action.NOTE_CLOSE}
    allowed = frozenset[Role]().union(*TABLE[action].values())
    assert Role.ANONYMOUS not in allowed
    assert not allowed & {Role.OTHER_GROUP, Role.OTHER_STAFF}
    assert action not in deciding or allowed <= {Role.STAFF, Role.ADMINISTRATOR}


def test_a_suspended_account_is_nobody(store):
    """Whoever's account is suspended may do nothing from the next action on, whatever they were."""
    account = replace(people.account("gone", administrator=True), state=AccountState.SUSPENDED)
    with pytest.raises(NotSignedInError):
        moderation.queue(store, Actor(account), town.CODE, NOW, 180)
