"""Invented municipalities for :mod:`tests.lp_attacker`: districts that nest and overlap, and who lives in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from portal.disclosure.rules import Cell

if TYPE_CHECKING:
    import random

    from portal.disclosure.numbers import Atom

CATEGORIES: Final = ("要介護", "身体障害", "知的障害", "精神障害", "難病")


@dataclass
class World:
    """An invented municipality: its pieces of land, and who lives there in each version."""

    atoms: tuple[Atom, ...]
    categories: tuple[str, ...]
    """The categories that people are counted by."""
    threshold: int
    facilities: np.ndarray
    """How many facilities the people of a piece and category are counted by (atoms, categories)."""
    overlapping: bool = False
    """Whether somebody may be in several categories; then all together is a column of its own, the first."""
    versions: list[tuple[np.ndarray, tuple[tuple[str, bool], ...]]] = field(default_factory=list)
    """People (atoms, categories), and the layers that were counted, each with whether by category."""


def world(rng: random.Random, most_districts: int = 30) -> World:
    """Random districts in one to three layers, nested and overlapping, with many small numbers."""
    count = min(most_districts, round(2 * 15 ** rng.random()))
    land = [(("a", f"a{number:02}"),) for number in range(count) for _ in range(rng.choice((1, 1, 2)))]
    for name in ("b", "c")[: rng.randrange(3)]:
        parts = rng.randint(1, max(1, count // 2))
        nested = rng.random() < 0.5
        of = {district: rng.randrange(parts) for district in sorted({atom[0][1] for atom in land})}
        land = [(*atom, (name, f"{name}{of[atom[0][1]] if nested else rng.randrange(parts):02}")) for atom in land]
    atoms = tuple(dict.fromkeys(land))
    categories = CATEGORIES[: rng.randrange(6)] or ("",)
    overlapping = len(categories) > 1 and rng.random() < 0.2
    categories = ("", *categories) if overlapping else categories
    some = rng.choice(((9,), (9,), (0, 1, 2, 3, 3)))
    facilities = np.array([[rng.choice(some) for _ in categories] for _ in atoms])
    made = World(atoms, categories, rng.choice((10, 10, 20)), facilities, overlapping)
    size = rng.choice((2, 5, 10, 30))
    people = _people(rng, made, size)
    layers = sorted({layer for atom in atoms for layer, _ in atom})
    counted = tuple((layer, rng.random() < 0.8) for layer in layers)
    for version in range(rng.randint(1, 3)):
        known = counted[: rng.randint(1, len(counted))] if version == 0 else counted
        made.versions.append((people, known))
        people = _moved(rng, made, people, _people(rng, made, size))
    return made


def _people(rng: random.Random, made: World, size: int) -> np.ndarray:
    draws = [[int(rng.expovariate(1 / size)) * rng.choice((0, 1, 1, 2)) for _ in made.categories] for _ in made.atoms]
    return _together(rng, made, np.array(draws, dtype=int))


def _together(rng: random.Random, made: World, people: np.ndarray) -> np.ndarray:
    """The people with all together in the first column, where they overlap: between the largest and the sum."""
    if made.overlapping:
        parts = people[:, 1:]
        people[:, 0] = [rng.randint(int(row.max()), int(row.sum())) for row in parts]
    return people


def _moved(rng: random.Random, made: World, people: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The people of the next version: the same, a few more or less, or others here and there."""
    share = rng.choice((0.0, 0.1, 0.5, 1.0))
    change = np.array([[rng.random() < share for _ in row] for row in people])
    nudge = np.array([[rng.choice((-2, -1, 1, 2)) for _ in row] for row in people])
    moved = np.where(change, others if rng.random() < 0.3 else np.maximum(people + nudge, 0), people)
    return _together(rng, made, moved) if share else people


def rows_of(made: World, counted: tuple[tuple[str, bool], ...]) -> dict[Cell, np.ndarray]:
    """For every number of the tables the people of whom it is the sum, as 0 and 1 (atoms, categories)."""
    found: dict[Cell, np.ndarray] = {}
    for layer, by_category in counted:
        names = ["", *(name for name in made.categories if name and by_category)]
        for district in ["", *sorted({name for atom in made.atoms for at, name in atom if at == layer})]:
            inside = np.array([any(at == layer and district in ("", name) for at, name in a) for a in made.atoms])
            for name in names:
                whole = name == "" and not made.overlapping
                of = np.array([whole or name == category for category in made.categories])
                found[Cell(layer, district, name)] = np.outer(inside, of)
    return found
