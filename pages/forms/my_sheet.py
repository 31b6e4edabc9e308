"""What stands on *My group*: the next thing to do with its button, the posts in their lists, the places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from portal import permissions
from portal.model.post import PostState
from portal.model.usage import Use
from portal.permissions import Action
from portal.schedules.ending import last_date
from portal.schedules.wording import describe
from portal.schedules.wording_times import long_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portal.model.post import Post
    from portal.my_group import Overview
    from portal.next_steps import NextStep
    from portal.permissions import Actor
    from portal.store import Reader

LISTS: Final = ("returned", "waiting", "running_out", "live", "scheduled", "drafts", "hidden")
"""The lists that are open, in order."""
FOLDED: Final = ("over", "withdrawn")
DOORS: Final[Mapping[str, str]] = {
    "my_group.next_mend": "/write?id=",
    "my_group.next_finish": "/write?id=",
    "my_group.next_term": "/post-actions?id=",
    "my_group.next_answer": "/enquiries?group=",
    "my_group.next_make_sure": "#places",
    "my_group.next_first_post": "/write?group=",
    "my_group.next_new_post": "/write?group=",
    "my_group.next_quiet": "/write?group=",
}
"""Where the button of each next step leads; the others have none."""
OF_GROUP: Final = "group="
NEXT: Final = "my_group.next_"


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do, in one sentence."""

    sentence: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One post in a list."""

    post: Post
    kind: str
    when: str
    ends: str
    """The last day, in words."""
    marks: tuple[str, ...]
    reason: str
    """What the office said."""
    uses: Mapping[Use, int]


def values(store: Reader, actor: Actor, found: Overview, today: date, language: str) -> dict[str, Any]:
    """Everything that the template needs."""
    group = found.group
    kinds = {kind.key: kind.en if language == "en" else kind.ja for kind in store.kinds(group.municipality)}
    role = permissions.role_of(actor, group=group)

    def line(post: Post) -> Line:
        return _line(post, kinds.get(post.facts.kind, ""), found.uses.get(post.id, {}), today, language)

    lists = {name: [line(post) for post in _posts(found, name)] for name in (*LISTS, *FOLDED)}
    return {
        "group": group,
        "step": step(found.next_step, group.id, language),
        "lists": {name: lists[name] for name in LISTS if lists[name]},
        "folded": {name: lists[name] for name in FOLDED if lists[name]},
        "any": any(lists.values()),
        "last": next(iter(last_shown(found)), None),
        "totals": totals(found),
        "places": found.places,
        "members": found.members,
        "asked": len(found.enquiries),
        "may_write": permissions.may(Action.POST_CREATE, role, group.state),
        "outsider": group.id not in actor.groups,
    }


def step(next_step: NextStep, group_id: str, language: str) -> Step:
    """The sentence, and the button that leads to it."""
    sentence = say(next_step.key, language, **next_step.values)
    door = DOORS.get(next_step.key, "")
    if not door:
        return Step(sentence)
    target = door if door.startswith("#") else door + (group_id if door.endswith(OF_GROUP) else next_step.about)
    return Step(sentence, target, say(f"my.do_{next_step.key.removeprefix(NEXT)}", language))


def last_shown(found: Overview) -> Sequence[Post]:
    """The post to be written once more: what everybody saw last."""
    shown = [*found.live, *found.over]
    return sorted(shown, key=lambda post: str(post.changed_at or post.made_at or ""), reverse=True)


def totals(found: Overview) -> dict[str, int]:
    """How often the group's posts were used in each way."""
    return {str(use): sum(counts.get(use, 0) for counts in found.uses.values()) for use in Use}


def _posts(found: Overview, name: str) -> Sequence[Post]:
    posts: Sequence[Post] = getattr(found, name)
    ending = {post.id for post in found.running_out}
    return [post for post in posts if post.id not in ending] if name == "live" else posts


def _line(post: Post, kind: str, uses: Mapping[Use, int], today: date, language: str) -> Line:
    schedule = post.facts.schedule
    when = describe(schedule, language, today) if schedule else post.facts.schedule_text
    last = last_date(schedule) if schedule else None
    return Line(
        post,
        kind,
        when,
        long_date(last, language) if last else "",
        tuple(say(key, language) for key in _marks(post)),
        post.revision.returned if post.revision and post.revision.returned else _reason(post),
        uses,
    )


def _marks(post: Post) -> list[str]:
    marks = {
        "my.mark_cancelled": post.state is PostState.CANCELLED,
        "my.mark_revised": post.public and post.revision is not None,
        "my.mark_typed_in": post.on_paper,
        "my.mark_sample": post.sample,
    }
    return [key for key, holds in marks.items() if holds]


def _reason(post: Post) -> str:
    return post.reason if post.state in {PostState.RETURNED, PostState.HIDDEN, PostState.CANCELLED} else ""
