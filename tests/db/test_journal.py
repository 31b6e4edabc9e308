"""The journal beside a store: it stands there first, and both always agree."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from db import open_store, verify
from db.duckdb_engine import DuckDBEngine
from db.duckdb_store import DuckDBStore
from db.journaling import Ledger
from db.position import position_of
from db.seal import log_of, seal_of
from portal.errors import InvalidRecordError, StaleEditError, StoreBusyError, StoreDamagedError
from portal.journal.chain import check, walk
from portal.journal.entry import changes_of, mark_of
from portal.model.mark import Mark
from portal.model.membership import Membership
from portal.model.place import Place
from portal.records import from_text
from portal.store import Drop, Put, expected, unused
from tests.db.records import NOON, TOWN, make_batch, make_district, make_item, make_municipality, make_place

ROOT = Path(__file__).parents[2]
CRASHING = """
import os, sys
from pathlib import Path
from db import open_store
from portal.store import Put
from tests.db.records import make_place

store = open_store("duckdb://" + sys.argv[1], Path(sys.argv[2]))
for number in range(4):
    store.apply([Put(make_place(f"c{number}"))])
os.kill(os.getpid(), 9)
"""
MARK = Mark(NOON, "a1", "place.edit", "電話が変わった")


@pytest.fixture
def home(tmp_path):
    """A folder with the two names that a portal uses."""
    return tmp_path


def opened(home):
    """The store of a folder, with its journal."""
    return open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")


def entries(home):
    """The journal's entries."""
    return list(walk(home / "journal.jsonl"))


def test_every_change_is_an_entry_with_its_mark(home):
    """Who, what, when and why stand in the journal, with every record of the change, before it is acknowledged."""
    store = opened(home)
    changes = [Put(make_place()), Put(Membership("p1", "city", None)), Drop(Place, ("p0",))]
    store.apply(changes, MARK)
    (line,) = entries(home)
    assert mark_of(line) == MARK
    assert sorted(map(str, changes_of(line))) == sorted(map(str, changes))
    store.close()


def test_without_a_mark_it_is_the_portal(home):
    """A change that names nobody is the portal's own."""
    store = opened(home)
    store.apply([Put(make_place())])
    store.apply([])
    assert [mark_of(line).who for line in entries(home)] == ["portal"]
    store.close()


def test_what_is_refused_leaves_no_entry(home):
    """Text that is none and a stale edit change neither store nor journal."""
    store = opened(home)
    store.apply([Put(make_place())])
    with pytest.raises(InvalidRecordError):
        store.apply([Put(make_place("p2", name="\ud800"))])
    with pytest.raises(InvalidRecordError):
        store.apply([Put(make_place("p2"))], Mark(NOON, reason="\ud800"))
    with pytest.raises(StaleEditError):
        store.apply([Put(make_place("p2"))], MARK, [unused(Place, "p1")])
    store.apply([Put(make_place("p2"))], MARK, [expected(make_place())])
    assert len(entries(home)) == 2
    store.close()


def test_history_tells_every_version(home):
    """Each version of a place is kept with its mark, the newest first; a removal is one without a record."""
    store = opened(home)
    names = ["古い", "新しい"]
    for name in names:
        store.apply([Put(make_place(name=name)), Put(make_place("p2"))], MARK)
    store.apply([Drop(Place, ("p1",))])
    found = store.history(Place, ("p1",))
    assert [version.entry for version in found] == [3, 2, 1]
    assert [from_text(Place, version.data).facts.name for version in found[1:]] == names[::-1]
    assert (found[0].data, found[0].who) == ("", "portal")
    assert (found[1].at, found[1].who, found[1].action, found[1].reason) == (NOON, "a1", "place.edit", MARK.reason)
    store.close()


def test_a_store_in_memory_has_a_history_too():
    """Without a journal changes are counted, and their versions kept."""
    store = open_store("duckdb://")
    for name in ("古い", "新しい"):
        store.apply([Put(make_place(name=name))])
    assert [version.entry for version in store.history(Place, ("p1",))] == [2, 1]
    store.close()


