"""The plan's indicators: shown with what they would take, written in a form, and taken in as a file."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from portal.model.goal import Goal
from portal.model.indicator import Better, Indicator, Measure
from portal.store import Put
from tests.portal import people
from tests.portal.people import MEMBER, STAFF
from tests.town import CODE

PAGE = f"/review-indicators?municipality={CODE}"
FORM = f"/indicator?municipality={CODE}"
FILE = f"/indicators/file?municipality={CODE}"
HELP = Indicator(
    CODE,
    "help",
    "助けあっている",
    "People help each other",
    "%",
    values={"2016": 55.9, "2019": None, "2022": 47.1},
    targets={"2026": 55.0},
    progress={"2025-08-31": 50.0},
)
FILLED = {"name": "知っている", "unit": "%", "better": "more", "year-0": "令和4", "value-0": "５０.８", "target-0": ""}

WRONG = (
    ({"name": ""}, "name"),
    ({"unit": ""}, "unit"),
    ({"year-0": "いつか"}, "year-0"),
    ({"year-0": ""}, "year-0"),
    ({"year-0": "0001"}, "year-0"),
    ({"value-0": "NaN"}, "value-0"),
    ({"target-0": "1e999"}, "target-0"),
    ({"year-1": "2022", "value-1": "1", "target-1": ""}, "year-1"),
    ({"day-0": "2026-02-30", "progress-0": "1"}, "day-0"),
    ({"day-0": "2026-02-03", "progress-0": ""}, "day-0"),
    ({"better": "x"}, "better"),
    ({"measure": "x"}, "measure"),
    ({"goal": "none"}, "goal"),
    ({"source": "計画", "url": "data:text/html,x"}, "url"),
)
"""What is typed wrong, and the field where it is said."""


@pytest.fixture
def desk(store):
    """The town with one indicator and a goal."""
    store.apply([Put(HELP), Put(Goal(CODE, "belong", "居場所をふやす", "More places"))], people.SAID)
    return store


def kept(store):
    """The indicators by key."""
    return {one.key: one for one in store.indicators(CODE)}


def based_on(visitor, path):
    """What the form at a path was made of."""
    return re.search(r'name="based_on" value="(\w*)"', visitor.get(path).text)[1]


def fields_of(page):
    """What stands in the fields of a form that is sent as it is."""
    found = dict(re.findall(r'<input type="(?:text|date|url)" id="f-([^"]+)" name="[^"]+" value="([^"]*)"', page))
    return found | {"better": "more", "measure": "", "goal": "", "note": "", "note_en": ""}


def test_each_indicator_says_what_it_would_take(desk, visit):
    """A sentence with its state and the way to change it, the table with its chart, and the goals."""
    page = visit(STAFF).get(PAGE).text
    assert "2026年度までに" in page
    assert "/indicator?municipality=99901&amp;key=help" in page
    assert 'id="t-indicators"' in page
    assert "table=indicators&amp;format=svg" in page
    assert 'id="t-goals"' in page
    assert "People help each other" in visit(STAFF, language="en").get(PAGE).text


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(desk, visit):
    """Values, a missing one (なし), targets and days within a year all come back as they are kept."""
    path = f"{FORM}&key=help"
    visitor = visit(STAFF)
    page = visitor.get(path).text
    assert 'value="なし"' in page
    answer = visitor.send(path, based_on=based_on(visitor, path), **fields_of(page))
    assert answer.status_code == 303
    assert kept(desk)["help"] == HELP


def test_an_indicator_is_added(desk, visit):
    """Years as Japanese write them and digits of any width are read; rows that are empty say nothing."""
    visitor = visit(STAFF)
    more = {"year-1": "2026", "value-1": "", "target-1": "60", "day-0": "2025-08-31", "progress-0": "55"}
    sent = {**FILLED, **more, "year-2": "", "value-2": "", "target-2": "", "goal": "belong", "measure": "posts"}
    assert "指標を保存しました" in visitor.follow(visitor.send(FORM, based_on="", **sent)).text
    new = next(one for key, one in kept(desk).items() if key != "help")
    assert (new.name, new.name_en, new.values, new.targets) == (
        "知っている",
        "知っている",
        {"2022": 50.8},
        {"2026": 60},
    )
    assert (new.progress, new.goal, new.measure) == ({"2025-08-31": 55}, "belong", Measure.POSTS)
    assert new.better is Better.MORE


def test_of_two_at_one_indicator_the_later_is_told(desk, visit):
    """What somebody else wrote meanwhile stays."""
    path = f"{FORM}&key=help"
    visitor = visit(STAFF)
    seen = based_on(visitor, path)
    desk.apply([Put(replace(HELP, values={"2022": 48.0}))], people.SAID)
    answer = visitor.send(path, based_on=seen, **FILLED)
    assert answer.status_code == 400
    assert "別の人が書きかえました" in answer.text
    assert kept(desk)["help"].values == {"2022": 48.0}


def test_an_indicator_is_put_aside_and_taken_back(desk, visit):
    """All else stays as it was; what is put aside stands apart."""
    path = f"{FORM}&key=help"
    visitor = visit(STAFF)
    page = visitor.follow(visitor.send(path, based_on=based_on(visitor, path), do="aside"))
    assert "使っていない指標" in page.text
    assert kept(desk)["help"] == replace(HELP, off=True)
    visitor.send(path, based_on=based_on(visitor, path), do="back")
    assert kept(desk)["help"] == HELP


def test_what_cannot_be_is_said_at_its_field(desk, visit):
    """The sentence stands at the field, what was typed is still there, and nothing is kept."""
    visitor = visit(STAFF)
    for wrong, field in WRONG:
        answer = visitor.send(FORM, based_on="", **{**FILLED, **wrong})
        assert answer.status_code == 400, wrong
        assert f'href="#f-{field}"' in answer.text, wrong
        assert f'id="f-{field}"' in answer.text, wrong
    assert set(kept(desk)) == {"help"}


def test_the_table_reads_back_to_the_same_and_a_changed_one_is_looked_at_first(desk, visit):
    """Sent back as it is it changes nothing; a new figure is shown beside the old one before it is kept."""
    visitor = visit(STAFF)
    data = visitor.get(f"/indicators/csv?municipality={CODE}").content
    same = visitor.follow(visitor.send(FILE, files={"table": ("a.csv", data, "text/csv")}))
    assert "同じもの 1件" in same.text
    changed = data.replace(b"47.1", b"48.2")
    answer = visitor.send(FILE, files={"table": ("a.csv", changed, "text/csv")})
    page = visitor.follow(answer)
    assert "変わるもの 1件" in page.text
    assert kept(desk)["help"] == HELP
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    visitor.follow(visitor.send(answer.headers["location"], seen=seen))
    assert kept(desk)["help"].values["2022"] == 48.2


def test_a_table_without_keys_finds_an_indicator_by_its_name(desk, visit):
    """An indicator that was made in the form is changed by a row of its name, and no second one is made."""
    data = "指標,単位,年度,値\r\n助けあっている,%,令和4,48\r\n".encode()
    visitor = visit(STAFF)
    page = visitor.follow(visitor.send(FILE, files={"table": ("a.csv", data, "text/csv")}))
    assert "変わるもの 1件" in page.text
    assert "新しいもの 0件" in page.text or "新しいもの" not in page.text


def test_a_line_that_is_refused_keeps_the_table_out(desk, visit):
    """It is named, and nothing can be pressed."""
    data = "指標,単位,年度,値\r\n知っている,%,いつか,1\r\n".encode()
    visitor = visit(STAFF)
    page = visitor.follow(visitor.send(FILE, files={"table": ("a.csv", data, "text/csv")}))
    assert "2行目" in page.text
    assert 'class="main"' not in page.text


def test_only_the_office_sees_them(desk, visit):
    """A member is told no; an indicator that is none is unknown."""
    for path in (PAGE, FORM, FILE, f"/indicators/csv?municipality={CODE}"):
        assert visit(MEMBER).get(path).status_code == 403
    assert visit(STAFF).get(f"{FORM}&key=none").status_code == 404
