"""What a trial of places brings, in rows and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pages.review.coverage_choices import name_of
from portal.assigning import NOWHERE, assign
from portal.reach.tables import ages_name
from portal.words import say

if TYPE_CHECKING:
    from pages.review.reach_choices import Choices
    from portal.reach.placing import Placed


class Picked(NamedTuple):
    """One proposed spot."""

    name: str
    district: str
    """Of the layer; empty outside of all."""
    gained: str
    share: str


def picks(found: Placed, language: str) -> list[Picked]:
    """The proposed spots in their order."""
    chosen = found.proposal.picks if found.proposal else ()
    at = assign(np.array([(one.candidate.lon, one.candidate.lat) for one in chosen]).reshape(-1, 2), found.areas)
    return [
        Picked(one.candidate.name, _within(found, index, language), _number(one.gained), _share(one.total_share))
        for one, index in zip(chosen, at.tolist(), strict=True)
    ]


def proposed(found: Placed, offered: Choices) -> list[str]:
    """What the proposal reaches, and how far from the best it can be at most."""
    made, total, language = found.proposal, found.people.total, offered.wanted.language
    if made is None or not total:
        return []
    if not made.picks:
        return [say("review_reach.nobody_more", language, candidates=found.candidates)]
    reached = say(
        "review_reach.proposal_reaches",
        language,
        count=len(made.picks),
        candidates=f"{found.candidates:,}",
        metres=offered.walk,
        ages=ages_name(offered.span, language),
        before=_number(made.reached_before),
        before_share=_share(made.reached_before / total),
        after=_number(made.reached_after),
        after_share=_share(made.reached_after / total),
    )
    bound = say(
        "review_reach.proposal_bound",
        language,
        bound=_number(made.upper_bound),
        bound_share=_share(made.upper_bound / total),
        gap=_share(made.gap),
    )
    return [reached, bound]


def _within(found: Placed, index: int, language: str) -> str:
    return "" if index == NOWHERE else name_of(found.districts[index], language)


def _number(people: float) -> str:
    return f"{round(people):,}"


def _share(share: float) -> str:
    return f"{share:.1%}"