def test_concurrent_writers_write_one_chain(home):
    """Eight threads at once leave one unbroken chain that makes what the store holds."""
    store = opened(home)
    with ThreadPoolExecutor(8) as pool:
        changes = [[Put(make_place(f"p{n}")), Put(make_place("shared", name=f"n{n}"))] for n in range(40)]
        list(pool.map(store.apply, changes))
    assert check(home / "journal.jsonl").head.seq == 40
    store.close()
    found = verify(home / "portal.duckdb", home / "journal.jsonl")
    assert (found.head.seq, found.compared, found.sealed) == (40, True, True)


def crash(home):
    """Let a process change the store and die without closing it."""
    command = [sys.executable, "-c", CRASHING, home / "portal.duckdb", home / "journal.jsonl"]
    run = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603  # this Python, with a program that stands above
    assert run.returncode == -signal.SIGKILL


def places(home):
    """The ids that the store of a folder holds once it is opened."""
    store = opened(home)
    found = [place.id for place in store.places_of(TOWN)]
    store.close()
    return found


def test_what_the_log_lost_comes_from_the_journal(home):
    """Where DuckDB's own log is gone altogether, every acknowledged change is there, and its history."""
    crash(home)
    log_of(home / "portal.duckdb").unlink()
    assert places(home) == ["c0", "c1", "c2", "c3"]
    store = opened(home)
    assert [version.entry for version in store.history(Place, ("c2",))] == [3]
    store.close()


def test_a_lost_store_comes_from_the_journal(home):
    """Where the store's file is gone after a crash, the journal alone makes it again."""
    crash(home)
    for file in (home / "portal.duckdb", log_of(home / "portal.duckdb")):
        file.unlink()
    assert places(home) == ["c0", "c1", "c2", "c3"]


def test_an_unfinished_line_is_moved_aside(home):
    """What was being written when the machine stopped is kept in a file of its own, and the journal goes on."""
    crash(home)
    journal = home / "journal.jsonl"
    whole = journal.read_bytes()
    for number, torn in enumerate([b'{"seq":5,"prev":"', bytes(40)], 1):
        with journal.open("ab") as file:
            file.write(torn)
        seal_of(home / "portal.duckdb").unlink(missing_ok=True)
        assert places(home) == ["c0", "c1", "c2", "c3"]
        assert (home / f"journal.torn-{number}").read_bytes() == torn
        assert journal.read_bytes() == whole
    store = opened(home)
    store.apply([Put(make_place("c4"))])
    assert check(journal).head.seq == 5
    store.close()


def test_an_entry_that_was_not_committed_is_carried_out(home):
    """An entry that reached the disk before the store did is brought in at the next opening."""
    crash(home)
    journal, store = home / "journal.jsonl", home / "portal.duckdb"
    saved = store.read_bytes(), log_of(store).read_bytes()
    later = opened(home)
    later.apply([Put(make_place("c4")), Drop(Place, ("c0",))])
    later.close()
    seal_of(store).unlink()
    store.write_bytes(saved[0])
    log_of(store).write_bytes(saved[1])
    assert verify(store, journal).waiting == 1
    assert places(home) == ["c1", "c2", "c3", "c4"]


def test_a_cut_journal_is_not_served(home):
    """Where the store has come further than the journal, nothing is opened, and the journal is left as it is."""
    crash(home)
    journal = home / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    for kept in ([], lines[:2], [*lines[:3], lines[3][:50]]):
        journal.write_bytes(b"".join(kept))
        with pytest.raises(StoreDamagedError, match=r"journal\.behind"):
            opened(home)
        with pytest.raises(StoreDamagedError, match=r"journal\.behind"):
            verify(home / "portal.duckdb", journal)
        assert journal.read_bytes() == b"".join(kept)


def test_a_journal_of_another_store_is_not_taken(home, tmp_path_factory):
    """A journal that does not hold the store's last entry is refused, in a new store's place too."""
    other = tmp_path_factory.mktemp("other")
    for folder, count in ((home, 2), (other, 3)):
        store = opened(folder)
        for number in range(count):
            store.apply([Put(make_place(f"{folder.name}{number}"))])
        store.close()
    (home / "journal.jsonl").write_bytes((other / "journal.jsonl").read_bytes())
    with pytest.raises(StoreDamagedError, match=r"journal\.of_another"):
        opened(home)
    plain = open_store(f"duckdb://{home / 'plain.duckdb'}")
    plain.apply([Put(make_place())])
    plain.close()
    with pytest.raises(StoreDamagedError, match=r"journal\.of_another"):
        open_store(f"duckdb://{home / 'plain.duckdb'}", home / "journal.jsonl")


