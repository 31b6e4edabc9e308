"""Answers of questions that were asked just now: most readers ask the same few, and planning one takes milliseconds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.decoding import Asked

MOST_ROWS: Final = 200_000
"""So many rows are kept in all, about 60 MB of the largest; an empty answer counts as one."""


class Answers:
    """The rows of questions, kept as long as the data is as it was; safe to use from any thread."""

    def __init__(self, engine: Asked, version: Callable[[], str], most_rows: int = MOST_ROWS) -> None:
        """Ask ``engine`` what is not kept; ``version`` names the state of the data."""
        self._engine, self._version, self._most = engine, version, most_rows
        self._lock = threading.Lock()
        self._of = ""
        self._kept: OrderedDict[tuple[str, str], list[tuple[Any, ...]]] = OrderedDict()
        self._rows = 0

    def rows(self, question: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The answer. The version is read before the rows: what is newer than its version is only read once more."""
        version, key = self._version(), (question, repr(values))
        with self._lock:
            if self._of != version:
                self._of, self._rows = version, 0
                self._kept.clear()
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._engine.rows(question, values)
        with self._lock:
            if self._of == version and key not in self._kept and len(found) < self._most // 10:
                self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str], found: list[tuple[Any, ...]]) -> None:
        """Keep an answer, and let go of those that were asked for longest ago."""
        self._kept[key] = found
        self._rows += len(found) + 1
        while self._rows > self._most:
            _, old = self._kept.popitem(last=False)
            self._rows -= len(old) + 1
