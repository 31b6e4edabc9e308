"""When something happens: the schedule in words and its next dates, the cancelled and moved ones among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import coming_dates, plain_text
from portal import clock
from portal.normalise import fold
from portal.schedules.wording import describe

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PlaceView


def show(visit: Visit, view: PlaceView) -> None:
    """Draw it; a place of which no days are known says so, but for shelters, which have none."""
    facts = view.place.facts
    if view.kind.evacuation and not (facts.schedule or facts.schedule_note):
        return
    plain_text.heading(visit.say("place.when"))
    told = describe(facts.schedule, visit.language, clock.today()) if facts.schedule else ""
    if told:
        plain_text.paragraph(told, "large")
    if fold(facts.schedule_note) not in ("", fold(told)):
        plain_text.draw(
            Markup('<p class="quiet">{}</p><blockquote lang="ja">{}</blockquote>').format(
                visit.say("place.schedule_note"), plain_text.lines(facts.schedule_note)
            )
        )
    if view.coming:
        plain_text.heading(visit.say("place.coming", count=len(view.coming)), 3)
        plain_text.draw(coming_dates.listed(visit, view.coming))
    elif facts.schedule:
        plain_text.paragraph(visit.say("place.nothing_coming"), "warn")
    elif not facts.schedule_note:
        plain_text.paragraph(visit.say("place.no_schedule"), "quiet")
