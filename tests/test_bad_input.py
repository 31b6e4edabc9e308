"""Bad files at the door: each ends in a clear sentence or as plain data, and nothing is ever half written."""

from __future__ import annotations

import os
from datetime import date

import duckdb
import pytest

from db import open_store
from pages import intake
from portal.importing.plan import Revision, carry_out
from portal.model.batch import BatchItem, ImportKind
from portal.model.finding import Severity
from portal.model.municipality import Municipality
from portal.model.place import ContactKind
from portal.model.position import Point
from portal.store import Put
from tests import town
from tests.bad_input import archives, shapes, tables, texts, values
from tests.bad_input.case import Clean, Refused, Stopped, bring_in, hold
from tests.bad_input.rows import POLYGONS, SOUND, TEXTS, feature, features, name_column, table
from tests.town import CODE, NOW

PLACES = ("places", "facilities", "events", "shelters", "evacuation-sites")
CASES = [*tables.CASES, *values.CASES, *shapes.CASES, *archives.CASES]
REFUSED = [case for case in CASES if isinstance(case.promise, (Refused, Stopped))]
TAKEN = [case for case in CASES if not isinstance(case.promise, (Refused, Stopped))]


@pytest.fixture(scope="module")
def kept_store():
    """A store that refused files are brought to one after the other; each must leave it as it was."""
    store = town.settle(open_store("duckdb://"))
    yield store
    store.close()


def named(case):
    """A case as pytest shows it."""
    return f"{case.kind}-{case.name}"


def names(store):
    """The names of everything that an import brought."""
    places = [place.facts.name for place in store.places_of(CODE)]
    return {*places, *(point.town for point in store.gazetteer(CODE)), *(one.name for one in official(store))}


def numbered(written):
    """Each text as a name that no other has, whatever is folded."""
    return [f"{at}番 {text}" for at, text in enumerate(written)]


def official(store):
    """The elementary districts that are not approximate."""
    return [one for one in store.districts(CODE, "elementary") if not one.approximate]


def refuses(store, kind, file, key):
    """Check that a file is refused as a whole, with this phrase."""
    outcome = bring_in(store, kind, file)
    assert outcome.error is not None, kind
    assert (kind, outcome.error.key, outcome.changed) == (kind, key, False)


@pytest.mark.parametrize("case", REFUSED, ids=named)
def test_what_cannot_go_in_is_refused_in_a_sentence_and_writes_nothing(case, kept_store, tmp_path):
    """The file, or the line, is named with the promised phrase in both languages, and the store is as before."""
    hold(case, bring_in(kept_store, case.kind, case.write(tmp_path), **case.options))


@pytest.mark.parametrize("case", TAKEN, ids=named)
def test_what_can_be_taken_goes_in_and_its_doubts_are_said(case, store, tmp_path):
    """Odd but readable input goes in, with the promised findings on its lines and no others."""
    hold(case, bring_in(store, case.kind, case.write(tmp_path), **case.options))
    if isinstance(case.promise, Clean):
        assert set(case.promise.names) <= names(store)


@pytest.mark.parametrize("name", tables.NOT_TABLES)
def test_what_is_no_table_is_refused_by_every_import_of_tables(name, kept_store, tmp_path):
    """Parquet, Feather, pickle and empty files are never taken, whatever they are called."""
    data, key = tables.NOT_TABLES[name]
    for kind in SOUND:
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(data)
        refuses(kept_store, kind, file, key)


@pytest.mark.parametrize("name", tables.BROKEN)
def test_a_broken_table_is_refused_by_every_import_of_tables(name, kept_store, tmp_path):
    """What breaks a sound table is found in every layout."""
    breaking, key = tables.BROKEN[name]
    for kind in ("places", "shelters") if name.startswith("five") else [one for one in SOUND if one != "gazetteer"]:
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(breaking(table(kind)))
        refuses(kept_store, kind, file, key)


@pytest.mark.parametrize("column", tables.PERSONS)
def test_columns_about_persons_are_refused_by_every_import_of_tables(column, kept_store, tmp_path):
    """A single column about persons keeps the whole table out."""
    for kind in SOUND:
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(table(kind, {column: "x"}))
        refuses(kept_store, kind, file, "tables.person_columns")


