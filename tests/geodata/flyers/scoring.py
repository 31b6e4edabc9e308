"""What was read of a made flyer, held against the truth."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from geodata.flyers import read_flyer
from portal.flyer import propose
from portal.normalise import fold
from portal.schedules.occurrences import occurrences
from portal.schedules.reading import read_schedule
from tests.town import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.flyer import Proposals
    from portal.model.schedule import Schedule
    from tests.geodata.flyers.made_flyers import Made

FIELDS: Final = (
    "title", "when", "place", "address", "fee", "phone", "fax", "contact", "booking", "book_by", "audience", "capacity",
)  # fmt: skip
VERDICTS: Final = ("right", "wrong", "missing")


def same_text(text: str) -> str:
    """A text as it is compared: without blanks and with every sign in one form."""
    return re.sub(r"\s", "", fold(text)).replace("~", "〜")


def days(schedule: Schedule) -> str:
    """Each date and time of the 120 days ahead, which is what a reader of the calendar would see."""
    seen = occurrences(schedule, TODAY, TODAY + timedelta(days=120))
    return " ".join(f"{one.starts:%y-%m-%dT%H:%M}" + (f"/{one.ends:%H:%M}" if one.ends else "") for one in seen)


def truth(made: Made) -> dict[str, str]:
    """The fields of a notice as they are compared."""
    notice = made.notice
    fields = {name: str(getattr(notice, name) or "") for name in FIELDS}
    schedule = read_schedule(notice.when, TODAY).schedule
    assert schedule
    fields["when"] = days(schedule)
    return {
        name: same_text(value) if name in ("title", "place", "address", "contact") else value
        for name, value in fields.items()
    }


def best(found: Proposals) -> dict[str, str]:
    """The first candidate of each field, in the form of the truth; empty where there is none."""
    first = {name: next((one.value for one in getattr(found, name)), None) for name in found.__slots__}
    booking, cost = first["booking"], first["cost"]
    return {
        "title": same_text(first["title"] or ""),
        "when": days(first["schedule"]) if first["schedule"] else "",
        "place": same_text(first["place"] or ""),
        "address": same_text(first["address"] or ""),
        "fee": str(cost.fee) if cost else "",
        "phone": (first["phone"] or "").replace("-", ""),
        "fax": (first["fax"] or "").replace("-", ""),
        "contact": same_text(first["contact"] or ""),
        "booking": str(booking.booking) if booking else "",
        "book_by": booking.by.isoformat() if booking and booking.by else "",
        "audience": " ".join(sorted(first["audience"] or ())),
        "capacity": str(first["capacity"] or ""),
    }


def verdicts(made: Made) -> dict[str, tuple[str, str, str]]:
    """For each field (right, wrong or missing; what is true; what was read); fields that say nothing are left out."""
    wanted, got = truth(made), best(propose(read_flyer(made.data()).lines, TODAY))
    return {
        name: (_verdict(name, wanted[name], got[name]), wanted[name], got[name])
        for name in FIELDS
        if wanted[name] or got[name]
    }


def _verdict(name: str, wanted: str, got: str) -> str:
    """Right, wrong or missing; days that are right without their hours are missing, not wrong."""
    if got == wanted:
        return "right"
    if name == "when" and got == re.sub(r"T[^ ]*", "T00:00", wanted):
        return "missing"
    return "wrong" if got else "missing"


def counted(flyers: Iterable[Made]) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]], list[str]]:
    """Counts by field and by layout, and each field that is not right, in words."""
    by_field: dict[str, Counter[str]] = defaultdict(Counter)
    by_layout: dict[str, Counter[str]] = defaultdict(Counter)
    failures = []
    for number, made in enumerate(flyers):
        for name, (verdict, wanted, got) in verdicts(made).items():
            by_field[name][verdict] += 1
            by_layout[made.layout][verdict] += 1
            if verdict != "right":
                failures.append(f"{number:2} {made.layout:15} {name:9} {verdict:8} {wanted} | {got}")
    return by_field, by_layout, failures
