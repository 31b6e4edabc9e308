"""What stands on a sheet: a date in its table, a thing in its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from portal.model.position import Point


class Row(NamedTuple):
    """One line of a table."""

    id: str
    date: str
    """「12月8日（火）」, or the rule of what is on regularly."""
    red: bool
    """Whether it is a Sunday or a public holiday."""
    time: str
    name: str
    japanese: bool
    """Whether the name is Japanese on a page in another language."""
    address: str
    off: bool
    sample: bool
    """Whether it is to be marked as a sample (見本); a name that says so itself is not marked again."""
    where: str
    spot: str
    """Id of what the map's number stands for: a place, or a post with a point of its own; may be empty."""
    cost: str


class Spot(NamedTuple):
    """One thing of a list, with what stands for it on the map."""

    id: str
    sign: str
    """``3``, 「避2」."""
    name: str
    japanese: bool
    address: str
    detail: str
    sample: bool
    position: Point | None
    exact: bool
