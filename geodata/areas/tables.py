"""The tables of the built-in areas, read from the files beside this one."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from portal.model.position import Point
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class School:
    """A school (小学校・中学校) and the district that lies around it; one row of ``schools.csv``."""

    code: str
    """The municipality."""
    layer: str
    name: str
    """Of the district."""
    name_en: str
    school: str
    """Of the school, where it is called otherwise."""
    address: str
    """Without its prefecture."""
    at: Point
    source: str
    """Key of ``sources.toml``."""
    certainty: str
    """How sure the district's name is: key of ``certainty.toml``."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A facility whose address says which of the five districts it lies in; one row of ``anchors.csv``."""

    code: str
    facility: str
    address: str
    at: Point
    source: str


@cache
def toml(name: str) -> Mapping[str, Any]:
    """A table of this folder; ``name`` is its path without the ending."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def schools() -> tuple[School, ...]:
    """Every school of the five municipalities, in the order in which its district is listed."""
    return tuple(School(at=_point(row), **row) for row in _rows("schools"))


@cache
def anchors() -> tuple[Anchor, ...]:
    """Every facility that the five districts of 東京都港区 are made of."""
    return tuple(Anchor(at=_point(row), **row) for row in _rows("anchors"))


@cache
def source(key: str) -> Source:
    """Where a row is from, by the key in its column ``source``."""
    return Source(**toml("sources")[key])


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _point(row: dict[str, str]) -> Point:
    """Takes the position out of a row, which is left without it."""
    return Point(lon=float(row.pop("lon")), lat=float(row.pop("lat")))
