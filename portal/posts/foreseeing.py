"""What taking rows or a feed would do: the very same steps, on a store that keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from portal.model.post import Post, PostState
from portal.posts.keeping import Step
from portal.store import Put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from portal.model.mark import Mark
    from portal.posts.sources import Taken
    from portal.store import Change, Expected, Occurring, Reader, Store

ENDED = frozenset({PostState.CANCELLED, PostState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of the posts of a source."""

    taken: Taken
    steps: tuple[Step, ...]
    """Each post that would be written, as it is now (None for a new one) and as it would be."""


def outcome(step: Step) -> str:
    """``new``, ``changed`` or ``cancelled``."""
    if step.old is None:
        return "new"
    return "cancelled" if step.new.state in ENDED and step.old.state not in ENDED else "changed"


def foresee(store: Store, work: Callable[[Store], Taken]) -> Foreseen:
    """What ``work`` would do to the store; it raises whatever doing it would raise."""
    there = _Unwritten(store)
    taken = work(cast("Store", there))
    posts = [change.record for change in there.changes if isinstance(change, Put) and isinstance(change.record, Post)]
    known = {post.id: post for post in store.posts([post.id for post in posts])}
    return Foreseen(taken, tuple(Step(known.get(post.id), post) for post in posts))


class _Unwritten:
    """A store that is read as it is, and remembers what it was told to write."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        self.changes: list[Change] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # every question of the reading side
        return getattr(self._store, name)

    def apply(self, changes: Iterable[Change], _mark: Mark | None = None, _expect: Sequence[Expected] = ()) -> None:
        """Keep nothing."""
        self.changes.extend(changes)

    def lay_out(self, occurrences: Iterable[Occurring], first: date, last: date, places: Sequence[str] | None) -> None:
        """Lay out nothing."""
