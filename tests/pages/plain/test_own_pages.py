"""Every page of districts, months, evacuation and the portal itself, as all of them have to be."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from db import open_store
from pages.plain import paths, sorts, tags
from pages.plain.here import Here
from pages.plain.sort import HTML
from portal.errors import UnknownThingError
from portal.settings import Settings
from portal.store import Put
from tests import town
from tests.pages.plain import minamo
from tests.pages.plain.looked import Looked, look
from tests.portal import people

OWN = (
    "front",
    "layer",
    "district",
    "month",
    "months",
    "evacuation",
    "evacuation_kind",
    "evacuation_hazard",
    "about",
    "sources",
    "accessibility",
    "data",
)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A portal with things in it; only looked at."""
    store = open_store("duckdb://")
    minamo.fill(people.settle(town.settle(store)))
    yield Here(store, Settings(home=tmp_path_factory.mktemp("home")), people.NOW, "https://ibasho.example")
    store.close()


@pytest.fixture(scope="module")
def every_page(full):
    """All pages with their paths and keys, made once: ``every_page[name]``."""
    return {
        name: [
            (path, keys, sorts.make(full, path))
            for keys in sorts.SORTS[name].every(full)
            for path in [paths.path(name, **keys)]
        ]
        for name in OWN
    }


@pytest.mark.parametrize("name", OWN)
def test_it_is_a_page_as_all_are(every_page, name):
    """One h1, its language, no style or script in it, links that hold in any folder, small enough."""
    assert every_page[name]
    for _, keys, page in every_page[name]:
        assert page.media == HTML
        look(page.content.decode(), keys["lang"])


@pytest.mark.parametrize("name", OWN)
def test_nothing_that_is_not_public_is_in_it(every_page, name):
    """No post that is not out, no private contact, no helper's name or pin, no place that is gone."""
    assert [path for path, _, page in every_page[name] if minamo.SECRET in page.content.decode()] == []


@pytest.mark.parametrize("name", OWN)
def test_it_is_made_anew_when_what_it_shows_changes(every_page, name):
    """It bears the tag of its municipality's names, or that of all of them; what is dated that of the day."""
    for _, keys, page in every_page[name]:
        assert name in {"about", "accessibility"} or {tags.ALL, tags.frame(keys.get("code", ""))} & page.tags
        assert name not in {"layer", "district", "month", "months"} or tags.DAY in page.tags


def test_links_among_public_pages_lead_somewhere(full, every_page):
    """What they link to of the public side is a page that there is, among the files of the twin, too."""
    there = {path for _, path in sorts.every(full)}
    named = {(path, link) for its in every_page.values() for path, _, page in its for link in _links(page)}
    public = {(path, link) for path, link in named if paths.read(_joined(path, link))}
    assert len(public) > len(OWN)
    # Sorts that no module has yet are told by its own tests.
    dead = {(path, link) for path, link in public if _joined(path, link) not in there}
    assert {one for one in dead if paths.read(_joined(*one))[0] in sorts.SORTS} == set()


def _links(page):
    found = Looked()
    found.feed(page.content.decode())
    return [link for link in found.links if not link.startswith(("https:", "http:", "#", "webcal:"))]


def _joined(own: str, link: str) -> str:
    parts = own.split("/")[:-1]
    for piece in link.partition("#")[0].split("/"):
        if piece == "..":
            parts.pop()
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def test_linked_data_can_be_read(every_page):
    """What machines are told of a district and of the data is JSON with whole addresses."""
    for name, sort in (("district", "AdministrativeArea"), ("data", "DataCatalog"), ("front", "WebSite")):
        found = re.search(
            r'<script type="application/ld\+json">(.*?)</script>', every_page[name][0][2].content.decode()
        )
        assert found
        said = json.loads(found[1])
        assert said["@type"] == sort
        assert said["url"].startswith("https://ibasho.example/ja/")


def test_the_same_at_any_hour(full, every_page):
    """Made again in the evening, a page is the same to the byte: nothing in it is of the moment."""
    evening = Here(full.store, full.settings, full.now.replace(hour=21, minute=59), full.base)
    different = [
        path
        for its in every_page.values()
        for path, keys, page in its
        if keys["lang"] == "ja" and sorts.make(evening, path).content != page.content
    ]
    assert different == []


@pytest.mark.parametrize(
    "path",
    [
        "ja/99901/layer/branch/",
        "ja/99901/layer/five_districts/",
        "ja/99999/layer/elementary/",
        "ja/99902/district/99901-city-x/",
        "ja/99901/district/nowhere/",
        "ja/99901/month/2026-13/",
        "ja/99901/month/0000-00/",
        "ja/99901/month/2026-07/",
        "ja/99901/month/2027-12/",
        "ja/99901/evacuation/elderly_salon/",
        "ja/99901/evacuation/hazard/rain/",
        "ja/99999/evacuation/",
        "ja/99999/month/",
        "sitemap-99999.xml",
    ],
)
def test_what_there_is_not_is_unknown(full, path):
    """A layer, district, month, kind or hazard that there is not, or of another municipality, is none (404)."""
    with pytest.raises(UnknownThingError):
        sorts.make(full, path)


def test_a_former_district_is_gone(store, visit):
    """A district that ended is a 410 with a sentence; one that has not begun is not there yet."""
    ended = replace(town.district("旧小", town.square(0, 0), last_day=town.TODAY.replace(year=2024)), id="old")
    begins = replace(town.district("新小", town.square(0, 0), first_day=town.TODAY.replace(year=2099)), id="new")
    store.apply([Put(ended), Put(begins)])
    answer = visit().get(f"/ja/{town.CODE}/district/old/")
    assert answer.status_code == 410
    assert "旧小" in answer.text
    assert visit().get(f"/ja/{town.CODE}/district/new/").status_code == 404
