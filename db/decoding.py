"""Questions whose answers are whole records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from portal.records import from_text

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Asked(Protocol):
    """An engine, as far as reading needs it."""

    writes: int
    """How many changes were made through it."""

    def rows(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to a question of ``queries/``."""


class Decoder:
    """What every half of the reading side asks through."""

    _engine: Asked

    def _decoded(self, wanted: type[T], question: str, *values: object) -> list[T]:
        """The records that a question answers with, in its order."""
        return [from_text(wanted, text) for (text,) in self._engine.rows(question, values)]

    def _one(self, wanted: type[T], question: str, *values: object) -> T | None:
        """The first of them."""
        return next(iter(self._decoded(wanted, question, *values)), None)

    def _by_ids(self, wanted: type[T], question: str, ids: Sequence[str]) -> list[T]:
        """The records of these ids, in their order; unknown ids are left out."""
        texts: dict[str, str] = dict(self._engine.rows(question, [list(ids)]))
        return [from_text(wanted, texts[one]) for one in ids if one in texts]
