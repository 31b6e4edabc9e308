"""What a public page depends on, as tags: when a record changes, the pages that bear one of its tags are made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.model.district import District

DAY: Final = "day"
"""It says what comes next, so that tomorrow it says something else."""
ALL: Final = "all"
"""It shows something of every municipality."""


def thing(record_id: str) -> str:
    """It shows this place, post or group."""
    return f"thing/{record_id}"


def inside(district_id: str) -> str:
    """It lists what lies in this district."""
    return f"inside/{district_id}"


def town(code: str) -> str:
    """It lists things of the whole municipality, or counts them."""
    return f"town/{code}"


def frame(code: str) -> str:
    """It bears names of the municipality, its layers, districts or kinds: so does every page of it."""
    return f"frame/{code}"


def things(ids: Iterable[str]) -> frozenset[str]:
    """It shows all of these."""
    return frozenset(map(thing, ids))


def districts(of: Iterable[District]) -> frozenset[str]:
    """It lists what lies in any of these."""
    return frozenset(inside(item.id) for item in of)
