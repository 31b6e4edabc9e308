"""Photos of a post while it is written: cleaned and kept at once, shown to their sender only until the post is seen.

A photo travels through the form as a signed text with its name and size, so nobody can name a photo that is not
theirs. What a file was called is shown in a sentence at most, and never becomes part of a path.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from geodata.photos import BYTES_MAX, MEBI, clean_photo
from pages import wiring
from pages.forms import base, signing
from pages.forms.reading import Form, Limits
from portal.errors import InvalidRecordError, PortalError, UnknownThingError, UnreadableFileError
from portal.model.post import PHOTOS_MAX, Photo
from portal.words import say_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.requests import Request

    from pages.forms.reading import SentFile

PURPOSE: Final = "photo"
GOOD_FOR_S: Final = 24 * 60 * 60
LIMITS: Final = Limits(files=PHOTOS_MAX, file_bytes=BYTES_MAX, soft=True)
SHORT: Final = 16
"""So many signs of a photo's name tell it from the others of a post."""
NAME_SHOWN: Final = 60


class Sheet(NamedTuple):
    """One photo as the form shows it."""

    token: str
    name: str
    width: int
    height: int

    @property
    def short(self) -> str:
        """What tells it from the others in names of fields."""
        return self.name[:SHORT]


def shown(photos: Iterable[Photo], actor_id: str) -> dict[str, tuple[str, ...]]:
    """The fields that show the photos that a post has."""
    photos = tuple(photos)
    tokens = tuple(_token(photo.name, photo.width, photo.height, actor_id) for photo in photos)
    return {"photo": tokens} | {f"photo_alt_{photo.name[:SHORT]}": (photo.alt,) for photo in photos}


def sheets(sent: Form, actor_id: str) -> list[Sheet]:
    """The photos that the form holds, each once, in its order; what was not signed for this person is left out."""
    found = {sheet.name: sheet for sheet in (_sheet(token, actor_id) for token in sent.all("photo")) if sheet}
    return list(found.values())


def read(sent: Form, actor_id: str, faults: dict[str, PortalError]) -> tuple[Photo, ...]:
    """The photos with what is to be seen on them; what is wrong goes into ``faults`` by field."""
    found = []
    for sheet in sheets(sent, actor_id):
        field = f"photo_alt_{sheet.short}"
        try:
            found.append(Photo(sheet.name, sent.text(field), sheet.width, sheet.height))
        except InvalidRecordError as error:
            faults[field] = error
    if len(set(sent.all("photo"))) > len(sheets(sent, actor_id)):
        faults["photo_file"] = InvalidRecordError("write.photo_gone")
    return tuple(found)


async def take(sent: Form, actor_id: str, language: str, faults: dict[str, PortalError]) -> Form:
    """The form with the photos that were sent along taken in, those that cannot be named in ``faults``."""
    files = sent.files.get("photo_file", ())
    room = PHOTOS_MAX - len(sheets(sent, actor_id))
    if len(files) > room:
        faults["photo_file"] = InvalidRecordError("post.too_many_photos", most=PHOTOS_MAX)
    new: list[Photo] = []
    for file in files[: max(0, room)]:
        try:
            new.append(await run_in_threadpool(_keep, file))
        except UnreadableFileError as error:
            reason = say_error(error, language)
            faults["photo_file"] = UnreadableFileError("write.photo_failed", name=file.name[:NAME_SHOWN], reason=reason)
    return _with(sent, new, actor_id)


def arrange(sent: Form, actor_id: str) -> Form:
    """The form after a button at a photo was pressed: one place up, or left out."""
    order = sheets(sent, actor_id)
    gone, up = sent.text("photo_remove"), sent.text("photo_up")
    order = [sheet for sheet in order if not gone or sheet.short != gone]
    at = next((at for at, sheet in enumerate(order) if sheet.short == up), 0)
    if up and at:
        order[at - 1 : at + 1] = order[at], order[at - 1]
    return replace(sent, texts={**sent.texts, "photo": tuple(sheet.token for sheet in order)})


async def picture(request: Request) -> Response:
    """``GET /write/photo?t=``: a photo that is not seen yet, for who sent it."""
    actor = await base.signed_in(request)
    sheet = _sheet(request.query_params.get("t", ""), actor.id)
    data = await run_in_threadpool(wiring.photos().read, sheet.name) if sheet else None
    if sheet is None or data is None:
        raise UnknownThingError("write.no_such_photo")
    kind = "jpeg" if sheet.name.endswith(".jpg") else sheet.name.rpartition(".")[2]
    return Response(data, media_type=f"image/{kind}", headers=base.NEVER_KEPT)


def _keep(file: SentFile) -> Photo:
    """The cleaned photo, in its folder before any post names it; the description is asked for later."""
    if file.size > BYTES_MAX:
        raise UnreadableFileError("photos.too_large", most=BYTES_MAX // MEBI)
    clean = clean_photo(file.data)
    name = wiring.photos().keep(clean.data, clean.suffix)
    return Photo(name, "-", clean.width, clean.height)


def _with(sent: Form, new: Sequence[Photo], actor_id: str) -> Form:
    """The form with further photos; the description beside the file field is the first one's."""
    texts = dict(sent.texts)
    texts["photo"] = (*sent.all("photo"), *(_token(one.name, one.width, one.height, actor_id) for one in new))
    if new:
        field = f"photo_alt_{new[0].name[:SHORT]}"
        texts[field] = (sent.text("photo_alt_new") or sent.text(field),)
        texts["photo_alt_new"] = ("",)
    return Form(texts)


def _token(name: str, width: int, height: int, actor_id: str) -> str:
    return signing.sign(PURPOSE, [name, width, height, actor_id])


def _sheet(token: str, actor_id: str) -> Sheet | None:
    found = signing.read(PURPOSE, token, GOOD_FOR_S)
    return Sheet(token, *found[:3]) if found and found[3] == actor_id else None
