"""Records as rows: which columns each type has beside its JSON text, and how they are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import shapely

from db.columns import DAY, DEGREES, LONG, NUMBER, TEXT, YES_NO, Table, bars, microseconds
from db.people_rows import PEOPLE
from db.post_rows import POSTS
from db.review_rows import REVIEW
from db.subscription_rows import SUBSCRIPTIONS
from portal.errors import InvalidRecordError
from portal.model.batch import Batch, BatchItem
from portal.model.district import District, Population
from portal.model.gazetteer import GazetteerPoint
from portal.model.kind import EVACUATION_KINDS, Kind
from portal.model.membership import Membership
from portal.model.municipality import Layer, Municipality
from portal.model.place import Access, Booking, Fee, Place
from portal.model.report_note import ErrorNote
from portal.normalise import fold
from portal.records import to_text
from portal.store import KEY_FIELDS, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.store import Occurring


def search_text(place: Place) -> str:
    """What the words of a query are looked for in: one folded field a line, so that no word spans two."""
    facts = place.facts
    texts = [facts.name, facts.name_kana, facts.name_en, facts.address, facts.description, facts.group]
    texts += [facts.audience_note, facts.schedule_note, facts.shelter.accepts if facts.shelter else ""]
    return "\n".join(fold(text) for text in texts if text)


def _place(place: Place) -> tuple[object, ...]:
    facts, point = place.facts, place.facts.position
    return (
        place.id,
        place.municipality,
        facts.kind,
        facts.name,
        fold(facts.name_kana or facts.name),
        point.lon if point else None,
        point.lat if point else None,
        facts.precision.value,
        facts.kind in EVACUATION_KINDS,
        bars(facts.shelter.hazards) if facts.shelter else "",
        bars(facts.audience),
        facts.fee is Fee.FREE,
        facts.booking is Booking.NOT_NEEDED,
        Access.STEP_FREE in facts.access,
        place.sample,
        place.gone_on is not None,
        place.origin.dataset,
        place.origin.record,
        place.origin.batch,
        place.verified_on,
        search_text(place),
        to_text(place),
    )


PLACE_COLUMNS: Final = (
    dict.fromkeys(("id", "municipality", "kind", "name", "sort_name"), TEXT)
    | dict.fromkeys(("lon", "lat"), DEGREES)
    | {"precision": TEXT, "evacuation": YES_NO, "hazards": TEXT, "audience": TEXT}
    | dict.fromkeys(("free", "no_booking", "step_free", "sample", "gone"), YES_NO)
    | dict.fromkeys(("dataset", "record", "batch"), TEXT)
    | {"verified_on": DAY, "search": TEXT, "data": TEXT}
)

TABLES: Final[dict[type[Record], Table]] = {
    Municipality: Table("municipality", {"code": TEXT, "data": TEXT}, lambda it: (it.code, to_text(it))),
    Layer: Table(
        "layer",
        {"municipality": TEXT, "key": TEXT, "tier": NUMBER, "sort": NUMBER, "data": TEXT},
        lambda it: (it.municipality, it.key, it.tier, it.order, to_text(it)),
    ),
    District: Table(
        "district",
        {"id": TEXT, "municipality": TEXT, "layer": TEXT, "name": TEXT, "geom": pa.binary(), "data": TEXT},
        lambda it: (it.id, it.municipality, it.layer, it.name, shapely.to_wkb(it.geometry), to_text(it)),
    ),
    Kind: Table(
        "kind",
        {"municipality": TEXT, "key": TEXT, "sort": NUMBER, "data": TEXT},
        lambda it: (it.municipality, it.key, it.order, to_text(it)),
    ),
    Place: Table("place", PLACE_COLUMNS, _place),
    Membership: Table(
        "membership",
        {"place": TEXT, "layer": TEXT, "district": TEXT},
        lambda it: (it.place, it.layer, it.district),
    ),
    Population: Table(
        "population",
        {"municipality": TEXT, "layer": TEXT, "district": TEXT, "data": TEXT},
        lambda it: (it.municipality, it.layer, it.district, to_text(it)),
    ),
    GazetteerPoint: Table(
        "gazetteer",
        {"id": TEXT, "municipality": TEXT, "town": TEXT, "block": TEXT, "data": TEXT},
        lambda it: (it.id, it.municipality, fold(it.town), it.block, to_text(it)),
    ),
    Batch: Table(
        "batch",
        {"id": TEXT, "done_us": LONG, "undone": YES_NO, "data": TEXT},
        lambda it: (it.id, microseconds(it.done_at), it.undone_at is not None, to_text(it)),
    ),
    BatchItem: Table(
        "batch_item",
        {"batch": TEXT, "number": LONG, "record": TEXT, "key": TEXT, "before": TEXT, "after": TEXT},
        lambda it: (it.batch, it.number, it.record, it.key, it.before, it.after),
    ),
    ErrorNote: Table(
        "error_note",
        {"id": TEXT, "place": TEXT, "made_us": LONG, "data": TEXT},
        lambda it: (it.id, it.place, microseconds(it.made_at), to_text(it)),
    ),
    **PEOPLE,
    **POSTS,
    **REVIEW,
    **SUBSCRIPTIONS,
}

OCCURRENCES: Final = Table(
    "occurrence",
    {"place": TEXT, "day": DAY, "starts_minute": NUMBER, "cancelled": YES_NO},
    lambda it: (it.place, it.day, it.starts_minute, it.cancelled),
)


def put_rows(records: Iterable[Record | Occurring], table: Table) -> pa.Table:
    """The records of one type as columns, ready to be inserted.

    Raises InvalidRecordError for text that is no Unicode text (a lone surrogate).
    """
    return _columns([table.row(record) for record in records], table.columns)


def drop_rows(keys: Iterable[tuple[str, ...]], wanted: type[Record]) -> pa.Table:
    """Keys of records of one type as columns of text."""
    return _columns(list(keys), dict.fromkeys(KEY_FIELDS[wanted], TEXT))


def _columns(rows: Sequence[tuple[object, ...]], columns: dict[str, pa.DataType]) -> pa.Table:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    try:
        arrays = [pa.array(column, kind) for column, kind in zip(values, columns.values(), strict=True)]
    except UnicodeEncodeError:
        raise InvalidRecordError("store.not_text") from None
    return pa.table(arrays, names=list(columns))
