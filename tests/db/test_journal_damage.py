"""Damage of journal and store: all of it is noticed, or nothing comes of it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.seal import log_of, seal_of
from portal.errors import StoreDamagedError
from portal.journal import JOURNAL_FILE, STORE_FILE
from tests.db.damage import contents, copied, fill, flip, is_noticed

ROOT = Path(__file__).parents[2]
SEED = 20_261_122
CRASHING = """
import os, sys
from pathlib import Path
from tests.db.damage import fill

store = fill(Path(sys.argv[1]), close=False)
os.kill(os.getpid(), 9)
"""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """The folder of a portal that was closed as it should be."""
    home = tmp_path_factory.mktemp("sealed")
    fill(home)
    return home


@pytest.fixture(scope="module")
def crashed(tmp_path_factory):
    """The folder of a portal that was killed, with its changes in DuckDB's log and in the journal."""
    home = tmp_path_factory.mktemp("crashed")
    run = subprocess.run([sys.executable, "-c", CRASHING, home], cwd=ROOT, check=False)  # noqa: S603  # our own program
    assert run.returncode == -signal.SIGKILL
    return home


def chance():
    """The same places in every run."""
    return random.Random(SEED)  # noqa: S311  # places, no secrets


@pytest.mark.parametrize(("name", "count"), [(JOURNAL_FILE, 80), (STORE_FILE, 60), (f"{STORE_FILE}.seal", 10)])
def test_every_flipped_bit_of_a_closed_portal_is_noticed(sealed, name, count):
    """Whichever bit of journal, store or seal differs, the portal is not served and verifying says why."""
    file = sealed / name
    for bit in chance().sample(range(file.stat().st_size * 8), count):
        flip(file, bit)
        assert is_noticed(sealed), f"bit {bit} of {name}"
        flip(file, bit)


@pytest.mark.parametrize(("name", "count"), [(JOURNAL_FILE, 25), (STORE_FILE, 15), (f"{STORE_FILE}.seal", 3)])
def test_every_cut_of_a_closed_portal_is_noticed(sealed, name, count):
    """Wherever journal, store or seal ends too early, the portal is not served and verifying says why."""
    file = sealed / name
    content = file.read_bytes()
    for length in chance().sample(range(len(content)), count):
        file.write_bytes(content[:length])
        assert is_noticed(sealed), f"{name} cut to {length}"
        file.write_bytes(content)


def test_the_closed_portal_was_whole_all_the_while(sealed, tmp_path):
    """What the two tests above damaged and put back is served: they did not notice something else."""
    municipalities, places, memberships, _ = contents(copied(sealed, tmp_path / "copy"))
    assert (len(municipalities), len(places), len(memberships)) == (1, 11, 11)


@pytest.mark.parametrize("name", [f"{STORE_FILE}.wal", STORE_FILE, JOURNAL_FILE])
def test_damage_after_a_crash_is_noticed_or_harmless(crashed, tmp_path, name):
    """After a crash a flipped bit or a cut is noticed, or the store holds exactly what was acknowledged."""
    wanted = contents(copied(crashed, tmp_path / "copy"))
    size, noticed = (crashed / name).stat().st_size, 0
    flips = chance().sample(range(size * 8), 20)
    cuts = chance().sample(range(size), 4)
    for place in [*flips, *(-cut for cut in cuts)]:
        home = copied(crashed, tmp_path / "copy")
        if place > 0:
            flip(home / name, place)
        else:
            with (home / name).open("r+b") as file:
                file.truncate(-place)
        try:
            assert contents(home) == wanted, f"{place} of {name}"
        except StoreDamagedError:
            noticed += 1
    assert noticed == len(flips) + len(cuts) or name != JOURNAL_FILE


def test_a_lost_change_in_the_middle_of_the_log_is_made_again(crashed, tmp_path):
    """Were a change missing from the store though later ones are there, it is made again after a crash."""
    home = copied(crashed, tmp_path / "copy")
    wanted = contents(copied(crashed, tmp_path / "whole"))
    import duckdb  # noqa: PLC0415  # to damage what nothing else could

    with duckdb.connect(str(home / STORE_FILE)) as connection:
        connection.execute("DELETE FROM place WHERE id = 'p5'")
        connection.execute("DELETE FROM history WHERE seq = 4")
    assert not log_of(home / STORE_FILE).exists()
    assert not seal_of(home / STORE_FILE).exists()
    assert contents(home) == wanted
