"""The records behind the figures of use: as many as the figure says, and told how they are narrowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db import open_store
from portal import moderation, posting, review_tables
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.group import GroupState
from portal.model.indicator import Indicator, Measure
from portal.model.post import Outside, PostKind, PostState, Where, WhereKind
from portal.model.report_note import POST, ErrorNote
from portal.model.report_table import Wanted
from portal.model.usage import UsageCount, Use
from portal.store import Put
from portal.use.evenness import TOP
from portal.use.tables import TABLES
from portal.words import LANGUAGES, say_error
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NOW, STAFF
from tests.portal.use.town_of_posts import moment, posted
from tests.town import CODE, TODAY

OLD = moment(date(2024, 11, 1))
LAYERS = ("city", "elementary", "junior_high")


@pytest.fixture(scope="module")
def desk():
    """A busy town: posts of all sorts and places, silent and closed groups, decisions, looks, reports, a target.

    It is filled once: no test here changes it.
    """
    store = open_store("duckdb://")
    _fill(people.settle(town.settle(store)))
    yield store
    store.close()


def _fill(store):
    groups = [replace(group, decided_at=OLD) for group in store.groups(CODE)]
    more = [people.group(f"g{n}", name=f"会{n}", decided_at=OLD) for n in range(12)]
    closed = people.group("closed", name="とじた会", decided_at=OLD, state=GroupState.CLOSED)
    wanted = [
        Indicator(CODE, measure.value, "指標", "Indicator", "件", targets={"2025": 12}, measure=measure)
        for measure in Measure
    ]
    store.apply(map(Put, [*groups, *more, closed, people.group("mihon", sample=True), *wanted]), people.SAID)
    store.apply([Put(town.place("hall", "会館", name_en="Hall"))], people.SAID)
    _posts(store)
    _decisions(store)
    _looks(store)


def _posts(store):
    posted(store, date(2026, 4, 1), where=people.pin(0.5, 0.5))
    posted(store, date(2026, 5, 1), group="closed", where=people.pin(1.5, 0.5), state=PostState.WITHDRAWN)
    posted(store, date(2026, 5, 2), group="closed", where=Where(WhereKind.PLACE, place="hall"))
    posted(store, date(2026, 5, 20), group="g1", where=Where(WhereKind.ONLINE))
    posted(store, TODAY, group="g2", where=people.pin(9, 9))
    posted(store, TODAY, group="g2", kind=PostKind.NEWS, schedule=None, where=people.pin(0.5, 1.5))
    posted(store, date(2025, 12, 1), group="g3", where=people.pin())
    posted(store, TODAY, group="mihon", where=people.pin())
    people.put(store, replace(posted(store, TODAY), outside=Outside("sample")))
    course = posted(store, date(2025, 6, 1), kind=PostKind.COURSE, schedule=people.tuesdays())
    people.put(store, replace(course, places_taken={"2025-11-11": 40, "2026-11-10": 25, "2026-10-27": 5}))


def _decisions(store):
    post = posting.create(store, MEMBER, "group-hidamari", people.facts("はかる"), NOW)
    posting.submit(store, MEMBER, post.id, NOW - timedelta(days=5))
    number = store.post(post.id).number
    moderation.return_(store, STAFF, post.id, number, "日付がありません", NOW - timedelta(days=4))
    posting.submit(store, MEMBER, post.id, NOW - timedelta(days=3))
    moderation.approve(store, STAFF, post.id, store.post(post.id).number, "", NOW - timedelta(hours=1))


def _looks(store):
    first, second = (one.id for one in store.posts_of_group("group-g2"))
    counts = [
        UsageCount(first, TODAY, Use.VIEWED, 5),
        UsageCount(first, date(2026, 3, 31), Use.VIEWED, 50),
        UsageCount(second, TODAY, Use.CALENDAR, 2),
        UsageCount("hall", TODAY, Use.VIEWED, 9),
        UsageCount("hall", TODAY, Use.ASKED, 1),
        UsageCount("hall", TODAY, Use.CALENDAR, 3),
    ]
    notes = [ErrorNote(f"n{n}", first, "wrong", "日が違う", NOW, POST) for n in range(2)]
    store.apply(map(Put, [*counts, *notes]), people.SAID)


def table(store, name, **values):
    """A table of the town, today."""
    return review_tables.TABLES[name](store, Wanted(CODE, TODAY, **values))


def records(store, behind, **values):
    """The table behind a figure, with its choices."""
    return table(store, behind.table, params=behind.choices, **values)


def column(found, key):
    """What stands in one column."""
    at = [one.key for one in found.columns].index(key)
    return [row[at] for row in found.rows]


def figures(store, **values):
    """The main figures and the records behind each, by the figure's name in English."""
    found = table(store, "use", language="en", **values)
    return {row[0]: (row[1], behind) for row, behind in zip(found.rows, found.behind_rows, strict=True)}


