"""Sample groups and posts (見本の団体・投稿): invented, one file a municipality, beside the sample places.

Each is marked as a sample in its record and by its name or title, so that nobody takes it for a real one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from geodata.areas.builtin import known
from geodata.areas.tables import toml
from portal.clock import TOKYO
from portal.district_names import district_id
from portal.model.group import Group, GroupState
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee
from portal.model.position import Point
from portal.model.post import HELP, Outside, Post, PostFacts, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.schedules.occurrences import occurrences
from portal.schedules.reading import read_schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SAMPLE: Final = "sample"
AS_WRITTEN_IF_ANY: Final = ("activity", "fee_note", "booking_note")
OPENS: Final = time(9, 0)
"""When what happened some days ago did: an application, a publication."""
LOOK_AHEAD: Final = timedelta(weeks=10)
DECIDED_AFTER: Final = timedelta(days=3)
WRITTEN_BEFORE: Final = timedelta(days=1)


def sample_groups(code: str, today: date) -> list[Group]:
    """The sample groups of a built-in municipality, registered some while before ``today``.

    Raises UnknownThingError for a municipality that is not built in.
    """
    return [_group(code, row, today) for row in toml(f"groups/{known(code)}")["group"]]


def sample_posts(code: str, today: date) -> list[Post]:
    """The sample posts of a built-in municipality: published before ``today``, held from then on.

    Raises UnknownThingError for a municipality that is not built in.
    """
    table = toml(f"groups/{known(code)}")
    groups = {row["id"]: row for row in table["group"]}
    return [_post(code, row, groups[row["group"]], today) for row in table["post"]]


def _group(code: str, row: Mapping[str, Any], today: date) -> Group:
    applied = _ago(today, row["joined"])
    district = row.get("district")
    return Group(
        id=f"group-{SAMPLE}-{code}-{row['id']}",
        municipality=code,
        name=row["name"],
        name_kana=row["name_kana"],
        about=row["about"],
        district=district_id(code, district["layer"], district["name"]) if district else "",
        contacts=_contacts(row),
        places=tuple(f"{SAMPLE}-{code}-{place}" for place in row.get("places", ())),
        consented_at=applied,
        state=GroupState.ACTIVE,
        applied_at=applied,
        decided_at=applied + DECIDED_AFTER,
        approved_posts=row["approved_posts"],
        sample=True,
    )


def _post(code: str, row: Mapping[str, Any], group: Mapping[str, Any], today: date) -> Post:
    live = _ago(today, row["ago"])
    schedule = _schedule(row, today)
    return Post(
        id=f"post-{SAMPLE}-{code}-{row['id']}",
        municipality=code,
        group=f"group-{SAMPLE}-{code}-{row['group']}",
        facts=_facts(code, row, group, schedule, today),
        state=PostState.CANCELLED if "cancelled" in row else PostState.LIVE,
        made_at=live - WRITTEN_BEFORE,
        changed_at=live,
        submitted_at=live - WRITTEN_BEFORE,
        live_at=live,
        decided_at=live,
        reason=row.get("cancelled", ""),
        outside=Outside(SAMPLE, f"{code}-{row['id']}"),
        places_taken=dict(zip(_coming(schedule, today), row.get("taken", ()), strict=False)),
    )


def _facts(
    code: str, row: Mapping[str, Any], group: Mapping[str, Any], schedule: Schedule | None, today: date
) -> PostFacts:
    kind = PostKind(row["kind"])
    relayed = kind in HELP or row.get("relayed", False)
    return PostFacts(
        **{name: row.get(name, "") for name in AS_WRITTEN_IF_ANY},
        kind=kind,
        title=row["title"],
        text=row["text"].strip(),
        schedule=schedule,
        schedule_text=row.get("when", ""),
        where=_where(code, row.get("where", {})),
        audience=frozenset(map(Audience, row.get("audience", ()))),
        fee=Fee(row.get("fee", "unknown")),
        booking=Booking(row.get("booking", "unknown")),
        booking_until=today + timedelta(days=row["booking_in_days"]) if "booking_in_days" in row else None,
        access=frozenset(map(Access, row.get("access", ()))),
        contacts=() if relayed else tuple(contact for contact in _contacts(group) if contact.public),
        relayed=relayed,
        goals=frozenset(row.get("goals", ())),
        languages=frozenset(row.get("languages", ())),
        seats=row.get("seats"),
    )


def _where(code: str, row: Mapping[str, Any]) -> Where:
    """A place of the samples, a point, a district of a layer, a web address, or nowhere."""
    name = row.get("name", "")
    if "place" in row:
        return Where(WhereKind.PLACE, place=f"{SAMPLE}-{code}-{row['place']}", name=name)
    if "lon" in row:
        return Where(WhereKind.PIN, position=Point(row["lon"], row["lat"]), name=name, address=row["address"])
    if "district" in row:
        return Where(WhereKind.DISTRICT, district=district_id(code, row["layer"], row["district"]))
    return Where(WhereKind.ONLINE, url=row["url"]) if "url" in row else Where()


def _contacts(row: Mapping[str, Any]) -> tuple[Contact, ...]:
    return tuple(Contact(ContactKind(one["kind"]), one["value"], public=one["public"]) for one in row["contacts"])


def _schedule(row: Mapping[str, Any], today: date) -> Schedule | None:
    """The repetition that ``when`` says in Japanese, one date perhaps cancelled; or days counted from today."""
    if "when" in row:
        schedule = read_schedule(row["when"], today).schedule
        return _without(schedule, row["cancels"], today) if schedule and "cancels" in row else schedule
    starts = [datetime.combine(today + timedelta(days=days), row["starts"]) for days in row.get("in_days", ())]
    rules = tuple(Rule(start=start, minutes=row["minutes"]) for start in starts)
    return Schedule(rules) if rules else None


def _without(schedule: Schedule, number: int, today: date) -> Schedule:
    """The schedule with its coming date of this number, from 1, cancelled (中止)."""
    day = list(_coming(schedule, today))[number - 1]
    return replace(schedule, cancelled=frozenset({date.fromisoformat(day)}))


def _coming(schedule: Schedule | None, today: date) -> Iterator[str]:
    """The coming dates as ISO text."""
    found = occurrences(schedule, today, today + LOOK_AHEAD) if schedule else ()
    return (item.starts.date().isoformat() for item in found)


def _ago(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), OPENS, TOKYO)
