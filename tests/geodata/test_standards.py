"""Standards as a table: what is written reads back to the same, and what cannot be is refused with its line."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from geodata import standards
from geodata.areas import kinds, layers
from geodata.areas.standard_lists import standards as built_in
from geodata.decode import clean
from portal.errors import PersonDataError, UnknownThingError, UnreadableFileError
from portal.model.finding import Severity
from portal.model.goal import Goal
from portal.model.source import Source
from portal.model.standard import EVERYBODY, Ages, Standard, StandardRule
from portal.words import LANGUAGES, say

TOWN = "28210"
KINDS, LAYERS = kinds(), layers(TOWN)
GOALS = [Goal(TOWN, "ties", "つながり", "Ties"), Goal(TOWN, "health", "健康", "Health")]
HEAD = "種別,目標,区域の種類,数え方,数,距離(m),年齢,確認期限(日),名前,出典"
HOW_MANY = {"13103": 1, "27107": 3, "27108": 1, "27125": 3, "28210": 3}


def read(path):
    """What a file says for 加古川市."""
    return standards.read([path], TOWN, KINDS, LAYERS, GOALS)


@pytest.fixture
def table(tmp_path):
    """Reads rows below the usual header."""

    def made(*rows, head=HEAD, encoding="utf-8"):
        path = tmp_path / "standards.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding=encoding)
        return read(path)

    return made


def refused(intake):
    """Line and key of what was refused."""
    return [(one.line, one.key) for one in intake.findings if one.severity is Severity.REFUSED]


@pytest.mark.parametrize(("code", "count"), HOW_MANY.items())
def test_each_plan_has_its_standards(code, count):
    """Each plan's standards are of kinds and layers that there are, verified within a year, with their source."""
    found = built_in(code)
    assert [item.order for item in found] == list(range(count))
    assert {item.kind for item in found} <= {item.key for item in KINDS}
    assert {item.layer for item in found} <= {item.key for item in layers(code)}
    assert {(item.municipality, item.at_least, item.rule, item.verified_days) for item in found} == {
        (code, 1.0, StandardRule.COUNT, 365)
    }
    assert all(item.source and item.source.name for item in found)


def test_the_plans_standards_are_those_of_the_plans():
    """A corner in five districts, tables in elementary ones, three tiers of 加古川, three kinds in two wards."""
    said = {code: [(item.kind, item.layer) for item in built_in(code)] for code in HOW_MANY}
    three = [(kind, "elementary") for kind in ("elderly_salon", "community_cafe", "exercise_group")]
    assert said == {
        "13103": [("volunteer_corner", "five_districts")],
        "27107": three,
        "27108": [("discussion_table", "elementary")],
        "27125": three,
        "28210": [
            ("discussion_table", "junior_high"),
            ("childcare_plaza", "elementary"),
            ("watching_over", "neighbourhood"),
        ],
    }
    with pytest.raises(UnknownThingError):
        built_in("27100")


def test_a_table_is_read_row_by_row(table):
    """Names of kinds, goals and layers, rules, numbers in full width, ages and limits are understood."""
    intake = table(
        "ふれあい喫茶,,小学校区,,１,,,365日,喫茶,計画",
        "Elderly,,小学校区,か所数,1,,,,,",
        ",つながり,中学校区,徒歩圏,90%,500,65歳以上,,,",
        "childcare_plaza,,elementary,開催数,2.5,,０～５歳,,,",
    )
    assert refused(intake) == [(3, "coverage_file.unknown_kind")]
    assert (intake.read, [row.line for row in intake.rows]) == (4, [2, 4, 5])
    cafe, ties, plaza = intake.standards
    assert (cafe.kind, cafe.layer, cafe.rule, cafe.at_least) == ("community_cafe", "elementary", StandardRule.COUNT, 1)
    assert (cafe.ages, cafe.verified_days, cafe.name, cafe.source) == (EVERYBODY, 365, "喫茶", Source("計画"))
    assert (ties.goal, ties.kind, ties.rule, ties.at_least, ties.metres) == ("ties", "", StandardRule.WITHIN, 90, 500)
    assert (ties.ages, ties.layer) == (Ages(65), "junior_high")
    assert (plaza.rule, plaza.at_least, plaza.ages, plaza.order) == (StandardRule.SESSIONS, 2.5, Ages(0, 5), 2)
    assert len({item.key for item in intake.standards}) == 3


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (",,小学校区,,1,,,,,", "standard.kind_or_goal"),
        ("居場所,つながり,小学校区,,1,,,,,", "standard.kind_or_goal"),
        ("居場所,,,,1,,,,,", "coverage_file.no_layer"),
        ("居場所,,月面,,1,,,,,", "coverage_file.unknown_layer"),
        (",友だち,小学校区,,1,,,,,", "coverage_file.unknown_goal"),
        ("居場所,,小学校区,たくさん,1,,,,,", "coverage_file.unknown_rule"),
        ("居場所,,小学校区,,たくさん,,,,,", "coverage_file.bad_number"),
        ("居場所,,小学校区,,,,,,,", "coverage_file.bad_number"),
        ("居場所,,小学校区,,0,,,,,", "standard.bad_amount"),
        ("居場所,,小学校区,,NaN,,,,,", "coverage_file.bad_number"),
        ("居場所,,小学校区,,1e999,,,,,", "coverage_file.bad_number"),
        ("居場所,,小学校区,徒歩圏,101,500,,,,", "standard.bad_amount"),
        ("居場所,,小学校区,徒歩圏,90,,,,,", "standard.metres_for_within"),
        ("居場所,,小学校区,徒歩圏,90,1,,,,", "standard.bad_metres"),
        ("居場所,,小学校区,,1,500,,,,", "standard.metres_for_within"),
        ("居場所,,小学校区,,1,,老人,,,", "standard.bad_ages"),
        ("居場所,,小学校区,,1,,65-14,,,", "standard.bad_ages"),
        ("居場所,,小学校区,,1,,,0,,", "standard.bad_days"),
        ("居場所,,小学校区,,1,,,一年,,", "coverage_file.bad_number"),
        (f"居場所,,小学校区,,1,,,,{'名' * 301},", "coverage_file.too_long"),
        ("居場所,,小学校区,,1,,,,<script>,", None),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(table, row, key):
    """Each ends in a clear sentence in every language, and nothing of the row goes in."""
    intake = table(row)
    assert refused(intake) == ([(2, key)] if key else [])
    assert len(intake.rows) == (0 if key else 1)
    for one in intake.findings:
        assert all(say(one.key, language, **one.values) for language in LANGUAGES)


