"""Where to go next: only to pages of this portal, and only to the host that the settings name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from pages import wiring
from pages.forms.cookies import LOOPBACK
from portal.errors import ForbiddenError

if TYPE_CHECKING:
    from starlette.requests import Request

PATH: Final = re.compile(r"/(?![/\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,1000}")
"""A path of ours: one slash, no backslash, no control character, nothing that is not ASCII."""
CARRIED: Final = ("lang", "municipality")
"""Parameters that go along from page to page."""
ANYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # named in order not to be used as an address


def own_path(asked: str, otherwise: str = "/") -> str:
    r"""``asked`` if it is a path of this portal, else ``otherwise``.

    ``javascript:``, ``//evil``, ``/\evil`` and what holds control characters lead nowhere (Indico CVE-2024-45399).
    """
    parts = urlsplit(asked) if PATH.fullmatch(asked) else None
    return asked if parts and not parts.scheme and not parts.netloc else otherwise


def address(request: Request, path: str, **params: str) -> str:
    """``path`` with ``params``, and with the language and the municipality that the reader's address has."""
    has = parse_qs(urlsplit(path).query)
    carried = {
        name: request.query_params[name] for name in CARRIED if request.query_params.get(name) and name not in has
    }
    query = urlencode({**carried, **{name: value for name, value in params.items() if value}})
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{query}" if query else path


def public_base() -> str:
    """The portal's own address without a slash at the end: the setting, else the host and port that it listens on."""
    settings = wiring.settings()
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = "127.0.0.1" if settings.host in ANYWHERE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def mail_base(request: Request) -> str:
    """The base of addresses in mails, for a request that may cause one.

    Raises ForbiddenError when the request's Host is not the one of the settings (this machine, where none is set):
    a forged Host causes no mail at all (Indico GHSA-wgpj-7c2j-vfjm).
    """
    public = wiring.settings().public_url
    own = urlsplit(public).netloc == request.headers.get("host") if public else request.url.hostname in LOOPBACK
    if not own:
        raise ForbiddenError("forms.foreign_host")
    return public_base()


def base_if_ours(request: Request) -> str:
    """The same for what works without a mail, too: nothing where the request's Host is not the one of the settings."""
    try:
        return mail_base(request)
    except ForbiddenError:
        return ""
