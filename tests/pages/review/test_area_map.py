"""The map of districts: readable in black and white, each a link, nothing of a name but its text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.review.area_map import Area, svg
from portal.model.standard import CoverageState
from tests import town

LARGEST = 100_000
"""Characters of a map, which leaves a third of 150 KB to the rest of its page."""


def area(name="西小", state=CoverageState.COVERED, shape=None, label="充足 1か所", address="/review-sheet?district=1"):
    """One district of the map."""
    return Area(name, shape or town.square(0, 0), state, label, address)


def parsed(*areas, language="ja"):
    """The map and its legend as elements."""
    return ET.fromstring(f"<div>{svg(areas, '地図', language)}</div>")  # noqa: S314  # what we drew ourselves


def test_every_district_is_a_link_that_says_its_state():
    """One link a district, with name, state and figure in its title; none where it leads nowhere."""
    found = parsed(area(), area("東小", CoverageState.NONE, town.square(1, 0), "なし 0か所", ""))
    [link] = found.iter("a")
    assert link.get("href") == "/review-sheet?district=1"
    assert link.find("title").text == "西小 充足 1か所"
    assert [one.text for one in found.iter("title")] == ["西小 充足 1か所", "東小 なし 0か所"]


def test_states_are_told_apart_without_colour():
    """Stale and not surveyed are hatched, each its own way; the symbol stands upon every area that has room."""
    for state, ruled in (("stale", True), ("not_surveyed", True), ("covered", False), ("none", False)):
        found = parsed(area(state=CoverageState(state)))
        [path] = found.iter("a")
        assert (path.find("path").get("fill") == f"url(#area-{state})") is ruled
    signs = {text.text.split()[0] for state in CoverageState for text in parsed(area(state=state)).iter("text")}
    assert len(signs) == len(CoverageState)


def test_the_legend_counts_every_state():
    """All states stand in the legend with how many areas have them; no state only where there is one without."""
    text = "".join(parsed(area(), area(state=None, shape=town.square(1, 0))).find("ul").itertext())
    assert "● 充足(1)" in text
    assert "未調査(0)" in text
    assert "値なし(1)" in text
    assert "値なし" not in "".join(parsed(area()).find("ul").itertext())


def test_a_name_stands_only_where_it_fits():
    """A district too narrow for its name shows the symbol; one too small for that shows nothing."""
    wide = town.square(0, 0, 10, 10)
    narrow, tiny = town.square(11, 0, 0.5, 10), town.square(12, 0, 0.01, 0.01)
    found = parsed(area("西小", shape=wide), area("とても長い名前の区", shape=narrow), area("小", shape=tiny))
    texts = [text.text for text in found.iter("text") if text.get("class") == "wide"]
    assert texts == ["● 西小", "●"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_name_never_becomes_more_than_text(name, label, address):
    """Whatever a name, a figure or an address holds, the picture has the same elements."""
    address = "/x?" + address.encode("ascii", "ignore").decode().replace("\x00", "")
    plain = "".join(sign for sign in address if sign.isprintable())
    found = parsed(area(name or "x", label=label, address=plain))
    usual = parsed(area())
    tags = [[one.tag for one in its.iter() if one.tag != "text"] for its in (found, usual)]
    assert tags[0] == tags[1]


def test_nothing_is_drawn_of_nothing():
    """Without districts there is no picture."""
    assert svg([], "地図", "ja") == ""


@pytest.mark.parametrize("corners", [64, 4_096])
def test_a_map_of_fine_outlines_stays_small(corners):
    """Forty districts of thousands of corners each are simplified until the picture is small enough for a phone."""
    spots = [shapely.Point(135 + at % 8 * 0.02, 34 + at // 8 * 0.02) for at in range(40)]
    areas = [area(f"区{at}", shape=spot.buffer(0.009, corners)) for at, spot in enumerate(spots)]
    assert len(svg(areas, "地図", "ja")) < LARGEST


def test_a_district_in_parts_keeps_its_holes():
    """Islands and holes are parts of one path, and what is too small to be seen is left out."""
    ring = town.square(0, 0, 4, 4).difference(town.square(1, 1))
    far = shapely.MultiPolygon([ring, town.square(5, 0), town.square(7, 0, 0.001, 0.001)])
    [path] = [one.find("path").get("d") for one in parsed(area(shape=far)).iter("a")]
    assert path.count("z") == 3
