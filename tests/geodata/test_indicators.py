"""A plan's indicators: those that are built in, and as a file that is read back to the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.areas import goals
from geodata.areas.indicator_lists import indicators
from geodata.indicator_writing import csv_text, workbook
from geodata.indicators import read
from portal.errors import PersonDataError, UnknownThingError, UnreadableFileError
from portal.model.finding import Severity
from portal.model.indicator import Better, Indicator, Measure
from portal.model.source import Source
from portal.words import LANGUAGES, say

CODE = "27107"
HEAD = "キー,指標,単位,年度,値,目標,途中経過の日,途中経過\n"


def written(tmp_path, text, name="plan.csv"):
    """A file with this text or these bytes."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(intake):
    """Line and key of what was refused."""
    return [(one.line, one.key) for one in intake.findings if one.severity is Severity.REFUSED]


def test_osaka_minato_has_its_five_indicators_with_all_figures():
    """The survey of 2016, 2019 and 2022 and the targets of 2026; one value of 2016 does not exist."""
    found = {item.key: (list(item.values.values()), item.targets["2026"]) for item in indicators("27107")}
    assert found == {
        "neighbours_help": ([55.9, 48.4, 47.1], 55),
        "know_activities": ([None, 28.9, 50.8], 60),
        "lively_activities": ([36.0, 32.8, 65.1], 75),
        "good_to_live": ([45.9, 46.8, 64.3], 70),
        "help_in_disaster": ([52.0, 51.2, 50.3], 70),
    }
    assert all(list(item.values) == ["2016", "2019", "2022"] for item in indicators("27107"))


def test_suminoe_has_its_targets_and_what_was_reached_within_the_year():
    """300, 60 %, 80 %, 12, 90 %, 90 % and 150; 277, 14 and 116 within fiscal 2025; 59 groups without a target."""
    plan = {item.key: item for item in indicators("27125")}
    assert [next(iter(item.targets.items()), None) for item in plan.values()] == [
        ("2025", 300),
        ("2029", 60),
        ("2025", 80),
        ("2025", 12),
        ("2029", 90),
        ("2025", 90),
        ("2025", 150),
        None,
    ]
    assert plan["supporters"].progress == {"2025-09-30": 145 + 132}
    assert plan["joint_activities"].progress == {"2025-09-30": 14}
    assert plan["portal_posts"].progress == {"2025-08-31": 116}
    assert plan["portal_groups"].values == {"2025": 59}
    assert (plan["portal_posts"].measure, plan["supporters"].measure) == (Measure.POSTS, Measure.PARTICIPANTS)


@pytest.mark.parametrize("code", ["13103", "27107", "27108", "27125", "28210"])
def test_built_in_indicators_belong_to_goals_that_there_are(code):
    """Every goal named is one of the plan's, names are in both languages, and each figure has its source."""
    keys = {goal.key for goal in goals(code)}
    found = indicators(code)
    assert {item.goal for item in found} <= keys | {""}
    assert all(item.name_en.isascii() and item.source and item.source.name for item in found)
    assert bool(found) == (code in {"27107", "27125"})


def test_no_indicators_elsewhere():
    """A municipality that is not built in has none, and asking for them says so."""
    with pytest.raises(UnknownThingError):
        indicators("27100")


@pytest.mark.parametrize("code", ["27107", "27125"])
def test_a_built_in_plan_is_read_back_to_the_same(tmp_path, code):
    """As CSV, as CSV with a byte-order mark and as a workbook, with missing values and progress."""
    plan = tuple(indicators(code))
    text = csv_text(plan)
    for path in (
        written(tmp_path, text),
        written(tmp_path, "\ufeff" + text, "bom.csv"),
        written(tmp_path, workbook(plan), "plan.xlsx"),
    ):
        intake = read(path, code)
        assert (intake.indicators, intake.findings) == (plan, ())


YEARS = st.integers(1990, 2099).map(str)
FIGURES = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6).map(lambda x: round(x, 4))).map(float)
TEXT = st.text("あ漢字abcXYZ 0-=+@'\"、,（)<>&%{}\n", max_size=12).map(str.strip)
PLANS = st.builds(
    Indicator,
    municipality=st.just(CODE),
    key=st.just("one"),
    name=TEXT.filter(bool),
    name_en=TEXT.filter(bool),
    unit=TEXT.filter(bool),
    unit_en=TEXT,
    values=st.dictionaries(YEARS, st.none() | FIGURES, max_size=4),
    targets=st.dictionaries(YEARS, FIGURES, max_size=3),
    progress=st.dictionaries(st.dates(date(1990, 1, 1), date(2099, 1, 1)).map(str), FIGURES, max_size=3),
    better=st.sampled_from(Better),
    measure=st.none() | st.sampled_from(Measure),
    note=TEXT,
    source=st.none()
    | st.builds(
        Source, TEXT.filter(bool), TEXT, st.none() | st.dates(date(1990, 1, 1)).filter(lambda day: day.year < 2200)
    ),
    order=st.integers(0, 99),
    off=st.booleans(),
)


