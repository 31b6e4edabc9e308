"""Places as towns and groups list them, with the dirt that such lists have."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import kind_words, mapping, place_words, places
from geodata.dataset import dataset_name
from geodata.places import PlaceOptions
from portal.errors import PersonDataError, UnreadableFileError
from portal.model.finding import Severity
from portal.model.place import Access, Audience, Booking, Contact, ContactKind, Fee
from portal.model.position import Point, Precision, distance_m
from portal.words import LANGUAGES, say
from tests.real_data import REAL, needs_real_data

GOLDEN = Path(__file__).parent / "golden" / "intake"
TODAY = date(2026, 11, 22)
SALONS = GOLDEN / "places_salons_20260401.csv"


def read(*files, **options):
    """The intake of files."""
    return places.read(files, PlaceOptions(TODAY, **options))


def table(folder, text, name="list.csv"):
    """A file with that text."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def said(intake, severity):
    """Line and key of every finding of a severity."""
    return [(one.line, one.key) for one in intake.findings if one.severity is severity]


def test_a_dirty_list_is_read_by_its_usual_names():
    """CP932, a preamble, a row of types, full-width figures and half-width kana do not hide what a salon is."""
    facts = read(SALONS).rows[0].facts
    assert (facts.kind, facts.name, facts.group) == ("community_cafe", "ふれあい喫茶 ひだまり", "見本町内会")
    assert facts.address == "見本市見本町一丁目2-3 集会所1階"
    assert (facts.position, facts.precision) == (Point(134.841, 34.756), Precision.EXACT)
    assert facts.audience == {Audience.EVERYONE}
    assert facts.access == {Access.STEP_FREE, Access.NURSING}
    assert (facts.fee, facts.fee_note, facts.booking) == (Fee.PAID, "100円", Booking.NOT_NEEDED)
    assert read(SALONS).rows[0].verified_on == date(2026, 3, 2)


def test_days_become_a_schedule_with_the_hours_of_their_own_columns():
    """「第2・4火曜」 and the columns of hours make one schedule; a text with both does, too."""
    first, second, third = (row.facts for row in read(SALONS).rows)
    assert first.schedule.rules[0].rrule == "FREQ=MONTHLY;BYDAY=2TU,4TU"
    assert (first.schedule.rules[0].start.hour, first.schedule.rules[0].minutes) == (10, 120)
    assert second.schedule.rules[0].rrule == "FREQ=WEEKLY;BYDAY=FR"
    assert (third.schedule, third.schedule_note) == (None, "随時（要調整）")
    assert (7, "intake.schedule_not_read") in said(read(SALONS), Severity.DOUBTFUL)


def test_the_day_of_the_import_does_not_change_a_repetition():
    """The same file read on another day gives the same rows, so that importing it again changes nothing."""
    later = places.read([SALONS], PlaceOptions(date(2027, 2, 1)))
    assert later.rows == read(SALONS).rows


def test_a_contact_is_public_only_where_the_file_says_so():
    """The telephone with ○ is shown, the mail address is not, a web address is public by itself."""
    contacts = {one.kind: one.public for one in read(SALONS).rows[0].facts.contacts}
    assert contacts == {ContactKind.PHONE: True, ContactKind.EMAIL: False, ContactKind.URL: True}


def test_a_script_is_never_a_link():
    """``javascript:`` in a URL column, letters in a telephone and a broken mail address are kept as text and hidden."""
    contacts = read(SALONS).rows[2].facts.contacts
    assert Contact(ContactKind.OTHER, "javascript:alert(1)") in contacts
    assert {one.kind for one in contacts} == {ContactKind.OTHER}
    assert not any(one.public for one in contacts)


def test_rows_that_cannot_go_in_are_refused_with_their_line():
    """A number that stands twice, no name, and a kind that nobody knows."""
    intake = read(SALONS)
    assert said(intake, Severity.REFUSED) == [(8, "intake.place_twice"), (9, "model.no_name"), (10, "intake.no_kind")]
    assert (intake.read, len(intake.rows)) == (6, 3)
    assert intake.findings[-3].values["first"] == 7


def test_no_column_is_dropped():
    """What no field takes is kept under its own name and listed."""
    intake = read(SALONS)
    assert intake.unknown_columns == ("合言葉",)
    assert intake.rows[0].facts.extra == {"合言葉": "①"}


