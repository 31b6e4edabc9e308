"""The filters of *Find* as an address of a feed gives them: what cannot be read or does not exist is never passed over.

A feed is read by a program for years, so a filter that is silently without effect, or finds nothing for ever, is worse
than an answer that says what is wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.looking_group import SHOWN
from portal.model.shelter import Hazard
from portal.query import from_params
from portal.words import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from portal.query import Query
    from portal.store import Reader

FLAGS: Final = ("free", "no_booking", "step_free", "evacuation")
YES_OR_NO: Final = ("", "0", "1")
OUTSIDE: Final = "outside"


def query(store: Reader, code: str, params: Mapping[str, str], fixed: Mapping[str, str]) -> Query:
    """What is asked for of a municipality; ``fixed`` are the parameters that the path itself says.

    Raises InvalidRecordError for a filter that cannot be read, names what there is not, or contradicts the path.
    """
    for name, value in fixed.items():
        if params.get(name, value) != value:
            raise InvalidRecordError("feeds_public.against_path", name=name, value=params[name])
    for name in FLAGS:
        _known(name, [params.get(name, "")], YES_OR_NO)
    asked = from_params({**params, **fixed, "municipality": code})
    _known("hazard", filter(None, [asked.hazard]), set(Hazard))
    _known("kind", asked.kinds, {kind.key for kind in store.kinds(code)})
    _check_area(store, asked)
    if asked.group:
        group = store.group(asked.group)
        own = [group.id] if group and group.state in SHOWN and group.municipality == code else []
        _known("group", [asked.group], own)
    return asked


def places_of(asked: Query) -> Query:
    """The same without its group, whose places are found by themselves."""
    return replace(asked, group="")


def tongue(params: Mapping[str, str]) -> str:
    """The language of the portal's own words in a feed; raises InvalidRecordError for one that it does not speak."""
    asked = params.get("lang") or DEFAULT_LANGUAGE
    _known("lang", [asked], LANGUAGES)
    return asked


def _check_area(store: Reader, asked: Query) -> None:
    if asked.layer:
        _known("layer", [asked.layer], {layer.key for layer in store.layers(asked.municipality)})
    districts = store.districts(asked.municipality, asked.layer) if asked.layer else []
    _known("district", asked.districts, {OUTSIDE, *(item.id for item in districts)} if asked.layer else ())


def _known(name: str, values: Iterable[str], known: Container[str]) -> None:
    for value in values:
        if value not in known:
            raise InvalidRecordError("feeds_public.unknown_filter", name=name, value=value)
