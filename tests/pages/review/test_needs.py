"""Numbers of people in need: only what may be shown, and as they are only for staff who say why."""

from __future__ import annotations

from datetime import date

import pytest

from portal.importing.needs import plan_needs
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.district import Population
from portal.model.need_intake import NeedIntake, NeedRow
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, STAFF, VISITOR_STAFF
from tests.town import CODE

PATH = f"/review-needs?municipality={CODE}"
DAY = date(2026, 10, 1)
COUNTS = {"西小": 163, "東小": 127, "北西小": 77, "北東小": 3}


@pytest.fixture
def desk(store):
    """The town with 40,000 inhabitants and its numbers, one of them small."""
    crowd = [Put(Population(CODE, "elementary", name, DAY, 10_000, 5_000, 5_000)) for name in COUNTS]
    store.apply(crowd, people.SAID)
    rows = [NeedRow(line, "小学校区", name, DAY, count) for line, (name, count) in enumerate(COUNTS.items(), start=2)]
    order = town.order(ImportKind.NEEDS, municipality=CODE)
    carry_out(store, plan_needs(store, NeedIntake(tuple(rows), (), len(rows), town.SOURCE), order))
    return store


def test_small_numbers_are_hidden_and_the_rest_is_rounded(desk, visit):
    """Neither the small number nor an exact one stands on the page; hidden cells say why."""
    page = visit(STAFF).get(PATH)
    assert page.headers["cache-control"] == "no-store"
    assert "160" in page.text
    assert "163" not in page.text
    assert "非表示" in page.text
    assert 'id="t-welfare_capacity"' in page.text
    assert "まだだれも見ていません" in page.text


def test_the_numbers_as_they_are_come_once_and_after_the_look_was_noted(desk, visit):
    """The answer to the form shows them, uncached; opened anew the page does not, and says who looked and why."""
    visitor = visit(STAFF)
    answer = visitor.send(PATH, why="受け入れ計画の<b>ため</b>")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "163" in answer.text
    assert [(one.account, one.why) for one in desk.need_looks(CODE)] == [(STAFF.id, "受け入れ計画の<b>ため</b>")]
    again = visitor.get(PATH).text
    assert "163" not in again
    assert "受け入れ計画の&lt;b&gt;ため" in again


def test_without_a_reason_nothing_is_shown(desk, visit):
    """White space is no reason, nor is a page of text; nothing is noted and nothing shown."""
    for why in ("", " 　\n", "長" * 5_000):
        answer = visit(STAFF).send(PATH, why=why)
        assert answer.status_code == 400
        assert 'href="#f-why"' in answer.text
        assert "163" not in answer.text
    assert desk.need_looks(CODE) == []


def test_nobody_else_looks(desk, visit):
    """Members and other offices get neither the page nor the numbers."""
    for who in (MEMBER, VISITOR_STAFF):
        visitor = visit(who)
        assert visitor.get(PATH).status_code == 403
        answer = visitor.send("/account", to=PATH, why="見たい")
        assert answer.status_code == 403
    assert visit().get(PATH).status_code == 303
    assert desk.need_looks(CODE) == []


def test_the_page_is_whole_without_any_numbers(store, visit):
    """A town that imported nothing has a page that says so, in both languages."""
    assert visit(STAFF).get(PATH).status_code == 200
    answer = visit(STAFF, language="en").send(PATH, why="to see")
    assert "No numbers were imported yet" in answer.text