@pytest.mark.parametrize("kind", SOUND)
def test_a_header_alone_changes_nothing(kind, kept_store, tmp_path):
    """A table without rows is no reason to take away what is there."""
    file = tmp_path / "header.csv"
    file.write_bytes(table(kind).splitlines(keepends=True)[0])
    outcome = bring_in(kept_store, kind, file)
    assert (outcome.error, outcome.plan.revisions, outcome.changed) == (None, [], False)


@pytest.mark.parametrize("name", shapes.NOT_GEOJSON)
def test_what_is_no_geojson_is_refused_by_every_import_that_takes_it(name, kept_store, tmp_path):
    """VRT, KML, TopoJSON and the traps of JSON are refused for outlines and for places."""
    data, key = shapes.NOT_GEOJSON[name]
    for kind in (*POLYGONS, "places"):
        file = tmp_path / f"{kind}.geojson"
        file.write_bytes(data)
        refuses(kept_store, kind, file, key)


@pytest.mark.parametrize("name", archives.ARCHIVES)
def test_an_archive_that_is_a_trap_is_refused(name, kept_store, tmp_path):
    """Bombs, ways out of the folder, links and files of two kinds are refused; nothing is unpacked onto the disk."""
    build, key = archives.ARCHIVES[name]
    file = tmp_path / "a.zip"
    file.write_bytes(build())
    for kind in POLYGONS:
        refuses(kept_store, kind, file, key)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", archives.WORKBOOKS)
def test_a_workbook_that_is_a_trap_is_refused(name, kept_store, tmp_path):
    """Entities, bombs and broken parts are refused in a sentence."""
    build, key = archives.WORKBOOKS[name]
    file = tmp_path / "w.xlsx"
    file.write_bytes(build())
    refuses(kept_store, "places", file, key)


@pytest.mark.parametrize("kind", [*PLACES, "gazetteer"])
def test_hostile_texts_are_kept_as_plain_text(kind, store, tmp_path):
    """Markup, formulas and strange letters go in as they are, only without what nobody can see; no row is lost."""
    file = tmp_path / "t.csv"
    column = name_column(kind)
    file.write_bytes(table(kind, *({column: name, TEXTS.get(kind, "説明"): name} for name in numbered(texts.TEXTS))))
    outcome = bring_in(store, kind, file)
    assert outcome.said(Severity.REFUSED) == []
    assert {" ".join(name.split()) for name in names(store)} == set(numbered(texts.TEXTS.values()))


def test_hostile_texts_in_features_are_kept_as_plain_text(store, tmp_path):
    """The same as names of districts."""
    file = tmp_path / "d.geojson"
    squares = [town.square(0.01 * at, 0, 0.01, 0.01) for at in range(len(texts.TEXTS))]
    rings = [{"type": "Polygon", "coordinates": [list(square.exterior.coords)]} for square in squares]
    members = (feature(ring, name=name) for ring, name in zip(rings, numbered(texts.TEXTS), strict=True))
    file.write_bytes(features(*members))
    outcome = bring_in(store, "districts", file)
    assert outcome.said(Severity.REFUSED) == []
    assert {" ".join(one.name.split()) for one in official(store)} == set(numbered(texts.TEXTS.values()))


@pytest.mark.parametrize("kind", ["places", "facilities", "events", "evacuation-sites"])
def test_what_is_no_web_address_never_becomes_a_link(kind, store, tmp_path):
    """``javascript:``, ``data:`` and addresses without a scheme are kept as text, and the line is said."""
    file = tmp_path / "l.csv"
    rows = ({name_column(kind): f"会{at}", "URL": link} for at, link in enumerate(texts.LINKS))
    file.write_bytes(table(kind, *rows))
    outcome = bring_in(store, kind, file)
    lines = [line for line, key in outcome.said(Severity.DOUBTFUL) if key == "intake.bad_link"]
    assert lines == list(range(2, 2 + len(texts.LINKS)))
    found = [contact for place in store.places_of(CODE) for contact in place.facts.contacts]
    assert [contact.kind for contact in found] == [ContactKind.OTHER] * len(texts.LINKS)


