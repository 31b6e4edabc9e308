"""What a reader may choose among, by name: kinds, layers, districts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from portal import clock

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.model.municipality import Layer

OUTSIDE: Final = "outside"
SCHOOL_TIER: Final = 2


def kinds(visit: Visit, *, evacuation: bool = False) -> dict[str, str]:
    """The kinds of daily life, or those of an evacuation, with their names."""
    all_kinds = visit.store.kinds(visit.municipality.code)
    return {kind.key: visit.kind(kind) for kind in all_kinds if kind.evacuation == evacuation}


def layers(visit: Visit) -> dict[str, Layer]:
    """The layers of the municipality by key."""
    return {layer.key: layer for layer in visit.store.layers(visit.municipality.code)}


def first_layer(visit: Visit) -> str:
    """The layer to open with: the first of school districts and branches, else any; empty where there is none."""
    known = list(layers(visit).values())
    return next((layer.key for layer in known if layer.tier == SCHOOL_TIER), known[0].key if known else "")


def districts(visit: Visit, layer: str) -> dict[str, str]:
    """The districts of a layer that exist today, by id, and outside; nothing where the layer is empty."""
    named = _district_names(visit.municipality.code, layer, visit.language, visit.store.data_version(), visit)
    return named | {OUTSIDE: visit.say("filters.outside")} if named else {}


@st.cache_data(max_entries=200, show_spinner=False)
def _district_names(municipality: str, layer: str, language: str, version: str, _visit: Visit) -> dict[str, str]:
    """Names alone, remembered until the store changes: reading outlines takes longer than all else of a screen."""
    del language, version  # they tell one remembered answer from another
    today = clock.today()
    found = _visit.store.districts(municipality, layer) if layer else []
    return {item.id: _visit.name(item) for item in found if item.exists_on(today)}


def evacuation_of(visit: Visit, kind: str) -> str:
    """The ``evacuation`` parameter under which a kind is found: shelters and sites are apart from daily life."""
    return "1" if kind in kinds(visit, evacuation=True) else "0"
