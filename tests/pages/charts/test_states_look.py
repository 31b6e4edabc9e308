"""The looks of the states: told apart without any hue."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from pages.charts import heat, states, theme
from pages.charts.states import LOOKS, Hatching
from portal.model.standard import CoverageState
from portal.words import LANGUAGES

STEP = 12
"""Of lightness (CIE L*, 0–100) between neighbours in grey."""
READABLE = 4.5
"""Contrast of text (WCAG 2.2, 1.4.3)."""
BLINDNESS = {
    "protan": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deutan": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}
"""Linear RGB as seen without the long or the middle cones (Viénot, Brettel and Mollon 1999)."""


def linear(colour):
    """Linear RGB of ``#rrggbb``."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(rgb):
    """Relative luminance of linear RGB."""
    return float(np.dot(rgb, (0.2126, 0.7152, 0.0722)))


def lightness(rgb):
    """CIE L* of linear RGB."""
    light = luminance(rgb)
    return 116 * light ** (1 / 3) - 16 if light > 216 / 24389 else light * 24389 / 27


def contrast(one, other):
    """Contrast ratio of two colours."""
    light, dark = sorted((luminance(linear(one)), luminance(linear(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def steps(colours, seen=None):
    """Differences in lightness between neighbours from dark to light."""
    sight = np.eye(3) if seen is None else np.array(seen)
    grey = sorted(lightness(np.clip(sight @ linear(colour), 0, 1)) for colour in colours)
    return [light - dark for dark, light in pairwise(grey)]


@pytest.mark.parametrize("seen", [None, *BLINDNESS.values()], ids=["grey", *BLINDNESS])
def test_states_differ_in_lightness(seen):
    """On a black and white print, and to people without red or green, no two states are alike."""
    assert min(steps([look.colour for look in LOOKS.values()], seen)) >= STEP


def test_shades_of_a_scale_differ_in_lightness():
    """The timetable's shades and the three blues are told apart in grey too."""
    assert min(steps(heat.SHADES)) >= 7
    assert min(steps((theme.DARK, theme.MIDDLE, theme.LIGHT))) >= 20


def test_signs_can_be_read_upon_their_colours():
    """Symbols and letters stand out upon their colour with at least 4.5 to 1."""
    assert min(contrast(look.colour, look.ink) for look in LOOKS.values()) >= READABLE
    inks = [theme.PAPER if at >= heat.LIGHT_INK_FROM else theme.INK for at in range(len(heat.SHADES))]
    assert min(contrast(*pair) for pair in zip(heat.SHADES, inks, strict=True)) >= READABLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_own_symbol_letter_and_name(language):
    """No two states share a symbol, a letter or a name; a ring, which means "good", stands for none of them."""
    signs = [
        (LOOKS[state].symbol, states.letter(state, language), states.name(state, language)) for state in CoverageState
    ]
    assert all(len(set(column)) == len(CoverageState) for column in zip(*signs, strict=True))
    assert all(len(letter) == 1 for _, letter, _ in signs)
    assert "○" not in [symbol for symbol, _, _ in signs]


def test_only_what_is_uncertain_is_hatched():
    """Stale and not surveyed are ruled, each in its own way; what is known is plain."""
    ruled = {state for state, look in LOOKS.items() if look.hatching is not Hatching.PLAIN}
    assert ruled == {CoverageState.STALE, CoverageState.NOT_SURVEYED}
    assert len({LOOKS[state].hatching for state in ruled}) == 2
