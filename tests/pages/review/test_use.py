"""The page of the portal's use: the year in sentences, its tables, and the way to whom to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import clock
from portal.model.indicator import Indicator, Measure
from portal.store import Put
from portal.use.years import first_day, fiscal_year
from tests.portal import people
from tests.portal.people import MEMBER, STAFF
from tests.portal.use.town_of_posts import posted
from tests.town import CODE

PATH = f"/review-use?municipality={CODE}"


@pytest.fixture
def desk(store):
    """The town with two posts this fiscal year, a target for them, and a group from which nothing ever came."""
    target = Indicator(
        CODE, "posts", "投稿", "Posts", "件", targets={str(fiscal_year(clock.today())): 150.0}, measure=Measure.POSTS
    )
    long_ago = clock.now() - timedelta(days=800)
    groups = [Put(replace(group, decided_at=long_ago)) for group in store.groups(CODE)]
    store.apply([Put(target), *groups], people.SAID)
    for day in (first_day(fiscal_year(clock.today())), clock.today()):
        posted(store, day)
    return store


def test_the_year_stands_in_sentences_above_its_tables(desk, visit):
    """Posts with forecast, band and target; groups; evenness: figures that the tables below have, too."""
    page = visit(STAFF).get(PATH).text
    assert "きょうまでに2件です" in page
    assert "目標の150件に届く見込みは" in page
    assert "登録2団体のうち、この3か月に投稿があったのは1団体です" in page
    assert "ジニ係数 0.50" in page
    assert "今年度の投稿がない区域は4です(北東小、北西小、東小、西小)。" in page
    for name in ("calls", "use", "posts_by_month", "groups", "evenness", "posts_by_kind", "posts_by_district"):
        assert f'id="t-{name}"' in page
    assert "table=posts_by_month&amp;format=svg" in page


def test_whom_to_call_leads_to_the_letter(desk, visit):
    """The group in the list is a link to the page with its letter."""
    page = visit(STAFF).get(PATH).text
    assert f"/outreach?municipality={CODE}&amp;group=group-tonari" in page
    assert "/outreach?municipality=99901&amp;group=group-hidamari" not in page


def test_a_layer_can_be_chosen(desk, visit):
    """The table by district is of the chosen layer, and the choice stays chosen."""
    page = visit(STAFF).get(f"{PATH}&layer=junior_high").text
    assert "北中" in page
    assert '<option value="junior_high" selected>' in page
    assert '<option value="elementary" selected>' in visit(STAFF).get(PATH).text
    assert visit(STAFF).get(f"{PATH}&layer=none").status_code == 404


def test_it_is_for_the_office_and_in_both_languages(desk, visit):
    """A member is told no; the English page has its own sentences."""
    assert visit(MEMBER).get(PATH).status_code == 403
    page = visit(STAFF, language="en").get(PATH).text
    assert "up to today: 2" in page
    assert "Of 2 registered groups, 1 posted" in page
