"""The districts of several layers laid over each other: the pieces of land that their numbers have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from portal.by_district import SMALLEST_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from portal.disclosure.numbers import Atom
    from portal.model.district import District

Piece = tuple["Atom", "BaseGeometry", float]
"""The districts, the area that they share (degrees, EPSG:6668), and the least that is no drawing's tolerance."""


def atoms(layers: Mapping[str, Sequence[District]]) -> tuple[Atom, ...]:
    """The pieces into which the districts of all layers cut the land; every district holds at least one.

    Whoever lives in one district lives in one of its pieces, so that layers which nest or overlap say something of
    each other. What is smaller than a hundredth of the smallest of its districts is the outlines' tolerance.
    """
    pieces: list[Piece] = []
    for layer, districts in layers.items():
        pieces = _cut(pieces, layer, districts)
    return tuple(atom for atom, _, _ in pieces)


def _cut(pieces: Sequence[Piece], layer: str, districts: Sequence[District]) -> list[Piece]:
    areas = [shapely.make_valid(item.geometry) for item in districts]
    tree = shapely.STRtree(areas)
    found: list[Piece] = []
    held = [0.0] * len(areas)
    for atom, piece, least in pieces:
        rest = piece.area
        for number in sorted(int(index) for index in tree.query(piece)):
            common = piece.intersection(areas[number])
            smallest = min(least, areas[number].area * SMALLEST_SHARE)
            if common.area >= smallest:
                found.append(((*atom, (layer, districts[number].name)), common, smallest))
                held[number] += common.area
                rest -= common.area
        if rest >= least:
            found.append((atom, shapely.difference(piece, shapely.union_all(areas)), least))
    for number, area in enumerate(areas):
        if area.area - held[number] >= area.area * SMALLEST_SHARE or not held[number]:
            own: Atom = ((layer, districts[number].name),)
            before = [piece for _, piece, _ in pieces]
            uncovered = shapely.difference(area, shapely.union_all(before)) if before else area
            found.append((own, uncovered, area.area * SMALLEST_SHARE))
    return found
