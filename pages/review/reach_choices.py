"""What may be chosen on the page of reach, and what is shown where nothing was chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portal.model.standard import EVERYBODY
from portal.query import WEEKDAYS
from portal.reach.ages import read_ages
from portal.reach.reaching import AGES, METRES
from portal.reach.tables import ages_name
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from portal.model.kind import Kind
    from portal.model.municipality import Layer
    from portal.model.report_table import Wanted
    from portal.model.standard import Ages
    from portal.store import Reader

Option = tuple[str, str]
"""What an address says, and what a reader sees."""
USUAL_METRES: Final = 500
USUAL_TIER: Final = 2
"""School districts and branches of the council (第2層)."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the page's form; those that are chosen stand in ``wanted``."""

    wanted: Wanted
    """The choices of the address that can be meant, and no others."""
    kinds: Sequence[Option]
    chosen_kinds: Sequence[str]
    sites: Sequence[Option]
    """Kinds whose places may be candidates: those of evacuation, too, which are schools and halls."""
    weekdays: Sequence[Option]
    ages: Sequence[Option]
    metres: Sequence[Option]
    layers: Sequence[Option]

    @property
    def span(self) -> Ages:
        """The ages that are chosen."""
        text = self.wanted.params.get("ages", "")
        return read_ages(text) if text else EVERYBODY

    @property
    def walk(self) -> int:
        """The metres on foot that are chosen."""
        return int(self.wanted.params["metres"])


def choices(store: Reader, request: Request, wanted: Wanted) -> Choices:
    """The choices of a municipality; what is not among them is as if nothing was chosen."""
    language = wanted.language
    kinds = [item for item in store.kinds(wanted.municipality) if not item.post]
    daily = [(item.key, _kind(item, language)) for item in kinds if not item.evacuation]
    layers = [(item.key, _layer(item, language)) for item in store.layers(wanted.municipality)]
    chosen = several(request, "kind", daily)
    found = Choices(
        wanted=wanted,
        kinds=daily,
        chosen_kinds=chosen,
        sites=[(item.key, _kind(item, language)) for item in kinds],
        weekdays=[("", say("review_reach.any_day", language)), *_weekdays(language)],
        ages=[("" if item == EVERYBODY else str(item), ages_name(item, language)) for item in AGES],
        metres=[(str(item), say("review_reach.metres_of", language, metres=item)) for item in METRES],
        layers=layers,
    )
    return replace(found, wanted=replace(wanted, params=_filled(store, found, wanted)))


def several(request: Request, name: str, options: Sequence[Option]) -> list[str]:
    """The options of a name that are chosen, each by itself or several parted by commas."""
    asked = {part for value in request.query_params.getlist(name)[:100] for part in value[:2000].split(",")}
    return [key for key, _ in options if key in asked]


def _filled(store: Reader, found: Choices, wanted: Wanted) -> Mapping[str, str]:
    params = wanted.params
    usual = next((item.key for item in store.layers(wanted.municipality) if item.tier == USUAL_TIER), "")
    filled = {
        "kind": ",".join(found.chosen_kinds),
        "weekday": _one_of(params.get("weekday", ""), found.weekdays, ""),
        "step_free": "1" if params.get("step_free") == "1" else "",
        "ages": _one_of(params.get("ages", ""), found.ages, ""),
        "metres": _one_of(params.get("metres", ""), found.metres, str(USUAL_METRES)),
        "layer": _one_of(params.get("layer", ""), found.layers, usual),
    }
    return {name: value for name, value in filled.items() if value}


def _one_of(asked: str, options: Sequence[Option], otherwise: str) -> str:
    return asked if asked in {key for key, _ in options} else otherwise


def _weekdays(language: str) -> list[Option]:
    return [(day, say(f"reach.weekday_{day}", language)) for day in WEEKDAYS]


def _kind(kind: Kind, language: str) -> str:
    return kind.en if language == "en" else kind.ja


def _layer(layer: Layer, language: str) -> str:
    return layer.name_en if language == "en" else layer.name
