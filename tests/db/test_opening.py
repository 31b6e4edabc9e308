"""Opening, closing and opening again, whatever the file is like."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from db import open_store
from db.duckdb_engine import CONFIG, DuckDBEngine
from db.duckdb_store import DuckDBStore
from db.migrating import migrate
from db.statements import MIGRATIONS, migrations
from portal.errors import PortalError, SettingError, StoreBusyError, StoreDamagedError
from portal.store import Put
from portal.words import LANGUAGES, phrases, say_error
from tests.db.records import TOWN, make_district, make_municipality, make_place

ROOT = Path(__file__).parents[2]
HOLD = "import sys; from db import open_store; store = open_store(sys.argv[1]); print(1, flush=True); sys.stdin.read()"


def path_of(url):
    """The file that an address names."""
    return Path(url.removeprefix("duckdb://"))


@pytest.mark.parametrize("url", ["duckdb://", ":memory:", "duckdb://:memory:"])
def test_stores_in_memory_are_apart(url):
    """Each store in memory is one of its own."""
    one, other = open_store(url), open_store(url)
    one.apply([Put(make_municipality())])
    assert other.municipalities() == []
    one.close()
    other.close()


@pytest.mark.parametrize("url", ["postgresql://localhost/ibasho", "ibasho.duckdb", "", "sqlite:///x"])
def test_an_address_of_another_sort_is_refused(url):
    """Nothing is guessed about an address."""
    with pytest.raises(SettingError, match=r"store\.unknown_url"):
        open_store(url)


def test_a_store_is_what_it_was_when_opened_again(url):
    """The folder is made, the records are there again, and opening a second time changes nothing."""
    records = [make_municipality(), make_district("d1", "平尾"), make_place()]
    store = open_store(url)
    store.apply(map(Put, records))
    version = store.data_version()
    store.close()
    for _ in range(2):
        store = open_store(url)
        assert [*store.municipalities(), store.district("d1"), *store.places_of(TOWN)] == records
        assert store.data_version() == version
        store.close()


def test_a_closed_store_says_so(url):
    """After closing, reading and writing end in a sentence; closing again does nothing."""
    store = open_store(url)
    store.close()
    store.close()
    with pytest.raises(StoreBusyError, match=r"store\.closed"):
        store.municipalities()
    with pytest.raises(StoreBusyError, match=r"store\.closed"):
        store.apply([Put(make_place())])


def test_a_file_held_by_another_process_is_named(url):
    """The sentence names the file and the process and says what to do; once it has ended, the store opens."""
    with subprocess.Popen(  # noqa: S603  # this Python, with a program that stands above
        [sys.executable, "-c", HOLD, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "1\n"
        with pytest.raises(StoreBusyError, match=r"store\.busy") as caught:
            open_store(url)
        assert caught.value.values == {"file": "ibasho.duckdb", "process": str(holder.pid)}
        assert "Ctrl+C" in say_error(caught.value, "en")
        holder.stdin.close()
    open_store(url).close()


@pytest.mark.parametrize("content", [b"", b"hello" * 999, b"SQLite format 3\x00" + bytes(4096), bytes(20000)])
def test_what_is_no_store_is_refused_and_left_alone(url, content):
    """A file of another sort is never overwritten."""
    path_of(url).parent.mkdir()
    path_of(url).write_bytes(content)
    with pytest.raises(StoreDamagedError, match=r"store\.damaged"):
        open_store(url)
    assert path_of(url).read_bytes() == content


def test_a_smashed_store_is_refused(url):
    """Where the file's beginning was overwritten, nothing is served from it."""
    store = open_store(url)
    store.apply(Put(make_place(f"p{number}")) for number in range(50))
    store.close()
    content = bytearray(path_of(url).read_bytes())
    content[4096:12288] = bytes(8192)
    path_of(url).write_bytes(content)
    with pytest.raises(StoreDamagedError, match=r"store\.damaged"):
        open_store(url)


def test_a_folder_in_the_files_place_is_refused(tmp_path):
    """A folder is no store, and nothing can be made below a file."""
    with pytest.raises(StoreDamagedError, match=r"store\.cannot_open"):
        open_store(f"duckdb://{tmp_path}")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreDamagedError, match=r"store\.cannot_open"):
        open_store(f"duckdb://{tmp_path / 'file' / 'ibasho.duckdb'}")


