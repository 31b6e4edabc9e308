"""People and groups of the invented town, and posts as they write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from portal.model.account import Account, GroupMember
from portal.model.group import Group, GroupState
from portal.model.mark import Mark
from portal.model.place import Contact, ContactKind
from portal.model.post import Post, PostFacts, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.permissions import Actor
from portal.posts.keeping import Step, keep, new_id
from portal.store import Put
from tests import town

if TYPE_CHECKING:
    from portal.store import Store

NOW: Final = town.NOW
ELSEWHERE: Final = "99902"
SAID: Final = Mark(NOW, "test")


def account(name: str, **values: Any) -> Account:
    """Somebody who can sign in; ``name`` is in small letters and becomes id and address."""
    return Account(f"account-{name}", f"{name}@example.jp", name, **values)


def actor(who: Account, **groups: bool) -> Actor:
    """Somebody signed in who acts for groups, by the end of their ids; True owns them."""
    return Actor(who, {f"group-{name}": owner for name, owner in groups.items()})


MEMBER: Final = actor(account("member"), hidamari=False)
OWNER: Final = actor(account("owner"), hidamari=True)
NEIGHBOUR: Final = actor(account("neighbour"), tonari=True)
STAFF: Final = actor(account("staff", staff_of=frozenset({town.CODE})))
COLLEAGUE: Final = actor(account("colleague", staff_of=frozenset({town.CODE})))
VISITOR_STAFF: Final = actor(account("elsewhere", staff_of=frozenset({ELSEWHERE})))
STAFF_AND_MEMBER: Final = actor(account("both", staff_of=frozenset({town.CODE})), hidamari=False)
ADMINISTRATOR: Final = actor(account("admin", administrator=True))
EVERYBODY: Final = (
    MEMBER,
    OWNER,
    NEIGHBOUR,
    STAFF,
    COLLEAGUE,
    VISITOR_STAFF,
    STAFF_AND_MEMBER,
    ADMINISTRATOR,
)


def group(short: str = "hidamari", **values: Any) -> Group:
    """A registered group of the town; ``short`` becomes the end of its id."""
    known = {"state": GroupState.ACTIVE, "name": "ひだまりの会", "about": "週に一度集まります。", **values}
    return Group(f"group-{short}", known.pop("municipality", town.CODE), **known)


def settle(store: Store) -> Store:
    """Put everybody and their two groups into the town."""
    people = [Put(who.account) for who in EVERYBODY if who.account]
    belongs = [
        Put(GroupMember(its, who.account.id, owner))
        for who in EVERYBODY
        if who.account
        for its, owner in who.groups.items()
    ]
    elsewhere = town.municipality(ELSEWHERE, "となり町")
    groups = [Put(group()), Put(group("tonari", name="となりの会"))]
    store.apply([Put(elsewhere), *people, *groups, *belongs], SAID)
    return store


def on(day: int, hour: int = 10, month: int = 12, year: int = 2026) -> Schedule:
    """One date, an hour and a half long."""
    return Schedule((Rule(datetime(year, month, day, hour), 90),))


def tuesdays(until: str = "") -> Schedule:
    """Every second and fourth Tuesday (第2・4火曜), from 10 November 2026, until a day as ``20270331``."""
    end = f";UNTIL={until}" if until else ""
    return Schedule((Rule(datetime(2026, 11, 10, 10), 120, f"FREQ=MONTHLY;BYDAY=2TU,4TU{end}"),))


def facts(title: str = "もちつき大会", **values: Any) -> PostFacts:
    """What a post says; an event on 6 December unless ``values`` say otherwise."""
    known: dict[str, Any] = {"kind": PostKind.EVENT, "text": "どなたでもどうぞ。", "schedule": on(6), **values}
    return PostFacts(title=title, **known)


def pin(column: float = 0.5, row: float = 0.5) -> Where:
    """A point on the map, counted in districts from the town's south-western corner."""
    return Where(WhereKind.PIN, position=town.spot(column, row), name="第一公園")


def phone() -> Contact:
    """A public telephone number."""
    return Contact(ContactKind.PHONE, "06-0000-0000", public=True)


def kept(store: Store, state: PostState = PostState.DRAFT, **values: Any) -> Post:
    """A post of the first group in some state, put there directly with what it is found by."""
    known: dict[str, Any] = {
        "id": new_id(),
        "group": "group-hidamari",
        "facts": facts(),
        "made_at": NOW,
        "made_by": "account-member",
        "changed_by": "account-member",
        **values,
    }
    return put(store, Post(municipality=town.CODE, state=state, **known))


def put(store: Store, post: Post) -> Post:
    """Keep a post as it is, with what it is found by."""
    its = store.group(post.group)
    assert its
    keep(store, Step(store.post(post.id), post), its, SAID)
    return post


def trust(store: Store) -> None:
    """Let the first group be trusted."""
    its = store.group("group-hidamari")
    assert its
    store.apply([Put(replace(its, approved_posts=town.municipality().trust_after))], SAID)


def state_of(store: Store, state: GroupState) -> None:
    """Put the first group into a state."""
    its = store.group("group-hidamari")
    assert its
    store.apply([Put(replace(its, state=state))], SAID)


def later(**values: float) -> datetime:
    """Some time after now: ``later(days=3)``."""
    return NOW + timedelta(**values)
