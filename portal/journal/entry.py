"""One entry of the journal, a line of JSON: what was changed, by whom, when and why, and the hash that binds it.

``{"seq":7,"prev":"…","at":"…","who":"…","action":"…","reason":"…","changes":[["put","Place",{…}],
["drop","Place",["p1"]]],"hash":"…"}``: ``prev`` is the hash of the line before, ``hash`` the SHA-256 of this line's
bytes as far as the comma before it, so that no byte of a line can differ unnoticed. An entry with ``void`` says
that the change of that number was not made after all.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from portal.errors import InvalidRecordError, PortalError, StoreDamagedError
from portal.model.mark import Mark
from portal.records import from_data
from portal.store import KEY_FIELDS, Drop, Put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portal.store import Change, Record

TYPES: Final[dict[str, type[Record]]] = {kind.__name__: kind for kind in KEY_FIELDS}
BEGINS: Final = re.compile(rb'\{"seq":(\d{1,18}),"prev":"([0-9a-f]{64})",(?:"void":(\d{1,18}),)?"at":"')
ENDS: Final = re.compile(rb',"hash":"([0-9a-f]{64})"\}\n')
ENDING: Final = len(',"hash":""}\n') + 64
CHANGES: Final = '"changes":['
VOID: Final = "journal:void"
"""Action of an entry that says that an earlier one was not carried out."""
BEGIN: Final = "journal:begin"
"""Action of the entries that take over a store from before there was a journal."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain: its number, and its hash as 64 hex digits."""

    seq: int = 0
    hash: str = "0" * 64


@dataclass(frozen=True, slots=True)
class Body:
    """What an entry says, before it has its place in the chain."""

    mark: Mark
    changes: bytes
    """The changes as JSON, commas between them."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it was read: the chain up to it, and its bytes."""

    head: Head
    prev: str
    void: int | None
    text: bytes


def put_text(record_type: type[Record], text: str) -> str:
    """The change that keeps a record, whose own text is ``text``."""
    return f'["put","{record_type.__name__}",{text}]'


def drop_text(record_type: type[Record], key: tuple[str, ...]) -> str:
    """The change that removes a record."""
    return _json(["drop", record_type.__name__, key])


def body(mark: Mark, changes: Iterable[str]) -> Body:
    """The body of an entry. Raises InvalidRecordError for text that is no Unicode text (a lone surrogate)."""
    try:
        _json([mark.who, mark.action, mark.reason]).encode()
        return Body(mark, ",".join(changes).encode())
    except UnicodeEncodeError:
        raise InvalidRecordError("store.not_text") from None


def write(before: Head, said: Body, void: int | None = None) -> tuple[bytes, Head]:
    """The line that follows ``before``, and the head that it makes."""
    seq, mark = before.seq + 1, said.mark
    voided = f'"void":{void},' if void is not None else ""
    first = f'{{"seq":{seq},"prev":"{before.hash}",{voided}"at":"{mark.at.isoformat()}","who":{_json(mark.who)}'
    first += f',"action":{_json(mark.action)},"reason":{_json(mark.reason)},{CHANGES}'
    bound = b"".join((first.encode(), said.changes, b"]"))
    head = Head(seq, hashlib.sha256(bound).hexdigest())
    return b"".join((bound, f',"hash":"{head.hash}"}}\n'.encode())), head


def read(text: bytes) -> Line | None:
    """The entry in a line with its newline; None where it is none, or where its hash is not that of its bytes."""
    begins, ends = BEGINS.match(text), ENDS.fullmatch(text, max(0, len(text) - ENDING))
    if not begins or not ends:
        return None
    found = ends[1].decode()
    if hashlib.sha256(memoryview(text)[:-ENDING]).hexdigest() != found:
        return None
    void = int(begins[3]) if begins[3] else None
    return Line(Head(int(begins[1]), found), begins[2].decode(), void, text)


def mark_of(line: Line) -> Mark:
    """Who did it, when and why. Raises StoreDamagedError for what cannot be read."""
    text = line.text.decode()
    try:
        said = json.loads(text[: text.index(CHANGES)] + '"":0}')
        return Mark(datetime.fromisoformat(said["at"]), said["who"], said["action"], said["reason"])
    except (ValueError, KeyError, TypeError, PortalError) as error:
        raise StoreDamagedError("journal.unreadable", entry=line.head.seq) from error


def changes_of(line: Line) -> Iterator[Change]:
    """The changes of an entry in their order, one at a time: an import's line is long.

    Raises StoreDamagedError for what this portal cannot read.
    """
    text = line.text.decode()
    at, decoder = text.index(CHANGES) + len(CHANGES), json.JSONDecoder()
    while text[at] != "]":
        try:
            said, at = decoder.raw_decode(text, at + (text[at] == ","))
            yield _change(said)
        except (ValueError, KeyError, TypeError, PortalError) as error:
            raise StoreDamagedError("journal.unreadable", entry=line.head.seq) from error


def _change(said: list[Any]) -> Change:
    verb, name, value = said
    if verb == "put":
        return Put(from_data(TYPES[name], value))
    if verb != "drop":
        raise ValueError(verb)
    return Drop(TYPES[name], tuple(value))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
