"""The page for an address that does not exist: plain HTML with a way back, in the reader's language."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import HTMLResponse

from pages import wiring
from portal.words import say

PAGE = Markup(
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{head} - {portal}</title>'
    "<style>body{{font:1.2rem/1.8 sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a}}"
    "a{{color:#0b4f8a}}</style></head>"
    '<body><main><h1>{head}</h1><p>{text}</p><p><a href="/?lang={lang}">{back}</a></p></main></body></html>'
)


def page(language: str) -> HTMLResponse:
    """The page, with status 404."""
    return HTMLResponse(
        PAGE.format(
            lang=language,
            portal=wiring.settings().title,
            head=say("server.not_found", language),
            text=say("server.not_found_text", language),
            back=say("server.to_start", language),
        ),
        404,
    )
