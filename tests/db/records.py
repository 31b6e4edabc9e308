"""Records of a small invented town, each made with one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from shapely import box

from portal.model.account import Account
from portal.model.batch import Batch, BatchItem, ImportKind
from portal.model.district import District
from portal.model.group import Group
from portal.model.listing import Listing, Show
from portal.model.municipality import Municipality
from portal.model.place import Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.model.post import Post, PostFacts, PostKind
from portal.model.source import Source

TOWN: Final = "27108"
TODAY: Final = date(2026, 11, 22)  # a Sunday
NOON: Final = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
SOURCE: Final = Source("見本の一覧", "CC BY 4.0", TODAY)


def make_place(place_id: str = "p1", lon: float | None = 135.47, lat: float = 34.65, **facts: Any) -> Place:
    """A place of the town with these facts, ``lon`` None for one without position."""
    point = None if lon is None else Point(lon, lat)
    precision = Precision.NONE if lon is None else Precision.EXACT
    made = PlaceFacts(
        **{"kind": "ibasho", "name": f"つどい {place_id}", "position": point, "precision": precision} | facts
    )
    return Place(place_id, TOWN, made, made, Origin("places/town.csv", place_id, "20261122-1", 7))


def marked(place: Place, **marks: Any) -> Place:
    """The place with other marks: municipality, origin, gone_on and so on."""
    return replace(place, **marks)


def make_district(district_id: str, name: str, layer: str = "elementary", west: float = 135.4) -> District:
    """A square district, a tenth of a degree wide."""
    return District(district_id, TOWN, layer, name, box(west, 34.6, west + 0.1, 34.7), SOURCE)


def make_municipality(code: str = TOWN) -> Municipality:
    """A municipality."""
    return Municipality(code, "大阪市大正区", "Taisho Ward", "大阪府", Point(135.47, 34.65))


def make_batch(batch_id: str, minute: int = 0, **marks: Any) -> Batch:
    """An import, done so many minutes past noon."""
    done = NOON.replace(minute=minute)
    return Batch(batch_id, ImportKind.PLACES, ("town.csv",), ("ab" * 32,), done, SOURCE, **marks)


def make_account(account_id: str = "a1", **fields: Any) -> Account:
    """Somebody who signs in."""
    return Account(**{"id": account_id, "email": f"{account_id}@example.jp", "name": "海野 みなも"} | fields)


def make_group(group_id: str = "g1", **fields: Any) -> Group:
    """A registered group of the town."""
    return Group(**{"id": group_id, "municipality": TOWN, "name": f"会 {group_id}", "about": "体操をします"} | fields)


def make_post(post_id: str = "post-1", kind: PostKind = PostKind.SERIES, **fields: Any) -> Post:
    """A draft of the group ``g1``; ``facts`` are fields of what it says."""
    facts = PostFacts(**{"kind": kind, "title": f"投稿 {post_id}"} | fields.pop("facts", {}))
    return Post(**{"id": post_id, "municipality": TOWN, "group": "g1", "facts": facts, "made_at": NOON} | fields)


def make_listing(post_id: str = "post-1", **fields: Any) -> Listing:
    """What a post of the group ``g1`` is found by."""
    name = f"投稿 {post_id}"
    made = {"municipality": TOWN, "group": "g1", "kind": "series", "activity": "", "show": Show.DATES, "name": name}
    return Listing(**{"post": post_id, "sort_name": name, "search": name} | made | fields)


def make_item(batch: str, number: int, key: str, record: str = "place") -> BatchItem:
    """What an import changed."""
    return BatchItem(batch, number, record, key, "", "cd" * 16)
