"""What the writers sent and what was acknowledged to them, and how what is kept after a kill compares with it.

An aspect of a thing (the text of a post, the name of an account) has one writer at a time. After a kill it is kept
as it was last acknowledged, or as the one change under way would have it: everything else is lost or torn.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = tuple[str, str]
"""What of a thing, and which thing: ``("text", title of a post)``."""
REFUSED = range(300, 500)
"""Answers that say that nothing was changed."""


@dataclass
class Sent:
    """Shared by all writers; safe to use from any thread."""

    acknowledged: Counter[str] = field(default_factory=Counter)
    """Changes by kind."""
    refused: Counter[tuple[str, int]] = field(default_factory=Counter)
    """Changes that were not made, by kind and status."""
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    went_through: int = 0
    """Aspects whose change was under way at a kill and is kept whole."""
    cut_off: int = 0
    """Those whose change is not kept at all."""
    _kept: dict[Key, str] = field(default_factory=dict)
    _open: dict[Key, list[str]] = field(default_factory=dict)
    _ever: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    _heard: threading.Condition = field(default_factory=threading.Condition)

    def start(self, found: Mapping[Key, str]) -> None:
        """What was there before anybody wrote."""
        self._kept |= found

    def begin(self, values: Mapping[Key, str]) -> None:
        """A change is sent that makes these aspects so."""
        with self._heard:
            for key, value in values.items():
                self._open.setdefault(key, []).append(value)
                self._ever[key].add(value)

    def acknowledge(self, kind: str, values: Mapping[Key, str]) -> None:
        """The server said that the change is made."""
        with self._heard:
            self.acknowledged[kind] += 1
            self._kept |= values
            for key in values:
                self._open.pop(key, None)
            self._heard.notify_all()

    def refuse(self, kind: str, values: Mapping[Key, str], status: int) -> None:
        """The server said that it is not made; after an error of its own both may be."""
        with self._heard:
            self.refused[kind, status] += 1
            for key, value in values.items():
                if status in REFUSED:
                    self._open[key].remove(value)

    def wait_for(self, more: int, since: int, seconds: float) -> bool:
        """Wait until so many changes were acknowledged since there were ``since``; whether it came to that."""
        with self._heard:
            return self._heard.wait_for(lambda: self.acknowledged.total() >= since + more, seconds)

    def kept(self, *key: str) -> str | None:
        """An aspect as it is kept, as far as its writer was told or a look into the store has shown."""
        return self._kept.get((key[0], key[1]))

    def names(self, aspect: str) -> list[str]:
        """The things of which this aspect is kept."""
        return [name for known, name in self._kept if known == aspect]

    def forget(self, aspect: str) -> None:
        """Look at an aspect of everything no more: it ends by itself."""
        self._kept = {key: value for key, value in self._kept.items() if key[0] != aspect}

    def compare(self, found: Mapping[Key, str], moment: str) -> None:
        """Note what is lost and what is torn in what was found after a kill, and go on from there."""
        with self._heard:
            for key in sorted({*found, *self._kept, *self._open}):
                self._compare(key, found.get(key), moment)
            self._open.clear()
            self._kept = dict(found)

    def _compare(self, key: Key, now: str | None, moment: str) -> None:
        before, under_way = self._kept.get(key), self._open.get(key, [])
        if under_way and now in {before, *under_way}:
            self.went_through += now in under_way
            self.cut_off += now not in under_way
        elif now != before:
            known = now is None or now in self._ever[key]
            (self.lost if known else self.torn).append(f"{moment}: {key} is {now!r} instead of {before!r}"[:300])
