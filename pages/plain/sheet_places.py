"""What is where, as the back of a district's sheet lists it: places with their number on the map, evacuation sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import cards, evacuation_sites, records, sheet_fit
from pages.plain.sheet_rows import Spot
from portal.model.kind import EMERGENCY_SITE, WELFARE_SHELTER
from portal.model.place import ContactKind
from portal.model.position import Precision
from portal.model.shelter import Hazard, ShelterFacts
from portal.schedules.wording import describe
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.plain.here import Here
    from pages.plain.sheet_fit import Paper
    from pages.plain.sheet_rows import Row
    from pages.plain.ways import Ways
    from portal.model.kind import Kind
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.query import Query

ALL: Final = 100_000
NAME_LINES: Final = 1
DETAIL_LINES: Final = 2
HEADING: Final = 2.25
"""Lines that the heading of a kind of evacuation site takes, with the number of those that have no room."""


class Sites(NamedTuple):
    """The evacuation sites of one kind."""

    kind: str
    spots: Sequence[Spot]
    more: int


class Back(NamedTuple):
    """What the back tells."""

    spots: Sequence[Spot]
    more: int
    sites: Sequence[Sites]
    more_sites: int

    def drawn(self) -> list[tuple[str, Spot]]:
        """What is to be drawn, each with its kind of evacuation site; empty for others."""
        of_sites = [(of.kind, spot) for of in self.sites for spot in of.spots]
        return [(kind, spot) for kind, spot in [*(("", spot) for spot in self.spots), *of_sites] if spot.position]


def back(here: Here, ways: Ways, query: Query, rows: Sequence[Row], paper: Paper) -> Back:
    """The places that the query, which names the one district, finds; those of ``rows`` first, in their order."""
    found = here.store.places([item.place for item in here.store.find(query, here.today, ALL)])
    daily = [place for place in found if place.facts.kind not in evacuation_sites.KINDS]
    listed = [_cut(spot, paper.place) for spot in _listed(here, ways, query.municipality, daily, rows)]
    shown = sheet_fit.first(listed, paper.places * paper.columns, lambda spot: _height(spot, paper, paper.place))
    numbered = [spot._replace(sign=str(at)) for at, spot in enumerate(shown, start=1)]
    sites = _sites(ways, found, paper)
    return Back(numbered, len(listed) - len(numbered), sites, sum(of.more for of in sites))


def halves(spots: Sequence[Spot], paper: Paper) -> list[list[Spot]]:
    """The list in as many columns as the paper has, each of about the same height."""
    if paper.columns == 1:
        return [list(spots)]
    whole = sum(_height(spot, paper, paper.place) for spot in spots)
    left: list[Spot] = []
    for spot in spots:
        if 2 * sum(_height(one, paper, paper.place) for one in left) >= whole:
            break
        left.append(spot)
    return [left, list(spots[len(left) :])]


def _height(spot: Spot, paper: Paper, width: float) -> float:
    name = sheet_fit.lines(spot.name, width, sheet_fit.MARK if spot.sample else 0)
    detail = sheet_fit.lines(spot.detail, width) if spot.detail else 0
    return (name + detail) * paper.line + paper.gap


def _listed(here: Here, ways: Ways, code: str, places: Sequence[Place], rows: Sequence[Row]) -> list[Spot]:
    """What is on soon first, then what has dates at all, then the rest by kind and name."""
    kinds = {kind.key: kind for kind in here.store.kinds(code)}
    order = {key: at for at, key in enumerate(records.in_order(kinds, {place.facts.kind for place in places}))}
    by_kind = sorted(_by_name(places), key=lambda place: (place.facts.schedule is None, order[place.facts.kind]))
    told = {row.id for row in rows}
    inside = {place.id: _place(here, ways, place, kinds, told=place.id in told) for place in by_kind}
    soon = list(dict.fromkeys(row.spot for row in rows if row.spot))
    known = inside | _further(here, ways, [key for key in soon if key not in inside])
    first = {key: known[key] for key in soon if key in known}
    return [*first.values(), *(spot for key, spot in inside.items() if key not in first)]


def _cut(spot: Spot, width: float) -> Spot:
    spot = sheet_fit.named(spot, width, NAME_LINES)
    return spot._replace(detail=sheet_fit.cut(spot.detail, width, DETAIL_LINES))


def _further(here: Here, ways: Ways, ids: Sequence[str]) -> dict[str, Spot]:
    """Where posts are that are on here: a place that lies elsewhere or is an evacuation site, or a point."""
    places = [place for place in here.store.places(ids) if place.gone_on is None]
    kinds = {kind.key: kind for code in {place.municipality for place in places} for kind in here.store.kinds(code)}
    posts = [post for post in here.store.posts(ids) if post.public]
    spots = [*(_place(here, ways, place, kinds) for place in places), *(_point(ways, post) for post in posts)]
    return {spot.id: spot for spot in spots}


def _point(ways: Ways, post: Post) -> Spot:
    """A point that a post names; whose point may not be told has no row that leads here."""
    where = post.facts.where
    return Spot(
        post.id,
        "",
        where.name or where.address or post.facts.title,
        ways.keys["lang"] != "ja",
        ways.to("post", id=post.id),
        where.address if where.name else "",
        post.sample,
        where.position,
        exact=True,
    )


def _place(here: Here, ways: Ways, place: Place, kinds: Mapping[str, Kind], *, told: bool = False) -> Spot:
    """A place with its kind, a telephone number that is public, and when it is open unless the front has ``told``."""
    tongue, facts = ways.keys["lang"], place.facts
    kind = kinds.get(facts.kind)
    phone = next((one.value for one in facts.contacts if one.public and one.kind is ContactKind.PHONE), "")
    rule = describe(facts.schedule, tongue, here.today) if facts.schedule else facts.schedule_note
    detail = [
        (kind.en if tongue == "en" else kind.ja) if kind else "",
        say("plain_sheet.phone", tongue, number=phone) if phone else "",
        "" if told else rule,
    ]
    return _spot(ways, place, say("plain_sheet.between", tongue).join(filter(None, detail)))


def _spot(ways: Ways, place: Place, detail: str) -> Spot:
    tongue, facts = ways.keys["lang"], place.facts
    name = cards.named(place, tongue)
    return Spot(
        place.id,
        "",
        name,
        tongue != "ja" and name == facts.name,
        ways.to("place", id=place.id),
        detail,
        place.sample,
        facts.position,
        facts.precision is Precision.EXACT,
    )


def _sites(ways: Ways, places: Sequence[Place], paper: Paper) -> list[Sites]:
    """The three kinds apart, one of each in turn as long as there is room: none pushes another out."""
    waiting = {
        kind: [_site(ways, place, paper) for place in _by_name(places) if place.facts.kind == kind]
        for kind in evacuation_sites.KINDS
    }
    taken: dict[str, list[Spot]] = {kind: [] for kind, its in waiting.items() if its}
    room = paper.sites - len(taken) * HEADING * paper.line
    room -= paper.warning * paper.line if WELFARE_SHELTER in taken else 0
    full: set[str] = set()
    while len(full) < len(taken):
        for kind, its in taken.items():
            following = waiting[kind][len(its) : len(its) + 1]
            height = _height(following[0], paper, paper.site) if following else room + 1
            if height > room:
                full.add(kind)
            elif kind not in full:
                its.append(following[0])
                room -= height
    return [_signed(ways, kind, its, len(waiting[kind])) for kind, its in taken.items()]


def _by_name(places: Sequence[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.facts.name_kana or place.facts.name, place.id))


def _signed(ways: Ways, kind: str, spots: Sequence[Spot], total: int) -> Sites:
    tongue = ways.keys["lang"]
    signed = [
        spot._replace(sign=say(f"plain_sheet.sign_{kind}", tongue, number=at)) for at, spot in enumerate(spots, start=1)
    ]
    return Sites(kind, signed, total - len(spots))


def _site(ways: Ways, place: Place, paper: Paper) -> Spot:
    """A site with what has to be known before going there: the hazards it is for, or whom it accepts."""
    tongue, shelter = ways.keys["lang"], place.facts.shelter or ShelterFacts()
    told = ""
    if place.facts.kind == EMERGENCY_SITE:
        told = _hazards(shelter, tongue, paper)
    elif place.facts.kind == WELFARE_SHELTER:
        accepts = shelter.accepts.strip()
        told = say("evacuation.accepts", tongue) + accepts if accepts else say("evacuation.accepts_unsaid", tongue)
    return _cut(_spot(ways, place, told), paper.site)


def _hazards(shelter: ShelterFacts, tongue: str, paper: Paper) -> str:
    """All that it is for, or how many where they have no room: a part of them would be taken for all."""
    names = [say(f"hazard.{item}", tongue) for item in Hazard if item in shelter.hazards]
    if not names:
        return say("plain_sheet.hazards_unsaid", tongue)
    told = say("plain_evacuation.for_hazards", tongue, hazards=say("plain_evacuation.between", tongue).join(names))
    if sheet_fit.lines(told, paper.site) <= DETAIL_LINES:
        return told
    return say("plain_sheet.many_hazards", tongue, count=len(names))
