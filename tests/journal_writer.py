"""A process that changes a store from several threads until it is killed, and says each change that was kept.

``python -m tests.journal_writer STORE JOURNAL RUN THREADS``: each change is a place of its own with its membership, and
one place that all threads change.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from db import journaling, open_store
from portal.model.membership import Membership
from portal.store import Put
from tests.db.records import make_place


def write(store, run, thread):
    """Change the store for ever; a place is named on the standard output once its change was acknowledged."""
    number = 0
    while True:
        place = f"p{run}_{thread}_{number}"
        shared = Put(make_place("shared", name=place))
        store.apply([Put(make_place(place)), Put(Membership(place, "city", None)), shared])
        sys.stdout.write(place + "\n")
        sys.stdout.flush()
        number += 1


def main():
    """Open the store and let the threads write."""
    file, journal, run, threads = sys.argv[1:]
    journaling.CHECKPOINT_EVERY = 10  # so that kills meet checkpoints, too
    store = open_store(f"duckdb://{file}", Path(journal))
    writing = [threading.Thread(target=write, args=(store, run, thread)) for thread in range(int(threads))]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()


if __name__ == "__main__":
    main()
