"""The portal's kinds (種別) as a taxonomy of HSDS 3.0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.hsds_parts import identifier
from geodata.report_files.cells import plain
from portal.words import say

if TYPE_CHECKING:
    from portal.model.kind import Kind
    from portal.model.municipality import Municipality


def taxonomy(portal: str) -> dict[str, Any]:
    """The portal's kinds as a taxonomy."""
    about = say("open_data.taxonomy_about", portal=portal)
    return {"id": taxonomy_id(), "name": say("open_data.taxonomy"), "description": about, "version": "1"}


def taxonomy_id() -> str:
    """Of the one taxonomy that there is."""
    return identifier("taxonomy", "kinds")


def term_id(kind: Kind) -> str:
    """Of a kind; a municipality's own kinds are terms of their own."""
    return identifier("taxonomy_term", kind.municipality, kind.key)


def term(kind: Kind, town: Municipality) -> dict[str, Any]:
    """A kind as a term of the taxonomy."""
    return {
        "id": term_id(kind),
        "code": kind.key,
        "name": plain(kind.ja),
        "description": plain(say("open_data.term_about", town=town.name, name=kind.ja)),
        "taxonomy": say("open_data.taxonomy"),
        "language": "ja",
        "taxonomy_id": taxonomy_id(),
    }