def test_an_older_store_gets_a_journal(home):
    """A store from before there was a journal begins one with all that it holds, and is the same afterwards."""
    records = [make_municipality(), make_district("d1", "平尾"), make_place(), Membership("p1", "elementary", "d1")]
    records += [make_batch("20261122-1"), make_item("20261122-1", 0, "p1")]
    plain = open_store(f"duckdb://{home / 'portal.duckdb'}")
    plain.apply(map(Put, records))
    plain.apply([Put(make_place("p2", None))])
    plain.close()
    store = opened(home)
    assert store.places_of(TOWN) == [make_place(), make_place("p2", None)]
    assert [version.action for version in store.history(Place, ("p1",))] == ["journal:begin"]
    store.apply([Put(make_place("p3"))])
    store.close()
    assert verify(home / "portal.duckdb", home / "journal.jsonl").compared
    assert (home / "journal.jsonl").stat().st_mode & 0o007 == 0


def test_a_journal_that_was_begun_but_not_noted_is_taken_on(home):
    """Stopped between the journal's begin and the store's note of it, the next opening goes on from there."""
    plain = open_store(f"duckdb://{home / 'portal.duckdb'}")
    plain.apply([Put(make_place())])
    plain.close()
    before = (home / "portal.duckdb").read_bytes()
    opened(home).close()
    (home / "portal.duckdb").write_bytes(before)
    seal_of(home / "portal.duckdb").unlink()
    assert places(home) == ["p1"]
    assert verify(home / "portal.duckdb", home / "journal.jsonl").compared


def test_a_journaled_store_is_not_opened_without_its_journal(home):
    """Nobody can change the store past its journal, nor open it twice in one process."""
    store = opened(home)
    store.apply([Put(make_place())])
    with pytest.raises(StoreBusyError, match=r"store\.busy"):
        opened(home)
    store.close()
    with pytest.raises(StoreDamagedError, match=r"journal\.wanted"):
        open_store(f"duckdb://{home / 'portal.duckdb'}")
    assert places(home) == ["p1"]


def test_a_full_disk_leaves_nothing_of_the_change(home):
    """Where the journal cannot be written, the change is refused as a whole, and what was is still whole."""
    store = opened(home)
    store.apply([Put(make_place())])
    size = (home / "journal.jsonl").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    held = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300, before[1]))
    try:
        with pytest.raises(StoreBusyError, match=r"cannot_write"):
            store.apply([Put(make_place("p2", description="長い" * 5_000))])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, held)
    assert check(home / "journal.jsonl").head.seq == 1
    assert store.place("p2") is None
    store.apply([Put(make_place("p3"))])
    store.close()
    assert places(home) == ["p1", "p3"]


