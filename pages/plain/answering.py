"""The public side as the server answers it: every page of :mod:`pages.plain.sorts`, kept as long as nothing changes."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pages.plain import here as presence
from pages.plain import paths, sorts
from pages.plain.sort import MovedError
from pages.server import addresses
from portal.errors import InvalidRecordError, UnknownThingError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import datetime

    from starlette.requests import Request

    from pages.plain.here import Here
    from pages.plain.sort import Page, Sort

FRESH: Final = "public, max-age=0, s-maxage=5, must-revalidate"
"""A cache between may answer for five seconds; a browser asks again each time, mostly to hear of no change."""
QUERY_MAX: Final = 4_000
SMALL: Final = 860
"""Fewer bytes than fit into one packet are not zipped."""
KEPT_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Packed:
    """A page's bytes, as they are and zipped."""

    plain: bytes
    zipped: bytes
    etag: str
    media: str
    changed: datetime | None


def answer(request: Request) -> Response:
    """The page at the request's path; a plain function, so that the server runs it in a thread."""
    path = addresses.within(request.scope).removeprefix("/")
    sort = _sort(path)
    if sort is None:
        if not path.endswith("/") and _sort(path + "/"):
            return _moved(request, path + "/")
        raise UnknownThingError("server.not_found_text")
    try:
        packed = _packed_for(request, path, sort)
    except MovedError as moved:
        return _moved(request, moved.path)
    return _answered(request, packed, shared=sort.shared)


def _packed_for(request: Request, path: str, sort: Sort) -> Packed:
    params = tuple(sorted(request.query_params.items())) if sort.filtered else ()
    if len(request.url.query) > QUERY_MAX:
        raise InvalidRecordError("map.too_long")
    return kept(path, params)


def kept(path: str, params: tuple[tuple[str, str], ...] = ()) -> Packed:
    """The page at ``path`` as it is now; raises what :attr:`pages.plain.sort.Sort.make` raises."""
    here = presence.here()
    asked = (here.store.data_version(), id(here.store), here.base, here.now, path, params)
    return _shelf.get(asked) or _shelf.put(asked, _packed(here, path, params))


class Shelf:
    """Answers that were given just now, the last used last, as many as fit; safe to use from any thread."""

    def __init__(self, most_bytes: int) -> None:
        """An empty one."""
        self._most, self._bytes = most_bytes, 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Packed] = OrderedDict()

    def get(self, asked: Hashable) -> Packed | None:
        """What was answered to the same question."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def put(self, asked: Hashable, packed: Packed) -> Packed:
        """Keep an answer, and let go of those that were used longest ago; one that is too large is not kept."""
        size = len(packed.plain) + len(packed.zipped)
        with self._lock:
            if size <= self._most // 2 and asked not in self._kept:
                self._kept[asked] = packed
                self._bytes += size
            while self._bytes > self._most:
                _, old = self._kept.popitem(last=False)
                self._bytes -= len(old.plain) + len(old.zipped)
        return packed


_shelf: Final = Shelf(KEPT_BYTES)


def _packed(here: Here, path: str, params: tuple[tuple[str, str], ...]) -> Packed:
    """One answer; kept for the day, and no longer than the store is as it was."""
    found = paths.read(path)
    sort = sorts.SORTS[found[0]] if found else None
    if found and sort and sort.filtered and params:
        return _pack(sort.filtered(here, found[1], dict(params)))
    return _pack(sorts.make(here, path))


def _pack(page: Page) -> Packed:
    zipped = gzip.compress(page.content, 6, mtime=0) if len(page.content) > SMALL else b""
    etag = f'"{hashlib.blake2b(page.content, digest_size=12).hexdigest()}"'
    return Packed(page.content, zipped, etag, page.media, page.changed)


def _answered(request: Request, packed: Packed, *, shared: bool) -> Response:
    """The page, or 304 where the reader has it (RFC 9110, 13)."""
    headers = {"ETag": packed.etag, "Cache-Control": FRESH, "Vary": "Accept-Encoding"}
    if packed.changed:
        headers["Last-Modified"] = format_datetime(_utc(packed.changed), usegmt=True)
    if shared:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if _known(request.headers, packed):
        return Response(status_code=304, headers=headers)
    if packed.zipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed.zipped, media_type=packed.media, headers=headers | {"Content-Encoding": "gzip"})
    return Response(packed.plain, media_type=packed.media, headers=headers)


def reply(request: Request, page: Page) -> Response:
    """An answer of open data that is no page of the table: with ETag, 304, gzip and CORS as every other."""
    return _answered(request, _pack(page), shared=True)


def _known(headers: Mapping[str, str], packed: Packed) -> bool:
    """Whether the reader has it: by its tag, else by the day of its last change."""
    if tags := headers.get("if-none-match"):
        return tags.strip() == "*" or packed.etag in tags
    since = headers.get("if-modified-since")
    if not since or not packed.changed:
        return False
    try:
        return _utc(packed.changed).replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _sort(path: str) -> Sort | None:
    found = paths.read(path)
    return sorts.SORTS.get(found[0]) if found else None


def _moved(request: Request, path: str) -> Response:
    """To where it is now (301); relative, so that it holds behind any proxy."""
    own = addresses.within(request.scope).removeprefix("/")
    return RedirectResponse(paths.between(own, path), 301, headers={"Cache-Control": FRESH})


ROOMS: Final = ("ja", "en", "feeds", "map-data")
ROUTES: Final = (
    *(Route(f"/{room}/{{rest:path}}", answer) for room in ROOMS),
    *(Route(f"/{room}", answer) for room in ("ja", "en")),
    Route("/robots.txt", answer),
    Route("/sitemap.xml", answer),
    Route("/sitemap-{code}.xml", answer),
)
