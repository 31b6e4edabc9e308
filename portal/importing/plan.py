"""A planned import: what it found in the files, what it would change, and the doing of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portal import listing
from portal.errors import ConflictError, UnknownThingError
from portal.laying_out import lay_out
from portal.model.batch import Batch, BatchItem
from portal.model.finding import Finding, Severity
from portal.model.mark import CONSOLE, Mark
from portal.model.place import Place
from portal.records import digest, to_text
from portal.store import Drop, Put, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from portal.duplicates import Likely
    from portal.model.batch import ImportKind
    from portal.model.membership import Membership
    from portal.model.source import Source
    from portal.store import Change, Reader, Record, Store


@dataclass(frozen=True, slots=True)
class Revision:
    """One record before and after; None is "not there"."""

    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: the kind of import, its files and options."""

    kind: ImportKind
    files: tuple[str, ...]
    """File names without their folders."""
    sha256: tuple[str, ...]
    at: datetime
    """Aware, Asia/Tokyo."""
    municipality: str = ""
    """Take only what belongs to this municipality."""
    layer: str = ""
    source: Source | None = None
    """What the command says of the source, over what the format says."""
    skip_refused: bool = False
    """Whether the rest goes in when rows are refused; else nothing does."""
    who: str = CONSOLE
    """Who gave it, as in :class:`portal.model.mark.Mark`."""


@dataclass(slots=True)
class Tally:
    """What an import counts; the same for a dry run and for the real one."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    outside: int = 0
    """Rows that belong to no municipality of this portal, or not to the one asked for."""
    refused: int = 0
    doubtful: int = 0


@dataclass(slots=True)
class Plan:
    """Everything an import would do. Nothing is written until :func:`carry_out`."""

    order: Order
    source: Source
    tally: Tally = field(default_factory=Tally)
    findings: list[Finding] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    municipalities: set[str] = field(default_factory=set)
    datasets: set[str] = field(default_factory=set)
    outside_of: dict[str, int] = field(default_factory=dict)
    """Rows left outside, by the authority or place that they belong to."""
    unknown_columns: tuple[str, ...] = ()
    duplicates: list[Likely] = field(default_factory=list)
    batch: str = ""
    """Id of the import once it is done; stays empty when nothing changed."""

    def say(self, findings: Sequence[Finding]) -> None:
        """Take over findings and count them."""
        self.findings.extend(findings)
        self.tally.refused += sum(item.severity is Severity.REFUSED for item in findings)
        self.tally.doubtful += sum(item.severity is Severity.DOUBTFUL for item in findings)

    def revise(self, before: Record | None, after: Record | None) -> None:
        """Note one record's change and count it."""
        self.revisions.append(Revision(before, after))
        if before is None:
            self.tally.new += 1
        else:
            self.tally.changed += 1

    @property
    def stopped(self) -> bool:
        """Whether refused rows keep the import from being done."""
        return self.tally.refused > 0 and not self.order.skip_refused


def check_municipality(store: Reader, order: Order) -> None:
    """Refuse an order for a municipality that the portal does not have. Raises UnknownThingError."""
    if order.municipality and all(item.code != order.municipality for item in store.municipalities()):
        raise UnknownThingError("importing.no_municipality", code=order.municipality)


def carry_out(store: Store, plan: Plan) -> None:
    """Do what the plan says, in one transaction; where nothing changes, nothing is written.

    Raises ConflictError when rows were refused and the order does not say to go on without them.
    """
    if plan.stopped:
        raise ConflictError("importing.refused_rows", refused=plan.tally.refused)
    if not plan.revisions:
        return
    plan.batch = _next_id(store, plan.order.at)
    today = plan.order.at.date()
    touched = [item.after for item in plan.revisions if isinstance(item.after, Place)]
    follow = listing.follow_places(store, touched, today)
    store.apply([*_changes(plan), *follow], Mark(plan.order.at, plan.order.who, f"import:{plan.order.kind}"))
    scheduled_before = {
        item.before.id for item in plan.revisions if isinstance(item.before, Place) and item.before.facts.schedule
    }
    lay_out(
        store,
        [place for place in touched if place.facts.schedule or place.id in scheduled_before],
        today,
    )


def _changes(plan: Plan) -> Iterator[Change]:
    revisions = [Revision(item.before, _stamped(item.after, plan.batch)) for item in plan.revisions]
    for item in revisions:
        if item.after is not None:
            yield Put(item.after)
        elif item.before is not None:
            yield Drop(type(item.before), key_of(item.before))
    yield from (Put(membership) for membership in plan.memberships)
    yield Put(_batch(plan))
    for number, item in enumerate(revisions):
        yield Put(_item(plan.batch, number, item))


def _stamped(record: Record | None, batch: str) -> Record | None:
    """A place bears the import that wrote it last."""
    if isinstance(record, Place):
        return replace(record, origin=replace(record.origin, batch=batch))
    return record


def _item(batch: str, number: int, revision: Revision) -> BatchItem:
    record = revision.after if revision.after is not None else revision.before
    if record is None:
        raise ValueError(number)
    before = "" if revision.before is None else to_text(revision.before)
    after = "" if revision.after is None else digest(to_text(revision.after))
    return BatchItem(batch, number, type(record).__name__, "/".join(key_of(record)), before, after)


def _batch(plan: Plan) -> Batch:
    tally = plan.tally
    return Batch(
        id=plan.batch,
        kind=plan.order.kind,
        files=plan.order.files,
        sha256=plan.order.sha256,
        done_at=plan.order.at,
        source=plan.source,
        datasets=tuple(sorted(plan.datasets)),
        municipalities=tuple(sorted(plan.municipalities)),
        counts={name: getattr(tally, name) for name in Tally.__dataclass_fields__},
    )


def _next_id(store: Store, at: datetime) -> str:
    """Day and running number, e.g. ``20261122-3``."""
    day = f"{at:%Y%m%d}"
    numbers = [int(item.id.partition("-")[2]) for item in store.batches() if item.id.startswith(f"{day}-")]
    return f"{day}-{max(numbers, default=0) + 1}"


def source_of(order: Order, published: Source) -> Source:
    """What the command says of the source laid over what the format says."""
    if order.source is None:
        return published
    given = order.source
    return replace(
        published,
        name=given.name or published.name,
        licence=given.licence or published.licence,
        as_of=given.as_of or published.as_of,
        credit=given.credit or published.credit,
        url=given.url or published.url,
    )
