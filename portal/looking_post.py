"""One post as its page shows it, to everybody or to those who may see what is not public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal import cards, locate, permissions
from portal.errors import UnknownThingError
from portal.model.position import Precision
from portal.model.post import COUNTED, HELP, WhereKind
from portal.permissions import ANYBODY, Action
from portal.post_districts import position
from portal.schedules.ending import last_date
from portal.schedules.occurrences import State, next_occurrences

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.district import District
    from portal.model.goal import Goal
    from portal.model.group import Group
    from portal.model.kind import Kind
    from portal.model.municipality import Layer, Municipality
    from portal.model.place import Contact, Place
    from portal.model.position import Point
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.schedules.occurrences import Occurrence
    from portal.store import Reader

COMING: Final = 8
"""So many dates are listed: a salon's next quarter of a year."""


@dataclass(frozen=True, slots=True)
class Session:
    """One coming date of a course or a consultation, with how full it is."""

    of: Occurrence
    taken: int | None
    """People who booked; None while nobody has counted."""
    left: int | None
    """How many can still take part (空き); None where there is no limit or nobody has counted."""


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as its page shows it."""

    post: Post
    kind: Kind
    activity: Kind | None
    """The kind of place that it is an activity of."""
    municipality: Municipality
    group: Group | None
    """None where no name is to be shown: help between residents goes through the council."""
    place: Place | None
    """The place that it names."""
    position: Point | None
    """None, too, for help between residents: a pin could be somebody's home."""
    precision: Precision
    districts: tuple[tuple[Layer, District], ...]
    """Its district in every layer in which it lies in one."""
    coming: tuple[Occurrence, ...]
    """The next dates, those that are called off among them."""
    over: bool
    """Whether its last date has passed."""
    sessions: tuple[Session, ...]
    contacts: tuple[Contact, ...]
    """Only those that are public."""
    goals: tuple[Goal, ...]

    @property
    def between_residents(self) -> bool:
        """Whether no name, no contact and no point may be shown (手助け)."""
        return self.post.facts.kind in HELP


def post(store: Reader, post_id: str, now: datetime, actor: Actor = ANYBODY) -> PostView:
    """The post of that id.

    Raises UnknownThingError where there is none, and in the same words where it is not public and ``actor`` may not
    see it: a guessed id tells nothing.
    """
    found = store.post(post_id)
    group = store.group(found.group) if found else None
    if found is None or group is None or not (found.public or may_see_all(store, found, actor)):
        raise UnknownThingError("looking.no_such_post")
    facts, schedule = found.facts, found.facts.schedule
    place = store.place(facts.where.place) if facts.where.kind is WhereKind.PLACE else None
    point, precision = position(facts.where, place)
    hidden = facts.kind in HELP
    kinds = {kind.key: kind for kind in store.kinds(found.municipality)}
    coming = tuple(next_occurrences(schedule, now, COMING)) if schedule else ()
    last = last_date(schedule) if schedule and not coming else None
    return PostView(
        post=found,
        kind=cards.kind_of(kinds, facts.kind),
        activity=kinds.get(facts.activity),
        municipality=locate.municipality(store, found.municipality),
        group=None if hidden else group,
        place=place,
        position=None if hidden and place is None else point,
        precision=Precision.NONE if hidden and place is None else precision,
        districts=tuple(_districts(store, found)),
        coming=coming,
        over=last is not None and last <= now.date(),
        sessions=tuple(_session(found, item) for item in coming if item.state is not State.CANCELLED),
        contacts=tuple(contact for contact in facts.contacts if contact.public and not hidden),
        goals=tuple(goal for goal in store.goals(found.municipality) if goal.key in facts.goals),
    )


def may_see_all(store: Reader, found: Post, actor: Actor) -> bool:
    """Whether ``actor`` sees of a post what is not public, too: its drafts, and what waits beside what is shown."""
    group = store.group(found.group)
    role = permissions.role_of(actor, group=group, post=found)
    return group is not None and permissions.may(Action.POST_SEE, role, found.state)


def _session(found: Post, of: Occurrence) -> Session:
    counted = found.facts.kind in COUNTED
    taken = found.places_taken.get(of.starts.date().isoformat()) if counted else None
    return Session(of, taken, cards.seats_left(found, of))


def _districts(store: Reader, found: Post) -> list[tuple[Layer, District]]:
    """The districts that it counts in; for what is not found yet, the one that it names."""
    inside = {item.layer: item.district for item in store.memberships(found.id) if item.district}
    named = store.district(found.facts.where.district) if found.facts.where.kind is WhereKind.DISTRICT else None
    if named:
        inside.setdefault(named.layer, named.id)
    layers = {layer.key: layer for layer in store.layers(found.municipality)}
    pairs = [(layers[key], store.district(area)) for key, area in inside.items() if key in layers and area]
    ordered = sorted(pairs, key=lambda pair: (pair[0].tier, pair[0].order))
    return [(layer, district) for layer, district in ordered if district]
