"""A small journaled store, its bits flipped and its files cut, and what came of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from db import open_store, verify
from portal.errors import StoreDamagedError
from portal.journal import JOURNAL_FILE, STORE_FILE
from portal.model.membership import Membership
from portal.model.place import Place
from portal.store import Drop, Put
from tests.db.records import TOWN, make_municipality, make_place

if TYPE_CHECKING:
    from pathlib import Path


def fill(home: Path, first: int = 0, count: int = 12, *, close: bool = True):
    """Make changes of several sorts, each an entry; the store, if it was left open."""
    store = open_store(f"duckdb://{home / STORE_FILE}", home / JOURNAL_FILE)
    store.apply([Put(make_municipality())])
    for number in range(first, first + count):
        place = f"p{number}"
        store.apply([Put(make_place(place, name=f"つどい {number}")), Put(Membership(place, "city", None))])
    store.apply([Drop(Place, (f"p{first}",))])
    store.apply([Put(make_place(f"p{first + 1}", name="二つ目"))])
    if close:
        store.close()
    return store


def contents(home: Path) -> object:
    """Everything that the store of a folder holds. Raises StoreDamagedError where it is not served."""
    store = open_store(f"duckdb://{home / STORE_FILE}", home / JOURNAL_FILE)
    try:
        places = store.places_of(TOWN)
        versions = [store.history(Place, (place.id,)) for place in places]
        return store.municipalities(), places, store.memberships_of(TOWN), versions
    finally:
        store.close()


def is_noticed(home: Path) -> bool:
    """Whether a damage keeps the store from being served, and verifying says so, too."""
    try:
        verify(home / STORE_FILE, home / JOURNAL_FILE)
    except StoreDamagedError:
        pass
    else:
        return False
    try:
        contents(home)
    except StoreDamagedError:
        return True
    return False


def flip(file: Path, bit: int) -> None:
    """Change one bit of a file; a second time puts it back."""
    with file.open("r+b") as content:
        content.seek(bit // 8)
        (old,) = content.read(1)
        content.seek(bit // 8)
        content.write(bytes([old ^ 1 << bit % 8]))


def copied(home: Path, to: Path) -> Path:
    """A copy of a stopped portal's folder, in the place of what was there."""
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(home, to)
