"""Somebody who opens the portal's pages and sends their forms over HTTP, signed in or not."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

import httpx

from pages.forms import cookies, csrf
from pages.forms.robots import BEGUN
from tests.portal.signing import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER_S: Final = 60
SEE_OTHER: Final = 303


class Visitor:
    """One browser. Its cookies are ``Secure``, so they are sent by hand."""

    def __init__(self, url: str, address: str) -> None:
        """``address`` is the one that the proxy notes of this visitor."""
        self.url, self.address = url, address
        self.cookies: dict[str, str] = {}
        self._form = ""
        self._begun = ""
        self._client = httpx.Client()
        self.again()

    def again(self) -> None:
        """New connections, as those from before a kill are dead; the cookies stay."""
        self._client.close()
        self._client = httpx.Client(base_url=self.url, timeout=ANSWER_S, trust_env=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def page(self, path: str) -> str:
        """The text of a page; what its forms hide is remembered."""
        answer = self._client.get(path, headers=self._headers())
        self._remember(answer)
        text = html.unescape(answer.text)
        self._form = hidden(text, csrf.FIELD) or self._form
        self._begun = hidden(text, BEGUN) or self._begun
        return text

    def send(self, path: str, fields: Mapping[str, str], photo: bytes = b"") -> httpx.Response:
        """Send a form; raises httpx.TransportError when the server is gone before it answered."""
        data = {csrf.FIELD: self._form, BEGUN: self._begun, **fields}
        files = {"photo_file": ("photo.png", photo, "image/png")} if photo else None
        answer = self._client.post(path, data=data, files=files, headers=self._headers())
        self._remember(answer)
        return answer

    def sign_in(self, email: str) -> str:
        """Sign in as somebody of the invented town; the token, or nothing where it did not work."""
        self.cookies.pop(cookies.SESSION, None)
        self.page("/sign-in")
        answer = self.send("/sign-in", {"email": email, "password": PASSWORD, "next": "/account"})
        return self.cookies.get(cookies.SESSION, "") if answer.status_code == SEE_OTHER else ""

    def _headers(self) -> dict[str, str]:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": sent, "X-Forwarded-For": self.address, "Accept-Language": "ja"}

    def _remember(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def hidden(page: str, name: str) -> str:
    """What a page hides in a field of this name; empty where there is none."""
    field = re.search(rf'name="{name}" value="([^"]*)"', page)
    return field[1] if field else ""
