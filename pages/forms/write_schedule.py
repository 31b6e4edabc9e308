"""When: the fields of the schedule editor, what they mean in words, and the coming dates while one edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse

from pages.forms import base, write_desk
from pages.forms.write_faults import at
from portal import clock
from portal.errors import InvalidRecordError
from portal.model.schedule import HolidayPolicy
from portal.schedules.asking import Asked, Way, fields_of, read_day, read_time, schedule_of
from portal.schedules.occurrences import next_occurrences
from portal.schedules.wording import describe, describe_occurrence
from portal.words import say, say_error

if TYPE_CHECKING:
    from datetime import date

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from portal.errors import PortalError
    from portal.model.schedule import Schedule
    from portal.schedules.asking import Kept

COMING: Final = 5
DATES: Final = 12
"""So many fields for single dates, and more where there are more dates."""
OFF: Final = 6
HOLIDAYS: Final = tuple(policy for policy in HolidayPolicy if policy is not HolidayPolicy.ADDED)
WAYS: Final = (Way.KEPT, Way.ONCE, Way.WEEKLY, Way.MONTHLY, Way.DATES, Way.WORDS, Way.NONE)
"""In the order of the page."""
WEEKDAYS: Final = range(7)
WHICH: Final = (1, 2, 3, 4, 5, -1)


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands beside the fields while one edits."""

    words: str = ""
    dates: tuple[str, ...] = ()
    problem: str = ""


def shown(kept: Kept, today: date) -> dict[str, tuple[str, ...]]:
    """The fields that show a schedule."""
    asked = fields_of(kept, today)
    days = tuple(day.isoformat() for day in asked.days)
    return {
        "way": (asked.way,),
        "day": days[:1] if asked.way is Way.ONCE else ("",),
        "date": days if asked.way is Way.DATES else (),
        "weekday": tuple(str(day) for day in sorted(asked.weekdays)),
        "which": tuple(str(one) for one in sorted(asked.which)),
        "starts": (asked.starts.strftime("%H:%M") if asked.starts else "",),
        "ends": (asked.ends.strftime("%H:%M") if asked.ends else "",),
        "first": (asked.first.isoformat() if asked.first else "",),
        "until": (asked.until.isoformat() if asked.until else "",),
        "holidays": (asked.holidays,),
        "year_end": ("1",) if asked.closed_year_end else (),
        "off": tuple(day.isoformat() for day in sorted(asked.cancelled)),
        "words": (asked.words,),
    }


def read(sent: Form, today: date, kept: Kept, faults: dict[str, PortalError]) -> Schedule | None:
    """The schedule that was typed in; what is wrong goes into ``faults`` by field."""
    before = len(faults)
    asked = _asked(sent, today, faults)
    if len(faults) > before:
        return None
    try:
        return schedule_of(asked, today, kept)
    except InvalidRecordError as error:
        faults[str(error.values.get("field", "way"))] = error
        return None


def text(sent: Form, kept: Kept) -> str:
    """When as it was written in words, which stays readable whatever was understood of it."""
    way = sent.text("way")
    if way == Way.WORDS:
        return sent.area("words").strip()
    return kept.text if way == Way.KEPT else ""


def summary(sent: Form, now: datetime, kept: Kept, language: str) -> Summary:
    """What the fields mean, in words, with the coming dates or the first thing that is wrong."""
    faults: dict[str, PortalError] = {}
    schedule = read(sent, now.date(), kept, faults)
    if faults:
        return Summary(problem=say_error(next(iter(faults.values())), language))
    if schedule is None:
        unread = sent.text("way") == Way.WORDS and sent.area("words").strip()
        return Summary(problem=say("write.words_unread", language) if unread else "")
    coming = next_occurrences(
        schedule, datetime.combine(now.date(), time(), clock.TOKYO) - timedelta(minutes=1), COMING
    )
    dates = tuple(describe_occurrence(one, language, long=True) for one in coming)
    problem = "" if dates else say("write.no_coming", language)
    return Summary(describe(schedule, language, now.date()), dates, problem)


async def answer(request: Request) -> Response:
    """``POST /write/schedule``: the summary of the fields as JSON, for the page while one edits."""
    actor = await base.signed_in(request)
    sent = await base.form(request)
    desk = await base.act(write_desk.find, actor, sent.text("post"), sent.text("group"))
    told = summary(sent, clock.now(), desk.kept, base.tongue(request))
    data = {"words": told.words, "dates": list(told.dates), "problem": told.problem}
    return JSONResponse(data, headers=base.NEVER_KEPT)


def choices(sent: Form, language: str) -> dict[str, Any]:
    """What the fields offer, as pairs of value and label."""
    more = len([day for day in sent.all("date") if day])
    off = len([day for day in sent.all("off") if day])
    ways = [way for way in WAYS if way is not Way.KEPT or sent.text("way") == Way.KEPT]
    return {
        "ways": [(way.value, say(f"write.way_{way}", language)) for way in ways],
        "weekdays": [(str(day), say(f"schedule.weekday_{day}", language)) for day in WEEKDAYS],
        "which": [(str(one), say(f"schedule.nth_{'last' if one < 0 else one}", language)) for one in WHICH],
        "holidays": [(policy.value, say(f"write.holidays_{policy}", language)) for policy in HOLIDAYS],
        "dates": _padded(sent.all("date"), max(DATES, more + 3)),
        "off": _padded(sent.all("off"), max(OFF, off + 2)),
    }


def _padded(days: tuple[str, ...], count: int) -> list[str]:
    filled = [day for day in days if day]
    return filled + [""] * (count - len(filled))


def _asked(sent: Form, today: date, faults: dict[str, PortalError]) -> Asked:
    way = next((one for one in Way if one == sent.text("way")), Way.NONE)
    days = sent.all("day")[:1] if way is Way.ONCE else sent.all("date") if way is Way.DATES else ()
    repeats = way in {Way.WEEKLY, Way.MONTHLY}
    found: dict[str, Any] = {}
    with at("day" if way is Way.ONCE else "date", faults):
        found["days"] = tuple(day for day in (read_day(one, today) for one in days) if day)
    with at("starts", faults):
        found["starts"] = read_time(sent.text("starts")) if way in _TIMED else None
    with at("ends", faults):
        found["ends"] = read_time(sent.text("ends")) if way in _TIMED else None
    with at("off", faults):
        found["cancelled"] = frozenset(day for day in (read_day(one, today) for one in sent.all("off")) if day)
    for name in ("first", "until") if repeats else ():
        with at(name, faults):
            found[name] = read_day(sent.text(name), today)
    return Asked(
        way,
        weekdays=_numbers(sent.all("weekday"), WEEKDAYS) if repeats else frozenset(),
        which=_numbers(sent.all("which"), WHICH) if way is Way.MONTHLY else frozenset(),
        holidays=next((one for one in HOLIDAYS if one == sent.text("holidays")), HolidayPolicy.RUNS),
        closed_year_end=sent.ticked("year_end"),
        words=sent.area("words"),
        **found,
    )


_TIMED: Final = frozenset({Way.ONCE, Way.DATES, Way.WEEKLY, Way.MONTHLY})


def _numbers(texts: tuple[str, ...], known: range | tuple[int, ...]) -> frozenset[int]:
    return frozenset(one for one in known if str(one) in texts)