def test_a_store_of_a_newer_portal_is_refused_untouched(url):
    """A migration that this portal does not know is named, and the store stays as it was."""
    open_store(url).close()
    with duckdb.connect(str(path_of(url))) as connection:
        connection.execute("INSERT INTO migration VALUES (9001, 'from_the_future')")
    content = path_of(url).read_bytes()
    for _ in range(2):
        with pytest.raises(StoreDamagedError, match=r"store\.newer") as caught:
            open_store(url)
    assert caught.value.values == {"version": 9001, "known": max(migrations())}
    assert path_of(url).read_bytes() == content


def test_every_older_store_is_brought_up_to_date(tmp_path):
    """A store that knows only the first migrations is opened, migrated and written to."""
    for known in range(1, max(migrations()) + 1):
        file = tmp_path / f"{known}.duckdb"
        with duckdb.connect(str(file)) as connection:
            connection.execute("CREATE TABLE migration (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
            for number, (name, statements) in list(migrations().items())[:known]:
                connection.execute(statements)
                connection.execute("INSERT INTO migration VALUES ($1, $2)", [number, name])
        store = open_store(f"duckdb://{file}")
        store.apply([Put(make_place())])
        assert store.places_of(TOWN) == [make_place()]
        store.close()


def test_migrations_are_numbered_without_gaps():
    """Each file has a number of its own, from 1 on."""
    assert list(migrations()) == list(range(1, len(list(MIGRATIONS.glob("*.sql"))) + 1))


def test_a_migration_that_fails_leaves_nothing(monkeypatch):
    """Half of a migration is never kept: it is done in a transaction, and not noted as done."""
    broken = migrations() | {max(migrations()) + 1: ("broken", "CREATE TABLE half (a INTEGER); SELECT * FROM nowhere")}
    connection = duckdb.connect()
    monkeypatch.setattr("db.migrating.migrations", lambda: broken)
    with pytest.raises(duckdb.CatalogException):
        migrate(connection)
    assert connection.execute("SELECT max(number) FROM migration").fetchall() == [(max(migrations()),)]
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == [(0,)]


def breaks_once():
    """Work that meets a fatal error when it is done first: DuckDB's own switch for a checkpoint that breaks off."""
    broken = []

    def work(cursor):
        if not broken:
            broken.append(True)
            cursor.commit()
            break_down(cursor)
        cursor.execute("UPDATE derived SET value = 'mended' WHERE name = 'version'")

    return work


def break_down(connection):
    """Invalidate the database that the connection belongs to."""
    connection.execute("SET debug_checkpoint_abort = 'before_header'")
    connection.execute("CHECKPOINT")


def test_a_change_is_made_again_after_a_fatal_error(url):
    """The file is opened anew, the whole change is made again, and every thread reads on."""
    path_of(url).parent.mkdir()
    engine = DuckDBEngine(str(path_of(url)))
    store = DuckDBStore(engine)
    with ThreadPoolExecutor(8) as pool:
        for number in range(3):
            store.apply([Put(make_place(f"p{number}"))])
            engine.write(breaks_once())
            assert store.data_version() == "mended"
            counts = list(pool.map(lambda _: len(store.places_of(TOWN)), range(16)))
            assert counts == [number + 1] * 16
    store.close()


def test_readers_open_an_invalidated_file_anew(url):
    """Where the database was invalidated between two questions, all threads that ask next get their answer."""
    store = open_store(url)
    store.apply([Put(make_place())])
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: store.places_of(TOWN), range(16))) == [[make_place()]] * 16
        other = duckdb.connect(str(path_of(url)), config=CONFIG)
        with pytest.raises(duckdb.FatalException):
            break_down(other)
        other.close()
        assert list(pool.map(lambda _: store.places_of(TOWN), range(16))) == [[make_place()]] * 16
    store.close()


def test_every_sentence_of_the_store_can_be_said():
    """Each phrase of the topic has the same gaps in both languages, and they are filled."""
    values = dict.fromkeys(("file", "process", "reason", "version", "known", "url"), "〇〇")
    keys = [key for key in phrases("ja") if key.startswith("store.")]
    assert len(keys) >= 10
    for key in keys:
        said = [say_error(PortalError(key, **values), language) for language in LANGUAGES]
        assert {sentence.count("〇〇") for sentence in said} == {said[0].count("〇〇")}
