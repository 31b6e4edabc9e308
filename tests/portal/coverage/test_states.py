"""States by hand, from what was counted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.coverage.states import STEPS, Evidence, state_of
from portal.model.standard import CoverageState

CASES = [
    (2, Evidence(2, 2, 2, surveyed=False), "covered"),
    (2, Evidence(2, 1, 2, surveyed=True), "stale"),
    (2, Evidence(2, 0, 2, surveyed=False), "stale"),
    (2, Evidence(1, 1, 1, surveyed=True), "short"),
    (2, Evidence(1, 0, 1, surveyed=False), "short"),
    (2, Evidence(0, 0, 0, surveyed=True), "none"),
    (2, Evidence(0, 0, 0, surveyed=False), "not_surveyed"),
    (90, Evidence(89.99, 89.99, 1, surveyed=True), "short"),
    (90, Evidence(90 - 1e-12, 90 - 1e-12, 1, surveyed=True), "covered"),
    (90, Evidence(4, 4, 0, surveyed=True), "short"),  # the next district's salon reaches over the border
    (90, Evidence(0, 0, 1, surveyed=True), "short"),  # a salon without a position
    (90, Evidence(None, None, 3, surveyed=True), "not_surveyed"),
    (90, Evidence(None, None, 0, surveyed=True), "none"),
    (90, Evidence(None, None, 0, surveyed=False), "not_surveyed"),
]


@pytest.mark.parametrize(("at_least", "found", "state"), CASES)
def test_a_state_follows_from_what_was_counted(at_least, found, state):
    """Verified before unverified, enough before too little, and nothing is none only where somebody looked."""
    assert state_of(at_least, found) == CoverageState(state)


@settings(max_examples=200)
@given(
    at_least=st.integers(1, 5),
    records=st.integers(0, 8),
    fresh=st.integers(0, 8),
    more=st.integers(0, 3),
    surveyed=st.booleans(),
)
def test_more_of_something_never_lowers_a_state(at_least, records, fresh, more, surveyed):
    """A further record, verified or not, leaves a state as it is or raises it."""
    fresh = min(fresh, records)
    before = STEPS[state_of(at_least, Evidence(records, fresh, records, surveyed))]
    for verified in (0, more):
        after = Evidence(records + more, fresh + verified, records + more, surveyed)
        assert STEPS[state_of(at_least, after)] >= before
