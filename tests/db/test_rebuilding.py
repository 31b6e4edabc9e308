"""The store made again from the journal alone."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from db import open_store, rebuild, verify
from db.rows import OCCURRENCES, TABLES
from db.seal import seal_of
from db.verify_contents import fingerprint
from portal import editing, laying_out, setting_up
from portal.errors import StoreBusyError, StoreDamagedError
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.journal import JOURNAL_FILE, STORE_FILE
from portal.model.place import Place
from portal.schedules.reading import read_schedule
from portal.store import Drop, Put
from portal.undoing import undo
from tests import town
from tests.db.damage import flip

ROOT = Path(__file__).parents[2]
HOLD = (
    "import sys; from pathlib import Path; from db import open_store;"
    "store = open_store('duckdb://' + sys.argv[1], Path(sys.argv[2])); print(1, flush=True); sys.stdin.read()"
)


def opened(home):
    """The store of a folder, with its journal."""
    return open_store(f"duckdb://{home / STORE_FILE}", home / JOURNAL_FILE)


@pytest.fixture
def home(tmp_path):
    """A portal that was set up, imported into, edited, and whose last import was taken back."""
    store = opened(tmp_path)
    town.settle(store)
    laying_out.keep_up(store, town.TODAY)
    schedule = read_schedule("毎月第2・4火曜日 10:00~12:00", town.TODAY).schedule
    first = [town.row(2, "ひだまりサロン", schedule=schedule), town.row(3, "あおぞら広場", 1.5, 1.5)]
    carry_out(store, plan_places(store, town.intake(*first), town.order()))
    later = plan_places(store, town.intake(town.row(2, "ひだまりサロン", 0.2, 0.2)), town.order())
    carry_out(store, later)
    (edited, *_) = store.places_of(town.CODE)
    undo(store, later.batch, town.NOW)
    editing.edit(store, edited.id, {"description": "どなたでも"}, town.TODAY)
    store.apply([Put(town.place("p9")), Put(town.place("p10"))])
    store.apply([Drop(Place, ("p9",))])
    laying_out.lay_out_all(store, town.TODAY)
    store.close()
    return tmp_path


def fingerprints(store):
    """What every table of a stopped store holds, all columns."""
    names = [*(table.name for table in TABLES.values()), "history", OCCURRENCES.name]
    with closing(duckdb.connect(str(store), read_only=True)) as connection:
        return {name: fingerprint(connection, name) for name in names}


def test_a_store_made_again_is_equal_to_the_old_one(home):
    """Every table, the derived columns, the history and the laid-out occurrences too, holds the same rows."""
    before = fingerprints(home / STORE_FILE)
    made = rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW)
    assert fingerprints(home / STORE_FILE) == before
    assert sum(count > 0 for count, _ in before.values()) >= 9
    assert made.kept.name == "portal.duckdb.before-20261122T090000"
    assert fingerprints(made.kept) == before
    found = verify(home / STORE_FILE, home / JOURNAL_FILE)
    assert (found.sealed, found.compared, found.head.seq) == (True, True, made.entries)


def test_a_damaged_store_is_made_again(home):
    """The sentence that refuses a damaged store names the command that mends it, and it does."""
    before = fingerprints(home / STORE_FILE)
    flip(home / STORE_FILE, 500_000)
    with pytest.raises(StoreDamagedError, match=r"journal\.seal_broken"):
        opened(home)
    rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW)
    assert fingerprints(home / STORE_FILE) == before
    store = opened(home)
    store.apply([Put(town.place("p11"))])
    store.close()


def test_a_store_that_is_gone_is_made_again(home):
    """The journal alone is enough."""
    before = fingerprints(home / STORE_FILE)
    (home / STORE_FILE).unlink()
    seal_of(home / STORE_FILE).unlink()
    assert rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW).kept is None
    assert fingerprints(home / STORE_FILE) == before


def test_nothing_is_made_while_somebody_holds_the_store(home):
    """Another process and this one are both told; the store is left as it is."""
    command = [sys.executable, "-c", HOLD, home / STORE_FILE, home / JOURNAL_FILE]
    with subprocess.Popen(  # noqa: S603  # this Python, with a program that stands above
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "1\n"
        with pytest.raises(StoreBusyError, match=r"store\.busy") as caught:
            rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW)
        assert caught.value.values["process"] == str(holder.pid)
        holder.stdin.close()
    store = opened(home)
    with pytest.raises(StoreBusyError):
        rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW)
    store.close()
    assert not list(home.glob("*before*"))


def test_a_damaged_journal_makes_nothing(home):
    """From a journal that is not whole nothing is made, and the store stays where it is."""
    before = fingerprints(home / STORE_FILE)
    flip(home / JOURNAL_FILE, 4_000)
    with pytest.raises(StoreDamagedError, match=r"journal\."):
        rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW)
    (home / JOURNAL_FILE).unlink()
    with pytest.raises(StoreDamagedError, match=r"journal\.nothing"):
        rebuild(home / STORE_FILE, home / JOURNAL_FILE, town.NOW)
    assert fingerprints(home / STORE_FILE) == before


def test_samples_that_were_removed_stay_removed(tmp_path):
    """Records that were there and were removed again are not in what is made, but in its history."""
    store = opened(tmp_path)
    town.settle(store)
    store.apply([Put(town.place("p1"))])
    store.apply([Drop(Place, ("p1",))])
    setting_up.remove_samples(store)
    store.close()
    rebuild(tmp_path / STORE_FILE, tmp_path / JOURNAL_FILE, town.NOW)
    store = opened(tmp_path)
    assert store.places_of(town.CODE) == []
    assert [bool(version.data) for version in store.history(Place, ("p1",))] == [False, True]
    store.close()
