"""What a post says, field by field, in words: for its preview, and for two texts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from portal import cards, clock
from portal.model.place import Booking, Fee
from portal.model.post import WhereKind
from portal.schedules.wording import describe
from portal.schedules.wording_times import long_date
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.model.goal import Goal
    from portal.model.kind import Kind
    from portal.model.place import Contact
    from portal.model.post import Photo, PostFacts, Where
    from portal.model.schedule import Schedule
    from portal.store import Reader

LANGUAGES: Final = ("ja", "en", "zh", "ko", "vi", "tl", "pt", "es", "ne", "id", "my", "th")
"""Languages that are offered and have a name; of others the tag is shown."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Says values in a language, with the names that the municipality's store has for them."""

    store: Reader
    language: str
    kinds: Mapping[str, Kind]
    goals: Mapping[str, Goal]

    def kind(self, key: str) -> str:
        """The name of a kind; empty for none."""
        found = cards.kind_of(self.kinds, key) if key else None
        return (found.en if self.language == "en" else found.ja) if found else ""

    def goal(self, key: str) -> str:
        """The name of a goal."""
        found = self.goals.get(key)
        return (found.name_en if self.language == "en" else found.name) if found else key

    def schedule(self, schedule: Schedule | None) -> str:
        """When it is, in words."""
        return describe(schedule, self.language, clock.today()) if schedule else ""

    def where(self, where: Where) -> str:
        """Where it is, in words."""
        parts = [say(f"write.at_{where.kind}", self.language)] if where.kind is not WhereKind.PLACE else []
        if place := self.store.place(where.place) if where.place else None:
            parts.append(place.facts.name)
        if district := self.store.district(where.district) if where.district else None:
            parts.append((district.name_en if self.language == "en" else "") or district.name)
        parts += [where.name, where.address, where.url]
        if where.position:
            parts.append(f"{where.position.lat:.5f}, {where.position.lon:.5f}")
        return "\n".join(part for part in parts if part)

    def contacts(self, contacts: tuple[Contact, ...], *, public: bool = False) -> str:
        """One contact a line; those that are for the office only are marked."""
        return "\n".join(
            " ".join(filter(None, (f"{say(f'contact.{one.kind}', self.language)}: {one.value}", one.note)))
            + ("" if one.public else say("write.not_public", self.language))
            for one in contacts
            if one.public or not public
        )

    def listed(self, topic: str, keys: frozenset[Any]) -> str:
        """Chosen values, each by its phrase."""
        return "\n".join(say(f"{topic}.{key}", self.language) for key in sorted(keys))

    def spoken(self, tags: frozenset[str]) -> str:
        """Languages by name."""
        return "\n".join(
            say(f"write.language_{tag}", self.language) if tag in LANGUAGES else tag for tag in sorted(tags)
        )

    def photos(self, photos: tuple[Photo, ...]) -> str:
        """What is to be seen on each."""
        return "\n".join(photo.alt for photo in photos)

    def field(self, name: str, value: Any) -> str:  # noqa: ANN401  # fields of many types
        """The value of one field of a post's facts."""
        if name in _SAID:
            return _SAID[name](self, value)
        if isinstance(value, bool):
            return say("write.yes" if value else "write.no", self.language)
        if name == "booking_until" and value:
            return long_date(value, self.language)
        return str(value or "")


_SAID: Final[dict[str, Callable[[Teller, Any], str]]] = {
    "kind": Teller.kind,
    "activity": Teller.kind,
    "schedule": Teller.schedule,
    "where": Teller.where,
    "contacts": Teller.contacts,
    "photos": Teller.photos,
    "languages": Teller.spoken,
    "audience": lambda teller, value: teller.listed("audience", value),
    "access": lambda teller, value: teller.listed("access", value),
    "goals": lambda teller, value: "\n".join(teller.goal(key) for key in sorted(value)),
    "fee": lambda teller, value: "" if value is Fee.UNKNOWN else say(f"fee.{value}", teller.language),
    "booking": lambda teller, value: "" if value is Booking.UNKNOWN else say(f"booking.{value}", teller.language),
}


def teller(store: Reader, municipality: str, language: str) -> Teller:
    """The teller for posts of a municipality."""
    kinds = {kind.key: kind for kind in store.kinds(municipality)}
    return Teller(store, language, kinds, {goal.key: goal for goal in store.goals(municipality)})


def told(by: Teller, facts: PostFacts, *names: str) -> str:
    """Several fields below each other, without those that say nothing."""
    return "\n".join(filter(None, (by.field(name, getattr(facts, name)) for name in names)))
