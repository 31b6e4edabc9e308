"""The posts behind the figures of use, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal import usage
from portal.by_district import in_force
from portal.errors import UnknownThingError
from portal.model.post import PostKind
from portal.model.usage import Use
from portal.use.counting import districts_of, local
from portal.use.published import in_year, published
from portal.use.record_parts import YES, choice, layer_of, record_table, year_of
from portal.use.years import first_day, last_day, month_of, months_of
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from portal.model.group import Group
    from portal.model.report_table import ReportTable, Wanted
    from portal.store import Reader
    from portal.use.columns import Row
    from portal.use.published import Published

NAME: Final = "posts_counted"
OUTSIDE: Final = "outside"
"""The choice ``in_district`` for posts that lie in no district of the layer."""


def posts_counted_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every post that went live in a fiscal year; narrowed by ``year``, ``month``, ``post_kind``, ``group`` and others.

    The others are ``in_district``, an id of a district of ``layer`` or ``outside``, and ``local``, ``yes``. Raises
    InvalidRecordError and UnknownThingError for choices that there are not.
    """
    year = year_of(wanted)
    every = published(store, wanted.municipality, wanted.today, samples=wanted.samples)
    items = in_year(every, year)
    near = {one.post.id for one in local(store, items, wanted.municipality, wanted.today)}
    groups = {group.id: group for group in store.groups(wanted.municipality)}
    narrowed = []
    for ids, sentence in _kept(store, wanted, items, groups):
        items = [one for one in items if one.post.id in ids]
        narrowed.append(sentence)
    if choice(wanted, "local", (YES,)):
        items = [one for one in items if one.post.id in near]
        narrowed.append(say("use_records.only_local", wanted.language))
    uses = _uses(store, items, wanted, year)
    rows = ((_row(one, wanted, groups, near, uses), one.post.id) for one in items)
    return record_table(NAME, wanted, year, rows, narrowed)


def _kept(
    store: Reader, wanted: Wanted, items: Sequence[Published], groups: Mapping[str, Group]
) -> Iterator[tuple[set[str], str]]:
    """For each choice the ids of the posts that it leaves, and the sentence that says so."""
    language = wanted.language
    if month := choice(wanted, "month", [str(one) for one in months_of(year_of(wanted))]):
        ids = {one.post.id for one in items if str(month_of(one.day)) == month}
        yield ids, say("use_records.only_month", language, month=month)
    if kind := choice(wanted, "post_kind", list(PostKind)):
        ids = {one.post.id for one in items if one.post.facts.kind == kind}
        yield ids, say("use_records.only_kind", language, kind=say(f"use.kind_{kind}", language))
    if group := wanted.params.get("group", ""):
        if group not in groups:
            raise UnknownThingError("posting.no_such_group")
        ids = {one.post.id for one in items if one.post.group == group}
        yield ids, say("use_records.only_group", language, group=groups[group].name)
    layer = layer_of(store, wanted)
    if district := wanted.params.get("in_district", ""):
        yield _in_district(store, wanted, items, layer, district)


def _in_district(
    store: Reader, wanted: Wanted, items: Sequence[Published], layer: str, district: str
) -> tuple[set[str], str]:
    inside = districts_of(store, items, layer, wanted.today)
    if district == OUTSIDE:
        return {one.post.id for one in items} - inside.keys(), say("use_records.only_outside", wanted.language)
    known = {one.id: one for one in in_force(store, wanted.municipality, layer, wanted.today)}
    if district not in known:
        raise UnknownThingError("use_records.no_such_district")
    found = known[district]
    name = found.name if wanted.language == "ja" else found.name_en or found.name
    ids = {post for post, its in inside.items() if its == district}
    return ids, say("use_records.only_district", wanted.language, district=name)


def _uses(store: Reader, items: Sequence[Published], wanted: Wanted, year: int) -> dict[str, dict[Use, int]]:
    ids = [one.post.id for one in items]
    return usage.of(store, ids, first_day(year), min(wanted.today, last_day(year))) if ids else {}


def _row(
    one: Published,
    wanted: Wanted,
    groups: Mapping[str, Group],
    near: Collection[str],
    uses: Mapping[str, Mapping[Use, int]],
) -> Row:
    facts, language = one.post.facts, wanted.language
    its = groups.get(one.post.group)
    return (
        one.day.isoformat(),
        facts.title,
        say(f"use.kind_{facts.kind}", language),
        its.name if its else None,
        say("use_records.yes" if one.post.id in near else "use_records.no", language),
        say(f"use_records.state_{one.post.state}", language),
        *(uses[one.post.id][use] for use in (Use.VIEWED, Use.CALENDAR, Use.ASKED)),
    )
