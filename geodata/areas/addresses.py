"""Addresses with their points that are there without an import: those of the schools and facilities of the areas."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from geodata.areas.builtin import known
from geodata.areas.tables import anchors, schools
from portal.model.gazetteer import GazetteerPoint
from portal.model.position import Precision

if TYPE_CHECKING:
    from geodata.areas.tables import Anchor, School

DATASET: Final = "builtin"


def gazetteer(code: str) -> list[GazetteerPoint]:
    """One point for each address in a built-in municipality, so that its towns are roughly known from the start.

    Raises UnknownThingError for a municipality that is not built in.
    """
    known(code)
    rows: list[School | Anchor] = [*schools(), *anchors()]
    points = {row.address: row.at for row in rows if row.code == code and row.address}
    return [
        GazetteerPoint(_id(code, address), code, address, "", at, Precision.EXACT, DATASET)
        for address, at in points.items()
    ]


def _id(code: str, address: str) -> str:
    return hashlib.blake2b(f"{DATASET}\0{code}\0{address}".encode(), digest_size=8).hexdigest()
