"""The choices of the tables of reach as an address has them, and what they choose in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.report_table import Behind
from portal.model.standard import EVERYBODY
from portal.reach.ages import read_ages
from portal.reach.placing import USUAL, Placing
from portal.reach.spots import Question
from portal.words import say

if TYPE_CHECKING:
    from portal.model.district import District
    from portal.model.municipality import Layer
    from portal.model.report_table import Wanted
    from portal.model.standard import Ages
    from portal.store import Reader

DISTRICTS: Final = 2
"""The tier of school districts and branches of the council (第2層)."""
PLACES: Final = ("kind", "weekday", "step_free")
"""The choices that :func:`question` reads."""


def question(wanted: Wanted) -> Question:
    """The question that kind, weekday and step_free stand for. Raises InvalidRecordError for no weekday."""
    step_free = wanted.params.get("step_free") == "1"
    return Question(
        wanted.municipality, listed(wanted, "kind"), wanted.params.get("weekday", ""), step_free, wanted.samples
    )


def placing(wanted: Wanted) -> Placing:
    """The same with ages, metres, count and layer, and ``among`` or ``step`` for where places could be opened.

    Raises InvalidRecordError for what is no number or no ages, and for a distance out of bounds.
    """
    among = number(wanted, "step", 0) or listed(wanted, "among") or USUAL
    count, metres = number(wanted, "count", 5), number(wanted, "metres", 500)
    return Placing(question(wanted), ages_wanted(wanted), metres, count, among, wanted.params.get("layer", ""))


def behind_places(wanted: Wanted, kind: str = "") -> Behind:
    """The places and activities that are measured to: of one kind, else of all that are asked for."""
    own = {"kind": kind} if kind else {}
    return Behind("places_reached", _chosen(wanted, *PLACES) | own)


def behind_people(wanted: Wanted) -> Behind:
    """The people of the ages that are asked for."""
    return Behind("people_counted", _chosen(wanted, "ages"))


def _chosen(wanted: Wanted, *names: str) -> dict[str, str]:
    return {name: wanted.params[name] for name in names if wanted.params.get(name)}


def layer_wanted(store: Reader, wanted: Wanted) -> Layer | None:
    """The layer that is asked for, else the first of the districts; None where the municipality has none of these.

    Raises UnknownThingError for a layer that the municipality does not have.
    """
    asked = wanted.params.get("layer", "")
    layers = store.layers(wanted.municipality)
    among = [layer for layer in layers if (layer.key == asked if asked else layer.tier == DISTRICTS)]
    if asked and not among:
        raise UnknownThingError("reach.no_such_layer", layer=asked)
    return among[0] if among else None


def listed(wanted: Wanted, name: str) -> tuple[str, ...]:
    """A choice that holds several values, with commas between them."""
    return tuple(part for part in wanted.params.get(name, "").split(",") if part)


def number(wanted: Wanted, name: str, usual: int) -> int:
    """A choice that is a whole number. Raises InvalidRecordError for what is none."""
    text = wanted.params.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) <= len("20000")):
        raise InvalidRecordError("query.unreadable")
    return int(text) if text else usual


def ages_wanted(wanted: Wanted) -> Ages:
    """The span of ages; everybody where none is named. Raises InvalidRecordError for what is none."""
    text = wanted.params.get("ages", "")
    return read_ages(text) if text else EVERYBODY


def ages_name(ages: Ages, language: str) -> str:
    """A span of ages in words: everybody, 0 to 14, 65 and over."""
    if ages == EVERYBODY:
        return say("reach.ages_all", language)
    if ages.high is None:
        return say("reach.ages_over", language, low=ages.low)
    return say("reach.ages_span", language, low=ages.low, high=ages.high)


def kind_names(store: Reader, wanted: Wanted) -> dict[str, str]:
    """The kinds by key, and all of them together under the empty one."""
    kinds = store.kinds(wanted.municipality)
    names = {kind.key: kind.ja if wanted.language == "ja" else kind.en for kind in kinds}
    return {"": say("reach.every_kind", wanted.language), **names}


def district_name(district: District | None, language: str) -> str:
    """The name of a district, or of what is outside all of them."""
    if district is None:
        return say("reach.outside", language)
    return (district.name_en if language == "en" else "") or district.name
