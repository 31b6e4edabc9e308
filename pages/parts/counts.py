"""How many there are: in all, here, without a position, and of each kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import streamlit as st
from markupsafe import Markup

from pages.parts import address_bar, plain_text, sign
from portal.setting_up import SAMPLE

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.find import Answer
    from portal.store import Reader

A_PAGE: Final = 30
MOST_PAGES: Final = 34
"""About a thousand cards: what a phone still scrolls."""


def limit() -> int:
    """How many cards to list, as ``page`` in the address says; the list grows downwards, nobody loses their place."""
    page = st.query_params.get("page", "1")
    return A_PAGE * (min(int(page), MOST_PAGES) if re.fullmatch(r"[1-9]\d{0,3}", page) else 1)


def show(visit: Visit, answer: Answer) -> None:
    """The total with what has to be known of it."""
    total(visit, answer, on_map=True)
    samples(visit)


def total(visit: Visit, answer: Answer, *, on_map: bool = False) -> None:
    """The total, how many of it are listed, and, beside a map, how many that cannot show."""
    told = [visit.say("card.total", total=answer.total)]
    if len(answer.cards) < answer.total:
        told.append(visit.say("card.shown", last=len(answer.cards), total=answer.total))
    if on_map and answer.without_position:
        told.append(visit.say("card.without_position", count=answer.without_position))
    sentence = Markup(" ").join(Markup("<span>{}</span>").format(text) for text in told)
    plain_text.draw(Markup('<p class="counts">{}</p>').format(sentence), role="status")


def samples(visit: Visit) -> None:
    """Say that the numbers hold samples, as long as the municipality has any: they must not look like real ones."""
    if visit.municipality.code in _with_samples(visit.store, visit.store.data_version()):
        plain_text.paragraph(visit.say("card.with_samples"), "quiet")


@lru_cache(maxsize=2)
def _with_samples(store: Reader, version: str) -> frozenset[str]:  # noqa: ARG001  # it is kept by the version
    """The municipalities that have any."""
    return frozenset(place.municipality for place in store.places_of_datasets([SAMPLE]))


def legend(visit: Visit, answer: Answer) -> None:
    """How many there are of each kind, with its sign: under the map it explains the signs there, too."""
    kinds = [kind for kind in visit.store.kinds(visit.municipality.code) if answer.by_kind.get(kind.key)]
    items = Markup("").join(
        Markup("<li>{}{} <b>{}</b></li>").format(
            sign.picture(kind), plain_text.text(visit.kind(kind)), answer.by_kind[kind.key]
        )
        for kind in kinds
    )
    if kinds:
        plain_text.draw(Markup('<ul class="kinds" aria-label="{}">{}</ul>').format(visit.say("card.by_kind"), items))


def more(key: str, visit: Visit, answer: Answer) -> None:
    """The way to the next part of the list, and a word where the list ends before the answer does."""
    listed = len(answer.cards)
    if listed >= answer.total:
        return
    plain_text.paragraph(visit.say("card.shown", last=listed, total=answer.total))
    if listed >= A_PAGE * MOST_PAGES:
        plain_text.paragraph(visit.say("card.too_many", most=listed), "warn")
        return
    following = str(listed // A_PAGE + 1)
    text = visit.say("card.following", count=min(A_PAGE, answer.total - listed))
    st.button(text, key=key, on_click=address_bar.change, kwargs={"page": following}, width="stretch")
