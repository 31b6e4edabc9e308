"""Which groups a figure of groups is about: the choice ``standing`` of the table of groups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from portal.use.evenness import TOP
from portal.use.group_standing import SPANS, GroupStanding, standings
from portal.use.published import in_year, registered
from portal.use.record_parts import choice
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.report_table import Wanted
    from portal.store import Reader
    from portal.use.published import Published

ACTIVE, NEVER, COUNTED, TOP_TEN = "active", "never", "counted", "top_ten"
SILENT: Final = {f"silent_{months}": months for months in SPANS}
STANDINGS: Final = (ACTIVE, *SILENT, NEVER, COUNTED, TOP_TEN)


def chosen(store: Reader, wanted: Wanted, items: Sequence[Published]) -> list[GroupStanding]:
    """The registered groups, or those of them that stand as ``standing`` says; ``items`` are all that went live.

    ``counted`` are those that evenness is counted from: with the registered ones those that are registered no more
    but posted this fiscal year. ``top_ten`` are the ten of them with the most posts. Raises InvalidRecordError for a
    standing that there is not.
    """
    standing = choice(wanted, "standing", STANDINGS)
    groups = registered(store, wanted.municipality, samples=wanted.samples)
    if standing in {COUNTED, TOP_TEN}:
        return _counted(store, wanted, items, standing)
    found = standings(groups, items)
    return [one for one in found if _stands(one, standing, wanted.today)] if standing else found


def _stands(one: GroupStanding, standing: str, today: date) -> bool:
    if standing in SILENT:
        return one.silent_for(SILENT[standing], today)
    return one.active(today) if standing == ACTIVE else not one.posts


def _counted(store: Reader, wanted: Wanted, items: Sequence[Published], standing: str) -> list[GroupStanding]:
    own = Counter(one.post.group for one in in_year(items, fiscal_year(wanted.today)))
    ids = {group.id for group in registered(store, wanted.municipality, samples=wanted.samples)} | own.keys()
    found = standings([group for group in store.groups(wanted.municipality) if group.id in ids], items)
    if standing == COUNTED:
        return found
    return sorted(found, key=lambda one: -own[one.group.id])[:TOP]
