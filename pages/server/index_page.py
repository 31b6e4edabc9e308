"""The page that holds the screens: Streamlit's own, with language, title, description and words for no script.

Streamlit writes ``<html lang="en">`` and its own name into it and offers no way to change them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, RedirectResponse

from pages import wiring
from pages.server import addresses, assets, front, language
from portal.words import phrases, say

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
BUILT_IN: Final = "server.built_in_"
"""Keys of the words that Streamlit's widgets say: the English phrase is theirs, to the letter."""


@cache
def original() -> str:
    """Streamlit's page."""
    return INDEX.read_text(encoding="utf-8")


@cache
def script_hash() -> str:
    """The page's one inline script as a source of a Content-Security-Policy."""
    inline = INLINE.findall(original())
    return "sha256-" + base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()


@cache
def page(tongue: str) -> str:
    """The page in one language."""
    title = escape(wiring.settings().title)
    head = Markup(
        '<meta name="description" content="{}"><link rel="icon" href=".{}"><script src=".{}"></script>'
        '<script src=".{}"></script>'
    ).format(
        say("server.description", tongue, title=wiring.settings().title),
        assets.address("icon.svg"),
        assets.address("backend.js"),
        assets.address("header.js"),
    )
    if tongue != "en":
        head += _translations(tongue)
    patches = (
        (r'<html lang="en">', f'<html lang="{tongue}">'),
        (r"<title>Streamlit</title>", f"<title>{title}</title>{head}"),
        # The page is set in fonts of the system; Streamlit's own need not be fetched first.
        (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),
        (r'<link rel="shortcut icon"[^>]*>', ""),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r"<noscript>.*?</noscript>", _without_scripts(tongue)),
    )
    text = original()
    for pattern, new in patches:
        text = re.sub(pattern, lambda _, new=new: str(new), text, count=1, flags=re.DOTALL)
    return text


def _without_scripts(tongue: str) -> Markup:
    """What is said where scripts do not run, and the way to the pages that need none."""
    return Markup('<noscript><p>{}</p><p><a href="./{}/">{}</a></p></noscript>').format(
        say("server.no_script", tongue), tongue, say("server.plain_pages", tongue)
    )


def _translations(tongue: str) -> Markup:
    """The widgets' words as data, and the script that puts them in."""
    theirs, ours = phrases("en"), phrases(tongue)
    words = {text: ours[key] for key, text in theirs.items() if key.startswith(BUILT_IN)}
    data = json.dumps(words, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(
        '<script type="application/json" id="built-in-words">{}</script><script defer src=".{}"></script>'
    ).format(Markup(data), assets.address("built_in_words.js"))  # noqa: S704  # <, > and & are written as escapes


def answer(request: Request) -> Response:
    """The page, in the language of ``request``; in a disaster the front page leads to the evacuation page."""
    if found := front.instead(request, addresses.within(request.scope)):
        return RedirectResponse(f"./{found}", 307, headers={"Cache-Control": "no-store", "Vary": "Accept-Language"})
    return HTMLResponse(page(language.of(request)), headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})


def to_front(request: Request) -> RedirectResponse:
    """The front page by its name: Streamlit knows it only as ``/``."""
    return RedirectResponse(f"./?{request.url.query}", 308)
