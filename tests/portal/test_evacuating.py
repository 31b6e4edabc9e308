"""Where one goes in an evacuation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import evacuating
from portal.model.shelter import Opening, ShelterFacts
from portal.query import Query
from portal.store import Put
from tests import town

WELFARE = Query(town.CODE, kinds=("welfare_shelter",), near=town.spot(0.5, 0.5), evacuation=True)


@pytest.fixture
def sites(store):
    """Three welfare sites: closed at the reader's feet, open far, full between."""
    store.apply(
        [
            Put(_site("w1", 0.5, Opening.CLOSED)),
            Put(_site("w2", 1.9, Opening.OPEN)),
            Put(_site("w3", 1.0, Opening.FULL)),
        ]
    )
    return store


def _site(place_id, column, opening):
    return town.place(place_id, place_id, column, 0.5, kind="welfare_shelter", shelter=ShelterFacts(opening=opening))


def test_no_distance_where_one_is_sent(sites):
    """Where the municipality sends people there, no welfare site has a distance, open or not."""
    answer = evacuating.sites(sites, town.municipality(), WELFARE, town.NOW, 30)
    assert [card.distance_m for card in answer.cards] == [None, None, None]
    assert not evacuating.by_distance(town.municipality(), "welfare_shelter")


def test_open_ones_first_where_allowed(sites):
    """Where one may go directly, only what is open has a distance and stands first; a full one is not offered."""
    direct = replace(town.municipality(), direct_welfare=True)
    answer = evacuating.sites(sites, direct, WELFARE, town.NOW, 30)
    assert [(card.place.id, card.distance_m is not None) for card in answer.cards] == [
        ("w2", True),
        ("w1", False),
        ("w3", False),
    ]
    assert answer.total == 3
    assert len(evacuating.sites(sites, direct, WELFARE, town.NOW, 1).cards) == 1


def test_open_ones_first_in_a_disaster(sites):
    """While the town is in disaster response the open ones come first, then the full, and still none has a distance."""
    stricken = replace(town.municipality(), disaster_since=town.NOW)
    for query in (WELFARE, replace(WELFARE, near=None)):
        answer = evacuating.sites(sites, stricken, query, town.NOW, 30)
        assert [(card.place.id, card.distance_m) for card in answer.cards] == [("w2", None), ("w3", None), ("w1", None)]
        assert answer.total == 3
    assert [card.place.id for card in evacuating.sites(sites, stricken, WELFARE, town.NOW, 1).cards] == ["w2"]


def test_shelters_by_distance(store):
    """Every other kind is found by distance as anywhere."""
    store.apply([Put(town.place(f"s{n}", f"s{n}", 0.5 * n, 0.5, kind="shelter")) for n in (3, 1, 2)])
    near = Query(town.CODE, kinds=("shelter",), near=town.spot(0, 0.5), evacuation=True)
    answer = evacuating.sites(store, town.municipality(), near, town.NOW, 30)
    assert [card.place.id for card in answer.cards] == ["s1", "s2", "s3"]
    assert evacuating.by_distance(town.municipality(), "shelter")
