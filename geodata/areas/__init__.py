"""The built-in areas: five municipalities, their layers and districts, the kinds of place, sample content.

A new store is filled with them. Districts are approximate (おおよその区域) until official outlines are imported.
"""

from __future__ import annotations

from geodata.areas.addresses import gazetteer
from geodata.areas.approximate import districts
from geodata.areas.builtin import kinds, layers, municipalities
from geodata.areas.sample_places import samples

__all__ = ["districts", "gazetteer", "kinds", "layers", "municipalities", "samples"]
