"""A sentence that is said once, on the page that follows: it travels in a cookie, signed, for a minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pages.forms import cookies, signing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

PURPOSE: Final = "said"
GOOD_FOR_S: Final = 60
MOST: Final = 200
"""Characters of a value: a cookie holds four kibibytes."""


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase key with what fills it, and the kept form that is done with."""

    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    clear: str = ""


def say(request: Request, response: Response, said: Said) -> None:
    """Have it said on the next page."""
    values = {name: value[:MOST] for name, value in said.values.items()}
    text = signing.sign(PURPOSE, [said.key, values, said.clear])
    cookies.write(request, response, cookies.SAID, text, GOOD_FOR_S)


def take(request: Request) -> Said:
    """What is to be said on this page; nothing where nothing is."""
    kept = signing.read(PURPOSE, cookies.read(request, cookies.SAID), GOOD_FOR_S)
    return Said(*kept) if kept else Said()


def over(request: Request, response: Response) -> None:
    """It was said."""
    if cookies.read(request, cookies.SAID):
        cookies.remove(request, response, cookies.SAID)
