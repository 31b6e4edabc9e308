"""Which numbers are shown: everything that is not small, less what would give away what is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from portal.disclosure.rules import known_from, narrower
from portal.disclosure.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from portal.disclosure.numbers import Numbers
    from portal.disclosure.rules import Cell, Figure, Interval, Rule


def choose(moments: Sequence[Numbers], releases: Sequence[Mapping[str, str]], rule: Rule | None) -> dict[Cell, Figure]:
    """What is shown of the newest of ``moments``, after all ``releases``, the last of them at the end.

    First everything small is hidden, then in every line of a table that hides only small numbers the smallest of the
    others: "hidden" never means "small". Then what is shown now, and all that was shown earlier and still fits, is laid
    before an auditor for each moment; where it narrows a hidden number down too far, one more of the numbers that do it
    is hidden, until it does not. That ends: with nothing shown nothing is added to what earlier releases say. Numbers
    that the last release hid are hidden first, then the smallest, so that the same tables always give the same answer
    and patterns do not flicker.
    """
    if rule is None or not moments:
        return {}
    newest = moments[0]
    last = releases[-1] if releases else {}
    before = [_said_before(moment, releases) for moment in moments]

    watches = [Watch(moment, known, rule) for moment, known in zip(moments, before, strict=True)]
    useless = before[0].keys() | watches[0].told
    if before[0]:
        # Whoever cannot know which of the earlier figures still fit learns nothing from this release by itself.
        watches.insert(0, Watch(newest, {}, rule))

    def order(cell: Cell) -> tuple[bool, bool, int, Cell]:
        return cell in useless, bool(last) and cell.key in last, newest.counts[cell], cell

    shown = {cell: rule.figure(count) for cell, count in newest.counts.items() if _large(newest, cell, rule)}
    for cell in _companions(newest, shown, rule, sorted(shown.keys() - useless, key=order)):
        del shown[cell]
    while reasons := next((found for watch in watches if (found := watch.trouble(shown))), None):
        del shown[min(reasons, key=order)]
    return dict(sorted(shown.items()))


def _said_before(moment: Numbers, releases: Iterable[Mapping[str, str]]) -> dict[Cell, Interval]:
    known: dict[Cell, Interval] = {}
    for shown in releases:
        known = narrower(known, known_from(shown, moment.counts))
    return known


def _large(numbers: Numbers, cell: Cell, rule: Rule) -> bool:
    return numbers.counts[cell] >= rule.threshold and cell not in numbers.few


def _companions(numbers: Numbers, shown: Mapping[Cell, Figure], rule: Rule, candidates: Sequence[Cell]) -> list[Cell]:
    """One more for every line in which only small numbers are hidden."""
    lines: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    alone = _alone(numbers)
    for cell in numbers.counts:
        if cell not in shown:
            lines[_line(cell, alone)].append(cell)
    found = []
    for line, hidden in lines.items():
        if all(numbers.counts[cell] < rule.threshold for cell in hidden):
            others = (cell for cell in candidates if _line(cell, alone) == line)
            found += [cell for cell in [next(others, None)] if cell]
    return found


def _alone(numbers: Numbers) -> set[str]:
    """The layers of one district."""
    districts: dict[str, set[str]] = defaultdict(set)
    for cell in numbers.counts:
        districts[cell.layer].add(cell.district)
    return {layer for layer, names in districts.items() if len(names - {""}) == 1}


def _line(cell: Cell, alone: Container[str]) -> tuple[str, ...]:
    """A category over the districts of a layer; of a total, and where there is but one district, its categories."""
    across = not cell.district or cell.layer in alone
    return ("categories", cell.layer, cell.district) if across else ("districts", cell.layer, cell.category)
