"""JSON answers packed once: a name for their content, so that what a browser already has is not sent again."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

GEOJSON = "application/geo+json"  # RFC 7946, 12


@dataclass(frozen=True, slots=True)
class Packed:
    """An answer's bytes, as they are and zipped."""

    plain: bytes
    zipped: bytes
    etag: str


def pack(data: Any) -> Packed:  # noqa: ANN401  # JSON is any of six types
    """``data`` as JSON, zipped, with an entity tag made of its content."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    etag = f'"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
    return Packed(plain, gzip.compress(plain, 5, mtime=0), etag)


def answer(request: Request, packed: Packed, media_type: str = "application/json") -> Response:
    """The packed answer, or 304 where the browser has it (RFC 9110, 13.1.2)."""
    headers = {"ETag": packed.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    if packed.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed.zipped, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(packed.plain, media_type=media_type, headers=headers)
