"""What stands in the list of groups, and on the page of one group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import office, telling, write_telling
from portal import permissions
from portal.errors import UnknownThingError
from portal.model.group import GroupState
from portal.model.post import PUBLIC
from portal.permissions import Action
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.model.group import Group
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Reader

ACTIONS: Final = {
    "write": Action.POST_CREATE,
    "edit": Action.GROUP_EDIT,
    "hand_over": Action.GROUP_HAND_OVER,
    "suspend": Action.GROUP_SUSPEND,
    "resume": Action.GROUP_RESUME,
    "close": Action.GROUP_CLOSE,
    "approve": Action.GROUP_APPROVE,
}
ROWS: Final = ("name_kana", "about", "district", "contacts", "places", "feeds", "applicant", "applicant_email")


class Line(NamedTuple):
    """One group of the list."""

    group: Group
    state: str
    posts: int
    """Everything that it has ever written."""
    public: int
    """What everybody sees now."""
    last: datetime | None
    """When its last post was changed."""
    members: int


def find(store: Reader, actor: Actor, group_id: str) -> Group:
    """The group, for its municipality's office; raises UnknownThingError in the same words for a guessed id."""
    group = store.group(group_id)
    if group is None or not office.works_in(actor, group.municipality):
        raise UnknownThingError("grouping.no_such_group")
    return group


def values(store: Reader, code: str, state: str, language: str) -> dict[str, Any]:
    """The list; ``state`` chooses the groups of one state."""
    groups = store.groups(code)
    posts: dict[str, list[Post]] = {}
    for post in store.posts_of(code):
        posts.setdefault(post.group, []).append(post)
    chosen = next((one for one in GroupState if one == state), None)
    wanted = [group for group in groups if chosen in {None, group.state}]
    return {
        "code": code,
        "counts": _counts(groups, chosen, language),
        "lines": [_line(store, group, posts.get(group.id, ()), language) for group in wanted],
    }


def one(store: Reader, actor: Actor, group: Group, language: str) -> dict[str, Any]:
    """One group with what can be done about it now."""
    role = permissions.role_of(actor, group=group)
    by = write_telling.teller(store, group.municipality, language)
    members = [(store.account(member.account), member.owner) for member in store.members(group.id)]
    return {
        "code": group.municipality,
        "line": _line(store, group, store.posts_of_group(group.id), language),
        "may": {name: permissions.may(action, role, group.state) for name, action in ACTIONS.items()},
        "members": [(account, owner) for account, owner in members if account],
        "rows": [(telling.label(name, language), telling.value(by, name, getattr(group, name))) for name in ROWS],
    }


def _line(store: Reader, group: Group, posts: Sequence[Post], language: str) -> Line:
    last = max((post.changed_at for post in posts if post.changed_at), default=None)
    return Line(
        group,
        say(f"history_page.group_state_{group.state}", language),
        len(posts),
        sum(post.state in PUBLIC for post in posts),
        last,
        len(store.members(group.id)),
    )


def _counts(groups: Sequence[Group], chosen: GroupState | None, language: str) -> list[tuple[str, str, int, bool]]:
    """Each state that some group is in, with how many: state, label, number, whether it is chosen."""
    there = [(one, sum(group.state is one for group in groups)) for one in GroupState]
    return [
        ("", say("groups_page.all", language), len(groups), chosen is None),
        *(
            (one.value, say(f"history_page.group_state_{one}", language), count, one is chosen)
            for one, count in there
            if count or one is chosen
        ),
    ]