def test_every_finding_is_a_sentence():
    """What the reader says exists in every language and its gaps are filled."""
    found = [*read(SALONS).findings, *read(GOLDEN / "places.geojson").findings]
    assert all(say(one.key, language, **one.values) for one in found for language in LANGUAGES)


def test_a_table_about_persons_is_refused():
    """氏名, 生年月日 and 要介護度 are never taken in."""
    with pytest.raises(PersonDataError):
        read(GOLDEN / "places_persons.csv")


def test_features_are_read_with_or_without_a_shape():
    """A point is exact, a polygon is good to its block and said, no shape leaves the address to look for."""
    intake = read(GOLDEN / "places.geojson")
    by_name = {row.facts.name: row.facts for row in intake.rows}
    assert by_name["ボランティアコーナー見本"].precision is Precision.EXACT
    assert by_name["ボランティアコーナー見本"].description == "${1+1} <script>x</script>"
    assert by_name["見守り広場"].precision is Precision.BLOCK
    assert by_name["位置のない相談所"].position is None
    assert said(intake, Severity.DOUBTFUL) == [(2, "intake.position_from_shape")]
    assert said(intake, Severity.REFUSED) == [(4, "polygons.bad_coordinates")]


def test_features_about_persons_are_refused(tmp_path):
    """Attributes about persons are refused in GeoJSON as in a table."""
    text = '{"type":"Feature","properties":{"name":"a","生年月日":"x"},"geometry":null}'
    with pytest.raises(PersonDataError):
        read(table(tmp_path, text, "p.geojson"))


def test_a_mapping_reads_columns_that_say_nothing():
    """Names of one's own are read by a mapping, its defaults fill what is empty, its contacts are public."""
    intake = read(GOLDEN / "places_mapped.csv", mapping=mapping.read(GOLDEN / "mapping.toml"))
    first, second = (row.facts for row in intake.rows)
    assert (first.kind, second.kind) == ("elderly_salon", "volunteer_corner")
    assert (first.address, first.audience) == ("見本市中見本1-1", {Audience.OLDER})
    assert first.contacts == (Contact(ContactKind.PHONE, "079-000-0009", public=True),)
    assert first.schedule.rules[0].rrule == "FREQ=MONTHLY;BYDAY=1WE"


def test_a_kind_is_known_by_the_names_that_the_portal_has_for_it(tmp_path):
    """種別 by its Japanese name in any width goes before the command's kind, which goes before the name's words."""
    file = table(tmp_path, "名称,種別,住所\nA,ﾃﾂﾄﾞｳ同好会,1\nB,,2\nふれあい喫茶,,3\n")
    kinds = [row.facts.kind for row in read(file, kind="facility", kind_names={"てつどう同好会": "railway"}).rows]
    assert kinds == ["railway", "facility", "facility"]
    assert [row.facts.kind for row in read(file, kind_names={"てつどう同好会": "railway"}).rows] == [
        "railway",
        "community_cafe",
    ]


def test_the_old_datum_is_moved(tmp_path):
    """Degrees of the Tokyo datum land about 450 m to the north-west."""
    file = table(tmp_path, "名称,種別,緯度,経度\nA,居場所,34.7,135.5\n")
    before, after = (read(file, datum=datum).rows[0].facts.position for datum in ("", "tokyo"))
    assert 400 < distance_m(before, after) < 500
    assert after.lat > before.lat
    with pytest.raises(UnreadableFileError, match=r"intake\.unknown_datum"):
        read(file, datum="mars")


def test_metres_of_a_plane_zone_become_degrees(tmp_path):
    """X (east) and Y (north) of zone 6 are read with the CRS that the command names."""
    file = table(tmp_path, "名称,種別,X,Y\nA,居場所,-50000,-150000\n")
    point = read(file, crs="EPSG:6674").rows[0].facts.position
    assert (round(point.lon, 1), round(point.lat, 1)) == (135.5, 34.6)


