"""A post as readers will see it, before they do (見え方)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pages.forms import write_photos, write_telling
from portal import clock
from portal.model.post import HELP, WhereKind
from portal.schedules.occurrences import next_occurrences
from portal.schedules.wording import describe_occurrence
from portal.words import say

if TYPE_CHECKING:
    from pages.forms.write_desk import Desk
    from portal.model.post import PostFacts
    from portal.permissions import Actor
    from portal.store import Reader

COMING: Final = 8
ROWS: Final = (
    ("when", ("schedule", "schedule_text")),
    ("where", ("where",)),
    ("audience", ("audience", "audience_note")),
    ("fee", ("fee", "fee_note")),
    ("booking", ("booking", "booking_note", "booking_until")),
    ("seats", ("seats",)),
    ("access", ("access", "access_note")),
    ("languages", ("languages",)),
    ("goals", ("goals",)),
)
"""Rows of the preview: the name of the row's phrase, and the fields that it tells."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo of the preview."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What readers will see."""

    kind: str
    title: str
    by: str
    """The group's name; empty for help between residents, which goes through the council."""
    text: str
    rows: tuple[tuple[str, str], ...]
    coming: tuple[str, ...]
    pictures: tuple[Picture, ...]
    marks: tuple[str, ...]
    relayed: bool


def preview(store: Reader, actor: Actor, desk: Desk, facts: PostFacts, language: str) -> Preview:
    """The preview of ``facts``, saved or not."""
    teller = write_telling.teller(store, desk.town.code, language)
    rows = [row for row in ROWS if row[0] != "where" or facts.where.kind is not WhereKind.NOWHERE]
    told = [(say(f"write.row_{name}", language), write_telling.told(teller, facts, *names)) for name, names in rows]
    told.append((say("write.row_contacts", language), teller.contacts(facts.contacts, public=True)))
    tokens = write_photos.shown(facts.photos, actor.id)["photo"]
    state = say(f"post_actions.mark_{desk.post.state}" if desk.post else "post_actions.mark_draft", language)
    typed = say("write.typed_in", language) if desk.typed_in else ""
    return Preview(
        kind=teller.kind(facts.kind),
        title=facts.title,
        by="" if facts.kind in HELP else desk.group.name,
        text=facts.text,
        rows=tuple((label, text) for label, text in told if text),
        coming=_coming(facts, language),
        pictures=tuple(
            Picture(f"/write/photo?t={token}", photo.alt, photo.width, photo.height)
            for token, photo in zip(tokens, facts.photos, strict=True)
        ),
        marks=tuple(filter(None, (state, typed))),
        relayed=facts.asks_through_portal,
    )


def _coming(facts: PostFacts, language: str) -> tuple[str, ...]:
    if facts.schedule is None:
        return ()
    midnight = datetime.combine(clock.today(), datetime.min.time(), clock.TOKYO)
    found = next_occurrences(facts.schedule, midnight - timedelta(minutes=1), COMING)
    return tuple(describe_occurrence(one, language, long=True) for one in found)