def test_codes_find_their_municipality_without_a_leading_zero_or_a_check_digit(store, tmp_path):
    """9201, 92011, 09201 and 092011 are all 宇都宮市."""
    store.apply([Put(Municipality("09201", "宇都宮市", "Utsunomiya", "栃木県", Point(139.88, 36.55)))])
    file = tmp_path / "c.csv"
    codes = ("9201", "92011", "09201", "092011", "９２０１１")
    where = {"住所": "", "緯度": "36.55", "経度": "139.88"}
    rows = ({"名称": f"会{at}", "市区町村コード": code, **where} for at, code in enumerate(codes))
    file.write_bytes(table("facilities", *rows))
    bring_in(store, "facilities", file, municipality="")
    assert len(store.places_of("09201")) == len(codes)


def test_a_position_outside_the_official_outline_is_said(store, tmp_path):
    """Once the boundary is there, a point outside of it is doubtful, with its line."""
    store.apply([Put(town.district("みなも町", town.square(0, 0, 2, 2), "city"))])
    file = tmp_path / "o.csv"
    file.write_bytes(table("shelters", {}, {"緯度": "36.5"}))
    assert bring_in(store, "shelters", file).said(Severity.DOUBTFUL) == [(3, "importing.outside_outline")]


def test_thousands_at_one_spot_do_not_make_the_import_wait(store, tmp_path):
    """Of 3,000 records at one position only the first are compared, and that is said."""
    file = tmp_path / "s.csv"
    file.write_bytes(table("facilities", *({"名称": f"会館{at}", "住所": f"みなも町{at}"} for at in range(3000))))
    outcome = bring_in(store, "facilities", file)
    assert outcome.said(Severity.DOUBTFUL) == [(0, "importing.not_compared")]
    assert len(store.places_of(CODE)) == 3000


@pytest.mark.parametrize("name", [b"\x8e\x7b\x90\xdd.csv", b"a" * 300, b"none.csv", b"."])
def test_a_file_name_that_is_none_is_said(name, kept_store, tmp_path):
    """A name in CP932, one that is too long, a file that is not there and a folder end in a sentence."""
    file = tmp_path / os.fsdecode(name)
    if name.startswith(b"\x8e"):
        file.write_bytes(table("places"))
    refuses(kept_store, "places", file, "console.file_name" if name.startswith(b"\x8e") else "console.no_such_file")


def test_a_file_of_a_terabyte_is_not_even_read(kept_store, tmp_path):
    """A sparse file of a terabyte is refused by its size."""
    file = tmp_path / "large.csv"
    with file.open("wb") as stream:
        stream.truncate(1 << 40)
    refuses(kept_store, "places", file, "polygons.too_large")


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_first_day_at_the_end_of_time_is_said(day, kept_store, tmp_path):
    """Years 1 and 9999 are no days on which districts begin."""
    file = tmp_path / "d.geojson"
    file.write_bytes(archives.GOOD)
    assert bring_in(kept_store, "districts", file, first_day=day).error.key == "importing.first_day"


@pytest.mark.parametrize(
    ("impossible", "error"),
    [
        (BatchItem("b", 2**40, "Place", "k", "", ""), duckdb.ConversionException),
        (town.place("p", "名\ud800"), UnicodeEncodeError),
    ],
    ids=["in the transaction's last statement", "before the transaction"],
)
def test_an_import_that_fails_midway_leaves_nothing(impossible, error, store, tmp_path):
    """Where the last record cannot be written, nothing of the import is there, and the file goes in afterwards."""
    file = tmp_path / "p.csv"
    file.write_bytes(table("places", *({"名称": f"会館{at}", "住所": f"みなも町{at}"} for at in range(20))))
    plan = intake.plan(store, intake.Request(ImportKind.PLACES, (file,), NOW, municipality=CODE))
    plan.revisions.append(Revision(None, impossible))
    before = store.data_version()
    with pytest.raises(error):
        carry_out(store, plan)
    assert (store.data_version(), store.places_of(CODE), store.batches()) == (before, [], [])
    assert store.memberships_of(CODE) == []
    bring_in(store, "places", file)
    assert len(store.places_of(CODE)) == 20
