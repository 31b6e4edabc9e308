"""Sound files with pieces cut out, put in or overwritten anywhere: no damage ends otherwise than bad input may."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import open_store
from tests import town
from tests.bad_input.archives import SOUND as WORKBOOK
from tests.bad_input.archives import zipped
from tests.bad_input.case import bring_in
from tests.bad_input.rows import SOUND, SQUARE, feature, features, table
from tests.bad_input.texts import TEXTS

OUTLINES = features(feature(SQUARE, 開始日="2026-12-01", 災害種別_洪水="1"))
FILES = [
    *((kind, f"{kind}.csv", table(kind, {}, {})) for kind in SOUND),
    *(
        (kind, f"{kind}.geojson", OUTLINES)
        for kind in ("places", "events", "evacuation-sites", "districts", "boundary")
    ),
    ("places", "w.xlsx", WORKBOOK),
    ("districts", "z.zip", zipped(("a.geojson", OUTLINES))),
]
PIECES = [
    *(b"\0", b'"', b",", b"\n", b"\r", b"\t", b";", b"[", b"]", b"{", b"}", b"\xff", b"\x80", b"PK", b"-1", b"1e400"),
    *(b"null", rb"\ud800", b"99999999999999999999", *(text.encode() for text in TEXTS if len(text) < 100)),
]


@pytest.fixture(scope="module")
def one_store():
    """A store that all of them are brought to."""
    store = town.settle(open_store("duckdb://"))
    yield store
    store.close()


@given(
    file=st.sampled_from(FILES),
    damage=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=4)),
        min_size=1,
        max_size=6,
    ),
)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_damaged_ends_in_a_sentence_or_in_records(file, damage, one_store, tmp_path_factory):
    """Each damaged file is refused, stopped or taken in; when it is not taken in, the store is as before."""
    kind, name, data = file
    for where, length, piece in damage:
        at = round(where * len(data))
        data = data[:at] + piece + data[at + length :]
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)
    outcome = bring_in(one_store, kind, path)
    assert not outcome.changed or (outcome.plan is not None and not outcome.plan.stopped)
