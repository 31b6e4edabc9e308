"""Any thread may read and write at any time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from db import open_store
from db.duckdb_engine import DuckDBEngine
from db.duckdb_store import DuckDBStore
from portal.model.membership import Membership
from portal.query import Query
from portal.store import Put
from tests.db.records import TODAY, TOWN, make_municipality, make_place

THREADS = 8
EACH = 12


def test_concurrent_writers_and_readers_lose_nothing(url):
    """Eight writers and eight readers at once: every change is kept, and no reader sees half of one."""
    store = open_store(url)

    def write(writer):
        for number in range(EACH):
            place = f"p{writer}_{number}"
            shared = Put(make_place("shared", name=f"つどい {writer}"))
            store.apply([Put(make_place(place)), Put(Membership(place, "city", "d1")), shared])

    def read(_reader):
        halves = 0
        for _ in range(EACH):
            counts = store.count_by_district(Query(TOWN), TODAY, "city")
            halves += counts.get(None, 0) > 1  # only the shared place has no membership
            store.find(Query(TOWN), TODAY, 10)
        return halves

    with ThreadPoolExecutor(2 * THREADS) as pool:
        writing = [pool.submit(write, writer) for writer in range(THREADS)]
        assert [half for half in pool.map(read, range(THREADS)) if half] == []
        assert [done.result() for done in writing] == [None] * THREADS
    assert store.count(Query(TOWN), TODAY) == THREADS * EACH + 1
    store.close()


def test_two_stores_on_one_file_in_one_process_see_each_other(url):
    """A second store on the same file meets conflicts, tries again, and its changes are seen by the first."""
    stores = [open_store(url), open_store(url)]
    assert stores[0].municipalities() == []
    with ThreadPoolExecutor(2) as pool:
        changes = [(stores[number % 2], Put(make_place(f"p{number}"))) for number in range(30)]
        list(pool.map(lambda change: change[0].apply([change[1]]), changes))
    stores[1].apply([Put(make_municipality())])
    assert stores[0].municipalities() == [make_municipality()]
    assert len(stores[0].places_of(TOWN)) == 30
    for store in stores:
        store.close()


def test_threads_that_ended_leave_no_cursor_behind():
    """Screens run in threads of their own; a cursor ends with its thread."""
    engine = DuckDBEngine(":memory:")
    store = DuckDBStore(engine)
    for _ in range(30):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(store.municipalities).result()
    store.municipalities()
    assert len(engine._cursors) <= 2  # noqa: SLF001  # nothing outside shows how many there are
    store.close()
