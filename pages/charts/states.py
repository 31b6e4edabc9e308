"""How the states of coverage look: by symbol, letter, lightness, and hatching where little is known.

A ring (○) would mean "good" to a Japanese reader, so that a district that has nothing bears a cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping


class Hatching(StrEnum):
    """How an area is ruled."""

    PLAIN = "plain"
    RISING = "rising"  # what is there has to be checked again
    CROSSED = "crossed"  # nobody has looked


@dataclass(frozen=True, slots=True)
class Look:
    """One state on a chart, a map or a table."""

    symbol: str
    colour: str
    ink: str
    """Of symbol and letter upon the colour, at least 4.5 to 1."""
    hatching: Hatching = Hatching.PLAIN


LOOKS: Final[Mapping[CoverageState, Look]] = MappingProxyType(
    {
        CoverageState.COVERED: Look("●", "#86b6d9", "#0b1f33"),
        CoverageState.SHORT: Look("▲", "#b35a0b", "#ffffff"),
        CoverageState.NONE: Look("×", "#5a0f1c", "#ffffff"),
        CoverageState.STALE: Look("△", "#cbe0b4", "#1a1a1a", Hatching.RISING),
        CoverageState.NOT_SURVEYED: Look("？", "#ffffff", "#1a1a1a", Hatching.CROSSED),
    }
)
"""From dark to light: none, short, covered, stale, not surveyed. What has to be done is dark."""


def name(state: CoverageState, language: str) -> str:
    """「充足」."""
    return say(f"charts.state_{state}", language)


def letter(state: CoverageState, language: str) -> str:
    """「充」, one letter, for where the name has no room."""
    return say(f"charts.letter_{state}", language)


def sign(state: CoverageState, language: str) -> str:
    """「● 充足」, as it stands in a list or a legend."""
    return f"{LOOKS[state].symbol} {name(state, language)}"
