"""A twin over the invented town with three of its districts, whose ids can stand in addresses, and its people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pages import wiring
from pages.plain import sorts
from pages.plain.here import Here
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder
from portal.setting_up import set_up
from portal.store import Put
from tests import town
from tests.portal import people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from portal.store import Store

BASE = "https://ibasho.example"
MIDNIGHT = people.NOW.replace(hour=0, minute=0)
QUICK = {name: sort for name, sort in sorts.SORTS.items() if not sort.slow and name != "sheet_large"}
"""All sorts but the slow ones, of which each page takes a second, and the sheet in large type, which says the same."""

FEW = {name: QUICK[name] for name in ("municipality", "place", "photo", "map_town", "map_outlines")}
"""Sorts enough to see how they are kept."""


def settle(store: Store) -> Store:
    """Put the town and its people into an empty store."""
    areas = tuple(
        replace(item, id=f"d{number}-{item.layer}") for number, item in enumerate(town.built_in().districts[:3])
    )
    set_up(store, replace(town.built_in(), districts=areas), town.TODAY, sample=False)
    return people.settle(store)


@pytest.fixture
def home(tmp_path) -> Iterator[Path]:
    """The portal's folder, with the settings of a portal at BASE."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_HOME", str(tmp_path))
        patch.setenv("PORTAL_PUBLIC_URL", BASE)
        patch.setenv("PORTAL_SAMPLE", "off")
        forget()
        yield tmp_path
        forget()


def forget() -> None:
    """Have settings and store read anew by whoever asks next."""
    wiring.close()
    wiring.settings.cache_clear()


@pytest.fixture
def minamo(home, empty_store) -> Store:
    """The settled town in memory."""
    settle(empty_store)
    empty_store.apply([Put(town.place("p1")), Put(town.place("p2", "川べりの家", 1.5))])
    return empty_store


@pytest.fixture
def keep(minamo, tmp_path) -> Callable[..., Keeper]:
    """A keeper of a twin of the town, of these sorts, on this day: ``keep("site")``."""

    def made(folder: str = "site", of=FEW, now=MIDNIGHT) -> Keeper:
        return Keeper(Folder(tmp_path / folder), lambda: Here(minamo, wiring.settings(), now, BASE), of)

    return made


def tree(keeper: Keeper) -> dict[str, bytes]:
    """Every file of a twin with its content."""
    root = keeper.folder.root
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}
