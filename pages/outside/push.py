"""Web Push (RFC 8030): a few words, encrypted for one browser (RFC 8291), signed as coming from this portal (RFC 8292).

The endpoint's address comes from a person's browser, so it is asked as a feed's address is: over HTTPS, and only on
the open internet. Off by default: the setting ``push``.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import secrets
import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from functools import cache, partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02, VapidException
from pywebpush import WebPusher, WebPushException

from pages.outside.connection import Question
from pages.outside.limits import Deadline, Limits
from pages.outside.reachable import is_reachable
from pages.outside.web_address import parse_address
from portal.errors import InvalidRecordError, OutsideError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from portal.model.subscription import Browser
    from portal.settings import Settings

FILE: Final = "vapid.pem"
KEEP_S: Final = 24 * 60 * 60
"""So long the push service keeps a message for a browser that is off."""
SIGNED_FOR_S: Final = 12 * 60 * 60
"""At most a day (RFC 8292, 2); clocks differ."""
TITLE_MAX: Final = 120
"""Characters: what a phone shows, and far under the 4096 bytes that every service takes."""
GONE: Final = frozenset({404, 410})
TAKEN: Final = frozenset({200, 201, 202, 204})
log = logging.getLogger(__name__)


def sender(settings: Settings, limits: Limits | None = None) -> Callable[[Browser, str, str], bool] | None:
    """What sends a title and a link to one browser; None where the setting is off."""
    return partial(send, settings, limits or Limits()) if settings.push else None


def send(settings: Settings, limits: Limits, browser: Browser, title: str, link: str) -> bool:
    """Hand one message to the browser's push service; False where the service knows the browser no more.

    Raises OutsideError when it was not taken, also for an address that may not be asked.
    """
    try:
        address = parse_address(browser.endpoint, limits.loopback_ports)
        headers, body = _letter(settings, f"https://{address.host_header}", browser, title, link)
        with Question(address, limits, Deadline(limits.seconds), headers, body) as answer:
            status = answer.status
    except (
        OSError,
        http.client.HTTPException,
        UnreadableFileError,
        WebPushException,
        VapidException,
        ValueError,
    ) as error:
        log.info("a push message was not taken: %s", type(error).__name__)
        raise OutsideError("subscribe.push_failed") from None
    if status in GONE:
        return False
    if status not in TAKEN:
        log.info("a push message was not taken: %d", status)
        raise OutsideError("subscribe.push_failed")
    return True


def check(browser: Browser) -> None:
    """Raise InvalidRecordError for an endpoint that is no address of the open internet; names are looked up later."""
    try:
        host = parse_address(browser.endpoint).host
    except UnreadableFileError:
        raise InvalidRecordError("subscribe.bad_browser") from None
    with suppress(ValueError):
        ip_address(host)  # raises for a name
        if not is_reachable(host):
            raise InvalidRecordError("subscribe.bad_browser")


def public_key(settings: Settings) -> str:
    """The portal's key as browsers want it, an uncompressed point in base64url: they take messages of it alone."""
    point = _key(settings.home).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def _letter(settings: Settings, service: str, browser: Browser, title: str, link: str) -> tuple[dict[str, str], bytes]:
    """Headers and encrypted body; nobody on the way can read or change the text."""
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    text = json.dumps({"title": title[:TITLE_MAX], "link": link}, ensure_ascii=False)
    body = WebPusher({"endpoint": browser.endpoint, "keys": keys}).encode(text.encode())["body"]
    whom = f"mailto:{settings.mail_from}" if settings.mail_from else settings.public_url
    claims = {"aud": service, "exp": int(time.time()) + SIGNED_FOR_S, "sub": whom}
    headers = {
        **_key(settings.home).sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEEP_S),
        "Urgency": "normal",
        "User-Agent": "Ibasho-portal",
        "Connection": "close",
    }
    return headers, body


@cache
def _key(home: Path) -> Vapid02:
    """The portal's own key, made when it is first needed, readable by the portal's own user only.

    A new one would silence every browser that asked, so it is made once and never replaced.
    """
    home.mkdir(parents=True, exist_ok=True)
    file = home / FILE
    if not file.exists():
        fresh = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
        made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
            writing.write(made)
        try:
            os.link(fresh, file)  # of two processes that start at once, one key wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    # An address over plain HTTP names the operator as well as any; the library would refuse it.
    return Vapid02(key, conf={"no-strict": True})
