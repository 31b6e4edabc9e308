"""How many people live in a municipality, as far as is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.by_district import in_force

if TYPE_CHECKING:
    from datetime import date

    from portal.store import Reader


def inhabitants(store: Reader, municipality: str, today: date) -> int | None:
    """The largest sum of the people of a layer's districts; None where none are known.

    Districts of one layer do not overlap, so that each layer's sum is at most the true number: one that leaves some out
    only makes the rule stricter. Districts that are not in force today are not counted. Without people by district
    those of the imported points count.
    """
    sums = []
    for layer in store.layers(municipality):
        names = {item.name for item in in_force(store, municipality, layer.key, today)}
        counted = [item.total for item in store.populations(municipality, layer.key) if item.district in names]
        sums += [sum(counted)] if counted else []
    if not sums:
        points = store.people_points(municipality)
        sums = [sum(point.total for point in points)] if points else []
    return max(sums, default=None)
