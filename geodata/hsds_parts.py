"""The small objects of HSDS 3.0 that stand within others, and the identifiers of all."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from geodata.report_files.cells import plain
from geodata.standard_columns import ACCESS_HEADERS
from portal.model.place import ContactKind
from portal.prefectures import PREFECTURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portal.model.municipality import Municipality
    from portal.model.place import Contact, PlaceFacts

SPACE: Final = uuid.UUID("5b1b5c0e-6d0f-5d0a-9a55-2f6a1f0f6b3e")
"""The namespace of the identifiers (RFC 9562, version 5)."""
POSTAL: Final = "郵便番号"


def identifier(sort: str, *parts: object) -> str:
    """The lasting UUID of one object: ``sort`` is its table, ``parts`` what tells it from the others there."""
    return str(uuid.uuid5(SPACE, "/".join((sort, *map(str, parts)))))


def phones(contacts: Sequence[Contact], owner: str, own: str) -> list[dict[str, Any]]:
    """Public telephone and fax numbers; ``owner`` is the table of whose they are, ``own`` its id."""
    return [
        known(
            {
                "id": identifier("phone", own, sort, at),
                f"{owner}_id": own,
                "number": one.value,
                "type": sort,
                "description": one.note,
            }
        )
        for sort, kind in (("voice", ContactKind.PHONE), ("fax", ContactKind.FAX))
        for at, one in enumerate(public(contacts, kind))
    ]


def contacts(contacts: Sequence[Contact], owner: str, own: str) -> list[dict[str, Any]]:
    """Whom to ask (福祉課, the name that a group lets everybody see)."""
    found = enumerate(public(contacts, ContactKind.PERSON))
    return [{"id": identifier("contact", own, at), f"{owner}_id": own, "name": plain(one.value)} for at, one in found]


def public(contacts: Iterable[Contact], kind: ContactKind) -> list[Contact]:
    """The public ways of one kind: no other leaves the portal."""
    return [one for one in contacts if one.public and one.kind is kind]


def addresses(town: Municipality, text: str, extra: Mapping[str, str], own: str) -> list[dict[str, Any]]:
    """The one address, in the parts that the schema wants; a postcode only where the source tells it."""
    if not text:
        return []
    return [
        {
            "id": identifier("address", own),
            "location_id": own,
            "address_1": plain(text),
            "city": town.name,
            "state_province": town.prefecture or PREFECTURES.get(town.code[:2], ""),
            "postal_code": plain(extra.get(POSTAL, "")),
            "country": "JP",
            "address_type": "physical",
        }
    ]


def accessibility(facts: PlaceFacts, own: str) -> list[dict[str, Any]]:
    """One object for each thing that there is, and the source's words."""
    told = [*(ACCESS_HEADERS[access] for access in sorted(facts.access)), *filter(None, [facts.access_note])]
    return [
        {"id": identifier("accessibility", own, text), "location_id": own, "description": plain(text)}
        for text in dict.fromkeys(told)
    ]


def known(of: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known; text without signs that no file can hold."""
    return {
        name: plain(value) if isinstance(value, str) else value
        for name, value in of.items()
        if value not in ("", None, [], {})
    }
