"""The fields of the form for a standard and what they say, both ways."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pages.review.standards_cells import SOURCE, Cells, number, source_shown, whole
from portal.errors import InvalidRecordError, PortalError
from portal.model.standard import Ages, Standard, StandardRule
from portal.records import digest, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pages.forms.reading import Form

LINES: Final = ("thing", "layer", "rule", "at_least", "metres", "low", "high", "verified_days", "name", "name_en")
KIND, GOAL = "kind", "goal"
FIELD_OF: Final[Mapping[str, str]] = {
    "standard.bad_ages": "low",
    "standard.kind_or_goal": "thing",
    "standard.bad_amount": "at_least",
    "standard.metres_for_within": "metres",
    "standard.bad_metres": "metres",
    "standard.bad_days": "verified_days",
    "model.name_too_long": "name",
    "coverage.no_such_layer": "layer",
    "coverage.no_such_kind": "thing",
    "coverage.no_such_goal": "thing",
}
"""Which field a sentence of the record belongs to; the others are about the whole."""


def version(standard: Standard | None) -> str:
    """What a form was based on; empty for a standard that is not there yet."""
    return digest(to_text(standard)) if standard else ""


def shown(standard: Standard | None) -> dict[str, str]:
    """What the form shows of a standard; a new one counts places."""
    if standard is None:
        return dict.fromkeys((*LINES, *SOURCE), "") | {"rule": StandardRule.COUNT.value, "at_least": "1"}
    return {
        "thing": f"{GOAL}:{standard.goal}" if standard.goal else f"{KIND}:{standard.kind}",
        "layer": standard.layer,
        "rule": standard.rule.value,
        "at_least": f"{standard.at_least:.6f}".rstrip("0").rstrip("."),
        "metres": _text(standard.metres),
        "low": _text(standard.ages.low or None),
        "high": _text(standard.ages.high),
        "verified_days": _text(standard.verified_days),
        "name": standard.name,
        "name_en": standard.name_en,
        **source_shown(standard.source),
    }


def typed(sent: Form) -> dict[str, str]:
    """What was typed, by field."""
    return {name: sent.text(name) for name in (*LINES, *SOURCE)}


def read(
    said: Mapping[str, str], municipality: str, old: Standard | None
) -> tuple[Standard | None, dict[str, PortalError]]:
    """The standard that the form says, in the stead of ``old``, or what is wrong by field.

    A new one has no key yet but the one of what it counts; the page gives it its own.
    """
    cells = Cells(said)
    values = _values(cells)
    if cells.faults:
        return None, cells.faults
    try:
        if old:
            return replace(old, **values), {}
        return Standard(municipality=municipality, key=values["kind"] or values["goal"] or KIND, **values), {}
    except InvalidRecordError as error:
        return None, {FIELD_OF.get(error.key, ""): error}


def _values(cells: Cells) -> dict[str, Any]:
    """The fields of the record; of the distance only where it is asked for."""
    rule = cells.read("rule", _rule)
    sort, _, key = cells.said["thing"].partition(":")
    low, high = cells.read("low", whole), cells.read("high", whole)
    return {
        "layer": cells.said["layer"],
        "rule": rule,
        "at_least": cells.read("at_least", number) or 0,
        "kind": key if sort == KIND else "",
        "goal": key if sort == GOAL else "",
        "metres": cells.read("metres", whole) if rule is StandardRule.WITHIN else None,
        "ages": cells.read("low", lambda _: Ages(low or 0, high)),
        "verified_days": cells.read("verified_days", whole),
        "name": cells.said["name"],
        "name_en": cells.said["name_en"],
        "source": cells.source(),
    }


def _rule(text: str) -> StandardRule:
    if text not in set(StandardRule):
        raise InvalidRecordError("review_standards.no_rule")
    return StandardRule(text)


def _text(value: object) -> str:
    return "" if value is None else str(value)
