"""A group on its own screen: what it does, where it is active, how to get in touch, the places that it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pages.parts import card, contact_links, header, linked_text, place_districts, place_facts, plain_text
from portal.model.group import GroupState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.parts.place_facts import Row
    from pages.parts.visit import Visit
    from portal.looking import GroupView
    from portal.model.group import Group


def heading(visit: Visit, view: GroupView) -> None:
    """Name, reading, what it does, and what a reader has to know first."""
    group = view.group
    name = Markup('<span lang="ja">{}</span>').format(plain_text.text(group.name))
    plain_text.draw(
        Markup('<h1 id="{}" tabindex="-1">{}{}</h1>').format(header.MAIN, name, _sample_mark(visit, group)),
        Markup('<p class="kind">{} ・ {}</p>').format(
            visit.say("group_screen.registered"), plain_text.text(visit.name(view.municipality))
        ),
        Markup('<p class="quiet" lang="ja">{}</p>').format(plain_text.text(group.name_kana)) if group.name_kana else "",
    )
    if group.sample:
        plain_text.paragraph(visit.say("group_screen.is_sample"), "warn")
    if group.state is GroupState.CLOSED:
        plain_text.paragraph(visit.say("group_screen.closed"), "warn")
    if group.about.strip():
        plain_text.draw(Markup('<p class="large said" lang="ja">{}</p>').format(linked_text.lines(group.about)))


def in_touch(visit: Visit, view: GroupView) -> Markup:
    """Its district and its public contacts."""
    return place_facts.rows(visit, *_rows(visit, view))


def places(visit: Visit, view: GroupView) -> Markup:
    """The places that it runs, as links."""
    items = Markup("").join(
        Markup('<li><a href="{}">{}</a>{}</li>').format(
            card.link(place), card.names(visit, place), card.sample_mark(visit, place)
        )
        for place in view.places
    )
    return Markup('<ul class="links">{}</ul>').format(items)


def _rows(visit: Visit, view: GroupView) -> Iterator[Row]:
    area = place_districts.named(visit, view.district) if view.district else visit.say("group_screen.everywhere")
    yield visit.say("group_screen.active_in"), Markup("{}").format(area)
    for item in view.contacts:
        note = Markup(" ") + plain_text.text(item.note) if item.note else Markup("")
        yield visit.say(f"contact.{item.kind}"), contact_links.link(item) + note
    if not view.contacts:
        yield visit.say("group_screen.contact"), plain_text.text(visit.say("group_screen.no_contact"))


def _sample_mark(visit: Visit, group: Group) -> Markup:
    mark = visit.say("card.sample")
    if not group.sample or mark.casefold() in group.name.casefold():
        return Markup("")
    return Markup(' <span class="mark">{}</span>').format(mark)