def test_only_what_the_log_may_have_lost_is_brought_in_again(home):
    """After so many entries the log goes into the file, which is noted; a crash then needs the later entries only."""
    command = [sys.executable, "-m", "tests.journal_writer", home / "portal.duckdb", home / "journal.jsonl", "0", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603  # our own
        told = {writer.stdout.readline().strip() for _ in range(35)}
        writer.kill()
    with duckdb.connect(str(home / "portal.duckdb"), read_only=True) as connection:
        stands = position_of(connection)
    assert 10 <= stands.checkpoint <= stands.seq
    log_of(home / "portal.duckdb").unlink(missing_ok=True)
    assert told <= set(places(home))


class Failing(DuckDBEngine):
    """A store whose commits fail as often as it is told, after everything else was done."""

    failures = 0

    def write(self, work):
        """Do the work, then fail in the commit's place."""

        def failing(cursor):
            work(cursor)
            if self.failures:
                self.failures -= 1
                raise duckdb.TransactionException("conflict")  # as DuckDB says it

        super().write(failing)


def failing(home):
    """A journaled store whose commits can fail, and its engine."""
    ledger = Ledger(home / "portal.duckdb", home / "journal.jsonl")
    engine = Failing(str(home / "portal.duckdb"), ledger)
    return DuckDBStore(engine, ledger), engine


def test_a_transaction_that_is_tried_again_is_one_entry(home):
    """However often a commit meets a conflict, the journal says the change once."""
    store, engine = failing(home)
    engine.failures = 3
    store.apply([Put(make_place())])
    assert len(entries(home)) == 1
    assert store.place("p1") == make_place()
    store.close()


def test_what_failed_for_good_is_voided(home):
    """A change that was refused after its entry was written is voided: it is not carried out later either."""
    store, engine = failing(home)
    store.apply([Put(make_place())])
    engine.failures = 99
    with pytest.raises(StoreBusyError, match=r"store\.conflict"):
        store.apply([Put(make_place("p2"))])
    engine.failures = 0
    assert check(home / "journal.jsonl").voided == {2: 3}
    store.apply([Put(make_place("p3"))])
    store.close()
    assert places(home) == ["p1", "p3"]
    assert verify(home / "portal.duckdb", home / "journal.jsonl").compared
    for file in (home / "portal.duckdb", seal_of(home / "portal.duckdb")):
        file.unlink()
    assert places(home) == ["p1", "p3"]


def test_a_change_that_broke_the_database_is_made_once(home):
    """A fatal error after the entry was written: the file is opened anew, and the change is there, once."""
    ledger = Ledger(home / "portal.duckdb", home / "journal.jsonl")
    engine = DuckDBEngine(str(home / "portal.duckdb"), ledger)
    store = DuckDBStore(engine, ledger)
    store.apply([Put(make_place())])
    original, broken = engine.write, []

    def breaking(work):
        def once(cursor):
            work(cursor)
            if not broken:
                broken.append(True)
                cursor.commit()
                cursor.execute("SET debug_checkpoint_abort = 'before_header'")
                cursor.execute("CHECKPOINT")

        original(once)

    engine.write = breaking
    store.apply([Put(make_place("p2"))], MARK)
    assert broken
    assert [version.entry for version in store.history(Place, ("p2",))] == [2]
    store.close()
    assert len(entries(home)) == 2
    assert places(home) == ["p1", "p2"]


def test_the_seal_is_off_while_the_store_is_open(home):
    """Closed the store is sealed; open it is not, so that a crash is known for one."""
    seal = seal_of(home / "portal.duckdb")
    store = opened(home)
    assert not seal.exists()
    store.close()
    assert seal.exists()
    store.close()
    store = opened(home)
    assert not seal.exists()
    store.close()


def test_verify_while_the_store_is_held(home):
    """While somebody has the store, the journal alone is looked at, and nothing is touched."""
    store = opened(home)
    store.apply([Put(make_place())])
    found = verify(home / "portal.duckdb", home / "journal.jsonl")
    assert (found.head.seq, found.held, found.compared) == (1, True, False)
    store.apply([Put(make_place("p2"))])
    store.close()


def test_verify_from_another_process_changes_nothing(home):
    """A held store is verified from another process without disturbing it; a crashed one is compared untouched."""
    store = opened(home)
    store.apply([Put(make_place())])
    program = (
        "import sys; from pathlib import Path; from db import verify; v = verify(*map(Path, sys.argv[1:]));"
        "print(v.head.seq, v.held)"
    )
    command = [sys.executable, "-c", program, home / "portal.duckdb", home / "journal.jsonl"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  # as above
    assert run.stdout == "1 True\n"
    store.close()
    crash(home)
    before = {file.name: file.read_bytes() for file in home.iterdir()}
    found = verify(home / "portal.duckdb", home / "journal.jsonl")
    assert (found.compared, found.sealed, found.waiting) == (True, False, 0)
    assert {file.name: file.read_bytes() for file in home.iterdir()} == before


def test_verify_finds_a_store_that_was_changed_past_the_journal(home):
    """A row that was changed by other means is found, and its table is said."""
    store = opened(home)
    store.apply([Put(make_municipality()), Put(make_place())])
    store.close()
    seal_of(home / "portal.duckdb").unlink()
    with duckdb.connect(str(home / "portal.duckdb")) as connection:
        connection.execute("UPDATE place SET name = 'x'")
    with pytest.raises(StoreDamagedError, match=r"journal\.differs") as caught:
        verify(home / "portal.duckdb", home / "journal.jsonl")
    assert caught.value.values == {"tables": "place"}


def test_nobody_but_the_owner_and_group_reads_the_journal(home):
    """The journal holds addresses of accounts: it is not readable for everybody."""
    opened(home).close()
    assert (home / "journal.jsonl").stat().st_mode & 0o007 == 0
