"""What staff decide about one thing, each decision one call of a service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pages.forms.review_thing import Sort
from portal import clock, freshness, grouping, moderation
from portal.errors import StaleEditError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages.forms.review_thing import Thing
    from portal.permissions import Actor
    from portal.store import Store


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides what, on the version that they saw, with which words."""

    actor: Actor
    thing: Thing
    based_on: int
    reason: str
    base: str
    """Where links in mails begin; empty where none are written."""


def _post(service: Callable[..., Any]) -> Callable[[Store, Decision], Any]:
    def decide(store: Store, made: Decision) -> Any:  # noqa: ANN401  # whatever the service gives
        return service(store, made.actor, made.thing.id, made.based_on, made.reason, clock.now(), base=made.base)

    return decide


def _group(service: Callable[..., Any]) -> Callable[[Store, Decision], Any]:
    def decide(store: Store, made: Decision) -> Any:  # noqa: ANN401  # whatever the service gives
        seen = store.group(made.thing.id)
        if seen and seen.number != made.based_on:
            raise StaleEditError("grouping.changed_since", name=seen.name)
        return service(store, made.actor, made.thing.id, made.reason, clock.now(), base=made.base)

    return decide


def _accept(store: Store, made: Decision) -> object:
    return moderation.accept_correction(store, made.actor, made.thing.id, clock.now(), answer=made.reason)


def _close(store: Store, made: Decision) -> object:
    return moderation.close_note(store, made.actor, made.thing.id, answer=made.reason, now=clock.now())


def _verify(store: Store, made: Decision) -> object:
    return freshness.verify(store, made.actor, made.thing.id, clock.now())


ACTS: Final[Mapping[Sort, Mapping[str, Callable[[Store, Decision], Any]]]] = {
    Sort.POST: {
        "approve": _post(moderation.approve),
        "return": _post(moderation.return_),
        "hide": _post(moderation.hide),
        "unhide": _post(moderation.unhide),
    },
    Sort.GROUP: {
        "approve": _group(grouping.approve),
        "return": _group(grouping.return_),
        "decline": _group(grouping.decline),
    },
    Sort.NOTE: {"accept": _accept, "close": _close},
    Sort.PLACE: {"verify": _verify},
}
"""Each button by its value of ``do``, which is also the end of its phrases' keys."""
