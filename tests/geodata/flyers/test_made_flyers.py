"""Flyers of many layouts, read as a person's photo or file of them would be."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace

import pytest
from PIL import Image

from geodata.flyers import crop, read_flyer
from portal.flyer import propose
from tests.geodata.flyers.made_flyers import FLYERS
from tests.geodata.flyers.scoring import counted
from tests.town import TODAY

pytestmark = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract reads the flyers")


READ = tuple({one.layout: one for one in FLYERS}.values())
"""One of each layout: reading takes seconds. ``python -m tests.geodata.flyers`` reads all of them."""


@pytest.fixture(scope="module")
def counts():
    """How the fields of a flyer of each layout were read, by field, by layout, and each failure in words."""
    return counted(READ)


def test_there_are_enough_flyers_of_enough_layouts():
    """At least 24 flyers in at least 10 layouts are read."""
    assert len(FLYERS) >= 24
    assert len({one.layout for one in FLYERS}) >= 10


def test_no_flyer_gives_a_wrong_date(counts):
    """A date that is proposed is the one on the flyer: a wrong date is worse than none."""
    by_field, _, failures = counts
    assert by_field["when"]["wrong"] == 0, failures
    assert by_field["book_by"]["wrong"] == 0, failures
    assert by_field["when"]["right"] >= 0.9 * len(READ), failures


def test_most_fields_are_read_right_and_few_wrong(counts):
    """Of all fields at least nine in ten are right and at most one in twenty is wrong."""
    by_field, _, failures = counts
    total = sum(count.total() for count in by_field.values())
    assert sum(count["right"] for count in by_field.values()) >= 0.92 * total, failures
    assert sum(count["wrong"] for count in by_field.values()) <= 0.05 * total, failures


@pytest.mark.parametrize("field", ["phone", "fax", "address", "fee", "capacity"])
def test_no_number_is_read_wrong(field, counts):
    """A telephone number, an address, a cost or a capacity that is proposed is the one on the flyer."""
    by_field, _, failures = counts
    assert by_field[field]["wrong"] == 0, failures


def test_every_layout_is_read(counts):
    """No layout is left out: of each at least three fields in four are right."""
    _, by_layout, failures = counts
    assert {name for name, count in by_layout.items() if count["right"] < 0.75 * count.total()} == set(), failures


@pytest.mark.parametrize("turned", [90, 270])
def test_a_photo_that_lies_on_its_side_is_turned(turned):
    """A photo without a word about its orientation is turned until it can be read."""
    flyer = read_flyer(replace(FLYERS[0], turned=turned).data())
    assert flyer.pages[0].height > flyer.pages[0].width
    assert propose(flyer.lines, TODAY).phone[0].value == "0790-01-2345"


def test_each_proposal_shows_the_piece_of_the_picture_that_it_was_read_from():
    """A candidate's spots are on the upright picture, and each can be cut out of it with a margin."""
    flyer = read_flyer(FLYERS[23].data())
    page = flyer.pages[0]
    found = propose(flyer.lines, TODAY)
    spot = found.schedule[0].spots[0]
    with Image.open(io.BytesIO(crop(page, spot.box))) as piece:
        assert spot.box.width < piece.width <= page.width
        assert spot.box.height < piece.height <= page.height
    with Image.open(io.BytesIO(page.picture)) as picture:
        assert picture.size == (page.width, page.height)
        assert page.height > page.width
