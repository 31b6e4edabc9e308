"""What only this portal can have said: texts signed with a key that is kept in the portal's folder.

Losing the key costs nobody more than a form that has to be sent again.
"""

from __future__ import annotations

import os
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from itsdangerous import BadData, URLSafeTimedSerializer

from pages import wiring

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "signing.key"
KEY_BYTES: Final = 32


def sign(purpose: str, value: Any) -> str:  # noqa: ANN401  # JSON is any of six types
    """``value`` as signed text, for one purpose."""
    return _serializer(purpose).dumps(value)


def read(purpose: str, text: str, seconds: int) -> Any:  # noqa: ANN401  # JSON is any of six types
    """What was signed for this purpose in the last ``seconds``; None for anything else."""
    try:
        return _serializer(purpose).loads(text, max_age=seconds)
    except BadData:
        return None


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(wiring.settings().home), salt=f"ibasho.{purpose}")


@cache
def _key(home: Path) -> bytes:
    """The key; made when it is first needed, readable by the portal's own user only."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / FILE
    fresh = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
    if not file.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
            writing.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(fresh, file)  # of two processes that start at once, one key wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_bytes()