@given(PLANS)
@settings(max_examples=50, deadline=None)
def test_any_plan_is_read_back_to_the_same(tmp_path_factory, plan):
    """Whatever names, notes and figures it has, also such as a spreadsheet takes for formulas."""
    folder = tmp_path_factory.mktemp("plan")
    path = written(folder, csv_text([plan]))
    intake = read(path, CODE)
    assert (intake.indicators, refused(intake)) == ((plan,), [])


def test_no_cell_begins_a_formula():
    """A name like a formula is written so that no spreadsheet calculates it."""
    plan = replace(indicators(CODE)[0], name="=HYPERLINK(1)", note="@x", note_en="＝1")
    line = csv_text([plan]).splitlines()[1]
    assert "'=HYPERLINK(1)" in line
    assert all(not cell.startswith(("=", "@", "＝")) for cell in line.split(","))


def test_a_table_as_an_office_writes_it(tmp_path):
    """Japanese years, full-width figures, a missing value as なし, no keys, CP932: two indicators of five rows."""
    text = (
        "港区の計画\n指標名,単位,年度,実績値,目標値,途中経過の日,途中経過\n見守り①,％,平成28年度,なし,,,\n見守り①,％,R4,４７.１,,,\n"
        "見守り①,％,令和8,,55%,,\n講座,人,令和7年度,,300,,\n講座,人,,,,令和7年9月30日,277\n"
    )
    intake = read(written(tmp_path, text.encode("cp932")), CODE)
    assert (intake.read, intake.findings) == (5, ())
    first, second = intake.indicators
    assert (first.values, first.targets) == ({"2016": None, "2022": 47.1}, {"2026": 55})
    assert (second.targets, second.progress, second.name_en) == ({"2025": 300}, {"2025-09-30": 277}, "講座")
    assert first.key != second.key
    assert read(written(tmp_path, csv_text(intake.indicators), "again.csv"), CODE).indicators == intake.indicators


def test_rows_that_cannot_be_are_refused_with_their_line(tmp_path):
    """Each row with what is wrong in it; the good one goes in, and each reason has its sentence."""
    text = HEAD + (
        "a,見守り,%,2022,47.1,,,\n"
        "a,見守り,%,2022,47.2,,,\n"
        "a,見守り,%,去年,1,,,\n"
        "a,見守り,%,,1,,,\n"
        "a,見守り,%,2023,多い,,,\n"
        "a,見守り,%,2024,1e999,,,\n"
        "a,見守り,%,,,,2025-02-30,3\n"
        "a,見守り,%,,,,2025-02-28,\n"
        "b,,%,2022,1,,,\n"
        "b,名,,2022,1,,,\n"
        "<b>,名,%,2022,1,,,\n"
    )
    intake = read(written(tmp_path, text), CODE)
    assert refused(intake) == [
        (3, "indicators.twice"),
        (4, "indicators.bad_cell_year"),
        (5, "indicators.value_without_year"),
        (6, "indicators.bad_number"),
        (7, "indicators.bad_number"),
        (8, "indicators.bad_cell_day"),
        (9, "indicators.progress_without_day"),
        (10, "model.no_name"),
        (11, "indicators.no_unit"),
        (12, "model.kind_key"),
    ]
    assert [item.values for item in intake.indicators] == [{"2022": 47.1}]
    for one in intake.findings:
        assert all(say(one.key, language, **one.values) for language in LANGUAGES)


def test_what_a_later_row_says_otherwise_is_doubtful(tmp_path):
    """The first row's unit counts, and the other is told with both lines; a word that is none is refused."""
    text = HEAD + "a,見守り,%,2022,47.1,,,\na,見守り,人,2023,48,,,\n"
    intake = read(written(tmp_path, text), CODE)
    (found,) = intake.findings
    assert (found.line, found.severity, found.values["first"]) == (3, Severity.DOUBTFUL, 2)
    assert intake.indicators[0].unit == "%"
    text = "指標,単位,年度,望ましい方向\n見守り,%,2022,上\n"
    assert refused(read(written(tmp_path, text), CODE)) == [(2, "indicators.bad_choice")]


def test_files_that_are_no_plan_are_refused(tmp_path):
    """Without the columns, about persons, or empty."""
    with pytest.raises(UnreadableFileError):
        read(written(tmp_path, "名称,住所\nサロン,本町\n"), CODE)
    with pytest.raises(PersonDataError):
        read(written(tmp_path, "指標,単位,年度,氏名\n見守り,%,2022,港花子\n"), CODE)
    with pytest.raises(UnreadableFileError):
        read(written(tmp_path, b""), CODE)
