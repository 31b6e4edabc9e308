"""The whole public side, crawled: every link of its files and of the server leads somewhere, every page is sound."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette

from pages.plain import paths, sorts
from pages.plain.here import here
from pages.server import addresses, assets
from pages.server.errors import HANDLERS
from pages.server.middleware import MIDDLEWARE
from pages.server.plain_routes import PLAIN
from pages.server.routes import ROUTES
from pages.twin import fixed
from portal.query import from_params
from tests import clients
from tests.pages.forms.conftest import BASE
from tests.pages.plain import crawled, world
from tests.pages.plain.looked import ELSEWHERE, PAGE_MAX, TEXT_MAX

DOORS = {"", fixed.MISSING}
"""Pages at the root of the folder, in both languages at once."""
OTHERS = {"https://meet.example/", "http://169.254.169.254/x.png"}
"""Where people's own texts lead."""
PRINTED = ("sheet", "sheet_large")
FRAMED = ("embed", "embed_district")
SHEET_MAX = 60_000
"""A sheet holds its map and its QR codes as drawings."""
OK, SIGN_IN = 200, 303


@pytest.fixture(scope="module")
def side(tmp_path_factory):
    """The portal, the folder with its public side, its pages as read, and every path that there is."""
    # Whoever opens so many screens within a second would find the portal full.
    with world.portal(tmp_path_factory.mktemp("home"), sessions="0") as store:
        site = world.written(tmp_path_factory.mktemp("www") / "site")
        read = {page.path: page for page in crawled.pages(site)}
        there = {path for _, path in sorts.every(here())}
        yield SimpleNamespace(store=store, site=site, pages=read, there=there)


@pytest.fixture(scope="module")
def server(side):
    """The server of that portal, without a browser's patience for redirects."""
    app = Starlette(routes=list(ROUTES), middleware=MIDDLEWARE, exception_handlers=HANDLERS)
    headers = {"accept": "text/html", "accept-language": "ja"}
    return clients.client(app, base_url=BASE, headers=headers, follow_redirects=False)


def test_there_is_something_of_every_sort(side):
    """What is crawled holds a page of every sort that there is, in each of its languages."""
    named = Counter(paths.read(path)[0] for path in side.there)
    assert set(named) == set(sorts.SORTS) == set(paths.PATHS)
    assert len(side.pages) > 300


def test_no_link_of_the_files_is_dead(side, server):
    """Each leads to a file of the folder, to what the server answers, or to one of the few sites that are credited."""
    dead, asked = [], {}
    for page in side.pages.values():
        for _, link in page.links:
            host, path, query = crawled.led_to(page, link, BASE)
            if host != BASE:
                if not link.startswith((*ELSEWHERE, *OTHERS, "tel:", "mailto:")):
                    dead.append((page.path, link))
            elif (query and not path) or not ((side.site / paths.file(path)).is_file() or path in side.there):
                asked.setdefault(f"/{path}?{query}".rstrip("?"), page.path)
    dead += [(page, path) for path, page in asked.items() if not _answers(server, path)]
    assert dead == []
    assert {path.partition("?")[0] for path in asked} >= {"/", "/place", "/post", "/districts", "/evacuation"}


def _answers(server, path):
    """Whether the server has it: a page, a screen that can read what is asked of it, or the sign-in before a form."""
    address = urlsplit(path)
    answer = server.get(path)
    if address.path.lstrip("/") in ("", *addresses.SCREENS):
        from_params(dict(parse_qsl(address.query)))
    sign_in = answer.status_code == SIGN_IN and "/sign-in" in answer.headers["location"]
    return answer.status_code == OK or (sign_in and any(route.path == address.path for route in PLAIN))


def _name(page):
    """Key of the page in the table of addresses; nothing for a door."""
    found = paths.read(page.path)
    return found[0] if found else ""


def test_no_link_within_a_page_is_dead(side):
    """What a fragment names is there, on the same page and on others; no name is given twice."""
    dead = []
    for page in side.pages.values():
        assert len(page.ids) == len(set(page.ids)), page.path
        for tag, link in page.links:
            host, path, _ = crawled.led_to(page, link, BASE)
            fragment, target = urlsplit(link).fragment, side.pages.get(path)
            if tag == "a" and fragment and host == BASE and target and fragment not in target.ids:
                dead.append((page.path, link))
    assert dead == []


def test_every_page_can_be_reached_from_the_front_pages(side):
    """Following links alone, from the front page of a language one comes to every page in it that is listed."""
    listed = {name for name, sort in sorts.SORTS.items() if sort.listed}
    for tongue in ("ja", "en"):
        seen, ahead = set(), [paths.path("front", lang=tongue)]
        while ahead:
            path = ahead.pop()
            if path not in seen and path in side.pages:
                seen.add(path)
                page = side.pages[path]
                ahead += [crawled.led_to(page, link, BASE)[1] for tag, link in page.links if tag == "a"]
        wanted = {path for path in side.there if path.startswith(f"{tongue}/") and paths.read(path)[0] in listed}
        assert sorted(wanted - seen) == []


