"""Contacts as rows of a form: a kind, what it is, a note, and whether everybody may see it."""

from __future__ import annotations

from itertools import count, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from portal.model.group import CONTACTS_MAX
from portal.model.place import Contact, ContactKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.forms.reading import Form

SPARE: Final = 2


class Row(NamedTuple):
    """One row of the form."""

    number: int
    kind: str
    value: str
    note: str
    public: bool


def shown(contacts: Iterable[Contact]) -> dict[str, tuple[str, ...]]:
    """The fields that show contacts."""
    found: dict[str, tuple[str, ...]] = {}
    for number, contact in enumerate(contacts):
        found[f"contact_kind_{number}"] = (contact.kind,)
        found[f"contact_value_{number}"] = (contact.value,)
        found[f"contact_note_{number}"] = (contact.note,)
        found[f"contact_public_{number}"] = ("1",) if contact.public else ()
    return found


def rows(sent: Form) -> list[Row]:
    """The rows of the form, those that were sent and some spare ones."""
    filled = [row for row in _sent(sent) if row.value]
    spare = (Row(number, ContactKind.PHONE, "", "", public=True) for number in count(len(filled)))
    again = [row._replace(number=number) for number, row in enumerate(filled)]
    return [*again, *takewhile(lambda row: row.number < min(len(filled) + SPARE, CONTACTS_MAX), spare)]


def read(sent: Form) -> tuple[Contact, ...]:
    """The contacts that were typed in; empty rows are left out."""
    return tuple(
        Contact(ContactKind(row.kind), row.value, row.public, row.note)
        for row in _sent(sent)
        if row.value and row.kind in set(ContactKind)
    )


def _sent(sent: Form) -> list[Row]:
    there = [number for number in range(CONTACTS_MAX) if f"contact_value_{number}" in sent.texts]
    return [
        Row(
            number,
            sent.text(f"contact_kind_{number}"),
            sent.text(f"contact_value_{number}"),
            sent.text(f"contact_note_{number}"),
            sent.ticked(f"contact_public_{number}"),
        )
        for number in there
    ]
