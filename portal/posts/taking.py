"""Rows of a workbook as posts of a group: all of them or none, and the same workbook twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.mark import Mark
from portal.permissions import Action
from portal.posts.checks import checked
from portal.posts.keeping import keep_all
from portal.posts.opening import opened_group, retried, types_in
from portal.posts.sources import Coming, Source, Spots, known, steps
from portal.posts.writing import trusted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.model.group import Group
    from portal.permissions import Actor
    from portal.post_rows import PostRow
    from portal.posts.sources import Taken
    from portal.store import Reader, Store

WORKBOOK: Final = "workbook"
ROWS_MAX: Final = 500


@retried
def take_rows(store: Store, actor: Actor, group_id: str, rows: Sequence[PostRow], now: datetime) -> Taken:
    """Make posts of the rows, drafts or live by trust; those that came before are found again by their own id.

    Raises as creating a post does (``line`` says which line of the workbook), and for more than 500 rows.
    """
    group = opened_group(store, actor, Action.POST_CREATE, group_id)
    if len(rows) > ROWS_MAX:
        raise InvalidRecordError("posting.too_many", most=ROWS_MAX)
    typed_by = actor.id if types_in(actor, group) else ""
    mark = Mark(now, actor.id, Action.POST_CREATE)
    source = Source(WORKBOOK, "", group, mark, trusted(store, group), actor.id, typed_by)
    found, taken = steps(source, known(store, source), _coming(store, group, rows))
    keep_all(store, found, group, mark)
    return taken


def _coming(store: Reader, group: Group, rows: Sequence[PostRow]) -> list[Coming]:
    spots = Spots(store, group)
    return [_one(store, group, row, spots) for row in rows]


def _one(store: Reader, group: Group, row: PostRow, spots: Spots) -> Coming:
    facts = replace(row.facts, where=spots.settle(row.facts.where))
    try:
        return Coming(row.record, checked(store, group.municipality, facts))
    except InvalidRecordError as error:
        raise InvalidRecordError(error.key, **error.values, line=row.line) from None
