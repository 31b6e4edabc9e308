"""Rows of a workbook as posts, whatever format they came in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.model.post import NOTE_MAX, POST_TEXT_MAX, PostFacts, PostKind, Where, WhereKind
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.finding import Finding
    from portal.model.place import PlaceFacts

WORDS: Final = {
    PostKind.CONSULTATION: re.compile(fold("相談会|相談")),
    PostKind.COURSE: re.compile(fold("講座|教室|講習|研修|セミナー|学習会")),
    PostKind.VOLUNTEERS: re.compile(fold("ボランティア募集|ボランティアを募集|担い手募集|サポーター募集")),
}
"""Words in a title or a category that tell a kind."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post as a workbook gives it."""

    line: int
    """The first line that tells of it, from 1 with the header counted."""
    record: str
    """What it is found again by when the workbook comes again: its own number, or one made of name and place."""
    facts: PostFacts
    """``where`` names venue and address; which place of the portal that is, is looked up when it is taken in."""


@dataclass(frozen=True, slots=True)
class PostIntake:
    """All posts of a workbook, and what is to be said of its lines."""

    rows: tuple[PostRow, ...]
    findings: tuple[Finding, ...]
    read: int
    """Lines of data, the refused ones counted, the sample line not."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row says that a record of a place has no field for."""

    kind: PostKind | None = None
    venue: str = ""
    seats: int | None = None
    booking_until: date | None = None


def post_facts(place: PlaceFacts, beside: Beside) -> PostFacts:
    """The post that a row of a list of events tells of; what no field takes stands below the text.

    Raises InvalidRecordError for a title or text that is too long.
    """
    kind = beside.kind or _kind(place)
    return PostFacts(
        kind=kind,
        title=place.name,
        text=_text(place),
        schedule=place.schedule,
        schedule_text=_short(place.schedule_note),
        where=_where(place, beside.venue),
        audience=place.audience,
        audience_note=_short(place.audience_note),
        fee=place.fee,
        fee_note=_short(place.fee_note),
        booking=place.booking,
        booking_note=_short(place.booking_note),
        booking_until=beside.booking_until,
        access=place.access,
        access_note=_short(place.access_note),
        contacts=place.contacts,
        seats=beside.seats,
    )


def _kind(place: PlaceFacts) -> PostKind:
    told = fold(place.name)
    found = next((kind for kind, words in WORDS.items() if words.search(told)), None)
    rules = place.schedule.rules if place.schedule else ()
    repeats = len(rules) > 1 or any(rule.rrule and "FREQ=DAILY" not in rule.rrule for rule in rules)
    return found or (PostKind.SERIES if repeats else PostKind.EVENT)


def _where(place: PlaceFacts, venue: str) -> Where:
    name, address = _short(" ".join(venue.split())), _short(place.address)
    if place.position:
        return Where(WhereKind.PIN, position=place.position, name=name, address=address)
    return Where(name=name, address=address)


def _text(place: PlaceFacts) -> str:
    """説明, then what a note is too short for, then the columns that no field takes (備考, アクセス方法 …)."""
    long = [note for note in _notes(place) if len(note) > NOTE_MAX]
    extra = [f"{column}: {value}" for column, value in place.extra.items() if value]
    text = "\n\n".join(part for part in (place.description, *long, "\n".join(extra)) if part)
    return text if len(place.description) > POST_TEXT_MAX else text[:POST_TEXT_MAX]


def _notes(place: PlaceFacts) -> Sequence[str]:
    return place.schedule_note, place.audience_note, place.fee_note, place.booking_note, place.access_note


def _short(text: str) -> str:
    return text if len(text) <= NOTE_MAX else f"{text[: NOTE_MAX - 1]}…"
