"""A bad file, the import that meets it, and how that import must end."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pytest

from pages import intake
from portal.errors import ConflictError, PortalError
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.finding import Severity
from portal.words import LANGUAGES, say, say_error
from tests.town import CODE, NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from portal.importing.plan import Plan
    from portal.store import Store

LONGEST_S: Final = 10
"""Of the processor, so that what else the machine does makes no difference."""
LONGEST_SENTENCE: Final = 1_500
"""Characters; a sentence that lists attributes is the longest."""
LAYERS: Final = {ImportKind.POPULATION: "elementary", ImportKind.DISTRICTS: "elementary"}


@dataclass(frozen=True)
class Refused:
    """The file as a whole is refused with this phrase."""

    key: str


@dataclass(frozen=True)
class Stopped:
    """The import stops because of these lines, each with its phrase."""

    said: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Doubtful:
    """The import is done, and these lines are said to be doubtful."""

    said: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Clean:
    """The import is done, nothing is said, and these names are kept."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One bad file and the promise that holds for it."""

    name: str
    kind: str
    file: str
    data: bytes | Callable[[], bytes]
    promise: Refused | Stopped | Doubtful | Clean
    options: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """The file on the disk."""
        path = folder / self.file
        path.write_bytes(self.data if isinstance(self.data, bytes) else self.data())
        return path


@dataclass(frozen=True)
class Outcome:
    """How an import ended."""

    error: PortalError | None
    plan: Plan | None
    changed: bool

    def said(self, severity: Severity) -> list[tuple[int, str]]:
        """Lines with their phrases."""
        found = self.plan.findings if self.plan else []
        return [(one.line, one.key) for one in found if one.severity is severity]


def bring_in(store: Store, kind: str, file: Path, **options: Any) -> Outcome:
    """Plan the import of a file and carry it out where nothing is refused, and hold it to what holds for all."""
    before, began = store.data_version(), time.process_time()
    wanted = {"municipality": CODE, "layer": LAYERS.get(ImportKind(kind), ""), **options}
    outcome = _tried(store, intake.Request(ImportKind(kind), (file,), NOW, **wanted), before)
    assert time.process_time() - began < LONGEST_S
    for sentence in _sentences(outcome):
        assert sentence.strip()
        assert len(sentence) < LONGEST_SENTENCE
        sentence.encode()
    return outcome


def _tried(store: Store, request: intake.Request, before: str) -> Outcome:
    try:
        plan = intake.plan(store, request)
    except PortalError as error:
        return Outcome(error, None, store.data_version() != before)
    assert store.data_version() == before
    if plan.stopped:
        with pytest.raises(ConflictError):
            carry_out(store, plan)
    else:
        carry_out(store, plan)
    return Outcome(None, plan, store.data_version() != before)


def _sentences(outcome: Outcome) -> list[str]:
    """Everything that is said, in every language; a missing phrase or gap is a KeyError."""
    found = [say_error(outcome.error, language) for language in LANGUAGES] if outcome.error else []
    findings = outcome.plan.findings if outcome.plan else []
    return found + [say(one.key, language, **one.values) for one in findings for language in LANGUAGES]


def hold(case: Case, outcome: Outcome) -> None:
    """Check a promise."""
    promise = case.promise
    if isinstance(promise, Refused):
        assert outcome.error is not None, outcome.plan and outcome.plan.findings
        assert (outcome.error.key, outcome.changed) == (promise.key, False)
        return
    assert outcome.error is None, outcome.error
    refused, doubtful = outcome.said(Severity.REFUSED), outcome.said(Severity.DOUBTFUL)
    if isinstance(promise, Stopped):
        assert (refused, outcome.changed) == (list(promise.said), False)
    elif isinstance(promise, Doubtful):
        assert (refused, doubtful, outcome.changed) == ([], list(promise.said), True)
    else:
        assert (refused, doubtful, outcome.changed) == ([], [], True)
