"""The invented town with things of every sort in it, and things that nobody may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from portal.assigning import memberships
from portal.clock import TOKYO
from portal.laying_out import lay_out_all
from portal.model.district import District
from portal.model.place import Contact, ContactKind, Place
from portal.model.post import PostKind, PostState
from portal.model.shelter import Hazard, Opening, ShelterFacts
from portal.store import Drop, Put
from tests import town
from tests.portal import people

if TYPE_CHECKING:
    from portal.store import Store

SINCE: Final = datetime(2026, 11, 22, 8, 5, tzinfo=TOKYO)
SECRET: Final = "ひみつ"  # noqa: S105  # a word of texts, that opens nothing
"""Stands in all that must not be seen."""


def put(store: Store, *places: Place) -> None:
    """Keep places, in the districts that they lie in."""
    store.apply([*map(Put, places), *map(Put, memberships(store, places, town.TODAY))])


def site(key: str, name: str, kind: str, column: float = 0.5, row: float = 0.5, **values: Any) -> Place:
    """A place of an evacuation kind; ``values`` are facts of a shelter."""
    return town.place(key, name, column, row, kind=kind, address=f"{name}町1-2", shelter=ShelterFacts(**values))


def hide_things(store: Store) -> None:
    """Put in what nobody may see, each with :data:`SECRET` in it: hidden posts, a private contact, what is gone."""
    for state in set(PostState) - {PostState.LIVE, PostState.CANCELLED}:
        people.kept(store, state, facts=people.facts(f"{SECRET}の{state}", where=people.pin(), schedule=people.on(6)))
    private = Contact(ContactKind.PERSON, f"{SECRET}の太郎")
    put(store, town.place("p-contact", "連絡先のあるサロン", contacts=(private,)))
    put(store, replace(town.place("p-gone", f"{SECRET}のサロン"), gone_on=town.TODAY))
    put(store, replace(site("p-gone-site", f"{SECRET}の避難所", "shelter"), gone_on=town.TODAY))
    store.apply([Put(replace(people.group("applied", name=f"{SECRET}の会"), state=people.GroupState.APPLIED))])


def help_wanted(store: Store) -> None:
    """A resident asks for help; whoever wrote it down and where it is are nobody's business."""
    store.apply([Put(people.group("anonymous", name=f"{SECRET}の団体"))])
    where = replace(people.pin(), name=f"{SECRET}の家")
    facts = people.facts("電球の交換", kind=PostKind.HELP_WANTED, where=where, schedule=None, relayed=True)
    people.kept(store, PostState.LIVE, group="group-anonymous", facts=facts, live_at=town.NOW)


def rename_districts(store: Store) -> None:
    """Give the districts ids as an import does: signs that may stand in an address."""
    for layer in store.layers(town.CODE):
        for at, its in enumerate(store.districts(town.CODE, layer.key)):
            store.apply([Drop(District, (its.id,)), Put(replace(its, id=f"{town.CODE}-{layer.key}-{at}"))])


def fill(store: Store) -> None:
    """A salon every second and fourth Tuesday, a cancelled event, news, the three kinds of site, and hidden things."""
    rename_districts(store)
    put(
        store,
        town.place("p-salon", "ひだまりサロン", schedule=people.tuesdays(), name_en="Sunny salon"),
        town.place("p-far", "町はずれの居場所", 5.5, 5.5, kind="ibasho"),
        site("s-flee", "第一公園", "emergency_site", hazards=frozenset({Hazard.FLOOD, Hazard.FIRE}), capacity=1200),
        site("s-unsaid", "第二公園", "emergency_site"),
        site("s-stay", "西小学校", "shelter", opening=Opening.OPEN, opened_since=SINCE, same_site=True),
        site("s-welfare", "ひまわり園", "welfare_shelter", accepts="要介護3以上の方\nとその家族"),
        site("s-welfare-open", "わかば園", "welfare_shelter", opening=Opening.OPEN, opened_since=SINCE),
    )
    people.kept(store, PostState.CANCELLED, facts=people.facts("もちつき大会", where=people.pin()), live_at=town.NOW)
    news = people.facts("会報ができました", kind=PostKind.NEWS, where=people.pin(), schedule=None)
    people.kept(store, PostState.LIVE, facts=news, live_at=town.NOW)
    help_wanted(store)
    hide_things(store)
    lay_out_all(store, town.TODAY)
