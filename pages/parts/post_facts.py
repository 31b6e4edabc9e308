"""What one has to know to take part in what a post says, how to get in touch, and what is known of the post itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.parts import address_bar, contact_links, days, place_facts, plain_text, post_heading
from portal.model.place import Booking, Fee

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.place_facts import Row
    from pages.parts.visit import Visit
    from portal.looking import PostView
    from portal.model.post import PostFacts

NAMED: Final = ("ja", "en", "zh", "ko", "vi", "tl", "pt", "es", "ne", "id", "my", "th")
"""Languages that have a name here; of others their tag is shown."""


def taking_part(visit: Visit, facts: PostFacts) -> Markup:
    """For whom, cost, booking, seats, accessibility, languages; what is not said is left out."""
    fee = [] if facts.fee is Fee.UNKNOWN else [visit.say(f"fee.{facts.fee}")]
    audience = [visit.say(f"audience.{item}") for item in sorted(facts.audience)]
    access = [visit.say(f"access.{item}") for item in sorted(facts.access)]
    spoken = [visit.say(f"post_screen.language_{tag}") if tag in NAMED else tag for tag in sorted(facts.languages)]
    seats = [visit.say("post_screen.seats_of", seats=facts.seats)] if facts.seats else []
    pairs: tuple[Row, ...] = (
        (visit.say("place.audience"), _told(audience, facts.audience_note)),
        (visit.say("place.fee"), _told(fee, facts.fee_note)),
        (visit.say("place.booking"), _told(_booking(visit, facts), facts.booking_note)),
        (visit.say("post_screen.seats"), _told(seats, "")),
        (visit.say("place.access"), _told(access, facts.access_note)),
        (visit.say("post_screen.languages"), _told(spoken, "")),
    )
    return place_facts.rows(visit, *pairs) if any(value for _, value in pairs) else Markup("")


def in_touch(visit: Visit, view: PostView) -> Markup:
    """Who it is and their public contacts, or the way through the portal."""
    pieces = [place_facts.rows(visit, *_contacts(visit, view))] if view.group else []
    if view.post.facts.asks_through_portal:
        how = "ask_council" if view.between_residents else "ask_how"
        pieces.append(Markup("<p>{}</p>").format(plain_text.text(visit.say(f"post_screen.{how}"))))
        if view.post.public:
            pieces.append(
                Markup('<p class="act"><a class="button" href="{}">{}</a></p>').format(
                    address_bar.href("ask", post=view.post.id), visit.say("post_screen.ask")
                )
            )
    return Markup("").join(pieces)


def of_the_post(visit: Visit, view: PostView) -> Markup:
    """Goals of the plan, who typed it in, when it was last changed."""
    post = view.post
    typed = visit.say("post_screen.typed_in") if post.on_paper else ""
    return place_facts.rows(
        visit,
        (visit.say("post_screen.goals"), place_facts.goals(visit, view.goals)),
        (visit.say("card.typed_in"), plain_text.text(typed) if typed else Markup("")),
        (visit.say("post_screen.changed"), plain_text.text(post_heading.changed(visit, view))),
    )


def _contacts(visit: Visit, view: PostView) -> Iterator[Row]:
    yield visit.say("place.group"), post_heading.by(visit, view)
    for item in view.contacts:
        note = Markup(" ") + plain_text.text(item.note) if item.note else Markup("")
        yield visit.say(f"contact.{item.kind}"), contact_links.link(item) + note


def _booking(visit: Visit, facts: PostFacts) -> list[str]:
    told = [] if facts.booking is Booking.UNKNOWN else [visit.say(f"booking.{facts.booking}")]
    if facts.booking_until:
        told.append(visit.say("post_screen.booking_until", day=days.day(facts.booking_until, visit.language)))
    return told


def _told(chosen: list[str], note: str) -> Markup:
    """The choices in words, then what the group wrote."""
    parts = [plain_text.text(item) for item in chosen]
    if note.strip():
        parts.append(Markup('<span lang="ja">{}</span>').format(plain_text.lines(note)))
    return Markup("<br>").join(parts)
