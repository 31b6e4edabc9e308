"""What may be chosen on the page of coverage, and what is shown where nothing was chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portal.by_district import in_force
from portal.coverage.naming import Names
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.district import District
    from portal.model.municipality import Layer
    from portal.model.report_table import Wanted
    from portal.model.standard import Standard
    from portal.store import Reader

Option = tuple[str, str]
"""What an address says, and what a reader sees."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the page's form; those that are chosen stand in ``wanted``."""

    wanted: Wanted
    """The choices of the address, the layer and the upper layer filled in."""
    layers: Sequence[Option]
    """Layers that something is expected of."""
    standards: Sequence[Option]
    """Of the layer."""
    uppers: Sequence[Option]
    """Layers that coverage can be summed up by."""
    kinds: Sequence[Option]
    """Kinds of daily life, for the hours."""
    districts: Sequence[Option]
    """Of the layer, for the hours."""


def choices(store: Reader, wanted: Wanted) -> Choices:
    """The choices of a municipality. A layer or standard that there is not is as if none was chosen."""
    its = Names(store, wanted.municipality, wanted.language)
    expected = [item for item in store.standards(wanted.municipality) if not item.off]
    layers = store.layers(wanted.municipality)
    layer = _layer(wanted, expected)
    standards = [item for item in expected if item.layer == layer]
    chosen = wanted.params.get("standard", "")
    filled = {
        **wanted.params,
        "layer": layer,
        "standard": chosen if chosen in {item.key for item in standards} else "",
        "upper": _upper(wanted, layers, layer),
    }
    return Choices(
        wanted=replace(wanted, params={name: value for name, value in filled.items() if value}),
        layers=[(item.key, its.layer(item)) for item in layers if item.key in {one.layer for one in expected}],
        standards=[
            ("", say("review_coverage.all_standards", its.language)),
            *((item.key, its.standard(item)) for item in standards),
        ],
        uppers=[(item.key, its.layer(item)) for item in layers if item.key != layer],
        kinds=[("", say("review_coverage.all_kinds", its.language)), *_kinds(store, wanted)],
        districts=[("", say("review_coverage.all_districts", its.language)), *_districts(store, wanted, layer)],
    )


def name_of(district: District, language: str) -> str:
    """A district's name."""
    return (district.name_en if language == "en" else "") or district.name


def _layer(wanted: Wanted, expected: Sequence[Standard]) -> str:
    layers = [item.layer for item in expected]
    asked = wanted.params.get("layer", "")
    return asked if asked in layers else next(iter(layers), "")


def _upper(wanted: Wanted, layers: Sequence[Layer], layer: str) -> str:
    others = [item.key for item in layers if item.key != layer]
    asked = wanted.params.get("upper", "")
    return asked if asked in others else next(iter(others), "")


def _kinds(store: Reader, wanted: Wanted) -> list[Option]:
    english = wanted.language == "en"
    known = store.kinds(wanted.municipality)
    return [(item.key, item.en if english else item.ja) for item in known if not item.evacuation]


def _districts(store: Reader, wanted: Wanted, layer: str) -> list[Option]:
    found = in_force(store, wanted.municipality, layer, wanted.today)
    return [(item.id, name_of(item, wanted.language)) for item in found]
