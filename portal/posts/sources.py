"""Posts that come from outside the form, a feed or a workbook, and come again: each found by its own id.

What a person wrote since is never overwritten: the post remembers a checksum of what was taken last.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from portal.locate import address
from portal.model.mark import PORTAL
from portal.model.post import Outside, Post, PostState, Where, WhereKind
from portal.normalise import fold
from portal.posts.keeping import Step, changed, content, new_id
from portal.posts.writing import SHOWN, live, rewritten
from portal.records import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portal.model.group import Group
    from portal.model.mark import Mark
    from portal.model.post import PostFacts
    from portal.store import Reader

LEFT: Final = frozenset({PostState.WITHDRAWN, PostState.HIDDEN})
"""Taken back by the group, or by staff: it does not come back by itself."""


class Coming(NamedTuple):
    """One post as its source has it now."""

    record: str
    facts: PostFacts
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the posts of a source, in numbers."""

    new: int = 0
    changed: int = 0
    cancelled: int = 0
    same: int = 0
    gone: int = 0
    """No longer in the source though their dates lie ahead: left as they are, for somebody to look at."""
    kept: int = 0
    """Changed in the source, but also by hand, hidden or taken back here: left as they are."""
    past: int = 0
    """Not taken, for all their dates are over."""


class Source(NamedTuple):
    """From where they are taken, for whom, by whom."""

    name: str
    """``feed`` or ``workbook``."""
    address: str
    group: Group
    mark: Mark
    trust: bool
    writer: str = PORTAL
    typed_by: str = ""


def checksum(facts: PostFacts) -> int:
    """A number that tells two contents apart (CRC-32 of their text)."""
    return zlib.crc32(to_text(facts).encode())


def known(store: Reader, source: Source) -> dict[str, Post]:
    """The group's posts that came from there, by their id there."""
    return {
        post.outside.record: post
        for post in store.posts_of_group(source.group.id)
        if post.outside and (post.outside.source, post.outside.address) == (source.name, source.address)
    }


def steps(source: Source, there: Mapping[str, Post], coming: Iterable[Coming]) -> tuple[list[Step], Taken]:
    """What is to be written so that the posts are as their source has them, and how many of each sort there are."""
    found: list[Step] = []
    counts = dict.fromkeys(("new", "changed", "cancelled", "same", "kept"), 0)
    for item in coming:
        old = there.get(item.record)
        outcome, new = _taken(source, old, item) if old else _new(source, item)
        counts[outcome] += 1
        if new is not None:
            found.append(Step(old, new))
    return found, Taken(**counts)


def _new(source: Source, item: Coming) -> tuple[str, Post | None]:
    if item.cancelled:
        return "same", None
    now, group = source.mark.at, source.group
    post = Post(
        new_id(),
        group.municipality,
        group.id,
        item.facts,
        made_at=now,
        made_by=source.writer,
        changed_at=now,
        changed_by=source.writer,
        typed_by=source.typed_by,
        outside=Outside(source.name, item.record, source.address, checksum(item.facts)),
    )
    return "new", replace(live(post, now), submitted_at=now) if source.trust else post


def _taken(source: Source, post: Post, item: Coming) -> tuple[str, Post | None]:
    now = source.mark.at
    if item.cancelled:
        return _cancelled(source, post)
    back = post.state is PostState.CANCELLED and post.changed_by == PORTAL
    seen = post.outside.sequence if post.outside else 0
    if checksum(item.facts) == seen and not back:
        return "same", None
    if post.state in LEFT or checksum(content(post)) != seen or (post.state is PostState.CANCELLED and not back):
        return "kept", None
    post = changed(post, now, number=post.number, state=PostState.LIVE, reason="") if back else post
    new = rewritten(post, item.facts, replace(source.mark, who=source.writer), trust=source.trust)
    return "changed", replace(new, outside=_outside(post, item.facts))


def _outside(post: Post, facts: PostFacts) -> Outside | None:
    return replace(post.outside, sequence=checksum(facts)) if post.outside else None


def _cancelled(source: Source, post: Post) -> tuple[str, Post | None]:
    """Called off where it is shown; what nobody has seen is taken back."""
    if post.state in LEFT or post.state is PostState.CANCELLED:
        return "same", None
    state = PostState.CANCELLED if post.state in SHOWN else PostState.WITHDRAWN
    return "cancelled", changed(post, source.mark.at, state=state, changed_by=source.writer, reason="")


class Spots:
    """Where things are that a source names: a place of the portal by its name, else an address."""

    def __init__(self, store: Reader, group: Group) -> None:
        """Look among the places of the group's municipality; its own places go before others of the same name."""
        self._store, self._municipality = store, group.municipality
        ordered = sorted(store.places_of(group.municipality), key=lambda place: place.id not in group.places)
        self._by_name: dict[str, str] = {}
        for place in ordered:
            if place.gone_on is None:
                self._by_name.setdefault(fold(place.facts.name), place.id)

    def settle(self, where: Where) -> Where:
        """The place that goes by that name, the pin that is there, the address where it is known, else the words."""
        place = self._by_name.get(fold(where.name)) if where.name else None
        if place:
            return Where(WhereKind.PLACE, place=place)
        if where.kind is not WhereKind.NOWHERE or not where.address:
            return where
        found = address(self._store, self._municipality, where.address)
        return replace(where, kind=WhereKind.PIN, position=found.point) if found else where
