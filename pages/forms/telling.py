"""What a record says, field by field in words, and what changed between two of its versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import ins_del
from portal.clock import TOKYO
from portal.history import Difference, differences
from portal.model.group import GroupState
from portal.model.place import Place
from portal.model.post import Post, PostState
from portal.posts.keeping import content
from portal.words import DEFAULT_LANGUAGE, phrases, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from markupsafe import Markup

    from pages.forms.write_telling import Teller
    from portal.model.group import FollowedFeed
    from portal.model.position import Point
    from portal.model.post import Photo
    from portal.model.shelter import ShelterFacts

OF_STAFF: Final = frozenset({"applicant", "applicant_email"})
"""What only the office sees of a group."""
SHORT: Final = 6
"""So many signs of a photo's name tell it from others with the same description."""


class Changed(NamedTuple):
    """One field that is not the same, in words with the differences marked."""

    label: str
    before: Markup
    after: Markup
    alike: bool
    """Whether both read the same although they are not."""


def has_label(name: str) -> bool:
    """Whether a field has a name for people; the others are the portal's own marks."""
    return f"history_page.field_{name}" in phrases(DEFAULT_LANGUAGE)


def label(name: str, language: str) -> str:
    """The name of a field."""
    return say(f"history_page.field_{name}", language)


def labels(found: Iterable[Difference], language: str) -> list[str]:
    """The names of the fields that changed, each once."""
    names = dict.fromkeys(_field(one.field) for one in found)
    return [label(name, language) for name in names if has_label(name)]


def changes(by: Teller, found: Iterable[Difference], *, staff: bool = True) -> list[Changed]:
    """What changed, for people; ``staff``: with what only the office sees."""
    named = [(one, _field(one.field)) for one in found]
    return [
        _changed(by, name, one)
        for one, name in named
        if has_label(name) and (staff or name not in OF_STAFF) and (one.before or one.after)
    ]


def between(old: object, new: object) -> list[Difference]:
    """What differs for readers and staff: of a post its content, newer content included; of a place what is shown."""
    if isinstance(new, Post):
        return differences(_plain(old), _plain(new))
    if isinstance(new, Place):
        return [one for one in differences(old, new) if not one.field.startswith("source_facts")]
    return differences(old, new)


def value(by: Teller, name: str, given: Any) -> str:  # noqa: ANN401  # fields of many types
    """One field in words; empty for nothing."""
    if not given:
        return "0" if given == 0 and name in {"places_taken", "approved_posts"} else ""
    return _SAID[name](by, given) if name in _SAID else by.field(name, given)


def moment(at: datetime) -> str:
    """A moment in Japan, to the minute."""
    return at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")


def _plain(post: object) -> object:
    """The post with its newest content in the place of what is shown."""
    return replace(post, facts=content(post), revision=None) if isinstance(post, Post) else post


def _field(name: str) -> str:
    return name.rpartition(".")[2]


def _changed(by: Teller, name: str, one: Difference) -> Changed:
    before, after = value(by, name, one.before), value(by, name, one.after)
    return Changed(label(name, by.language), *ins_del.marked(before, after), before == after)


def _state(by: Teller, given: PostState | GroupState) -> str:
    topic = "group_state" if isinstance(given, GroupState) else "post_state"
    return say(f"history_page.{topic}_{given}", by.language)


def _position(_by: Teller, at: Point) -> str:
    return f"{at.lat:.5f}, {at.lon:.5f}"


def _district(by: Teller, district_id: str) -> str:
    found = by.store.district(district_id)
    return ((found.name_en if by.language == "en" else "") or found.name) if found else district_id


def _places(by: Teller, ids: tuple[str, ...]) -> str:
    known = {place.id: place.facts.name for place in by.store.places(ids)}
    return "\n".join(known.get(one, one) for one in ids)


def _feeds(_by: Teller, feeds: tuple[FollowedFeed, ...]) -> str:
    return "\n".join(feed.url for feed in feeds)


def _photos(_by: Teller, photos: tuple[Photo, ...]) -> str:
    return "\n".join(f"{photo.alt} [{photo.name[:SHORT]}]" for photo in photos)


def _shelter(by: Teller, facts: ShelterFacts) -> str:
    capacity = "" if facts.capacity is None else say("place.people", by.language, count=facts.capacity)
    since = moment(facts.opened_since) if facts.opened_since else ""
    hazards = "、".join(say(f"hazard.{one}", by.language) for one in sorted(facts.hazards))
    told = (say(f"opening.{facts.opening}", by.language), since, facts.accepts, capacity, hazards)
    return "\n".join(filter(None, (*told, "、".join(facts.neighbourhoods))))


_SAID: Final[dict[str, Callable[[Teller, Any], str]]] = {
    "state": _state,
    "position": _position,
    "district": _district,
    "places": _places,
    "feeds": _feeds,
    "photos": _photos,
    "shelter": _shelter,
    "precision": lambda by, given: say(f"card.precision_{given}", by.language),
    "publish_at": lambda _, given: moment(given),
    "verified_on": lambda _, given: given.isoformat(),
    "gone_on": lambda _, given: given.isoformat(),
    "extra": lambda _, given: "\n".join(f"{key}: {text}" for key, text in given.items()),
    "places_taken": lambda _, given: "\n".join(f"{day}: {count}" for day, count in sorted(given.items())),
}
