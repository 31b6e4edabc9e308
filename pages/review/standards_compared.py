"""What a table of the office would change: its lines compared with what is kept, each difference in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from pages.forms import ins_del
from pages.forms.telling import Changed
from portal.model.finding import Severity
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from portal.model.finding import Finding

T = TypeVar("T")
LISTED: Final = 100
Told = list[tuple[str, str]]
"""Fields of a record by name, in words."""


class Look(NamedTuple):
    """What a file would change."""

    read: int
    findings: list[tuple[bool, str]]
    more_findings: int
    refused: int
    new: list[tuple[str, str]]
    changed: list[tuple[str, list[Changed]]]
    same: int

    @property
    def takes(self) -> bool:
        """Whether it can be taken over: nothing is refused, and something is new."""
        return not self.refused and bool(self.new or self.changed)


def looked(
    known: Mapping[str, T], rows: Mapping[str, T], told: Callable[[T], Told]
) -> tuple[list[tuple[str, str]], list[tuple[str, list[Changed]]], int]:
    """New ones with what they say, changed ones with what changes, how many stay; the first of ``told`` is a name."""
    new = [_summed(told(row)) for key, row in rows.items() if key not in known]
    changed = [
        (told(row)[0][1], differences(told(known[key]), told(row)))
        for key, row in rows.items()
        if key in known and known[key] != row
    ]
    return new, changed, len(rows) - len(new) - len(changed)


def differences(before: Told, after: Told) -> list[Changed]:
    """The fields that differ."""
    return [
        Changed(label, *ins_del.marked(old, new), alike=False)
        for (label, old), (_, new) in zip(before, after, strict=True)
        if old != new
    ]


def findings(found: Sequence[Finding], language: str) -> tuple[list[tuple[bool, str]], int, int]:
    """What is wrong with lines, the refused first, how many more there are, and how many are refused."""
    refused = [one for one in found if one.severity is Severity.REFUSED]
    listed = sorted(found, key=lambda one: (one not in refused, one.line))[:LISTED]
    sentences = [
        (one in refused, say("foreseen.at_line", language, number=one.line, text=say(one.key, language, **one.values)))
        for one in listed
    ]
    return sentences, len(found) - len(listed), len(refused)


def _summed(told: Told) -> tuple[str, str]:
    return told[0][1], told[1][1]
