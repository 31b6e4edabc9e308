"""When a post takes place: in words, the coming dates with how full they are, and the way into one's own calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import address_bar, coming_dates, plain_text
from pages.server import post_calendar
from portal import clock
from portal.model.post import PostState
from portal.normalise import fold
from portal.schedules.occurrences import State
from portal.schedules.wording import describe

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PostView, Session
    from portal.model.schedule import Schedule


def show(visit: Visit, view: PostView) -> None:
    """Draw it, if anything is said of when."""
    facts = view.post.facts
    if facts.schedule is None and not facts.schedule_text.strip():
        return
    plain_text.heading(visit.say("place.when"))
    told = describe(facts.schedule, visit.language, clock.today()) if facts.schedule else ""
    if told:
        plain_text.paragraph(told, "large")
    if fold(facts.schedule_text) not in ("", fold(told), _rule(facts.schedule)):
        plain_text.draw(Markup('<blockquote lang="ja">{}</blockquote>').format(plain_text.lines(facts.schedule_text)))
    if view.coming:
        plain_text.heading(visit.say("place.coming", count=len(view.coming)), 3)
        plain_text.draw(_dates(visit, view))
    if facts.schedule and view.post.public:
        plain_text.draw(_calendar(visit, view))


def _rule(schedule: Schedule | None) -> str:
    """The rule alone in Japanese, folded: what the group wrote is not said twice because a date was called off."""
    plain = replace(schedule, cancelled=frozenset(), moved=(), extra=()) if schedule else None
    return fold(describe(plain, "ja")) if plain else ""


def _dates(visit: Visit, view: PostView) -> Markup:
    left = {session.of.starts: session for session in view.sessions}
    off = view.post.state is PostState.CANCELLED
    items = (
        Markup('<li class="{}">{}{}</li>').format(
            "off" if off else item.state,
            coming_dates.one(visit, replace(item, state=State.CANCELLED) if off else item, long=True),
            Markup("") if off else _seats(visit, view, left.get(item.starts)),
        )
        for item in view.coming
    )
    return Markup('<ul class="coming">{}</ul>').format(Markup("").join(items))


def _seats(visit: Visit, view: PostView, session: Session | None) -> Markup:
    """How full one date is; nothing where nobody has counted."""
    if session is None or session.taken is None:
        return Markup("")
    if session.left is None:
        told = visit.say("post_screen.taken", taken=session.taken)
    else:
        key = "post_screen.seats_left" if session.left else "post_screen.full"
        told = visit.say(key, left=session.left, seats=view.post.facts.seats, taken=session.taken)
    return Markup(' <b class="seats">{}</b>').format(plain_text.text(told))


def _calendar(visit: Visit, view: PostView) -> Markup:
    """A file of all dates for the calendar of a phone or a computer."""
    return Markup('<p class="act"><a class="button" href="{}">{}</a> <span class="quiet">{}</span></p>').format(
        address_bar.href(post_calendar.ADDRESS.removeprefix("/"), id=view.post.id),
        visit.say("post_screen.calendar"),
        visit.say("post_screen.calendar_how"),
    )
