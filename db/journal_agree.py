"""Store and journal compared when the file is opened: they end at the same entry, or the store is not served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.journal_begin import begin, is_empty
from db.journal_replay import replay
from db.position import Position, position_of
from db.rows import OCCURRENCES, TABLES
from db.statements import statement
from portal.errors import StoreDamagedError
from portal.journal.chain import Chain, refuse_changed_tail, walk
from portal.journal.entry import BEGIN, mark_of

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from db.seal import Seal


def sealed_chain(journal: Path, seal: Seal) -> Chain:
    """The chain of a journal whose store is sealed: as far as then and maybe longer, and not torn.

    Raises StoreDamagedError where the journal was changed or cut.
    """
    chain, _ = compared(journal, Position(seal.seq, seal.head))
    if chain.tail:
        raise StoreDamagedError("journal.changed", line=chain.head.seq + 1)
    return chain


def agree(connection: duckdb.DuckDBPyConnection, journal: Path, known: Chain | None) -> Chain:
    """Bring the store to where its journal ends, and return the chain; a store without a journal gets one.

    ``known`` is the chain where the file is what was sealed. Else each block is read, and the entries since the last
    checkpoint are brought in once more: of what stood only in the log, a part may have gone without a word.
    Raises StoreDamagedError where the journal was changed or cut, or is another store's; duckdb.Error for a block
    that is not as it was written.
    """
    if not known:
        look_through(connection)
    stands = position_of(connection)
    chain = known or compared(journal, stands)[0]
    if not stands.head:
        chain, after = _from_the_first(connection, journal, chain), 0
    else:
        after = stands.seq if known else min(stands.seq, stands.checkpoint)
    if after < chain.head.seq:
        replay(connection, journal, chain, after)
        connection.execute(statement("checkpoint"))
    return chain


def look_through(connection: duckdb.DuckDBPyConnection) -> None:
    """Read every row, so that each block's checksum is compared. Raises duckdb.Error for one that does not fit."""
    for name in (*(table.name for table in TABLES.values()), OCCURRENCES.name, "history", "derived"):
        for _ in connection.table(name).to_arrow_reader():
            pass


def compared(journal: Path, stands: Position) -> tuple[Chain, Chain]:
    """The journal's chain, and the chain as far as the store: it must hold the entry at which the store stands.

    Raises StoreDamagedError where it does not, or where the chain is broken.
    """
    chain, there = Chain(), Chain()
    for line in walk(journal, chain):
        if line.head.seq == stands.seq:
            there = Chain(chain.head, chain.length, dict(chain.voided))
    if not stands.head:
        return chain, there
    if chain.head.seq < stands.seq:
        refuse_changed_tail(chain)
        raise StoreDamagedError("journal.behind", journal=chain.head.seq, store=stands.seq)
    undone = any(entry <= stands.seq < voiding for entry, voiding in chain.voided.items())
    if there.head.hash != stands.head or undone:
        raise StoreDamagedError("journal.of_another", entry=stands.seq)
    return chain, there


def _from_the_first(connection: duckdb.DuckDBPyConnection, journal: Path, chain: Chain) -> Chain:
    """The chain that a store which never had a journal is to be brought in from.

    Where there is no journal, it is begun with what the store holds. One that is there must have been begun so, by a
    process that was stopped before it was noted; into an empty store any journal is brought in.
    """
    if not chain.head.seq and not chain.tail:
        return begin(connection, journal)
    if not is_empty(connection) and mark_of(next(walk(journal))).action != BEGIN:
        raise StoreDamagedError("journal.of_another", entry=0)
    return chain
