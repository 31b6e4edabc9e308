"""The journal read from its first line to its last: every entry must follow the one before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.errors import StoreDamagedError
from portal.journal.entry import Head, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portal.journal.entry import Line


@dataclass(slots=True)
class Chain:
    """What a journal holds, as far as its entries are whole."""

    head: Head = field(default_factory=Head)
    length: int = 0
    """Bytes of the whole entries."""
    voided: dict[int, int] = field(default_factory=dict)
    """Numbers of the entries that were not carried out, each with that of the entry that says so."""
    tail: bytes = b""
    """What stands behind the last whole entry: a line that was being written when the machine stopped."""


def walk(journal: Path, chain: Chain | None = None, until: int | None = None) -> Iterator[Line]:
    """Every entry in order, up to ``until`` bytes; ``chain`` is kept up to date on the way.

    What stands behind the last whole entry is left in ``chain.tail``. A file that is not there holds nothing.
    Raises StoreDamagedError where an entry was changed, or does not follow the one before.
    """
    chain = Chain() if chain is None else chain
    if not journal.exists():
        return
    with journal.open("rb") as lines:
        for number, text in enumerate(lines, 1):
            if chain.tail:
                raise StoreDamagedError("journal.changed", line=number - 1)
            line = read(text)
            if line is None:
                chain.tail = text
                continue
            if line.prev != chain.head.hash or line.head.seq != chain.head.seq + 1:
                values = {"line": number, "entry": line.head.seq, "wanted": chain.head.seq + 1}
                raise StoreDamagedError("journal.not_following", **values)
            _follow(chain, line)
            yield line
            if until is not None and chain.length >= until:
                return


def check(journal: Path, until: int | None = None) -> Chain:
    """The whole chain of a journal. Raises StoreDamagedError like :func:`walk`."""
    chain = Chain()
    for _ in walk(journal, chain, until):
        pass
    return chain


def refuse_changed_tail(chain: Chain) -> None:
    """Raise StoreDamagedError for a last line that was written to its end and was changed since."""
    if chain.tail.endswith(b"\n"):
        raise StoreDamagedError("journal.changed", line=chain.head.seq + 1)


def _follow(chain: Chain, line: Line) -> None:
    chain.head = line.head
    chain.length += len(line.text)
    if line.void is not None:
        chain.voided[line.void] = line.head.seq