ROWS = (
    "Posts",
    "Posts on local activities",
    "Registered groups",
    "Active groups",
    "Silent for 3 months",
    "Silent for 6 months",
    "Silent for 12 months",
    "Never posted",
    "Decisions",
)
SUMS = {
    "People at courses": "people",
    "Views of posts": "views",
    "Views of places": "views",
    "Calendar adds": "calendar",
    "Questions": "asked",
    "Reports of readers": "reports",
}


@pytest.mark.parametrize("samples", [False, True])
def test_behind_each_main_figure_are_as_many_records(desk, samples):
    """Each count has as many rows behind it, each sum a column that sums to it, and none of them is nothing."""
    found = figures(desk, samples=samples)
    for name in ROWS:
        figure, behind = found[name]
        assert len(records(desk, behind, samples=samples).rows) == figure > 0, name
    for name, key in SUMS.items():
        figure, behind = found[name]
        assert sum(column(records(desk, behind, samples=samples), key)) == figure > 0, name


def test_evenness_stands_on_its_groups(desk):
    """Ten groups hold the share of the top ten, and with the closed one all groups of the curve hold all posts."""
    found = figures(desk)
    posts = found["Posts"][0]
    top, every = (records(desk, found[name][1]) for name in ("Share of the top ten", "Gini coefficient"))
    assert len(top.rows) == TOP
    assert found["Share of the top ten"][0] == pytest.approx(100 * sum(column(top, "posts")) / posts, abs=0.05)
    assert sum(column(every, "posts")) == posts
    curve = table(desk, "evenness")
    assert len(records(desk, curve.behind).rows) == len(curve.rows) - 1 == found["Registered groups"][0] + 1


def test_every_main_figure_has_its_records(desk, store):
    """A target leads to the plan that says it, what is foreseen to the posts; without a plan a target has none."""
    found = figures(desk)
    assert all(behind is not None for _, behind in found.values())
    for name in ("Target for posts", "Target for people"):
        figure, behind = found[name]
        assert figure in column(records(desk, behind), "value")
    for name in ("Expected at year's end", "Low end", "High end", "Outlook"):
        assert len(records(desk, found[name][1]).rows) == found["Posts"][0]
    assert figures(store)["Target for posts"] == (None, None)


def rows_and_records(store, name, key, **values):
    """For each row of a table its figure and how many records are behind it."""
    found = table(store, name, **values)
    return [
        (figure, None if behind is None else len(records(store, behind).rows))
        for figure, behind in zip(column(found, key), found.behind_rows, strict=True)
    ]


@pytest.mark.parametrize("name", ["posts_by_month", "posts_by_kind", "groups"])
def test_behind_each_row_are_as_many_posts(desk, name):
    """Posts of a month, of a kind and of a group are as many as the row says; months to come have none to show."""
    pairs = rows_and_records(desk, name, "posts")
    assert all(figure == count for figure, count in pairs)
    assert any(figure for figure, _ in pairs)
    assert (None in [count for _, count in pairs]) == (name == "posts_by_month")


@pytest.mark.parametrize("layer", LAYERS)
def test_behind_each_district_are_as_many_posts(desk, layer):
    """Of every layer the districts and what is outside have their posts, and together they are all posts."""
    pairs = rows_and_records(desk, "posts_by_district", "posts", params={"layer": layer})
    assert all(figure == count for figure, count in pairs)
    whole = records(desk, table(desk, "posts_by_district").behind)
    assert sum(count for _, count in pairs) == len(whole.rows)
    assert pairs[-1][1] == 3


def test_a_town_without_layers_has_its_posts_outside(store):
    """The one row of its table by district leads to all posts."""
    people.settle(store)
    its = people.group("there", municipality=people.ELSEWHERE)
    store.apply([Put(its)], people.SAID)
    people.put(store, replace(posted(store, TODAY, group="there"), municipality=people.ELSEWHERE))
    wanted = Wanted(people.ELSEWHERE, TODAY)
    (behind,) = TABLES["posts_by_district"](store, wanted).behind_rows
    assert len(TABLES["posts_counted"](store, replace(wanted, params=behind.choices)).rows) == 1


