"""The tables of posts: as they are kept, as they are found, and how often they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.columns import DAY, DEGREES, LONG, NUMBER, TEXT, YES_NO, Table, bars, microseconds
from portal.model.goal import Goal
from portal.model.listing import Listing
from portal.model.place import Access
from portal.model.post import Post, WhereKind
from portal.model.usage import UsageCount
from portal.records import to_text

if TYPE_CHECKING:
    from portal.store import Record


def _post(post: Post) -> tuple[object, ...]:
    where, changed = post.facts.where, post.changed_at or post.made_at
    return (
        post.id,
        post.municipality,
        post.group,
        post.state.value,
        post.revision is not None,
        where.place if where.kind is WhereKind.PLACE else "",
        microseconds(changed) if changed else 0,
        to_text(post),
    )


def _listing(listing: Listing) -> tuple[object, ...]:
    point = listing.position
    return (
        listing.post,
        listing.municipality,
        listing.group,
        listing.kind,
        listing.activity,
        listing.show.value,
        listing.name,
        listing.sort_name,
        point.lon if point else None,
        point.lat if point else None,
        listing.precision.value,
        bars(listing.audience),
        listing.free,
        listing.no_booking,
        Access.STEP_FREE in listing.access,
        listing.sample,
        listing.last_day,
        listing.search,
        to_text(listing),
    )


POST_COLUMNS: Final = dict.fromkeys(("id", "municipality", "group_id", "state"), TEXT) | {
    "revised": YES_NO,
    "place": TEXT,
    "changed_us": LONG,
    "data": TEXT,
}
LISTING_COLUMNS: Final = (
    dict.fromkeys(
        ("post", "municipality", "group_id", "kind", "activity", "shown_as", "name", "sort_name"),
        TEXT,
    )
    | dict.fromkeys(("lon", "lat"), DEGREES)
    | dict.fromkeys(("precision", "audience"), TEXT)
    | dict.fromkeys(("free", "no_booking", "step_free", "sample"), YES_NO)
    | {"last_day": DAY, "search": TEXT, "data": TEXT}
)

POSTS: Final[dict[type[Record], Table]] = {
    Post: Table("post", POST_COLUMNS, _post),
    Listing: Table("listing", LISTING_COLUMNS, _listing),
    Goal: Table(
        "goal",
        {"municipality": TEXT, "key": TEXT, "sort": NUMBER, "data": TEXT},
        lambda it: (it.municipality, it.key, it.order, to_text(it)),
    ),
    UsageCount: Table(
        "usage_count",
        {"about": TEXT, "day": DAY, "use": TEXT, "data": TEXT},
        lambda it: (it.about, it.day, it.use.value, to_text(it)),
    ),
}
