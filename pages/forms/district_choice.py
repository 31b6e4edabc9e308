"""The choice of one district: the whole municipality, or a district of the layer that people know best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal import clock
from portal.words import say

if TYPE_CHECKING:
    from portal.model.district import District
    from portal.model.municipality import Layer
    from portal.store import Reader

WHOLE_TIER: Final = 1


def choices(store: Reader, municipality: str, language: str, chosen: str = "") -> list[tuple[str, str]]:
    """Pairs of id and name, the whole municipality first; ``chosen`` is among them, whatever layer it is of."""
    named = [(item.id, name(item, language)) for item in _districts(store, municipality)]
    known = {item for item, _ in named}
    other = store.district(chosen) if chosen and chosen not in known else None
    if other is not None and other.municipality == municipality:
        named.append((other.id, name(other, language)))
    return [("", say("join.everywhere", language)), *named]


def name(item: District | Layer, language: str) -> str:
    """What a district or a layer is called in a language."""
    return (item.name_en if language == "en" else "") or item.name


def _districts(store: Reader, municipality: str) -> list[District]:
    """Those of the first layer below the whole municipality that has any today."""
    today = clock.today()
    for layer in sorted(store.layers(municipality), key=lambda item: (item.tier, item.order)):
        found = [item for item in store.districts(municipality, layer.key) if item.exists_on(today)]
        if found and layer.tier > WHOLE_TIER:
            return found
    return []
