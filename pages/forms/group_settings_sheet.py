"""What stands on the page of a group's settings, and what was typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pages import wiring
from pages.forms import district_choice, write_contacts, write_faults
from pages.forms.reading import Form
from portal import clock, find, grouping, permissions
from portal.errors import InvalidRecordError
from portal.groups import checks
from portal.model.group import FeedKind, GroupState
from portal.model.listing import Show
from portal.model.place import Contact, ContactKind
from portal.permissions import Action, Role
from portal.query import Query
from portal.words import phrases, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.errors import PortalError
    from portal.find import PostCard
    from portal.model.group import FollowedFeed, Group
    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Reader

OFFICE: Final = frozenset({Role.STAFF, Role.STAFF_WITH_A_PART, Role.ADMINISTRATOR})
LINES: Final = ("name", "name_kana", "applicant", "applicant_email")
"""Fields of one line that the office alone changes."""
MAY: Final[Mapping[str, Action]] = {
    "edit": Action.GROUP_EDIT,
    "invite": Action.GROUP_INVITE,
    "remove": Action.GROUP_REMOVE_MEMBER,
    "follow": Action.GROUP_FOLLOW,
    "close": Action.GROUP_CLOSE,
}
FOUND_MOST: Final = 10
FIELDS: Final[Mapping[str, str]] = {
    "model.no_name": "name",
    "model.name_too_long": "name",
    "grouping.name_taken": "name",
    "grouping.no_about": "about",
    "model.text_too_long": "about",
    "grouping.no_such_district": "district",
    "account.bad_email": "applicant_email",
}
"""The field that an error of saving is about; of others it is the whole."""


def shown(group: Group) -> Form:
    """The form as the group fills it in."""
    texts = {name: (getattr(group, name),) for name in (*LINES, "about", "district")}
    return Form({**texts, "based_on": (str(group.number),), **write_contacts.shown(group.contacts)})


def is_office(actor: Actor, group: Group) -> bool:
    """Whether somebody looks at the group from the office."""
    return permissions.role_of(actor, group=group) in OFFICE


def read(sent: Form, faults: dict[str, PortalError], *, office: bool) -> dict[str, Any]:
    """The values to save; what is wrong with the contacts goes into ``faults`` by field."""
    contacts = []
    for row in write_contacts.rows(sent):
        with write_faults.at(f"contact_value_{row.number}", faults):
            if row.value and row.kind in set(ContactKind):
                contacts += checks.contacts([Contact(ContactKind(row.kind), row.value, row.public, row.note)])
    values: dict[str, Any] = {
        "about": sent.area("about"),
        "district": sent.text("district"),
        "contacts": tuple(contacts),
    }
    return values | ({name: sent.text(name) for name in LINES} if office else {})


def based_on(sent: Form) -> int:
    """The version that the form was opened with."""
    text = sent.text("based_on")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  # far more than versions


def values(store: Reader, actor: Actor, group: Group, sent: Form, asked: tuple[str, str]) -> dict[str, Any]:
    """Everything that the template needs; ``asked`` are the words that places are looked for by, and the language."""
    words, language = asked
    role = permissions.role_of(actor, group=group)
    office = role in OFFICE
    return {
        "group": group,
        "v": sent,
        "may": {name: permissions.may(action, role, group.state) for name, action in MAY.items()},
        "office": office,
        "districts": district_choice.choices(store, group.municipality, language, sent.text("district")),
        "district": _district(store, group, language),
        "contacts": write_contacts.rows(sent),
        "contact_kinds": [(str(kind), say(f"contact.{kind}", language)) for kind in ContactKind],
        "members": [(store.account(item.account), item.owner) for item in store.members(group.id)],
        "me": actor.id,
        "places": [place for place in store.places(group.places) if place.gone_on is None],
        "words": words,
        "found": _search(store, group, words) if office and words.strip() else None,
        "feeds": [(feed, problem(feed, language)) for feed in group.feeds],
        "feed_kinds": [(str(kind), say(f"group_settings.feed_{kind}", language)) for kind in FeedKind],
        "follows": wiring.settings().follow,
        "registered": group.state in {GroupState.ACTIVE, GroupState.SUSPENDED, GroupState.CLOSED},
    }


def problem(feed: FollowedFeed, language: str) -> str:
    """Why a feed could not be taken the last time, in words; a sentence with gaps is said in general."""
    text = phrases(language).get(feed.problem, "") if feed.problem else ""
    return say("group_settings.feed_failed", language) if feed.problem and (not text or "{" in text) else text


def seen(store: Reader, actor: Actor, group_id: str) -> Group:
    """The group, for its members and the office."""
    return grouping.see(store, actor, group_id)


def _district(store: Reader, group: Group, language: str) -> str:
    found = store.district(group.district) if group.district else None
    return district_choice.name(found, language) if found else say("join.everywhere", language)


def _search(store: Reader, group: Group, words: str) -> list[Place]:
    """Places of the municipality that the words find and the group does not run."""
    try:
        query = Query(group.municipality, text=words[:200], show=Show.PLACES)
    except InvalidRecordError:
        return []
    cards: tuple[find.Card | PostCard, ...] = find.activities(store, query, clock.now(), FOUND_MOST).cards
    return [card.place for card in cards if isinstance(card, find.Card) and card.place.id not in group.places]
