"""What a sent form holds: texts in one Unicode form, files within their limits, nothing unbounded."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.types import Message, Receive

NEVER_MEANT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and lone surrogates: no keyboard makes them."""
BREAKS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a form may hold."""

    text: int = 20_000
    """Characters of one field."""
    fields: int = 400
    files: int = 0
    file_bytes: int = 15 * MIB
    """Of one file."""
    soft: bool = False
    """Whether a file that is too large comes without its content, for the page to say beside the rest of the form."""

    @property
    def body(self) -> int:
        """Bytes of the whole form: a text of four bytes a sign, thrice where it is written with percent signs."""
        return max(MIB, 12 * self.text) + self.files * self.file_bytes


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a form. Its name is what somebody called it: shown at most, never a path."""

    name: str
    content_type: str
    data: bytes
    size: int = 0
    """In bytes, also where the content was too large to be taken in."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sent form, read and within its limits."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[SentFile, ...]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """One line, without white space around it; ``default`` where the form has no such field."""
        return " ".join(self.area(name, default).split("\n")).strip()

    def area(self, name: str, default: str = "") -> str:
        r"""Several lines, each break a ``\n``."""
        return self.texts.get(name, (default,))[0].strip("\n")

    def secret(self, name: str) -> str:
        """A password, as it was typed."""
        return self.texts.get(name, ("",))[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Everything that was ticked under this name."""
        return self.texts.get(name, ())

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked, or a button of this name pressed."""
        return bool(self.texts.get(name))

    def file(self, name: str) -> SentFile | None:
        """The file of this name; None where none was chosen."""
        return next(iter(self.files.get(name, ())), None)


def clean(text: str) -> str:
    r"""``text`` in Unicode's form C with breaks as ``\n``; raises InvalidRecordError for what no keyboard makes."""
    text = BREAKS.sub("\n", text)
    if found := NEVER_MEANT.search(text):
        raise InvalidRecordError("forms.never_meant", code=f"U+{ord(found[0]):04X}")
    return unicodedata.normalize("NFC", text)


async def read(request: Request, limits: Limits) -> Form:
    """The form that was sent; raises InvalidRecordError for one that is too large or cannot be read."""
    counted = Request(request.scope, _counting(request, limits.body))
    try:
        sent = await counted.form(max_files=limits.files, max_fields=limits.fields, max_part_size=limits.body)
    except HTTPException:
        raise InvalidRecordError("forms.unreadable") from None
    try:
        return Form(_texts(sent, limits), await _files(sent, limits))
    finally:
        await counted.close()


def _counting(request: Request, most: int) -> Receive:
    """The request's body, which ends with an error where it grows over ``most`` bytes, whatever its length said."""
    got = 0

    async def receive() -> Message:
        nonlocal got
        message = await request.receive()
        got += len(message.get("body", b""))
        if got > most:
            raise InvalidRecordError("forms.too_large", most=max(1, most // MIB))
        return message

    return receive


def _texts(sent: FormData, limits: Limits) -> dict[str, tuple[str, ...]]:
    texts: dict[str, list[str]] = {}
    for number, (name, value) in enumerate(sent.multi_items()):
        if number >= limits.fields:
            raise InvalidRecordError("forms.unreadable")
        if isinstance(value, str):
            if len(value) > limits.text:
                raise InvalidRecordError("forms.text_too_long", most=limits.text)
            texts.setdefault(name, []).append(clean(value))
    return {name: tuple(values) for name, values in texts.items()}


async def _files(sent: FormData, limits: Limits) -> dict[str, tuple[SentFile, ...]]:
    files: dict[str, list[SentFile]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile) and (value.filename or value.size):
            size = value.size or 0
            if size > limits.file_bytes and not limits.soft:
                raise InvalidRecordError("forms.file_too_large", most=limits.file_bytes // MIB)
            called = NEVER_MEANT.sub("", value.filename or "")[:200]
            data = await value.read() if size <= limits.file_bytes else b""
            files.setdefault(name, []).append(SentFile(called, value.content_type or "", data, size))
    return {name: tuple(values) for name, values in files.items()}