def test_choices_narrow_together(desk):
    """Month and group at once leave what both leave, and both are said."""
    found = table(desk, "posts_counted", params={"month": "2026-05", "group": "group-closed", "local": "yes"})
    assert column(found, "day") == ["2026-05-01", "2026-05-02"]
    assert "2026-05" in found.counted
    assert "とじた会" in found.counted
    assert [desk.post(one).group for one in found.things] == ["group-closed"] * 2


def test_a_group_that_was_called_leads_to_its_posts(desk):
    """Each row of the list of whom to call is a group, and its posts of this year are behind it."""
    groups = table(desk, "groups")
    posts = dict(zip(groups.things, column(groups, "posts"), strict=True))
    called = table(desk, "calls")
    counts = {
        group: len(records(desk, behind).rows) for group, behind in zip(called.things, called.behind_rows, strict=True)
    }
    assert counts
    assert counts == {group: posts[group] for group in counts}


def test_rows_are_the_things_that_they_name(desk):
    """Posts, groups and places can be opened from their rows; a course held twice stands twice."""
    assert {desk.group(one).name for one in table(desk, "groups").things} == set(column(table(desk, "groups"), "group"))
    sessions = table(desk, "participation")
    assert [desk.post(one).facts.title for one in sessions.things] == column(sessions, "title")
    looked = table(desk, "looks_counted", language="en")
    assert (looked.things[0], looked.rows[0]) == ("hall", ("place", "Hall", 9, 3, 1, 0))
    assert looked.rows[1] == ("post", "もちつき大会", 5, 0, 0, 2)


def test_a_decision_says_how_long_it_took(desk):
    """Returned after a day, approved after nearly three: two rows with their moments in Japan."""
    assert table(desk, "decisions_counted", language="en").rows == (
        ("はかる", "2026-11-17 09:00", "2026-11-18 09:00", 24.0, "returned"),
        ("はかる", "2026-11-19 09:00", "2026-11-22 08:00", 71.0, "approved"),
    )


def test_an_earlier_year_can_be_asked_for(desk):
    """Posts and sessions of the year before are listed, with what became of them in that year."""
    found = table(desk, "posts_counted", params={"year": "2025"})
    assert column(found, "day") == ["2025-06-01", "2025-12-01"]
    assert column(table(desk, "participation", params={"year": "2025"}), "people") == [40]


BAD = [
    ("posts_counted", "month", "2026-13"),
    ("posts_counted", "month", "2025-05"),
    ("posts_counted", "post_kind", "<script>"),
    ("posts_counted", "layer", "nowhere"),
    ("posts_counted", "in_district", "99901-elementary-なし"),
    ("posts_counted", "group", "group-nobody"),
    ("posts_counted", "local", "maybe"),
    ("posts_counted", "year", "２０２６"),
    ("posts_counted", "year", "9999"),
    ("participation", "year", "0000"),
    ("looks_counted", "what", "{0}"),
    ("looks_counted", "used", "x" * 3000),
    ("groups", "standing", "asleep"),
]


@pytest.mark.parametrize(("name", "choice", "text"), BAD)
def test_what_cannot_be_chosen_is_said(desk, name, choice, text):
    """A choice that there is not is an error with a short sentence in each language."""
    layer = {"layer": "elementary"} if choice == "in_district" else {}
    with pytest.raises((InvalidRecordError, UnknownThingError)) as error:
        table(desk, name, params={choice: text, **layer})
    for language in LANGUAGES:
        assert 0 < len(say_error(error.value, language)) < 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_choice_is_said(desk, language):
    """Whatever narrows a table stands in how it is counted."""
    rows = ("groups", "posts_by_month", "posts_by_kind", "posts_by_district")
    of_rows = [one for name in rows for one in table(desk, name).behind_rows[::4] if one]
    of_figures = [one for _, one in figures(desk).values() if one.choices and one.table != "indicator_values"]
    plain_of = {one.table: table(desk, one.table, language=language).counted for one in (*of_rows, *of_figures)}
    for behind in (*of_rows, *of_figures):
        plain = plain_of[behind.table]
        said = records(desk, behind, language=language).counted
        assert said.startswith(plain)
        assert len(said) > len(plain)
        assert "{" not in said
