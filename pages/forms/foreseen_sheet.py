"""What a file would bring, before any of it is kept: how many posts, which ones, and what is wrong with lines."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pages.forms.write_sheet import warnings
from pages.forms.write_telling import teller
from portal import clock, post_warnings
from portal.model.finding import Severity
from portal.model.post import WhereKind
from portal.posts.foreseeing import outcome
from portal.posts.keeping import content
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.forms.write_desk import Desk
    from pages.forms.write_telling import Teller
    from portal.model.finding import Finding
    from portal.model.post import Where
    from portal.posts.foreseeing import Foreseen
    from portal.posts.keeping import Step
    from portal.store import Store

LISTED: Final = 100
"""Posts and findings that are listed; of the others only how many there are is said."""
WARNED_S: Final = 3.0
"""For so long it is looked whether posts may be slips or duplicates; what comes after goes without."""
UNSAID: Final = frozenset({"tables.position_missing"})
"""Each post says itself where it is, and many are at a place of the portal that needs no position."""
COUNTED: Final = ("new", "changed", "cancelled", "same", "kept", "gone", "past")


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One post that would be written."""

    outcome: str
    title: str
    when: str
    where: str
    warned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is wrong with a file, and what the lines of it are called."""

    findings: Sequence[Finding]
    unit: str
    """``line`` of a table or calendar, ``item`` of a news feed."""

    @property
    def refused(self) -> int:
        """How many lines cannot be taken."""
        return sum(finding.severity is Severity.REFUSED for finding in self.findings)


def values(store: Store, desk: Desk, foreseen: Foreseen, looked: Looked, language: str) -> dict[str, Any]:
    """What the template shows."""
    counts = [(name, getattr(foreseen.taken, name)) for name in COUNTED]
    told = [finding for finding in looked.findings if finding.key not in UNSAID]
    listed = sorted(told, key=lambda finding: (finding.severity is not Severity.REFUSED, finding.line))
    return {
        "desk": desk,
        "counts": [(say(f"foreseen.count_{name}", language), count) for name, count in counts if count],
        "posts": _posts(store, desk, foreseen.steps[:LISTED], language),
        "more_posts": max(0, len(foreseen.steps) - LISTED),
        "findings": [_sentence(finding, looked.unit, language) for finding in listed[:LISTED]],
        "more_findings": max(0, len(listed) - LISTED),
        "refused": looked.refused,
        "anything": bool(foreseen.steps),
    }


def _posts(store: Store, desk: Desk, steps: Sequence[Step], language: str) -> list[ShownPost]:
    by, until = teller(store, desk.town.code, language), time.monotonic() + WARNED_S
    shown = []
    for step in steps:
        facts = content(step.new)
        sentences = _warned(store, desk, step, language) if time.monotonic() < until else ()
        when, where = by.field("schedule", facts.schedule), _where(by, facts.where)
        shown.append(ShownPost(outcome(step), facts.title, when, where, sentences))
    return shown


def _where(by: Teller, where: Where) -> str:
    if where.kind is not WhereKind.NOWHERE:
        return by.where(where)
    words = " ".join(filter(None, (where.name, where.address)))
    return say("foreseen.not_on_map", by.language, where=words) if words else ""


def _warned(store: Store, desk: Desk, step: Step, language: str) -> tuple[str, ...]:
    found = post_warnings.warnings(store, desk.group, content(step.new), clock.today(), step.new.id)
    return tuple(sentence for sentence, _ in warnings(found, language))


def _sentence(finding: Finding, unit: str, language: str) -> tuple[bool, str]:
    """Whether the line is refused, and what is wrong with it."""
    text = say(finding.key, language, **finding.values)
    return finding.severity is Severity.REFUSED, say(f"foreseen.at_{unit}", language, number=finding.line, text=text)
