"""The records behind a figure: from each table to what was counted, and from there to each record."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pages.review import report_file
from portal.model.post import PostState
from portal.review_tables import TABLES
from portal.store import Put
from tests import town
from tests.portal import people

ROW = re.compile(r'<th scope="row">')
LINK = re.compile(r'href="(/review-records\?[^"]+)"')


@pytest.fixture
def filled(store):
    """The town with a salon and three posts, two of one month."""
    store.apply([Put(town.place("p1"))])
    for day, title in ((1, "一つめの会"), (2, "二つめの会"), (5, "三つめの会")):
        people.kept(store, PostState.LIVE, facts=people.facts(title), live_at=people.NOW.replace(day=day))
    return store


def test_a_months_posts_are_one_click_away(filled, visit):
    """The number of a month leads to a list of as many posts, and each name to the post."""
    visitor = visit(people.STAFF)
    page = visitor.get(f"/review-use?municipality={town.CODE}").text
    found = re.search(r'<a href="(/review-records\?[^"]*month=2026-11[^"]*)"><bdi>(\d+)</bdi></a>', page)
    assert found, page
    listed = visitor.get(unescape(found[1])).text
    assert len(ROW.findall(listed)) == int(found[2]) == 3
    for title in ("一つめの会", "二つめの会", "三つめの会"):
        assert re.search(rf'<a href="/post\?[^"]*id=post-[^"]*"><bdi>{title}</bdi></a>', listed)


@pytest.mark.parametrize("page", ["coverage", "reach", "use", "indicators", "needs"])
def test_every_link_to_records_leads_to_a_page(filled, visit, page):
    """Each link to records that a page of the review bears opens a page with one heading and a way to take it along."""
    visitor = visit(people.STAFF)
    links = set(LINK.findall(visitor.get(f"/review-{page}?municipality={town.CODE}").text))
    assert links
    for link in sorted(links)[:12]:
        answer = visitor.get(unescape(link))
        assert answer.status_code == 200, (link, answer.text)
        assert answer.text.count("<h1>") == 1
        assert "format=csv" in answer.text


def test_every_table_says_what_it_is_counted_from_or_is_records_itself(filled, visit):
    """No table of figures is without records: it names them, its rows do, or its rows are records."""
    visitor = visit(people.STAFF)
    for name in TABLES.keys() - report_file.RECORDS:
        listed = visitor.get(f"/review-records?municipality={town.CODE}&table={name}").text
        empty = "あてはまるものはありません" in listed
        assert empty or LINK.search(listed) or 'href="/post?' in listed or 'href="/place?' in listed, name
