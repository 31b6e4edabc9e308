"""Those who write for groups: posts with photos, and what the group says of itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from portal.model.post import PostState
from tests.killing.desk import paragraph
from tests.killing.visitor import hidden

if TYPE_CHECKING:
    from tests.killing.desk import Desk

EDITS = 2
PHOTO_SIZE = (200, 150)
EVENT = {"kind": "event", "way": "once", "day": "2099-12-06", "where": "nowhere", "languages": "ja", "relayed": "1"}


class PostWriter:
    """Writes a draft, changes it, adds a photo, hands it in, and begins the next."""

    def __init__(self, desk: Desk, group: str) -> None:
        """Somebody of the group with this id."""
        self._desk, self._group = desk, group
        self._title, self._id = "", ""
        self._number = self._edits = 0

    def begin(self) -> None:
        """Go on after a kill with the post that was being written, if there is one."""
        state = self._desk.sent.kept("state", self._title) if self._id else None
        if state == PostState.DRAFT:
            page = self._desk.visitor.page(f"/write?id={self._id}")
            self._desk.shows(page, "text", self._title)
            self._number = int(hidden(page, "based_on"))
            return
        self._desk.visitor.page(f"/write?group={self._group}")
        if state == PostState.WAITING:
            self._hand_over()
        self._id = ""

    def step(self) -> None:
        """One change."""
        if not self._id:
            self._create()
        elif self._edits < EDITS:
            self._save("draft changed")
        elif self._edits == EDITS:
            self._save("photo added", _picture())
        else:
            self._submit()

    def _create(self) -> None:
        self._title, self._edits, self._number = self._desk.next("もちつき"), 0, 1
        values = {("text", self._title): self._text(), ("state", self._title): str(PostState.DRAFT)}
        way = (f"/write?group={self._group}", "/write?id=")
        fields = EVENT | {"title": self._title, "text": self._text()}
        location = self._desk.change("draft begun", values, way, do="save", based_on="0", **fields)
        self._id = parse_qs(urlsplit(location).query)["id"][0] if location else ""

    def _save(self, kind: str, photo: bytes = b"") -> None:
        self._edits += 1
        alt = f"{self._title}の写真、{self._edits}枚目"
        fields = EVENT | {"title": self._title, "text": self._text(), "based_on": str(self._number)}
        values = {("text", self._title): self._text()} | ({("photo", self._title): alt} if photo else {})
        way = (f"/write?id={self._id}", "/write?id=")
        if self._desk.change(kind, values, way, photo, do="save", photo_alt_new=alt, **fields):
            self._number += 1
        else:
            self._id = ""  # it is told how it stands in a next run only

    def _submit(self) -> None:
        values = {("state", self._title): str(PostState.WAITING)}
        way = (f"/post-actions?id={self._id}", "/post-actions?id=")
        if self._desk.change("post handed in", values, way, do="submit"):
            self._hand_over()
        self._id = ""

    def _hand_over(self) -> None:
        self._desk.shelf.waiting.append((self._id, self._title))

    def _text(self) -> str:
        return paragraph(self._title, self._edits)


class GroupWriter:
    """Changes what a group says of itself, again and again."""

    def __init__(self, desk: Desk, group: str, name: str) -> None:
        """An owner of the group with this id and name."""
        self._desk, self._path, self._name = desk, f"/group-settings?id={group}", name
        self._version = 0

    def begin(self) -> None:
        """Look how it stands after a kill."""
        self._desk.shows(self._desk.visitor.page(self._path), "about", self._name)

    def step(self) -> None:
        """One change, on top of what the page shows."""
        number = hidden(self._desk.visitor.page(self._path), "based_on")
        self._version += 1
        about = paragraph(self._name, self._version)
        values = {("about", self._name): about}
        self._desk.change(
            "group changed", values, (self._path, "/group-settings"), save="1", about=about, based_on=number
        )


def _picture() -> bytes:
    """A picture that nobody has sent before."""
    out = io.BytesIO()
    Image.effect_noise(PHOTO_SIZE, 60).convert("RGB").save(out, "PNG")
    return out.getvalue()
