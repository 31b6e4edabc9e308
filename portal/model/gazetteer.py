"""A part of town or a block with its point (町丁目・街区), for addresses that come without coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.model.position import Point, Precision


@dataclass(frozen=True, slots=True)
class GazetteerPoint:
    """One line of a gazetteer (位置参照情報 and the like)."""

    id: str
    municipality: str
    town: str
    """大字・丁目名, e.g. 「三軒家西一丁目」."""
    block: str
    """街区符号・地番, empty for a 町丁目 point."""
    position: Point
    precision: Precision
    dataset: str = ""
