"""The standards of a municipality: listed, written, put aside, put in order, and taken in as a file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from portal.model.goal import Goal
from portal.model.standard import EVERYBODY, Ages, Standard, StandardRule
from portal.store import Put
from tests.portal import people
from tests.portal.people import MEMBER, STAFF, VISITOR_STAFF
from tests.town import CODE

LIST = f"/standards?municipality={CODE}"
FORM = f"/standard?municipality={CODE}"
FILE = f"/standards/file?municipality={CODE}"
FILLED = {"thing": "kind:ibasho", "layer": "elementary", "rule": "within", "at_least": "８０", "metres": "500"}
PERSONS = "氏名,区域の種類,数\r\n山田,小学校区,1"
KINDS = ("elderly_salon", "facility", "ibasho")

WRONG = (
    ({"thing": ""}, "thing"),
    ({"thing": "kind:none"}, "thing"),
    ({"layer": "none"}, "layer"),
    ({"rule": "other"}, "rule"),
    ({"at_least": "たくさん"}, "at_least"),
    ({"at_least": "101"}, "at_least"),
    ({"at_least": "-1"}, "at_least"),
    ({"metres": ""}, "metres"),
    ({"metres": "1"}, "metres"),
    ({"low": "70", "high": "60"}, "low"),
    ({"high": "x"}, "high"),
    ({"verified_days": "99999"}, "verified_days"),
    ({"name": "長" * 5_000}, "name"),
    ({"source": "計画", "url": "javascript:alert(1)"}, "url"),
    ({"source": "計画", "as_of": "2026-02-30"}, "as_of"),
)
"""What is typed wrong, and the field where it is said."""


@pytest.fixture
def desk(store):
    """The town with three standards in order, the last one put aside."""
    puts = [
        Put(Standard(CODE, kind, "elementary", StandardRule.COUNT, 1.0, kind=kind, order=n, off=kind == "ibasho"))
        for n, kind in enumerate(KINDS)
    ]
    store.apply([Put(Goal(CODE, "belong", "居場所をふやす", "More places to belong")), *puts], people.SAID)
    return store


def kept(store):
    """The standards by key."""
    return {one.key: one for one in store.standards(CODE)}


def press(visitor, key, act, based_on=None):
    """Press a button of the list, as the page shows it."""
    page = visitor.get(LIST).text
    found = re.search(rf'name="key" value="{key}">\s*<input type="hidden" name="based_on" value="(\w+)"', page)
    return visitor.send(LIST, key=key, do=act, based_on=based_on or found[1])


def test_the_list_says_what_is_expected_and_what_is_put_aside(desk, visit):
    """Every standard stands there in a sentence, those that are not in use apart."""
    page = visit(STAFF).get(LIST).text
    assert "小学校区ごとに「高齢者サロン」が1か所以上あること。" in page
    assert page.index("使っている目安(2)") < page.index("使っていない目安(1)") < page.index("「居場所」")
    english = visit(STAFF, language="en").get(LIST).text
    assert "In use (2)" in english


def test_standards_are_put_aside_taken_back_and_moved(desk, visit):
    """Each button does what it says, and the list tells it."""
    visitor = visit(STAFF)
    assert "使わないことにしました" in visitor.follow(press(visitor, "facility", "aside")).text
    assert kept(desk)["facility"].off
    press(visitor, "facility", "back")
    assert not kept(desk)["facility"].off
    press(visitor, "facility", "up")
    assert [one.key for one in desk.standards(CODE) if not one.off] == ["facility", "elderly_salon"]
    press(visitor, "facility", "down")
    assert [one.key for one in desk.standards(CODE) if not one.off] == ["elderly_salon", "facility"]


def test_of_two_at_one_standard_the_later_is_told(desk, visit):
    """What was changed since the page was opened is not overwritten, in the list and in the form."""
    path = f"{FORM}&key=facility"
    visitor = visit(STAFF)
    shown = visitor.get(path).text
    based_on = re.search(r'name="based_on" value="(\w+)"', shown)[1]
    desk.apply([Put(replace(kept(desk)["facility"], at_least=3.0))], people.SAID)
    assert press(visitor, "facility", "aside", based_on).status_code == 400
    answer = visitor.send(path, based_on=based_on, **FILLED)
    assert answer.status_code == 400
    assert "別の人がこの目安を変えました" in answer.text
    assert "いまの内容を開き直す" in answer.text
    assert kept(desk)["facility"].at_least == 3
    assert not kept(desk)["facility"].off


def test_a_standard_is_added_with_a_key_of_its_own(desk, visit):
    """Digits of any width are read; the new one comes last and stands in the list."""
    visitor = visit(STAFF)
    sent = {**FILLED, "low": "65", "verified_days": "365", "source": "みなも町の計画", "url": "https://example.jp/p"}
    assert "目安を保存しました" in visitor.follow(visitor.send(FORM, based_on="", **sent)).text
    new = kept(desk)["ibasho_elementary"]
    assert (new.rule, new.at_least, new.metres, new.ages) == (StandardRule.WITHIN, 80, 500, Ages(65))
    assert (new.verified_days, new.order, new.source.name) == (365, 3, "みなも町の計画")
    visitor.send(FORM, based_on="", **{**FILLED, "thing": "goal:belong", "rule": "count", "at_least": "2"})
    goal = kept(desk)["belong_elementary"]
    assert (goal.goal, goal.kind, goal.metres, goal.ages) == ("belong", "", None, EVERYBODY)


def test_a_standard_is_changed_and_keeps_its_key(desk, visit):
    """The form shows what is kept, and what is sent stands in its stead."""
    visitor = visit(STAFF)
    path = f"{FORM}&key=facility"
    based_on = re.search(r'name="based_on" value="(\w+)"', visitor.get(path).text)[1]
    visitor.send(path, based_on=based_on, **FILLED)
    assert kept(desk)["facility"].kind == "ibasho"
    assert kept(desk)["facility"].order == 1
    assert len(kept(desk)) == 3


def test_what_cannot_be_is_said_at_its_field(desk, visit):
    """The sentence stands at the field, what was typed is still there, and nothing is kept."""
    visitor = visit(STAFF)
    for wrong, field in WRONG:
        answer = visitor.send(FORM, based_on="", **{**FILLED, **wrong})
        assert answer.status_code == 400, wrong
        assert f'href="#f-{field}"' in answer.text, wrong
    assert len(kept(desk)) == 3


def test_the_table_that_is_taken_along_reads_back_to_the_same(desk, visit):
    """A downloaded table sent back changes nothing, and says so."""
    visitor = visit(STAFF)
    data = visitor.get(f"/standards/csv?municipality={CODE}")
    assert data.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(data.content.decode("utf-8-sig"))))
    assert [row["記号"] for row in rows] == list(KINDS)
    page = visitor.follow(visitor.send(FILE, files={"table": ("a.csv", data.content, "text/csv")}))
    assert "同じもの 3件" in page.text
    assert 'class="main"' not in page.text


def table(*rows):
    """A file of standards."""
    return "\r\n".join(("種別,区域の種類,数え方,数,名前", *rows)).encode()


def test_a_table_is_looked_at_before_it_is_taken_over(desk, visit):
    """What is new stands there in words; only the next step keeps it."""
    visitor = visit(STAFF)
    sent = table("居場所,中学校区,か所数,2,<b>なかま</b>")
    answer = visitor.send(FILE, files={"table": ("目安.csv", sent, "text/csv")})
    page = visitor.follow(answer)
    assert "新しいもの 1件" in page.text
    assert "&lt;b&gt;なかま" in page.text
    assert len(kept(desk)) == 3
    path = answer.headers["location"]
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    done = visitor.follow(visitor.send(path, seen=seen))
    assert "1件が新しくなりました" in done.text
    assert kept(desk)["ibasho_junior_high"].at_least == 2
    assert max(desk.standards(CODE), key=lambda one: one.order).key == "ibasho_junior_high"  # after those that stay
    assert visitor.get(path).status_code == 404


def test_what_somebody_changed_meanwhile_is_looked_at_once_more(desk, visit):
    """A table is taken over as it was looked at, or not at all."""
    visitor = visit(STAFF)
    answer = visitor.send(FILE, files={"table": ("a.csv", table("居場所,中学校区,か所数,2,"), "text/csv")})
    seen = re.search(r'name="seen" value="(\w+)"', visitor.follow(answer).text)[1]
    desk.apply([Put(replace(kept(desk)["facility"], at_least=3.0))], people.SAID)
    again = visitor.send(answer.headers["location"], seen=seen)
    assert again.status_code == 400
    assert "もう一度確かめてください" in again.text
    assert len(kept(desk)) == 3


def test_one_refused_line_keeps_the_whole_table_out(desk, visit):
    """The line is named with its reason, and there is nothing to press."""
    visitor = visit(STAFF)
    sent = table("居場所,中学校区,か所数,2,", "知らない種別,小学校区,か所数,1,")
    answer = visitor.send(FILE, files={"table": ("a.csv", sent, "text/csv")})
    page = visitor.follow(answer)
    assert "3行目" in page.text
    assert "知らない種別" in page.text
    assert 'class="main"' not in page.text
    assert visitor.send(answer.headers["location"], seen="x").status_code == 400
    assert len(kept(desk)) == 3


def test_what_is_no_table_ends_in_a_sentence(desk, visit):
    """What cannot be read is said beside the field."""
    visitor = visit(STAFF)
    for data in (b"", b"\xff\xfe\x00", b"PK\x03\x04 none", bytes(2**20 + 1), PERSONS.encode()):
        answer = visitor.send(FILE, files={"table": ("a.csv", data, "text/csv")})
        assert answer.status_code == 400, data[:20]
        assert 'id="e-table"' in answer.text
    assert len(kept(desk)) == 3


def test_only_the_office_sees_and_changes_standards(desk, visit):
    """Members and other offices are told no, a visitor is led to the sign-in."""
    for path in (LIST, FORM, FILE, f"/standards/csv?municipality={CODE}"):
        assert visit(MEMBER).get(path).status_code == 403
        assert visit(VISITOR_STAFF).get(path).status_code == 403
        assert visit().get(path).status_code == 303
    assert visit(STAFF).get(f"{FORM}&key=none").status_code == 404
