"""What stands in the queue: each thing that waits with since when, who, and what changed in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import telling, write_telling
from portal import editing
from portal.errors import InvalidRecordError
from portal.model.report_note import POST
from portal.moderation import QueueKind
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pages.forms.write_telling import Teller
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.model.report_note import ErrorNote
    from portal.moderation import QueueItem
    from portal.store import Reader

MOST: Final = 100
"""So many are shown at once, the oldest: nobody decides more in a day."""
LINE: Final = 100
"""Characters of the one line."""


class Entry(NamedTuple):
    """One thing that waits."""

    id: str
    kind: str
    title: str
    who: str
    since: datetime
    due: bool
    """Whether ``since`` is the day from which on it should have been verified."""
    line: str
    marks: tuple[str, ...]
    own: bool


class Count(NamedTuple):
    """How many wait of one kind; of the kind without a name, in all."""

    kind: str
    label: str
    number: int
    chosen: bool


class Known(NamedTuple):
    """The records that the queue is about."""

    groups: Mapping[str, Group]
    posts: Mapping[str, Post]
    places: Mapping[str, Place]


def kind(text: str) -> QueueKind | None:
    """The kind that the address asks for; None for all."""
    return next((one for one in QueueKind if one == text), None)


def values(
    store: Reader, code: str, items: Sequence[QueueItem], chosen: QueueKind | None, language: str
) -> dict[str, Any]:
    """Everything that the template needs."""
    wanted = [one for one in items if chosen in {None, one.kind}]
    known, by = _known(store, code, items), write_telling.teller(store, code, language)
    return {
        "code": code,
        "kind": chosen or "",
        "counts": _counts(items, chosen, language),
        "entries": [_entry(by, known, one) for one in wanted[:MOST]],
        "more": _number(wanted) - min(len(wanted), MOST),
    }


def one_line(text: str, most: int = LINE) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def reported(note: ErrorNote, language: str) -> str:
    """What a reader says is wrong."""
    if note.about == POST:
        return say(f"post_screen.report_{note.what}", language)
    return say(f"place.report_{note.what}", language)


def suggested(by: Teller, note: ErrorNote) -> str:
    """What a reader says should stand in a field, in words."""
    try:
        return telling.value(by, note.field, editing.read_value(note.field, note.suggested))
    except InvalidRecordError:
        return note.suggested


def _counts(items: Sequence[QueueItem], chosen: QueueKind | None, language: str) -> list[Count]:
    by_kind = [(one, [item for item in items if item.kind is one]) for one in QueueKind]
    whole = Count("", say("queue.all", language), _number(items), chosen is None)
    return [
        whole,
        *(
            Count(one, say(f"queue.kind_{one}", language), _number(found), one is chosen)
            for one, found in by_kind
            if found or one is chosen
        ),
    ]


def _number(items: Sequence[QueueItem]) -> int:
    """How many there are; of places to verify all, though not all are listed."""
    verify = [item for item in items if item.kind is QueueKind.VERIFY]
    return len(items) - len(verify) + (verify[0].total if verify else 0)


def _known(store: Reader, code: str, items: Sequence[QueueItem]) -> Known:
    notes = [item.note for item in items if item.note]
    posts = [item.id for item in items if item.kind in {QueueKind.POST, QueueKind.POST_REVISION}]
    posts += [note.place for note in notes if note.about == POST]
    places = [item.id for item in items if item.kind is QueueKind.VERIFY]
    places += [note.place for note in notes if note.about != POST]
    return Known(
        {group.id: group for group in store.groups(code)},
        {post.id: post for post in store.posts(posts)},
        {place.id: place for place in store.places(places)},
    )


def _entry(by: Teller, known: Known, item: QueueItem) -> Entry:
    about = item.note.place if item.note else item.id
    record = known.groups.get(about) or known.posts.get(about) or known.places.get(about)
    marks = tuple(
        say(f"queue.mark_{name}", by.language)
        for name, set_ in (
            ("typed_in", getattr(record, "on_paper", False)),
            ("sample", getattr(record, "sample", False)),
        )
        if set_
    )
    kind_name = say(f"queue.kind_{item.kind}", by.language)
    line = one_line(_LINES[item.kind](by, known, item))
    who = "" if item.kind is QueueKind.GROUP_APPLICATION else item.who
    due = item.kind is QueueKind.VERIFY
    return Entry(item.id, kind_name, item.title, who, item.since, due, line, marks, item.own)


def _application(_by: Teller, known: Known, item: QueueItem) -> str:
    return known.groups[item.id].about


def _post(by: Teller, _known: Known, item: QueueItem) -> str:
    names = telling.labels(item.differences, by.language)
    if names:
        return say("queue.changed", by.language, fields=say("queue.and", by.language).join(names))
    return say("queue.first_time", by.language)


def _note(by: Teller, _known: Known, item: QueueItem) -> str:
    assert item.note  # noqa: S101  # what the queue puts there for these kinds
    if not item.note.field:
        said = reported(item.note, by.language)
        return say("queue.said", by.language, what=said, text=item.note.text) if item.note.text else said
    name = telling.label(item.note.field, by.language)
    return say("queue.suggested", by.language, field=name, value=suggested(by, item.note))


def _verify(by: Teller, known: Known, item: QueueItem) -> str:
    day = known.places[item.id].verified_on
    if day is None:
        return say("queue.never_verified", by.language)
    return say("queue.last_verified", by.language, day=day.isoformat())


_LINES: Final[dict[QueueKind, Callable[[Teller, Known, QueueItem], str]]] = {
    QueueKind.GROUP_APPLICATION: _application,
    QueueKind.POST: _post,
    QueueKind.POST_REVISION: _post,
    QueueKind.NOTE: _note,
    QueueKind.CORRECTION: _note,
    QueueKind.VERIFY: _verify,
}
