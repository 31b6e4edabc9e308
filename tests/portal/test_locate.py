"""Addresses as they are compared, and the positions that they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import locate
from portal.address import normalise, prefixes
from portal.errors import UnknownThingError
from portal.model.gazetteer import GazetteerPoint
from portal.model.municipality import Municipality
from portal.model.position import Precision
from portal.store import Put
from tests import town

WARD = "大阪市大正区"


@pytest.mark.parametrize(
    "written",
    [
        "大阪府大阪市大正区三軒家西1-20-26",
        "大阪市大正区三軒家西一丁目２０番２６号",
        "大正区三軒家西１丁目20番地の26",
        "三軒家西1－20−26",
        "　大阪市　大正区 三軒家西1ー20ー26",
        "三軒家西1の20の26",
    ],
)
def test_ways_of_writing_one_address_are_the_same(written):
    """Kanji numbers, full-width digits, look-alike hyphens and 丁目・番・号 come to one form."""
    assert normalise(written, WARD) == "三軒家西1-20-26"


def test_a_town_that_bears_a_number_in_its_name_keeps_it():
    """Only numbers that count blocks are read as numbers."""
    assert normalise("大正区三軒家西一丁目", WARD) == "三軒家西1"
    assert normalise("八幡屋3-3-5", "大阪市港区") == "八幡屋3-3-5"
    assert normalise("東京都港区三田四丁目11番38号", "東京都港区") == "三田4-11-38"
    assert normalise("加古川市加古川町稲屋81", "加古川市") == "加古川町稲屋81"


def test_the_number_by_number_shortened_address():
    """The longest part comes first, the town last."""
    assert prefixes("三軒家西1-20-26") == ["三軒家西1-20-26", "三軒家西1-20", "三軒家西1", "三軒家西"]
    assert prefixes("") == []


@given(st.text(max_size=200))
def test_any_text_is_normalised_without_a_fault(text):
    """No text breaks the reading of addresses, and reading twice changes nothing more that matters."""
    assert isinstance(prefixes(normalise(text, WARD)), list)


@pytest.fixture
def ward(store):
    """The ward with a gazetteer of one town and two of its blocks."""
    store.apply(
        [
            Put(Municipality("27108", WARD, "Taisho", "大阪府", town.spot(0, 0))),
            Put(GazetteerPoint("t", "27108", "三軒家西一丁目", "", town.spot(1, 1), Precision.TOWN)),
            Put(GazetteerPoint("b", "27108", "三軒家西一丁目", "20", town.spot(1.1, 1), Precision.BLOCK)),
        ]
    )
    return store


def test_the_longest_known_part_of_an_address_gives_the_position(ward):
    """A block is found before its town, a town where the block is not known, nothing where neither is."""
    block = locate.address(ward, "27108", "大阪市大正区三軒家西1-20-26")
    assert (block.point, block.precision, block.matched) == (town.spot(1.1, 1), Precision.BLOCK, "三軒家西1-20")
    assert locate.address(ward, "27108", "三軒家西1-99").point == town.spot(1, 1)
    assert locate.address(ward, "27108", "鶴町2-6") is None


def test_without_a_gazetteer_known_places_stand_in(store):
    """A place's own address gives its block, and its town roughly."""
    store.apply([Put(town.place("a", column=1, row=1, address="みなも町ひがし2-3-4"))])
    assert locate.address(store, town.CODE, "ひがし2丁目3番4号").point == town.spot(1, 1)
    assert locate.address(store, town.CODE, "ひがし2-9").precision is Precision.TOWN


def test_an_unknown_municipality_is_said(store):
    """Looking for an address in a municipality that is not served raises, it does not find nothing."""
    with pytest.raises(UnknownThingError):
        locate.address(store, "00000", "どこか1-1")
