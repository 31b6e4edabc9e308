"""A process with eight writers that is killed loses nothing that it was told was done."""

from __future__ import annotations

from tests.kill_server import kill_writers


def test_killed_under_eight_writers_nothing_is_lost(tmp_path):
    """After each SIGKILL the store opens, holds every acknowledged change whole, and agrees with its journal."""
    found = kill_writers(tmp_path, 6, look_every=1)
    assert found.kills == 6
    assert len(found.acknowledged) > 30
    assert (found.lost, found.halves) == (set(), set())
