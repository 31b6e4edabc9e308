"""What the map is given: spots and clusters of a rectangle."""

from __future__ import annotations

import pytest

from portal.query import Query, View
from portal.store import Cluster, Put, Spot
from tests.db.records import TODAY, TOWN, make_place, marked

CITY = View(135.4, 34.6, 135.6, 34.8, 12)


def test_a_spot_says_what_a_marker_needs(store):
    """A spot bears id, position, kind, name, whether it is a sample, and how well its position is known."""
    place = make_place("p1", 135.5, 34.7)
    sample = marked(make_place("p0", 135.5, 34.7), origin=type(place.origin)("sample", "1"))
    store.apply(map(Put, [place, sample, make_place("p2", None)]))
    assert store.spots(Query(TOWN), CITY, TODAY, 10) == [
        Spot("p0", 135.5, 34.7, "ibasho", "つどい p0", sample=True, precision="exact"),
        Spot("p1", 135.5, 34.7, "ibasho", "つどい p1", sample=False, precision="exact"),
    ]
    assert [spot.id for spot in store.spots(Query(TOWN), CITY, TODAY, 1)] == ["p0"]


def test_the_rectangle_holds_its_edges(store):
    """What lies on an edge is in view, what lies beyond is not, and what has no position never is."""
    points = {"edge": (135.4, 34.6), "corner": (135.6, 34.8), "west": (135.3999, 34.7), "north": (135.5, 34.8001)}
    store.apply(Put(make_place(name, lon, lat)) for name, (lon, lat) in points.items())
    store.apply([Put(make_place("none", None))])
    assert store.count_in_view(Query(TOWN), CITY, TODAY) == 2
    assert {spot.id for spot in store.spots(Query(TOWN), CITY, TODAY, 10)} == {"edge", "corner"}
    assert store.count(Query(TOWN), TODAY) == 5


def test_places_of_one_cell_are_one_cluster_at_their_middle(store):
    """Near places are gathered, far ones are apart, and the sign stands at their mean position."""
    store.apply(Put(make_place(f"a{number}", 135.5001 + number / 10_000, 34.7)) for number in range(3))
    store.apply([Put(make_place("b", 135.59, 34.61))])
    assert store.clusters(Query(TOWN), CITY, TODAY) == [Cluster(135.59, 34.61, 1), Cluster(135.5002, 34.7, 3)]


@pytest.mark.parametrize(("zoom", "least", "most"), [(0, 1, 4), (10, 4, 30), (14, 1500, 2300), (24, 2500, 2500)])
def test_cells_shrink_as_the_map_is_zoomed_in(store, zoom, least, most):
    """A cell is about 60 screen points wide at every zoom: few signs far out, one for each place close up."""
    store.apply(Put(make_place(f"p{x}_{y}", 135.4 + x / 250, 34.6 + y / 250)) for x in range(50) for y in range(50))
    clusters = store.clusters(Query(TOWN), View(135.3, 34.5, 135.7, 34.9, zoom), TODAY)
    assert least <= len(clusters) <= most
    assert sum(cluster.count for cluster in clusters) == 2500
