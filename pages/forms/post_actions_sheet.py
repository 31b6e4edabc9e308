"""What stands on the page of a post's actions: its state in words, its dates, and which buttons there are now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import going, write_preview, write_sheet
from portal import clock, permissions, post_warnings, posting
from portal.model.post import COUNTED, PostState
from portal.permissions import Action
from portal.schedules.ending import endless
from portal.schedules.occurrences import State, next_occurrences, occurrences
from portal.schedules.wording import describe_occurrence

if TYPE_CHECKING:
    from pages.forms.write_desk import Desk
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.schedules.occurrences import Occurrence
    from portal.store import Store

AHEAD: Final = 20
COUNTED_BACK: Final = timedelta(days=60)
COUNTED_AHEAD: Final = 10
ACTIONS: Final = {
    "edit": Action.POST_EDIT,
    "submit": Action.POST_SUBMIT,
    "cancel": Action.POST_CANCEL,
    "reinstate": Action.POST_REINSTATE,
    "withdraw": Action.POST_WITHDRAW,
    "copy": Action.POST_COPY,
    "count": Action.POST_COUNT,
}


class Day(NamedTuple):
    """One date of the post: its ISO day, in words, and how many people were noted."""

    day: str
    words: str
    taken: int | None = None


def values(store: Store, actor: Actor, desk: Desk, language: str) -> dict[str, Any]:
    """Everything that the template needs."""
    post, facts = desk.post, desk.facts
    assert post  # noqa: S101  # a desk without a post has no actions
    assert facts  # noqa: S101  # every post has them
    role = permissions.role_of(actor, group=desk.group, post=post)
    may = {name: permissions.may(action, role, post.state) for name, action in ACTIONS.items()}
    ahead = _ahead(post)
    on = [one for one in ahead if one.state is not State.CANCELLED]
    off = [one for one in ahead if one.state is State.CANCELLED]
    return {
        "desk": desk,
        "post": post,
        "may": may,
        "dates": [_day(one, language) for one in on] if may["cancel"] and post.state is PostState.LIVE else [],
        "off": [_day(one, language) for one in off] if may["reinstate"] and post.state is PostState.LIVE else [],
        "sessions": _sessions(post, language) if may["count"] else [],
        "next_term": may["copy"] and _ends(post),
        "warned": write_sheet.warnings(_warned(store, desk), language) if may["submit"] else [],
        "preview": write_preview.preview(store, actor, desk, facts, language),
        "share": f"{going.public_base()}/post?id={post.id}" if post.public else "",
    }


def _ahead(post: Post) -> list[Occurrence]:
    if post.facts.schedule is None:
        return []
    midnight = datetime.combine(clock.today(), datetime.min.time(), clock.TOKYO)
    return next_occurrences(post.facts.schedule, midnight - timedelta(minutes=1), AHEAD)


def _sessions(post: Post, language: str) -> list[Day]:
    """The dates whose people can be noted: those of the last weeks and the next ones."""
    if post.facts.kind not in COUNTED or post.facts.schedule is None:
        return []
    today = clock.today()
    past = occurrences(post.facts.schedule, today - COUNTED_BACK, today - timedelta(days=1))
    held = [one for one in (*past, *_ahead(post)[:COUNTED_AHEAD]) if one.state is not State.CANCELLED]
    return [_day(one, language, post) for one in held]


def _day(one: Occurrence, language: str, post: Post | None = None) -> Day:
    iso = one.starts.date().isoformat()
    return Day(iso, describe_occurrence(one, language, long=True), post.places_taken.get(iso) if post else None)


def _ends(post: Post) -> bool:
    """Whether a next term can be made: it repeats, and not for ever."""
    schedule = post.facts.schedule
    return schedule is not None and any(rule.rrule for rule in schedule.rules) and not endless(schedule)


def _warned(store: Store, desk: Desk) -> tuple[post_warnings.Warned, ...]:
    assert desk.post  # noqa: S101  # as above
    facts = posting.content(desk.post)
    return post_warnings.warnings(store, desk.group, facts, clock.today(), desk.post.id)
