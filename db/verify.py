"""The whole journal and the whole store looked at, without touching either."""

from __future__ import annotations

import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from db import seal
from db.duckdb_connection import CONFIG, HELD, refusal
from db.journal_agree import compared, sealed_chain
from db.journal_replay import replay
from db.journaling import is_taken
from db.migrating import migrate
from db.position import position_of
from db.verify_contents import differing
from portal.errors import StoreDamagedError
from portal.journal.chain import check, refuse_changed_tail
from portal.journal.outcome import Verified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.journal.chain import Chain


def verify(store: Path, journal: Path) -> Verified:
    """Look at every entry of the journal, the store's seal, and whether the journal makes what the store holds.

    Raises StoreDamagedError for the first thing that is not whole.
    """
    chain = _whole(journal)
    if is_taken(store):
        return Verified(chain.head, held=True)
    sealed = seal.sealed(store)
    if sealed:
        sealed_chain(journal, sealed)
    if not store.exists():
        return Verified(chain.head, len(chain.tail), waiting=chain.head.seq)
    try:
        with closing(duckdb.connect(str(store), read_only=True, config=CONFIG)) as connection:
            return _compared(connection, journal, sealed=sealed is not None)
    except duckdb.Error as error:
        if HELD.search(str(error)):
            return Verified(chain.head, held=True)
        raise refusal(error, store.name) from error


def _whole(journal: Path) -> Chain:
    chain = check(journal)
    refuse_changed_tail(chain)
    return chain


def _compared(connection: duckdb.DuckDBPyConnection, journal: Path, *, sealed: bool) -> Verified:
    """The store beside one that is made of the journal as far as it goes."""
    stands = position_of(connection)
    chain, there = compared(journal, stands)
    refuse_changed_tail(chain)
    if stands.head:
        with tempfile.TemporaryDirectory(prefix="ibasho-") as folder, made(Path(folder), journal, there) as other:
            tables = differing(connection, other)
        if tables:
            raise StoreDamagedError("journal.differs", tables=", ".join(tables))
    return Verified(
        chain.head,
        torn=len(chain.tail),
        sealed=sealed,
        compared=bool(stands.head),
        waiting=chain.head.seq - stands.seq,
    )


@contextmanager
def made(folder: Path, journal: Path, chain: Chain) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new store in ``folder`` that holds what the journal says as far as ``chain`` goes."""
    with closing(duckdb.connect(str(folder / "made.duckdb"), config=CONFIG)) as connection:
        migrate(connection)
        replay(connection, journal, chain, 0)
        yield connection
