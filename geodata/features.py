"""Features as they stand in a file: a shape with its attributes, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.cells.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyproj
    from shapely.geometry.base import BaseGeometry

    from portal.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a file with its attributes."""

    number: int
    """Its place in the file, from 1."""
    properties: Mapping[str, object]
    geometry: BaseGeometry | None
    """In the coordinates of its file, two-dimensional; None where the file has none that can be used."""


@dataclass(frozen=True, slots=True)
class FeatureSet:
    """The features of one file, or of one member of an archive."""

    name: str
    """The file's name, for people."""
    crs: pyproj.CRS | None
    """None where the file does not name it."""
    features: tuple[Feature, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every attribute name, in the order of its first appearance."""
        return tuple(dict.fromkeys(name for feature in self.features for name in feature.properties))


def text_of(value: object) -> str:
    """An attribute as text, cleaned as the cells of tables are; whole numbers without ``.0``.

    So lone surrogates, which JSON can hold and UTF-8 cannot, are left out.
    """
    if value is None or value != value:  # noqa: PLR0124  # NaN is what differs from itself
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))
