"""The open data (オープンデータ) of the portal: each set with its format, fields, terms and how often it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.parts import sources
from pages.parts.visit import Visit
from pages.plain import frame, linked, tags
from pages.plain.sort import Page, Sort
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.model.municipality import Municipality
    from portal.model.source import Source

NAME: Final = "data"
DETAILED: Final = 60
"""Of more municipalities than this, each one's files are not told to search engines: the page stays light."""


@dataclass(frozen=True, slots=True)
class Format:
    """One form in which the data of a municipality can be had."""

    name: str
    """Key in :data:`pages.plain.paths.PATHS`, and end of its phrases' keys."""
    media: str


FILES: Final = (
    Format("calendar", "text/calendar"),
    Format("rss", "application/rss+xml"),
    Format("atom", "application/atom+xml"),
    Format("geojson", "application/geo+json"),
    Format("facilities_csv", "text/csv"),
    Format("events_csv", "text/csv"),
    Format("shelters_csv", "text/csv"),
    Format("stays_csv", "text/csv"),
)
"""What is a file of the static twin, too; the API of HSDS comes beside them."""
HSDS: Final = "/hsds/services"


class Terms(NamedTuple):
    """Under which terms something of a municipality's data may be used."""

    licence: str
    credits: Sequence[str]


class OfTown(NamedTuple):
    """The sets of one municipality."""

    name: str
    code: str
    files: Sequence[tuple[str, str]]
    """Name of the format and address."""
    hsds: str
    terms: Sequence[Terms]


def every(here: Here) -> Iterable[Keys]:  # noqa: ARG001  # there is one, whatever the portal holds
    """The catalogue in each language."""
    return [{"lang": tongue} for tongue in LANGUAGES]


def make(here: Here, keys: Keys) -> Page:
    """The catalogue."""
    tongue = keys["lang"]
    ways = frame.ways(here, NAME, keys)
    towns = here.store.municipalities()
    title, lead = say("plain_data.title", tongue), say("plain_data.lead", tongue, title=here.settings.title)
    known = [(town, sources.known(_visit(here, town, tongue))) for town in towns]
    head = frame.Head(NAME, keys, title, lead, linked=[_catalogue(here, ways, known)])
    formats = [(say(f"plain_data.{one.name}", tongue), say(f"plain_data.{one.name}_fields", tongue)) for one in FILES]
    shown = [_of_town(ways, town, its) for town, its in known]
    told = {"formats": formats, "towns": shown, "lead": lead, "own": own_terms(here, tongue)}
    return frame.page(here, "data.html", head, frozenset({tags.ALL}), **told)


def own_terms(here: Here, tongue: str) -> str:
    """The terms of what groups and staff typed in, or whom to ask for them."""
    if here.settings.licence:
        return say("plain_data.own_terms_said", tongue, licence=here.settings.licence)
    return say("plain_data.own_terms", tongue)


def _visit(here: Here, town: Municipality, tongue: str) -> Visit:
    return Visit(tongue, town, here.store)  # type: ignore[arg-type]  # pages only read


def _of_town(ways: Ways, town: Municipality, known: Sequence[Source]) -> OfTown:
    tongue = ways.keys["lang"]
    return OfTown(
        _name(town, tongue),
        town.code,
        [(say(f"plain_data.{one.name}", tongue), ways.to(one.name, code=town.code)) for one in FILES],
        ways.app(HSDS, lang="", municipality=town.code),
        terms(known, say("place.licence_unsaid", tongue)),
    )


def terms(known: Iterable[Source], unsaid: str) -> list[Terms]:
    """Each licence once, with the credits that are to be given under it."""
    by_licence: dict[str, dict[str, None]] = {}
    for source in known:
        by_licence.setdefault(source.licence or unsaid, {})[source.credit or source.name] = None
    return [Terms(licence, list(credits_)) for licence, credits_ in by_licence.items()]


def _catalogue(here: Here, ways: Ways, known: Sequence[tuple[Municipality, Sequence[Source]]]) -> dict[str, Any]:
    """All sets (https://schema.org/DataCatalog)."""
    tongue = ways.keys["lang"]
    return {
        "@context": linked.CONTEXT,
        "@type": "DataCatalog",
        "name": say("plain_data.title", tongue),
        "url": ways.whole(NAME),
        "dataset": [_set(here, ways, town, its, files=len(known) <= DETAILED) for town, its in known],
    }


def _set(here: Here, ways: Ways, town: Municipality, known: Sequence[Source], *, files: bool) -> dict[str, Any]:
    """One municipality's data (https://schema.org/Dataset); a licence stands there where it is an address."""
    tongue = ways.keys["lang"]
    name = _name(town, tongue)
    licences = sorted({here.settings.licence, *(item.licence for item in known)} - {""})
    said: dict[str, Any] = {
        "@type": "Dataset",
        "name": say("plain_data.set", tongue, name=name),
        "description": say("plain_data.set_description", tongue, name=name, title=here.settings.title),
        "url": ways.whole(NAME) + f"#t{town.code}",
        "spatialCoverage": name,
        "isAccessibleForFree": True,
        "license": licences,
        "creditText": "\n".join(dict.fromkeys(item.credit for item in known if item.credit)),
    }
    if files:
        said["distribution"] = [
            {"@type": "DataDownload", "encodingFormat": one.media, "contentUrl": ways.whole(one.name, code=town.code)}
            for one in FILES
        ]
    return {key: value for key, value in said.items() if value not in ("", [])}


def _name(town: Municipality, tongue: str) -> str:
    return (town.name_en if tongue == "en" else "") or town.name


SORTS: Final = (Sort(NAME, every, make),)
