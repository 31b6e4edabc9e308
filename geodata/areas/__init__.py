"""The built-in areas: five municipalities, their layers and districts, what their plans say, kinds, sample content.

A new store is filled with them. Districts are approximate (おおよその区域) until official outlines are imported.
"""

from __future__ import annotations

from geodata.areas.addresses import gazetteer
from geodata.areas.approximate import districts
from geodata.areas.builtin import kinds, layers, municipalities
from geodata.areas.goal_lists import goals
from geodata.areas.indicator_lists import indicators
from geodata.areas.sample_groups import sample_groups, sample_posts
from geodata.areas.sample_places import samples
from geodata.areas.standard_lists import standards

__all__ = [
    "districts",
    "gazetteer",
    "goals",
    "indicators",
    "kinds",
    "layers",
    "municipalities",
    "sample_groups",
    "sample_posts",
    "samples",
    "standards",
]
