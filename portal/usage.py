"""How often something was looked at, put in a calendar or asked about: counted in memory, kept by the day.

Numbers only: who looked is not kept. Robots and a group's own members are not counted; the door that counts knows
them.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from portal.errors import StaleEditError
from portal.model.usage import UsageCount, Use
from portal.store import Put, expected, unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from portal.store import Change, Expected, Reader, Store

    Counts = dict[tuple[str, date, Use], int]

THINGS_MAX: Final = 100_000
"""So many counts of different things and days wait at most: what is more is not counted until they are kept."""
TRIES: Final = 20
"""Another process that counts is met again at most so often."""


class Counter:
    """Counts that wait to be kept; safe to use from any thread."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._lock = threading.Lock()
        self._counts: Counts = {}

    def count(self, about: str, use: Use, day: date) -> None:
        """Count one use of a post or a place."""
        self._add({(about, day, use): 1})

    def flush(self, store: Store) -> int:
        """Add what was counted to what is kept, in one transaction; how many uses.

        Nothing is lost: where it does not work, the counts wait for the next time. Raises StoreBusyError, and
        StaleEditError where others were quicker again and again.
        """
        with self._lock:
            taken, self._counts = self._counts, {}
        try:
            _keep(store, taken)
        except BaseException:
            self._add(taken)
            raise
        return sum(taken.values())

    def _add(self, counts: Counts) -> None:
        with self._lock:
            for key, number in counts.items():
                if key in self._counts or len(self._counts) < THINGS_MAX:
                    self._counts[key] = self._counts.get(key, 0) + number


def of(store: Reader, ids: Sequence[str], first: date, last: date) -> dict[str, dict[Use, int]]:
    """How often each of these things was used in each way, from ``first`` to ``last``; 0 where never."""
    sums = {about: dict.fromkeys(Use, 0) for about in ids}
    for item in store.usage(ids, first, last):
        sums[item.about][item.use] += item.count
    return sums


def _keep(store: Store, taken: Counts) -> None:
    """Add the counts to the kept ones; read anew and tried again where another was quicker."""
    for attempt in range(TRIES):
        changes, expect = _sums(store, taken)
        try:
            store.apply(changes, None, expect)
        except StaleEditError:
            if attempt == TRIES - 1:
                raise
        else:
            return


def _sums(store: Reader, taken: Counts) -> tuple[list[Change], list[Expected]]:
    kept = _kept(store, taken)
    changes: list[Change] = []
    expect: list[Expected] = []
    for key, number in taken.items():
        about, day, use = key
        before = kept.get(key)
        changes.append(Put(UsageCount(about, day, use, (before.count if before else 0) + number)))
        expect.append(expected(before) if before else unused(UsageCount, about, str(day), str(use)))
    return changes, expect


def _kept(store: Reader, taken: Iterable[tuple[str, date, Use]]) -> Mapping[tuple[str, date, Use], UsageCount]:
    """What is kept of these things on these days."""
    things, days = {about for about, _, _ in taken}, {day for _, day, _ in taken}
    if not things:
        return {}
    found = store.usage(sorted(things), min(days), max(days))
    return {(item.about, item.day, item.use): item for item in found}