def test_the_record_of_a_place_without_a_number_is_its_name_and_address(tmp_path):
    """Rows without an id are found again when the file is sorted otherwise; the file's day is no part of its name."""
    forth = table(tmp_path, "名称,種別,住所\nA,居場所,1\nB,居場所,2\n", "list_20260401.csv")
    back = table(tmp_path, "名称,種別,住所\nB,居場所,2\nA,居場所,1\n", "list_20260501.csv")
    assert {(row.dataset, row.record) for row in read(forth).rows} == {
        (row.dataset, row.record) for row in read(back).rows
    }
    assert read(forth).rows[0].dataset == "places/list"


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("salons_20260401.csv", "salons"),
        ("salons 令和8年4月.csv", "salons"),
        ("サロン一覧(令和８年４月１日現在).xlsx", "サロン一覧"),
        ("222127_community_center.csv", "222127_community_center"),
        ("church12.csv", "church12"),
        ("2026-04.csv", "2026-04"),
    ],
)
def test_a_dataset_is_its_file_without_days(name, dataset):
    """A file that is published again bears another day and is the same dataset."""
    assert dataset_name(Path(name)) == dataset


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("いきいき百歳体操", "exercise_group"),
        ("子供食堂", "childrens_cafeteria"),
        ("みんなの居場所こども食堂", "childrens_cafeteria"),
        ("つどいの広場", "childcare_plaza"),
        ("ささえあい協議会", "discussion_table"),
        ("みんなの居場所", "ibasho"),
        ("体操", None),
        ("ふれあい喫茶と百歳体操", None),
    ],
)
def test_only_explicit_words_name_a_kind(text, kind):
    """A word of one kind decides, words of two decide nothing."""
    assert kind_words.guess(text) == kind


@pytest.mark.parametrize(
    ("text", "fee", "booking"),
    [
        ("無料", Fee.FREE, Booking.UNKNOWN),
        ("一般500円、高校生以下無料", Fee.PAID, Booking.UNKNOWN),
        ("無料（材料費別途）", Fee.PAID, Booking.UNKNOWN),
        ("要観覧券", Fee.UNKNOWN, Booking.UNKNOWN),
        ("申込不要（団体は要予約）", Fee.UNKNOWN, Booking.UNKNOWN),
        ("要予約", Fee.UNKNOWN, Booking.NEEDED),
        ("予約は不要です", Fee.UNKNOWN, Booking.NOT_NEEDED),
    ],
)
def test_cost_and_booking_are_never_guessed(text, fee, booking):
    """Free is what costs nobody anything; what is said both ways stays unknown."""
    assert (place_words.fee(text), place_words.booking(text)) == (fee, booking)


def test_what_there_is_not_is_not_there():
    """なし, 不可 and × take nothing in; a wheelchair toilet does not make a place free of steps."""
    assert place_words.accesses("段差なし、エレベーターなし") == {Access.STEP_FREE}
    assert place_words.accesses("車椅子対応トイレ;無料Wi-Fi") == {Access.TOILET, Access.WIFI}
    assert place_words.accesses("オストメイト対応トイレ 不可") == frozenset()


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=60), other=st.text(max_size=60))
def test_any_text_ends_in_rows_and_findings(tmp_path_factory, name, other):
    """Whatever stands in the cells of a row, it goes in or is refused; nothing crashes and no row is lost."""
    quoted = [value.replace('"', '""').encode("utf-8", "ignore").decode() for value in (name, other)]
    text = f'名称,種別,活動日,URL,緯度\n"x{quoted[0]}",居場所,"{quoted[1]}","{quoted[1]}","{quoted[1]}"\n'
    file = tmp_path_factory.mktemp("any") / "list.csv"
    file.write_text(text, encoding="utf-8", newline="")
    intake = read(file)
    assert intake.read == len(intake.rows) + len(said(intake, Severity.REFUSED))


def test_over_long_text_is_refused(tmp_path):
    """A description of a megabyte ends in a sentence."""
    file = table(tmp_path, f"名称,種別,説明\nA,居場所,{'あ' * 100_000}\n")
    assert said(read(file), Severity.REFUSED) == [(2, "model.text_too_long")]


@needs_real_data
def test_real_facilities_are_places_too():
    """A city's own files are read whole with the kind that the command gives, every position and opening hours."""
    files = sorted((REAL / "standard").glob("222127_c*.csv"))
    intake = places.read(files, PlaceOptions(TODAY, kind="facility"))
    assert (intake.read, len(intake.rows)) == (18, 18)
    assert all(row.facts.position and row.facts.schedule and row.authority == "22212" for row in intake.rows)
    assert isinstance(intake.rows[0].facts.schedule.rules[0].start, datetime)
