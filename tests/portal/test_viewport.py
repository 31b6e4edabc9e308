"""Reading a rectangle of the map."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import InvalidRecordError
from portal.query import View
from portal.viewport import view_from_params

LON = st.floats(-180, 180, allow_nan=False)
LAT = st.floats(-90, 90, allow_nan=False)


@given(st.tuples(LON, LON).map(sorted), st.tuples(LAT, LAT).map(sorted), st.integers(0, 24))
@settings(max_examples=50)
def test_reads_what_was_written(lons, lats, zoom):
    """A rectangle written as W,S,E,N is read back as it was."""
    view = View(lons[0], lats[0], lons[1], lats[1], zoom)
    text = f"{view.west!r},{view.south!r},{view.east!r},{view.north!r}"
    assert view_from_params({"bbox": text, "zoom": str(zoom)}) == view


@given(st.text(max_size=60), st.text(max_size=5))
@settings(max_examples=100)
def test_anything_else_is_refused_in_words(bbox, zoom):
    """Whatever text comes, it is a rectangle or an error of the portal's own."""
    with suppress(InvalidRecordError):
        assert isinstance(view_from_params({"bbox": bbox, "zoom": zoom}), View)


@pytest.mark.parametrize(
    "bbox", ["", "1,2,3", "1,2,3,4,5", "nan,0,1,1", "0,0,inf,1", "2,0,1,1", "0,2,1,1", "0,0,181,1"]
)
def test_refuses_what_is_no_rectangle(bbox):
    """Too few or too many sides, sides off the globe or turned over are refused."""
    with pytest.raises(InvalidRecordError):
        view_from_params({"bbox": bbox, "zoom": "10"})