def test_the_same_expectation_twice_is_refused(table):
    """The second row for a kind, layer and rule is refused and names the first."""
    intake = table("居場所,,小学校区,,1,,,,,", "居場所,,小学校区,,2,,,,,")
    assert refused(intake) == [(3, "coverage_file.twice")]
    assert intake.findings[0].values == {"first": 2}


def test_other_files_than_tables_of_standards_are_refused(table):
    """A table without the columns that are needed, and one about persons."""
    with pytest.raises(UnreadableFileError):
        table("a,b", head="種別,距離")
    with pytest.raises(PersonDataError):
        table("居場所,小学校区,1,川上", head="種別,区域の種類,数,氏名")
    with pytest.raises(UnreadableFileError):
        table(*["居場所,,小学校区,,1,,,,,"] * 201)


def test_a_workbook_and_cp932_are_read(table, tmp_path):
    """A sheet of a workbook and the CSV of an older spreadsheet say the same as UTF-8."""
    row = "ふれあい喫茶,,小学校区,か所数,1,,,365,喫茶,計画"
    wanted = table(row).standards
    assert table(row, encoding="cp932").standards == wanted
    book = Workbook()
    book.active.append(HEAD.split(","))
    book.active.append([int(cell) if cell.isdecimal() else cell for cell in row.split(",")])
    book.save(tmp_path / "standards.xlsx")
    assert read(tmp_path / "standards.xlsx").standards == wanted


def back(tmp_path, made):
    """The standards, written and read."""
    path = tmp_path / "back.csv"
    path.write_bytes(standards.write(made, KINDS, LAYERS, GOALS))
    intake = read(path)
    assert intake.findings == ()
    return intake.standards


def test_built_in_standards_come_back_the_same(tmp_path):
    """What the portal writes of 加古川's plan reads back to the same."""
    assert back(tmp_path, built_in(TOWN)) == built_in(TOWN)


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=12)
SOURCES = st.builds(
    Source, TEXT.filter(bool), TEXT, st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)), TEXT, TEXT
)


@st.composite
def made_standard(draw):
    """Any standard that a municipality could have."""
    rule = draw(st.sampled_from(StandardRule))
    within = rule is StandardRule.WITHIN
    goal = draw(st.sampled_from(["", "ties", "health"]))
    low = draw(st.integers(0, 90))
    return Standard(
        TOWN,
        draw(st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)),
        draw(st.sampled_from([item.key for item in LAYERS])),
        rule,
        draw(st.integers(1, 100)) / draw(st.sampled_from([1, 2, 4])),
        kind="" if goal else draw(st.sampled_from([item.key for item in KINDS])),
        goal=goal,
        metres=draw(st.integers(50, 20_000)) if within else None,
        ages=draw(st.sampled_from([EVERYBODY, Ages(low), Ages(low, low + 20)])),
        verified_days=draw(st.none() | st.integers(1, 3_650)),
        name=draw(TEXT),
        name_en=draw(TEXT),
        source=draw(st.none() | SOURCES),
        off=draw(st.booleans()),
    )


@settings(max_examples=40, deadline=None)
@given(made=st.lists(made_standard(), max_size=4, unique_by=lambda one: one.key))
def test_any_standards_come_back_the_same(made, tmp_path_factory):
    """Whatever is written is read again, in its order, texts that look like formulas too."""
    ordered = [_nfc(one, order) for order, one in enumerate(made)]
    if ordered:
        assert back(tmp_path_factory.mktemp("standards"), ordered) == ordered


def _nfc(one, order):
    """The standard with its texts as every reader of the portal keeps them."""
    texts = {name: clean(getattr(one, name)) for name in ("name", "name_en")}
    source = one.source
    if source:
        names = ("name", "licence", "credit", "url")
        source = replace(source, **{name: clean(getattr(source, name)) for name in names})
        source = source if source.name else None
    return replace(one, order=order, source=source, **texts)


def test_no_cell_is_a_formula(tmp_path):
    """A name that a spreadsheet would calculate is made harmless, and reads back as it was."""
    (one,) = [item for item in built_in(TOWN) if item.kind == "childcare_plaza"]
    for name in ("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'quoted", "'=1"):
        given_name = replace(one, order=0, name=name)
        data = standards.write([given_name], KINDS, LAYERS)
        cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1]
        assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)
        assert back(tmp_path, [given_name]) == [given_name]
