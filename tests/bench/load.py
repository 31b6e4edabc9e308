"""Requests on a server of this machine from a process of its own: ``python -m tests.bench.load``, told by its input.

With a ``rate`` the requests come as those of people who do not know of each other (Poisson), whether or not the server
keeps up, and each counts from the moment when it was due: an answer that keeps others waiting counts for them, too.
Without one, so many connections ask again as soon as they are answered, which shows how many answers there are to be
had in a second.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from tests.bench.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

OK: Final = frozenset({200, 304})
PATIENCE_S: Final = 30.0
"""Whoever waits longer gives up; that is a fault."""
STALE_S: Final = 2.0
"""A connection that was quiet for longer is not used again: the server may just be closing it."""
MOST: Final = 1_000
"""Connections that are open at once; who comes beyond them waits."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked."""

    port: int
    paths: tuple[str, ...]
    seconds: float
    rate: float = 0.0
    """Requests a second; 0 as many as there can be."""
    connections: int = 8
    """For as many as there can be."""
    zipf: float = 0.0
    """How much rather the first paths are asked for: the n-th by the weight 1 / n ** zipf; 0 all alike."""
    headers: dict[str, str] = field(default_factory=dict)
    seed: int = 1

    def choices(self) -> Iterator[bytes]:
        """Endless requests."""
        head = "".join(f"{name}: {value}\r\n" for name, value in ({"Accept-Encoding": "gzip"} | self.headers).items())
        said = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{head}\r\n".encode() for path in self.paths]
        weights = list(accumulate(1 / number**self.zipf for number in range(1, len(said) + 1)))
        chance = random.Random(self.seed)  # noqa: S311  # the same choices each time, nothing secret
        while True:
            yield from chance.choices(said, cum_weights=weights, k=1_000)


@dataclass(slots=True)
class Answers:
    """What came back."""

    waits: list[float] = field(default_factory=list)
    """Seconds from when a request was due to the last byte of its answer, for those that were answered well."""
    seconds: float = 0.0
    """From the first request to the last answer."""
    bytes: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    """By status or sort of error."""
    busy: float = 0.0
    """The share of one core that asking took: near 1, it was the asking that was slow."""


class Asking:
    """One load while it is on its way."""

    def __init__(self, load: Load) -> None:
        """Nothing is asked yet."""
        self._load, self._requests = load, load.choices()
        self._idle: list[tuple[Connection, float]] = []
        self._room = asyncio.Semaphore(MOST)
        self._faults: Counter[str] = Counter()
        self.answers = Answers()

    async def run(self) -> Answers:
        """Ask for as long as was said, and wait for the last answers."""
        began, used = time.perf_counter(), time.process_time()
        await (self._as_they_come(began) if self._load.rate else self._all_the_time(began))
        self.answers.seconds = time.perf_counter() - began
        self.answers.busy = (time.process_time() - used) / self.answers.seconds
        self.answers.faults = dict(self._faults)
        return self.answers

    async def _as_they_come(self, began: float) -> None:
        chance, due = random.Random(self._load.seed + 1), began  # noqa: S311  # as above
        async with asyncio.TaskGroup() as group:
            while (due := due + chance.expovariate(self._load.rate)) < began + self._load.seconds:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(self._ask(due))

    async def _all_the_time(self, began: float) -> None:
        async def one() -> None:
            while (now := time.perf_counter()) < began + self._load.seconds:
                await self._ask(now)

        async with asyncio.TaskGroup() as group:
            for _ in range(self._load.connections):
                group.create_task(one())

    async def _ask(self, due: float) -> None:
        """One request; faults are counted."""
        try:
            async with asyncio.timeout(PATIENCE_S), self._room:
                status = await self._answered()
        except (OSError, TimeoutError) as error:
            self._faults[type(error).__name__] += 1
            return
        if status in OK:
            self.answers.waits.append(time.perf_counter() - due)
        else:
            self._faults[str(status)] += 1

    async def _answered(self) -> int:
        connection = self._left() or await Connection.to(self._load.port)
        try:
            status, size = await connection.ask(next(self._requests))
        except BaseException:
            connection.close()
            raise
        self.answers.bytes += size
        if connection.open:
            self._idle.append((connection, time.perf_counter()))
        return status

    def _left(self) -> Connection | None:
        """The connection that was used last, if it is still good."""
        while self._idle:
            connection, since = self._idle.pop()
            if connection.open and time.perf_counter() - since < STALE_S:
                return connection
            connection.close()
        return None


async def _main() -> None:
    told = json.load(sys.stdin)
    answers = await Asking(Load(**(told | {"paths": tuple(told["paths"])}))).run()
    json.dump(asdict(answers), sys.stdout)


if __name__ == "__main__":
    asyncio.run(_main())
