"""A table of the office, taken in in two steps: first what it would change, line by line, then the taking over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.forms import base, going, shelf
from pages.forms.reading import Limits
from pages.review import frame
from portal.errors import (
    ConflictError,
    InvalidRecordError,
    PortalError,
    StaleEditError,
    UnknownThingError,
    UnreadableFileError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.forms.reading import Form
    from pages.review.standards_compared import Look
    from portal.permissions import Actor
    from portal.store import Reader, Store

MOST_MIB: Final = 1
LIMITS: Final = Limits(files=1, file_bytes=MOST_MIB * 1024 * 1024, soft=True)


class Sort(NamedTuple):
    """One sort of file."""

    path: str
    done: str
    """Where its records are listed."""
    template: str
    """Of the first step."""
    read: Callable[[Store, str, Path], Any]
    look: Callable[[Reader, str, Any, str], Look]
    take: Callable[[Store, Actor, str, Any], int]
    seen: Callable[[Reader, str], str]
    """A short text that differs after every change of what is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was read, until it is taken over."""

    path: str
    code: str
    intake: Any


async def page(request: Request, sort: Sort) -> Response:
    """The form for the file; with ``id`` what the file that was sent would change."""
    found = await frame.asked(request)
    actor = await base.signed_in(request)
    if name := request.query_params.get("id", ""):
        return await _look(request, found, sort, name)
    if request.method != "POST":
        return await _upload(request, found, sort)
    sent = await base.form(request, LIMITS)
    try:
        intake = await base.act(_read, sort, found.town.code, _data(sent))
    except (UnreadableFileError, InvalidRecordError) as error:
        return await _upload(request, found, sort, {"table": error})
    kept = shelf.put(actor.id, Kept(sort.path, found.town.code, intake))
    return base.see_other(request, f"{sort.path}?municipality={found.town.code}&id={kept}")


async def _upload(
    request: Request, found: frame.Asked, sort: Sort, faults: Mapping[str, PortalError] = base.NO_FAULTS
) -> Response:
    return await frame.show(request, found, sort.template, faults, most=MOST_MIB)


async def _look(request: Request, found: frame.Asked, sort: Sort, name: str) -> Response:
    actor = await base.signed_in(request)
    kept = shelf.get(actor.id, name, Kept)
    if (kept.path, kept.code) != (sort.path, found.town.code):
        raise UnknownThingError("shelf.over")
    faults: dict[str, PortalError] = {}
    if request.method == "POST":
        sent = await base.form(request)
        try:
            count = await base.act(_take, sort, actor, kept, sent.text("seen"))
        except (InvalidRecordError, UnknownThingError, ConflictError) as error:
            faults[""] = error
        else:
            shelf.drop(name)
            said = "review_standards.said_taken"
            return base.see_other(request, f"{sort.done}?municipality={kept.code}", said, count=count)
    look, seen = await base.act(_foreseen, sort, kept, found.wanted.language)
    again, take = going.address(request, sort.path), going.address(request, sort.path, id=name)
    return await frame.show(
        request, found, "review_standards_look.html", faults, look=look, seen=seen, again=again, take=take
    )


def _data(sent: Form) -> bytes:
    file = sent.file("table")
    if file is None:
        raise UnreadableFileError("review_standards.no_file")
    if file.size > LIMITS.file_bytes:
        raise UnreadableFileError("tables.too_large", most=MOST_MIB)
    return file.data


def _read(store: Store, sort: Sort, code: str, data: bytes) -> Any:  # noqa: ANN401  # each sort has its own intake
    """Read the file under a name of ours: what somebody called it is no path."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(data)
        return sort.read(store, code, path)


def _foreseen(store: Reader, sort: Sort, kept: Kept, language: str) -> tuple[Look, str]:
    return sort.look(store, kept.code, kept.intake, language), sort.seen(store, kept.code)


def _take(store: Store, sort: Sort, actor: Actor, kept: Kept, seen: str) -> int:
    if sort.seen(store, kept.code) != seen:
        raise StaleEditError("review_standards.changed_since")
    if not sort.look(store, kept.code, kept.intake, "ja").takes:
        raise InvalidRecordError("review_standards.mend_first")
    return sort.take(store, actor, kept.code, kept.intake)
