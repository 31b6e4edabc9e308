"""How often something was used: counted in memory, kept by the day, never lost."""

from __future__ import annotations

import threading
from collections import Counter as Tally
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import open_store
from portal import usage
from portal.errors import PortalError
from portal.model.usage import UsageCount, Use
from portal.store import Put
from portal.usage import Counter
from tests.town import TODAY

YESTERDAY = TODAY - timedelta(days=1)


def test_counts_are_kept_by_day_and_use(empty_store):
    """What was counted is added to what is kept; a second flush adds nothing."""
    counter = Counter()
    for day in (TODAY, TODAY, YESTERDAY):
        counter.count("post-1", Use.VIEWED, day)
    counter.count("post-1", Use.CALENDAR, TODAY)
    assert counter.flush(empty_store) == 4
    assert counter.flush(empty_store) == 0
    counter.count("post-1", Use.VIEWED, TODAY)
    counter.flush(empty_store)
    assert usage.of(empty_store, ["post-1", "post-2"], TODAY, TODAY) == {
        "post-1": {Use.VIEWED: 3, Use.CALENDAR: 1, Use.ASKED: 0},
        "post-2": {Use.VIEWED: 0, Use.CALENDAR: 0, Use.ASKED: 0},
    }
    assert usage.of(empty_store, ["post-1"], YESTERDAY, TODAY)["post-1"][Use.VIEWED] == 4


def test_nothing_counted_writes_nothing(empty_store):
    """A quiet minute leaves the store's version as it is."""
    before = empty_store.data_version()
    Counter().flush(empty_store)
    assert empty_store.data_version() == before


def test_two_flushes_at_once_lose_no_count(empty_store):
    """Four who count and keep at the same time add up to all that was counted."""
    counters = [Counter() for _ in range(4)]

    def work(counter: Counter) -> None:
        for _ in range(5):
            counter.count("post-1", Use.VIEWED, TODAY)
            counter.flush(empty_store)

    threads = [threading.Thread(target=work, args=(counter,)) for counter in counters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert usage.of(empty_store, ["post-1"], TODAY, TODAY)["post-1"][Use.VIEWED] == 20


def test_counting_goes_on_while_counts_are_kept():
    """What is counted from many threads during a flush is there after the last one."""
    store = open_store("duckdb://")
    counter = Counter()
    threads = [
        threading.Thread(target=lambda: [counter.count("place-1", Use.VIEWED, TODAY) for _ in range(500)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    counter.flush(store)
    for thread in threads:
        thread.join()
    counter.flush(store)
    assert usage.of(store, ["place-1"], TODAY, TODAY)["place-1"][Use.VIEWED] == 2_000
    store.close()


def test_a_flush_that_fails_keeps_the_counts():
    """A store that cannot be written to loses nothing: the counts come with the next flush."""
    closed, counter = open_store("duckdb://"), Counter()
    closed.close()
    counter.count("post-1", Use.ASKED, TODAY)
    with pytest.raises(PortalError):
        counter.flush(closed)
    store = open_store("duckdb://")
    assert counter.flush(store) == 1
    assert usage.of(store, ["post-1"], TODAY, TODAY)["post-1"][Use.ASKED] == 1
    store.close()


def test_memory_is_bounded(empty_store, monkeypatch):
    """Beyond the limit no further thing is counted, and what is counted already goes on."""
    monkeypatch.setattr(usage, "THINGS_MAX", 2)
    counter = Counter()
    for about in ("a", "b", "c", "a"):
        counter.count(about, Use.VIEWED, TODAY)
    assert counter.flush(empty_store) == 3


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(Use), st.booleans(), st.booleans()), max_size=30))
@settings(max_examples=10, deadline=None)
def test_sums_are_those_of_a_plain_tally(uses):
    """However counts and flushes follow each other, the sums are right, beside what was kept before."""
    store = open_store("duckdb://")
    store.apply([Put(UsageCount("a", TODAY, Use.VIEWED, 7))])
    counter, tally = Counter(), Tally({("a", Use.VIEWED): 7})
    for about, use, earlier, flush in uses:
        counter.count(about, use, YESTERDAY if earlier else TODAY)
        tally[about, use] += 1
        if flush:
            counter.flush(store)
    counter.flush(store)
    found = usage.of(store, ["a", "b"], YESTERDAY, TODAY)
    assert {(about, use): count for about in found for use, count in found[about].items() if count} == dict(tally)
    store.close()
