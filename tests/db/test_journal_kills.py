"""A process with eight writers that is killed loses nothing that it was told was done."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db import verify
from portal.journal import JOURNAL_FILE, STORE_FILE
from tests.db.damage import contents
from tests.kill_server import kill_writers

ROOT = Path(__file__).parents[2]
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def test_killed_under_eight_writers_nothing_is_lost(tmp_path):
    """After each SIGKILL the store opens, holds every acknowledged change whole, and agrees with its journal."""
    found = kill_writers(tmp_path, 6, look_every=1)
    assert found.kills == 6
    assert len(found.acknowledged) > 30
    assert (found.lost, found.halves) == (set(), set())


@pytest.mark.parametrize("transaction", [1, 2])
def test_killed_while_it_was_opened_a_store_still_agrees(tmp_path, transaction):
    """A kill between any two transactions of the replay after an earlier kill leaves a store that verifies."""
    assert _killed(f"fill(home, close=False); {KILL}", tmp_path) == -signal.SIGKILL
    at = f"calls.append(1); {KILL} if len(calls) >= {transaction} else None"
    begin = (
        "from db import journal_replay, running; calls = []\n"
        "from contextlib import contextmanager; whole = journal_replay.transaction\n"
        "@contextmanager\n"
        "def until(connection):\n"
        "    with whole(connection):\n"
        "        yield\n"
        f"    {at}\n"
        "journal_replay.transaction = until\n"
        "contents(home)"
    )
    assert _killed(begin, tmp_path) == -signal.SIGKILL
    before = verify(tmp_path / STORE_FILE, tmp_path / JOURNAL_FILE)
    assert before.compared
    assert len(contents(tmp_path)[1]) == 11
    assert verify(tmp_path / STORE_FILE, tmp_path / JOURNAL_FILE).sealed


def _killed(code, home):
    """The exit code of another process that runs ``code`` over the store in ``home``."""
    head = "import os, signal\nfrom pathlib import Path\nfrom tests.db.damage import contents, fill\n"
    command = [sys.executable, "-c", f"{head}home = Path({str(home)!r})\n{code}"]
    return subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.DEVNULL).returncode  # noqa: S603  # our own code