def test_links_hold_in_any_folder(side):
    """Among the files they are relative, so that the folder may lie anywhere; what is printed names whole ones."""
    whole = [
        (page.path, link)
        for page in side.pages.values()
        if page.path != fixed.MISSING and _name(page) not in PRINTED
        for _, link in page.links
        if link.startswith(("/", f"{BASE}/")) and crawled.led_to(page, link, BASE)[1] in side.there - {""}
    ]
    assert whole == []


def test_the_server_answers_with_the_same_bytes(side, server):
    """Every page and file is to the byte what the server answers at its address: one crawl proves both."""
    different = []
    for path in sorted(side.there):
        if (file := side.site / paths.file(path)).is_file():
            answer = server.get(f"/{path}")
            if answer.status_code != OK or answer.content != file.read_bytes():
                different.append((path, answer.status_code))
    assert different == []


def test_every_page_is_valid_html(side):
    """The Nu HTML Checker finds no error in any of them, hostile texts and all."""
    assert crawled.validated(side.site) == []


def test_every_page_has_one_heading_and_its_language(side):
    """One h1, ``lang`` as its address says, and nothing inline but what machines are told."""
    for page in side.pages.values():
        assert page.inline == [], page.path
        if page.path not in DOORS:
            assert (page.headings, page.language) == (1, page.path[:2]), page.path


def test_titles_and_descriptions_tell_pages_apart(side):
    """In a list of results nobody finds two pages of a language with one title and one description, or none."""
    said = Counter()
    for page in side.pages.values():
        if page.path not in DOORS and sorts.SORTS[paths.read(page.path)[0]].listed:
            assert page.title.strip(), page.path
            assert page.described.strip(), page.path
            said[page.language, page.title, page.described] += 1
    assert [one for one, count in said.items() if count > 1] == []


def test_languages_and_canonical_addresses_point_at_each_other(side):
    """Both languages name each other, their own and which is meant for others; a page is its own canonical address."""
    for page in side.pages.values():
        if page.path in DOORS:
            continue
        name, keys = paths.read(page.path)
        (canonical,) = page.canonical
        own = f"{BASE}/{page.path}"
        if name not in ("months", *FRAMED, "sheet_large"):
            assert canonical == own
        assert canonical.removeprefix(f"{BASE}/") in side.there
        if page.others:
            assert page.others[keys["lang"]] == own
            assert page.others["x-default"] == page.others["ja"]
            for tongue in ("ja", "en"):
                other = side.pages[page.others[tongue].removeprefix(f"{BASE}/")]
                assert other.language == tongue
                assert other.others == page.others
        else:
            assert not sorts.SORTS[name].listed


def test_what_machines_are_told_names_what_it_is(side):
    """JSON-LD is schema.org's, with a sort; whole addresses in it lead to pages that there are."""
    told = 0
    for page in side.pages.values():
        for one in page.linked:
            assert one["@context"] == "https://schema.org", page.path
            assert one["@type"], page.path
            told += 1
            assert [
                at for at in _addresses(one) if at.removeprefix(f"{BASE}/").partition("#")[0] not in side.there
            ] == []
    assert told > 100


def _addresses(said):
    """The portal's own addresses anywhere in it."""
    if isinstance(said, dict):
        return [at for value in said.values() for at in _addresses(value)]
    if isinstance(said, list):
        return [at for value in said for at in _addresses(value)]
    return [said] if isinstance(said, str) and said.startswith(f"{BASE}/") else []


def test_every_page_is_light(side):
    """Under 30 KB of text, but for what is printed; with its looks and what it loads at once under 150 KB."""
    for page in side.pages.values():
        text = len(page.text.encode())
        loaded = {link for tag, link in page.links if tag in ("img", "script") or (tag == "link" and ".css" in link)}
        beside = sum((side.site / crawled.led_to(page, link, BASE)[1]).stat().st_size for link in loaded)
        assert text < (TEXT_MAX if _name(page) not in PRINTED else SHEET_MAX), page.path
        assert text + beside < PAGE_MAX, page.path


def test_the_files_hold_all_that_their_pages_load(side):
    """Looks, scripts, pictures: all beside the pages, none from elsewhere, each in the version that is named."""
    for page in side.pages.values():
        for tag, link in page.links:
            if tag in ("img", "script", "iframe") or (tag == "link" and ".css" in link):
                host, path, query = crawled.led_to(page, link, BASE)
                assert host == BASE, page.path
                assert (side.site / path).is_file(), (page.path, link)
                if path.startswith("assets/"):
                    assert assets.address(path.removeprefix("assets/")) == f"/{path}?{query}"


def test_the_site_map_lists_what_is_to_be_found(side):
    """Every listed page, once, and nothing else; the file for robots names the map."""
    listed = {f"{BASE}/{path}" for path in side.there if sorts.SORTS[paths.read(path)[0]].listed}
    found = Counter()
    for file in side.site.glob("sitemap*.xml"):
        found.update(
            line.strip()
            for line in file.read_text(encoding="utf-8").replace("<loc>", "\n").replace("</loc>", "\n").splitlines()
            if line.startswith(BASE)
        )
    maps = {at for at in found if at.endswith(".xml")}
    assert set(found) - maps == listed
    assert max(found.values()) == 1
    assert f"Sitemap: {BASE}/sitemap.xml" in (side.site / "robots.txt").read_text()
