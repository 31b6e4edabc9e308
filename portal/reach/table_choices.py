"""The choices of the tables of reach as an address has them, and spans of ages in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError
from portal.model.standard import EVERYBODY
from portal.reach.ages import read_ages
from portal.reach.spots import Question
from portal.words import say

if TYPE_CHECKING:
    from portal.model.report_table import Wanted
    from portal.model.standard import Ages


def question(wanted: Wanted) -> Question:
    """The question that kind, weekday and step_free stand for. Raises InvalidRecordError for no weekday."""
    step_free = wanted.params.get("step_free") == "1"
    return Question(
        wanted.municipality, listed(wanted, "kind"), wanted.params.get("weekday", ""), step_free, wanted.samples
    )


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
