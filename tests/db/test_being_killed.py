"""A process that is killed while it writes loses nothing that it was told was done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db import open_store
from tests.db.records import TOWN

ROOT = Path(__file__).parents[2]
WRITER = """
import sys, threading
from db import open_store
from portal.model.membership import Membership
from portal.store import Put
from tests.db.records import make_place

store, run = open_store(sys.argv[1]), sys.argv[2]

def write(thread):
    number = 0
    while True:
        place = f"p{run}_{thread}_{number}"
        shared = Put(make_place("shared", name=place))
        store.apply([Put(make_place(place)), Put(Membership(place, "city", None)), shared])
        sys.stdout.write(place + "\\n")
        sys.stdout.flush()
        number += 1

threads = [threading.Thread(target=write, args=(thread,)) for thread in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def acknowledged_until_killed(url, run, wanted):
    """Ids that a writing process said were kept, until it was killed."""
    with subprocess.Popen(  # noqa: S603  # this Python, with a program that stands above
        [sys.executable, "-c", WRITER, url, str(run)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        told = [writer.stdout.readline() for _ in range(wanted)]
        writer.kill()
        told += writer.stdout.readlines()
    return {line.strip() for line in told if line.endswith("\n")}


@pytest.mark.parametrize("kills", [5])
def test_what_was_acknowledged_survives_being_killed(url, kills):
    """After each SIGKILL the store opens, holds every acknowledged place, and no half of a change."""
    acknowledged = set()
    for run in range(kills):
        acknowledged |= acknowledged_until_killed(url, run, 8 + 9 * run)
        store = open_store(url)
        kept = {place.id for place in store.places_of(TOWN)}
        assert acknowledged <= kept
        assert {membership.place for membership in store.memberships_of(TOWN)} == kept - {"shared"}
        store.close()
    assert len(acknowledged) > 80
