"""What to do when a search finds nothing: each filter that is set can be taken off by one link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.parts import address_bar, plain_text

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.find import Answer
    from portal.query import Query

LOOSENED: Final = {
    "show": "show",
    "q": "text",
    "kind": "kinds",
    "district": "districts",
    "day": "day",
    "time": "time",
    "audience": "audience",
    "free": "free",
    "no_booking": "no_booking",
    "step_free": "step_free",
    "hazard": "hazard",
}
"""Parameters of the address by the field of the query that they fill; those of a position leave nothing out."""


def show(visit: Visit, query: Query, answer: Answer) -> None:
    """Draw it, if nothing was found."""
    if answer.total:
        return
    used = [name for name, field in LOOSENED.items() if getattr(query, field)]
    if not used:
        plain_text.notice(visit.say("find.nothing_at_all"))
        return
    links = Markup("").join(
        Markup('<li><a class="button" href="{}">{}</a></li>').format(
            address_bar.here(**{name: "", "page": ""}),
            visit.say("find.without", filter=visit.say(f"filters.{'words' if name == 'q' else name}")),
        )
        for name in used
    )
    everything = address_bar.here(**dict.fromkeys([*LOOSENED, "page"], ""))
    plain_text.draw(
        Markup('<p class="note">{}</p><ul class="loosen">{}<li><a class="button" href="{}">{}</a></li></ul>').format(
            visit.say("find.nothing"), links, everything, visit.say("find.without_any")
        ),
        role="status",
    )
