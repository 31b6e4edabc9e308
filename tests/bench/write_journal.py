"""Changes written to a store on disk, with a journal before it and without, one by one and as one large import."""

from __future__ import annotations

import shutil
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from db import open_store
from portal.journal import JOURNAL_FILE, STORE_FILE
from portal.model.membership import Membership
from portal.store import Put
from tests.bench import made_places, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from portal.store import Change, Store

SMALL, LARGE, ROUNDS = 200, 50_000, 5
QUICK: Final = (20, 500, 1)
"""Small changes, records of the large one, and rounds of a quick run."""


def run(folder: Path, *, quick: bool) -> None:
    """Measure both ways with many small changes and with a large one, and print."""
    small, large, rounds = QUICK if quick else (SMALL, LARGE, ROUNDS)
    ways = {
        "without a journal": partial(_opened, folder, None),
        "with a journal": partial(_opened, folder, JOURNAL_FILE),
    }
    _measure(f"{small:,} changes of one place each", ways, partial(_one_by_one, small), rounds)
    _measure(f"One change of {large:,} places with their memberships", ways, partial(_at_once, large), rounds)


def _measure(title: str, ways: dict[str, Callable[[], Store]], write: Callable[[Store], float], rounds: int) -> None:
    """Each way once a round, with a store of its own; opening and closing are not counted."""
    lines = {way: tables.Line(way) for way in ways}
    for _ in range(rounds):
        for way, opened in ways.items():
            store = opened()
            try:
                lines[way].runs.append(write(store))
            finally:
                store.close()
    first, *_ = lines.values()
    tables.show(title, list(lines.values()), first, ("Each change is on the disk before it is acknowledged.",))


def _opened(folder: Path, journal: str | None) -> Store:
    """A new store in a folder that was emptied."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    return open_store(f"duckdb://{home / STORE_FILE}", home / journal if journal else None)


def _one_by_one(count: int, store: Store) -> float:
    pairs = list(_pairs(count))
    started = time.perf_counter()
    for pair in pairs:
        store.apply(pair)
    return time.perf_counter() - started


def _at_once(count: int, store: Store) -> float:
    changes = [change for pair in _pairs(count) for change in pair]
    started = time.perf_counter()
    store.apply(changes)
    return time.perf_counter() - started


def _pairs(count: int) -> Iterator[list[Change]]:
    """Places, each with its membership in one layer."""
    for place in made_places.places(made_places.REGION, count):
        yield [Put(place), Put(Membership(place.id, "elementary", None))]
