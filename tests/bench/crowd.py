"""Visitors of *Find* in a process of their own: ``python -m tests.bench.crowd``, told by its input.

Each comes at a moment of its own and then clicks every so many seconds. A click counts from the moment when it was
due: whoever still waits for the last one clicks late, and that is part of the wait. Whoever is not let in reads plain
pages in the same measure.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Final

import aiohttp

from tests.bench import visitor
from tests.bench.visitor import FullError, RunError, Visitor

PATIENCE_S: Final = 120.0
FAULTS: Final = (RunError, OSError, TimeoutError, aiohttp.ClientError)


@dataclass(frozen=True, slots=True)
class Rush:
    """How many come, how quickly, and for how long."""

    url: str
    visitors: int
    places: int
    seconds: float
    """From when the last has come."""
    between: float = 5.0
    """Seconds from click to click."""
    a_second: float = 10.0
    """So many come in a second."""

    @property
    def coming(self) -> float:
        """Seconds until the last has come, and a little for its first screen."""
        return self.visitors / self.a_second + min(self.between, 5.0)


@dataclass(slots=True)
class Seen:
    """What the visitors saw, in seconds; of clicks, maps and pages only after the last of them had come."""

    inside: int = 0
    refused: int = 0
    first: list[float] = field(default_factory=list)
    """Until the screen was there."""
    turned_away: list[float] = field(default_factory=list)
    """Until the plain page was there instead."""
    clicks: list[float] = field(default_factory=list)
    never: int = 0
    """So many of these were due but never made, as the screen was not there in time: they waited at least so long."""
    maps: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    busy: float = 0.0
    """The share of one core that the visitors took."""


class Crowd:
    """All of them."""

    def __init__(self, rush: Rush) -> None:
        """Nobody has come."""
        self._rush, self.seen, self._faults = rush, Seen(), Counter[str]()
        self._pages = visitor.pages(rush.places)

    async def run(self) -> Seen:
        """Let them come, click and go."""
        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(self._visit(number, began) for number in range(self._rush.visitors)))
        self.seen.busy = (time.process_time() - used) / (time.perf_counter() - began)
        self.seen.faults = dict(self._faults)
        return self.seen

    async def _visit(self, number: int, began: float) -> None:
        await _until(began + number / self._rush.a_second)
        one = Visitor(self._rush.url, number)
        try:
            inside = await self._come(one)
            counts_from = began + self._rush.coming
            due = time.perf_counter() + self._rush.between
            ends = counts_from + self._rush.seconds
            while due < ends and await _until(due) < ends:
                await (self._click(one, due, counts_from) if inside else self._read(one, number, due, counts_from))
                due += self._rush.between
                number += 1
            if inside:
                self._leave(due, ends)
        except FAULTS as error:
            self._faults[type(error).__name__] += 1
        finally:
            await one.go()

    def _leave(self, due: float, ends: float) -> None:
        """Clicks that were due and could not be made any more count as if they had been answered at the end."""
        while due < ends:
            self.seen.clicks.append(ends - due)
            self.seen.never += 1
            due += self._rush.between

    async def _come(self, one: Visitor) -> bool:
        """Whether it was let in."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await one.come()
        except FullError:
            self.seen.turned_away.append(time.perf_counter() - began)
            self.seen.refused += 1
            return False
        self.seen.first.append(time.perf_counter() - began)
        self.seen.inside += 1
        return True

    async def _click(self, one: Visitor, due: float, counts_from: float) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await one.click()
            drawn = time.perf_counter()
            await one.fetch()
        if due >= counts_from:
            self.seen.clicks.append(drawn - due)
            self.seen.maps.append(time.perf_counter() - drawn)

    async def _read(self, one: Visitor, number: int, due: float, counts_from: float) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await one.fetch(self._pages[number % len(self._pages)])
        if due >= counts_from:
            self.seen.reads.append(time.perf_counter() - due)


async def _until(moment: float) -> float:
    """What time it is then."""
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))
    return time.perf_counter()


async def _main() -> None:
    json.dump(asdict(await Crowd(Rush(**json.load(sys.stdin))).run()), sys.stdout)


if __name__ == "__main__":
    asyncio.run(_main())
