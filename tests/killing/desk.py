"""What every writer has: a browser, what was sent so far, and what the others have done for it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.killing.visitor import SEE_OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.killing.sent import Key, Sent
    from tests.killing.visitor import Visitor

LINES = 12


@dataclass
class Shelf:
    """What the writers hand to one another: posts as ``(id, title)``."""

    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    """Handed in, for the office to decide."""
    live: deque[tuple[str, str]] = field(default_factory=deque)
    """Approved, for residents to ask about."""


@dataclass
class Desk:
    """One writer's."""

    name: str
    visitor: Visitor
    sent: Sent
    shelf: Shelf
    numbers: Iterator[int] = field(default_factory=count)

    def next(self, what: str) -> str:
        """A name that nobody had before."""
        return f"{what}{self.name}の{next(self.numbers)}番"

    def change(
        self, kind: str, values: Mapping[Key, str], way: tuple[str, str], photo: bytes = b"", /, **fields: str
    ) -> str:
        """Send a form; where it led on, if it did what was asked, else nothing.

        ``way`` is the form's address and how the address begins that it leads to. Raises httpx.TransportError when
        the server is gone; what was sent then is under way for ever.
        """
        path, leads_to = way
        self.sent.begin(values)
        answer = self.visitor.send(path, fields, photo)
        location: str = answer.headers.get("location", "")
        if answer.status_code == SEE_OTHER and location.startswith(leads_to):
            self.sent.acknowledge(kind, values)
            return location
        self.sent.refuse(kind, values, answer.status_code)
        if location.startswith("/sign-in"):
            self.sent.lost.append(f"{kind}: {self.name} is not signed in any more")
        return ""

    def shows(self, page: str, *key: str) -> None:
        """After a kill: the page of the new server shows what is kept."""
        kept = self.sent.kept(*key)
        if kept is None or kept not in page:
            self.sent.lost.append(f"the page of {key} does not show {kept!r}"[:300])


def paragraph(what: str, version: int) -> str:
    """Some lines that are different in every version, so that a mixture of two is none."""
    return "\n".join(f"{what}の第{version}版、{line}行目です。" for line in range(LINES))
