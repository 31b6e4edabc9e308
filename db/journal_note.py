"""What a change says to the journal and to the history, made once, before the store is locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from db.columns import LONG, TEXT, Table, microseconds
from db.rows import put_rows
from db.steps import steps_of
from portal import clock
from portal.journal.entry import Body, body, drop_text, put_text
from portal.model.mark import Mark
from portal.model.version import Revised, Version
from portal.store import HISTORY, PASSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.running import Step
    from db.settling import Settled
    from db.steps import Said

    Row = tuple[object, ...]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
VERSIONS: Final = Table(
    "history",
    dict.fromkeys(("record", "key"), TEXT)
    | dict.fromkeys(("seq", "at_us"), LONG)
    | dict.fromkeys(("who", "action", "reason", "data"), TEXT),
    lambda row: row,
)
"""The rows of the history are made here, so a row stands for itself."""


@dataclass(frozen=True, slots=True)
class Note:
    """One change: the statements that make it, the entry that tells it, and the versions that it leaves."""

    steps: list[Step]
    body: Body | None = None
    """None where nothing is to stand in the journal."""
    versions: tuple[Said, ...] = ()
    """What leaves a version behind."""

    def rows(self, seq: int) -> list[Row]:
        """The rows of the history, as those of entry ``seq``."""
        return version_rows(self.versions, seq, self.body.mark) if self.body else []


def note(settled: Settled, mark: Mark | None) -> Note:
    """What the settled changes come to; without statements where they change nothing.

    Raises InvalidRecordError for text that is no Unicode text (a lone surrogate).
    """
    steps, said = steps_of(settled)
    kept = [item for item in said if item[0] not in PASSING]
    if not kept:
        return Note(steps)
    told = body(mark or Mark(clock.now()), (_change(*item) for item in kept))
    return Note(steps, told, tuple(versions(kept)))


def versions(said: Iterable[Said]) -> Iterable[Said]:
    """What leaves a version: per record the last of its changes, the one that counts."""
    return {item[:2]: item for item in said if item[0] in HISTORY}.values()


def version_rows(said: Iterable[Said], seq: int, mark: Mark) -> list[Row]:
    """The rows of the history that entry ``seq`` leaves."""
    marks = (microseconds(mark.at), mark.who, mark.action, mark.reason)
    return [(wanted.__name__, "/".join(key), seq, *marks, text) for wanted, key, text in said]


def version_of(row: Row) -> Version:
    """A version as the question ``history`` gives it."""
    seq, at_us, *told = cast("tuple[int, int, str, str, str, str]", row)
    return Version(seq, (EPOCH + timedelta(microseconds=at_us)).astimezone(clock.TOKYO), *told)


def revised_of(row: Row) -> tuple[str, Revised]:
    """A record's id with how often it was changed, as the question ``revised`` gives it."""
    key, number, at_us = cast("tuple[str, int, int]", row)
    return key, Revised(number, (EPOCH + timedelta(microseconds=at_us)).astimezone(clock.TOKYO))


def history_steps(rows: Sequence[Row]) -> list[Step]:
    """The statement that keeps these rows of the history; none for no rows."""
    return [("put_history", put_rows(rows, VERSIONS))] if rows else []  # type: ignore[arg-type]  # rows as they are


def _change(wanted: type, key: tuple[str, ...], text: str) -> str:
    return put_text(wanted, text) if text else drop_text(wanted, key)
