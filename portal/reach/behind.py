"""The records behind reach: each place and regular activity that is measured to, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from portal.assigning import NOWHERE, assign
from portal.by_district import in_force
from portal.clock import TOKYO
from portal.reach.spots import POST, spots_by_kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.district import District
    from portal.model.post import Post
    from portal.model.source import Source
    from portal.reach.spots import Question
    from portal.store import Reader, Spot


@dataclass(frozen=True, slots=True)
class Measured:
    """One place or regular activity that is measured to."""

    spot: Spot
    kind: str
    """Key of the kind that it counts as; of several the first."""
    district: District | None
    """Of the layer; None is outside of all."""
    verified_on: date | None
    """The day; of a post the day on which it was changed, for whoever changes it has looked at it."""
    source: Source | None
    """Of the file that it came in; None for what was entered by hand, and for posts."""


def measured(store: Reader, question: Question, layer: str, today: date) -> list[Measured]:
    """All that the question is about, each once, by kind and name; as many as the spots of reach.

    Raises UnknownThingError for a kind that there is not.
    """
    found: dict[str, tuple[Spot, str]] = {}
    for kind, its in spots_by_kind(store, question, today):
        for spot in sorted(its, key=lambda one: (one.name, one.id)):
            found.setdefault(spot.id, (spot, kind))
    known = _known(store, list(found))
    districts = _districts(store, question, layer, [spot for spot, _ in found.values()], today)
    return [
        Measured(spot, kind, district, *known[spot.id])
        for (spot, kind), district in zip(found.values(), districts, strict=True)
    ]


def _known(store: Reader, ids: Sequence[str]) -> dict[str, tuple[date | None, Source | None]]:
    """By id when each was verified, and its source."""
    sources = {batch.id: batch.source for batch in store.batches()}
    places = store.places([one for one in ids if not one.startswith(POST)])
    posts = store.posts([one for one in ids if one.startswith(POST)])
    return {item.id: (item.verified_on, sources.get(item.origin.batch)) for item in places} | {
        item.id: (_changed(item), None) for item in posts
    }


def _changed(post: Post) -> date | None:
    return post.changed_at.astimezone(TOKYO).date() if post.changed_at else None


def _districts(
    store: Reader, question: Question, layer: str, spots: Sequence[Spot], today: date
) -> list[District | None]:
    """The district of a layer that each lies in."""
    districts = in_force(store, question.municipality, layer, today) if layer else []
    positions = np.array([(spot.lon, spot.lat) for spot in spots]).reshape(-1, 2)
    at = assign(positions, [item.geometry for item in districts])
    return [None if index == NOWHERE else districts[index] for index in at.tolist()]
