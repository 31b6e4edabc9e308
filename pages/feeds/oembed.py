"""oEmbed (https://oembed.com, version 1.0): what a site shows that is given the address of a public page.

Only pages of this portal are answered for: a municipality and a district as a frame with the coming week, every other
page as a link. The answer is made of the page as everybody gets it: where there is none, waiting, hidden and withdrawn
posts among them, it is the same 404 (Decidim CVE-2024-27090: an embed that showed what was not published).
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.plain import here as presence
from pages.plain import iframe, paths, sorts
from pages.plain.answering import FRESH
from pages.plain.sort import HTML, MovedError
from portal.errors import GoneError, InvalidRecordError, UnknownThingError
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from pages.plain.here import Here
    from pages.plain.sort import Page

FRAMES: Final = {
    "municipality": "embed",
    "district": "embed_district",
    "embed": "embed",
    "embed_district": "embed_district",
}
"""Pages that are shown in a frame, with the page that stands in it."""
FORMATS: Final = {"json": "application/json", "xml": "text/xml"}
ADDRESS_MAX: Final = 2_000
MOST: Final = 100_000
"""More points than any screen has."""
KEPT_S: Final = 3_600
"""So long a site may show it before it asks again."""
NOT_IMPLEMENTED: Final = 501  # what oEmbed wants for a format that there is not (2.3.4)
TITLE: Final = re.compile(r'<meta property="og:title" content="([^"]*)">')
_title_of_frames: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class Asked(NamedTuple):
    """A public page as it was asked for."""

    name: str
    keys: Mapping[str, str]
    page: Page


def answer(request: Request) -> Response:
    """The answer in the format that was asked for; a plain function, so that the server runs it in a thread."""
    params = request.query_params
    form = params.get("format") or "json"
    if form not in FORMATS:
        return JSONResponse({"error": say("embed.no_format", "en")}, NOT_IMPLEMENTED, headers=_open())
    here = presence.here()
    told = _told(here, _asked(here, params.get("url", "")), _most(params, "maxwidth"), _most(params, "maxheight"))
    content = json.dumps(told, ensure_ascii=False).encode() if form == "json" else _xml(told)
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=_open() | {"ETag": etag})
    return Response(content, media_type=FORMATS[form], headers=_open() | {"ETag": etag})


def _open() -> dict[str, str]:
    return {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": FRESH}


def _asked(here: Here, address: str) -> Asked:
    """The public page at a whole address of this portal, as anybody gets it.

    Raises InvalidRecordError for no address at all, UnknownThingError for every address without a public page.
    """
    if not address.strip() or len(address) > ADDRESS_MAX:
        raise InvalidRecordError("embed.no_address")
    path = _path(here, address)
    try:
        return _made(here, path)
    except MovedError as moved:
        return _made(here, moved.path)
    except GoneError:
        raise UnknownThingError("embed.no_page") from None


def _made(here: Here, path: str) -> Asked:
    found = paths.read(path)
    sort = sorts.SORTS.get(found[0]) if found else None
    if found is None or sort is None or sort.slow or sort.shared or not path.endswith("/"):
        raise UnknownThingError("embed.no_page")
    try:
        page = sort.make(here, found[1])
    except (UnknownThingError, GoneError):
        raise UnknownThingError("embed.no_page") from None
    if page.media != HTML:
        raise UnknownThingError("embed.no_page")
    return Asked(found[0], found[1], page)


def _path(here: Here, address: str) -> str:
    """The path of an address of this portal; raises UnknownThingError for one of any other site."""
    try:
        asked, own = urlsplit(address.strip()), urlsplit(here.base)
    except ValueError:
        raise UnknownThingError("embed.no_page") from None
    if asked.scheme not in {"http", "https"} or asked.netloc.lower() != own.netloc.lower():
        raise UnknownThingError("embed.no_page")
    return asked.path.removeprefix("/")


def _told(here: Here, asked: Asked, width: int | None, height: int | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": _title(asked.page),
        "provider_name": here.settings.title,
        "provider_url": f"{here.base}/",
        "cache_age": KEPT_S,
    }
    if asked.name not in FRAMES:
        return told
    wide, high = min(iframe.WIDTH, width or iframe.WIDTH), min(iframe.HEIGHT, height or iframe.HEIGHT)
    address = f"{here.base}/{paths.path(FRAMES[asked.name], **asked.keys)}"
    shown = str(iframe.element(address, told["title"], str(wide), high))
    return told | {"type": "rich", "html": shown, "width": wide, "height": high}


def _title(page: Page) -> str:
    """The title that the page has for previews."""
    text = page.content.decode()
    found = TITLE.search(text) or _title_of_frames.search(text)
    return html.unescape(found[1]) if found else ""


def _most(params: Mapping[str, str], name: str) -> int | None:
    """The most points that the asking site has room for; None where it does not say."""
    text = params.get(name, "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 0 < int(text) <= MOST:
        raise InvalidRecordError("embed.no_number", most=MOST)
    return int(text)


def _xml(told: Mapping[str, object]) -> bytes:
    root = ET.Element("oembed")
    for name, value in told.items():
        ET.SubElement(root, name).text = str(value)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


ROUTES: Final = (Route("/oembed", answer),)
