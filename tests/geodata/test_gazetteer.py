"""Points of parts of town and blocks, from three publishers' files."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

from geodata import gazetteer
from portal.model.finding import Severity
from portal.model.position import Point, Precision
from portal.words import LANGUAGES, say

GOLDEN = Path(__file__).parent / "golden" / "intake"
TODAY = date(2026, 11, 22)


def read(*names):
    """The intake of golden files."""
    return gazetteer.read([GOLDEN / name for name in names], today=TODAY)


def test_towns_are_read_with_their_code():
    """大字・町丁目レベル gives the code, the town and a point that is good to the town."""
    intake = read("gazetteer_towns.csv")
    assert [row.town for row in intake.rows] == ["見本町一丁目", "見本町二丁目", "野口町見本"]
    assert {(row.authority, row.precision) for row in intake.rows} == {("28210", Precision.TOWN)}
    assert intake.rows[0].position == Point(134.841001, 34.756001)
    refused = [(one.line, one.key) for one in intake.findings]
    assert refused == [(5, "intake.no_town"), (6, "tables.position_missing")]


def test_of_several_points_of_a_block_the_representative_is_kept():
    """代表フラグ decides; what is marked as deleted is passed over; 小字 belongs to the town."""
    intake = read("gazetteer_blocks.csv")
    blocks = {(row.town, row.block): row.position for row in intake.rows}
    assert blocks[("見本町一丁目", "2")] == Point(134.841201, 34.756201)
    assert ("見本町一丁目", "3") not in blocks
    assert ("野口町見本字①", "５") in blocks
    assert {row.precision for row in intake.rows} == {Precision.BLOCK}


def test_swapped_coordinates_are_mended_and_said():
    """A block whose two columns are swapped lies where it belongs."""
    intake = read("gazetteer_blocks.csv")
    swapped = next(row for row in intake.rows if row.block == "6")
    assert swapped.position == Point(134.843, 34.757)
    assert [(one.line, one.severity) for one in intake.findings] == [(7, Severity.DOUBTFUL), (8, Severity.REFUSED)]


def test_the_registry_is_joined_from_its_files():
    """Names and points of the address base registry meet, in either order; what is abolished stays out."""
    forth, back = (
        read(*names) for names in (("abr_town.csv", "abr_town_pos.csv"), ("abr_town_pos.csv", "abr_town.csv"))
    )
    assert [(row.authority, row.city, row.town) for row in forth.rows] == [
        ("27108", "大阪市大正区", "見本西一丁目"),
        ("27108", "大阪市大正区", "見本東"),
    ]
    assert back.rows == forth.rows
    assert [one.key for one in forth.findings] == ["intake.towns_without_point"]


def test_the_registry_has_blocks_too():
    """住居表示-街区 gives points that are good to the block."""
    intake = read("abr_block.csv")
    assert [(row.town, row.block, row.precision) for row in intake.rows] == [
        ("見本西一丁目", "1", Precision.BLOCK),
        ("見本西一丁目", "2", Precision.BLOCK),
    ]


def test_each_format_bears_its_credit():
    """Whoever shows the points can name their publisher."""
    credits_ = {
        name: read(name).source.credit for name in ("gazetteer_towns.csv", "gazetteer_blocks.csv", "abr_block.csv")
    }
    assert "国土交通省" in credits_["gazetteer_towns.csv"]
    assert "街区レベル" in credits_["gazetteer_blocks.csv"]
    assert "デジタル庁" in credits_["abr_block.csv"]


def test_every_finding_is_a_sentence():
    """What the reader says exists in every language."""
    findings = [
        *read("gazetteer_blocks.csv").findings,
        *read("gazetteer_towns.csv").findings,
        *read("abr_town.csv").findings,
    ]
    assert all(say(one.key, language, **one.values) for one in findings for language in LANGUAGES)


def test_a_prefecture_of_blocks_is_read_in_seconds(tmp_path):
    """30,000 blocks take a second or two, so a prefecture's 100,000 take seconds, not minutes."""
    with (GOLDEN / "gazetteer_blocks.csv").open(encoding="cp932", newline="") as golden:
        header, first, *_ = csv.reader(golden)
    with (tmp_path / "blocks.csv").open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([*first[:4], str(number), *first[5:]] for number in range(30_000))
    begun = time.perf_counter()
    intake = gazetteer.read([tmp_path / "blocks.csv"], today=TODAY)
    assert len(intake.rows) == 30_000
    assert time.perf_counter() - begun < 10
