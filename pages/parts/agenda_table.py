"""The calendar as one table of weeks; on a narrow screen its style makes a list by day of the same cells."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st
from markupsafe import Markup

from pages.parts import address_bar, agenda_entries, agenda_span, plain_text
from portal import clock
from portal.schedules.holidays_jp import holiday_name
from portal.schedules.wording_times import short_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pages.parts.agenda_span import Shown
    from pages.parts.visit import Visit
    from portal.agenda import Day

MOST: Final = {agenda_span.MONTH: 6, agenda_span.WEEK: 40}
"""So many entries a day; the others are one press away."""
SUNDAY, SATURDAY = 7, 6


def show(visit: Visit, shown: Shown) -> None:
    """Draw it with the signs that it uses; that nothing takes place is said, and that not all was looked through."""
    days = [day for week in shown.weeks for day in week]
    often = Counter(item.id for day in days for item in day.happenings)
    if not any(day.happenings for day in days if not _other(day, shown)):
        plain_text.notice(visit.say("agenda_screen.nothing"))
    if not shown.complete:
        plain_text.paragraph(visit.say("agenda_screen.not_all"), "warn")
    signs = agenda_entries.Signs(visit)
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader" class="{}">{}</th>').format(
            _of_week(day), visit.say(f"schedule.weekday_{day.day.weekday()}")
        )
        for day in shown.weeks[0]
    )
    body = Markup("").join(
        Markup('<tr role="row">{}</tr>').format(Markup("").join(_cell(signs, day, shown, often) for day in week))
        for week in shown.weeks
    )
    plain_text.draw(
        Markup(
            '<table class="agenda {}" role="table"><caption>{}</caption><thead role="rowgroup"><tr role="row">{}</tr>'
            '</thead><tbody role="rowgroup">{}</tbody></table>'
        ).format(shown.span.view, visit.say("agenda_screen.caption"), head, body),
        signs.legend(),
    )


def _cell(signs: agenda_entries.Signs, day: Day, shown: Shown, often: Mapping[str, int]) -> Markup:
    today = clock.today()
    current = any(item.day == today for week in shown.weeks for item in week)
    marks = {
        "other": _other(day, shown),
        "past": current and day.day < today,
        "today": day.day == today,
        "empty": not day.happenings and day.holiday is None,
    }
    names = [_colour(day), *(name for name, holds in marks.items() if holds)]
    return Markup('<td role="cell" class="{}"{}>{}{}</td>').format(
        " ".join(filter(None, names)),
        Markup(' aria-current="date"') if day.day == today else "",
        date_line(signs.visit, day),
        _entries(signs, day, shown.span.view, often),
    )


def _other(day: Day, shown: Shown) -> bool:
    """Whether a day of a month's grid belongs to the month before or after."""
    return shown.span.view == agenda_span.MONTH and day.day.month != shown.span.at.month


def date_line(visit: Visit, day: Day) -> Markup:
    """The day: its number in the grid, in full in a list; only one of them is there for whoever reads."""
    at = day.day
    number = f"{at.month}/{at.day}" if at.day == 1 else str(at.day)
    holiday = holiday_name(at, visit.language) if day.holiday else ""
    return Markup(
        '<p class="date"><time datetime="{}"><span class="short">{}</span><span class="long">{}</span></time>{}</p>'
    ).format(
        at.isoformat(),
        number,
        short_date(at, visit.language),
        Markup(' <span class="named">{}</span>').format(plain_text.text(holiday)) if holiday else "",
    )


def _entries(signs: agenda_entries.Signs, day: Day, view: str, often: Mapping[str, int]) -> Markup:
    chosen = rarest(day, often, MOST[view])
    left = len(day.happenings) - len(chosen)
    return signs.listed([day.happenings[at] for at in chosen], _more(signs.visit, day.day, view, left) if left else "")


def rarest(day: Day, often: Mapping[str, int], most: int) -> list[int]:
    """Which of a day's entries to show, in their order: what happens once before what is there every day."""
    order = sorted(range(len(day.happenings)), key=lambda at: (often[day.happenings[at].id], at))
    return sorted(order[:most])


def _more(visit: Visit, day: date, view: str, left: int) -> Markup:
    """From the month to the week, from the week to Find."""
    text = visit.say("agenda_screen.more", count=left)
    if view == agenda_span.MONTH:
        address = address_bar.here(view=agenda_span.WEEK, at=day.isoformat())
    else:
        kept = {name: value for name, value in _filters().items() if value}
        address = address_bar.href("", day=day.isoformat(), **kept)
    return Markup('<li class="more"><a href="{}">{}</a></li>').format(address, text)


def _filters() -> dict[str, str]:
    """The calendar's filters as Find has them, too."""
    return {name: st.query_params.get(name, "") for name in ("layer", "district", "kind", "audience", "show")}


def _colour(day: Day) -> str:
    """Sundays and holidays, and Saturdays, as calendars in Japan have them; the words say it too."""
    return "sun" if day.holiday else _of_week(day)


def _of_week(day: Day) -> str:
    return {SUNDAY: "sun", SATURDAY: "sat"}.get(day.day.isoweekday(), "")


def days_listed(visit: Visit, days: Sequence[Day]) -> None:
    """The days on which something takes place, as a list by day."""
    signs = agenda_entries.Signs(visit)
    often = Counter(item.id for day in days for item in day.happenings)
    items = Markup("").join(
        Markup('<li class="{}">{}{}</li>').format(
            _colour(day), date_line(visit, day), _entries(signs, day, agenda_span.WEEK, often)
        )
        for day in days
        if day.happenings
    )
    plain_text.draw(Markup('<ul class="agenda days">{}</ul>').format(items))
