"""About the portal, where its data is from, and for whom it can be used: pages over all municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.parts import map_settings, record_marks, sources
from pages.parts.visit import Visit
from pages.plain import frame, tags
from pages.plain.sort import Page, Sort
from portal.model.position import DETOUR, WALK_M_PER_MINUTE
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.model.municipality import Municipality

ABOUT, SOURCES, ACCESSIBILITY = "about", "sources", "accessibility"
SECTIONS: Final = ("what", "distance", "districts", "verified", "privacy", "accessibility")
"""The same as on the interactive screen, in its order."""
STATEMENT: Final = ("aim", "tested", "not_tested", "known", "ways", "tell")
"""What an accessibility statement tells: the aim, how it was tested and how not, what does not conform, what to do."""


class Section(NamedTuple):
    """A heading with its paragraphs."""

    title: str
    paragraphs: Sequence[str]


class OfTown(NamedTuple):
    """The sources of one municipality."""

    name: str
    code: str
    sources: Sequence[Markup]


def every(here: Here) -> Iterable[Keys]:  # noqa: ARG001  # there is one, whatever the portal holds
    """The page in each language."""
    return [{"lang": tongue} for tongue in LANGUAGES]


def make_about(here: Here, keys: Keys) -> Page:
    """What the portal is, and how its figures are made."""
    tongue, settings = keys["lang"], here.settings
    gaps = {"detour": DETOUR, "speed": WALK_M_PER_MINUTE, "days": settings.freshness_days}
    sections = [
        Section(say(f"about.{name}_title", tongue), say(f"about.{name}", tongue, **gaps).split("\n\n"))
        for name in SECTIONS
    ]
    tiles = settings.basemap != map_settings.NO_TILES
    lead = say("about.lead", tongue, title=settings.title)
    head = frame.Head(ABOUT, keys, say("about.title", tongue), lead, app=frame.ways(here, ABOUT, keys).app("/about"))
    values = {"sections": sections, "lead": lead, "tiles": tiles}
    links = {"tiles_at": map_settings.TILES, "leaflet_at": map_settings.LEAFLET}
    return frame.page(here, "about.html", head, frozenset(), **values, **links)


def make_sources(here: Here, keys: Keys) -> Page:
    """Every source with its terms, the credit that they ask for, and the day that it describes."""
    tongue = keys["lang"]
    head = frame.Head(SOURCES, keys, say("plain_about.sources_title", tongue), say("plain_about.sources_lead", tongue))
    towns = [_of_town(here, town, tongue) for town in here.store.municipalities()]
    return frame.page(here, "sources.html", head, frozenset({tags.ALL}), towns=towns)


def make_accessibility(here: Here, keys: Keys) -> Page:
    """The accessibility statement: what was tested, and what is known not to conform."""
    tongue = keys["lang"]
    sections = [
        Section(say(f"plain_about.{name}_title", tongue), say(f"plain_about.{name}", tongue).split("\n\n"))
        for name in STATEMENT
    ]
    title, said = say("plain_about.accessibility_title", tongue), say("plain_about.accessibility_lead", tongue)
    head = frame.Head(ACCESSIBILITY, keys, title, said)
    return frame.page(here, "accessibility.html", head, frozenset(), sections=sections)


def _of_town(here: Here, town: Municipality, tongue: str) -> OfTown:
    visit = Visit(tongue, town, here.store)  # type: ignore[arg-type]  # pages only read
    return OfTown(visit.name(town), town.code, [record_marks.source(visit, item) for item in sources.known(visit)])


SORTS: Final = (
    Sort(ABOUT, every, make_about),
    Sort(SOURCES, every, make_sources),
    Sort(ACCESSIBILITY, every, make_accessibility),
)
