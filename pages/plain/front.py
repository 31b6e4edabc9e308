"""The front page of the public side: every municipality that the portal serves, by prefecture."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import frame, linked, tags
from pages.plain.sort import Page, Sort
from portal.prefectures import PREFECTURES
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.model.municipality import Municipality

NAME: Final = "front"


class Prefecture(NamedTuple):
    """A prefecture with the municipalities in it that are served."""

    name: str
    japanese: bool
    towns: Sequence[Town]


class Town(NamedTuple):
    """A municipality and where it is found."""

    name: str
    also: str
    """Its Japanese name, where ``name`` is another."""
    address: str
    evacuation: str
    disaster: bool
    """Whether its office is dealing with a disaster (災害対応中)."""


def every(here: Here) -> Iterable[Keys]:  # noqa: ARG001  # there is one, whatever the portal holds
    """The front page in each language."""
    return [{"lang": tongue} for tongue in LANGUAGES]


def make(here: Here, keys: Keys) -> Page:
    """The front page."""
    tongue, title = keys["lang"], here.settings.title
    ways = frame.ways(here, NAME, keys)
    towns = here.store.municipalities()
    lead = say("about.lead", tongue, title=title)
    site = {
        "@context": linked.CONTEXT,
        "@type": "WebSite",
        "name": title,
        "url": ways.whole(NAME),
        "inLanguage": tongue,
    }
    head = frame.Head(
        NAME,
        keys,
        say("plain_front.title", tongue),
        say("plain_front.description", tongue, title=title, count=len(towns)),
        linked=[site],
        app=ways.app("/"),
    )
    prefectures = [_prefecture(ways, list(its)) for _, its in groupby(towns, key=_of)]
    return frame.page(here, "front.html", head, frozenset({tags.ALL}), lead=lead, prefectures=prefectures)


def _of(town: Municipality) -> str:
    """The first two digits of a code are the prefecture's (JIS X 0401), so that codes are in their order."""
    return town.code[:2]


def _prefecture(ways: Ways, towns: Sequence[Municipality]) -> Prefecture:
    number, tongue = _of(towns[0]), ways.keys["lang"]
    known = number in PREFECTURES
    name = say(f"plain_front.prefecture_{number}", tongue) if known else towns[0].prefecture
    other = say("plain_front.other", tongue)
    return Prefecture(name or other, tongue != "ja" and not known and bool(name), [_town(ways, town) for town in towns])


def _town(ways: Ways, town: Municipality) -> Town:
    name = (town.name_en if ways.keys["lang"] == "en" else "") or town.name
    return Town(
        name,
        town.name if name != town.name else "",
        ways.to("municipality", code=town.code),
        ways.to("evacuation", code=town.code),
        town.disaster_since is not None,
    )


SORTS: Final = (Sort(NAME, every, make),)
