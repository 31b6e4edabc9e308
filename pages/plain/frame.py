"""The frame of every public page: its head for search engines and chat apps, its ways, and its foot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pages.forms import text
from pages.parts import linked_text
from pages.parts.visit import Visit
from pages.plain import disaster, iframe, paths
from pages.plain.sort import Page
from pages.plain.ways import ways
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pages.plain.here import Here
    from portal.model.municipality import Municipality

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs by which text could end the element that holds JSON."""
DESCRIPTION_MAX: Final = 160
"""Characters that a list of results or a preview shows."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a page before it is opened."""

    name: str
    """Key in :data:`pages.plain.paths.PATHS`."""
    keys: Mapping[str, str]
    title: str
    description: str
    linked: Sequence[Mapping[str, Any]] = ()
    """JSON-LD (schema.org), one object a thing."""
    feeds: Sequence[tuple[str, str, str]] = ()
    """Feeds of the same: media type, title, path."""
    app: str = ""
    """Path and parameters of the interactive screen with the same filter, e.g. ``/place?id=…``."""
    robots: str = ""
    """What search engines are asked for, where it is not the usual."""
    changed: datetime | None = None
    canonical: str = ""
    """Whole address of the page that says the same, where it has another."""


def page(  # what a page is of, and what its template shows
    here: Here,
    template: str,
    head: Head,
    tags: frozenset[str],
    town: Municipality | None = None,
    **values: Any,  # noqa: ANN401  # whatever the template shows
) -> Page:
    """The page as HTML; every value is escaped."""
    tongue = head.keys.get("lang", LANGUAGES[0])
    own = ways(here, head.name, head.keys)
    html = (
        _environment()
        .get_template(f"plain/{template}")
        .render(
            say=partial(_say, tongue),
            lang=tongue,
            portal=here.settings.title,
            tells=here.settings.tells,
            head=head,
            description=_short(head.description),
            canonical=head.canonical or own.whole(head.name, **head.keys),
            languages=[
                (
                    item,
                    say("frame.language_name", item),
                    own.to(head.name, **{**head.keys, "lang": item}),
                    own.whole(head.name, **{**head.keys, "lang": item}),
                )
                for item in (LANGUAGES if "lang" in head.keys else ())
            ],
            linked=[]
            if town and town.disaster_since
            else [_data(_named_once(item, here.base)) for item in head.linked],
            feeds=[(media, title, paths.between(own.path, path)) for media, title, path in head.feeds],
            town=town,
            town_name=((town.name_en if tongue == "en" else "") or town.name) if town else "",
            to=own.to,
            app=own.app,
            asset=own.asset,
            subscribe=own.subscribe,
            absolute=own.whole,
            iframe=iframe.element,
            oembed=f"{here.base}/oembed?format=json&url={quote(own.whole(head.name, **head.keys), safe='')}",
            disaster=disaster.said(own, head.name, town) if town else None,
            root=own.root,
            visit=Visit(tongue, town, here.store) if town else None,  # type: ignore[arg-type]  # pages only read
            **values,
        )
    )
    return Page(html.encode(), tags, changed=head.changed)


def _named_once(said: Any, base: str) -> Any:  # noqa: ANN401  # JSON is any of six types
    """JSON-LD in which a thing has one name (``@id``) in every language: that of its first."""
    if isinstance(said, dict):
        return {
            key: _in_first_language(value, base) if key == "@id" else _named_once(value, base)
            for key, value in said.items()
        }
    return [_named_once(item, base) for item in said] if isinstance(said, list | tuple) else said


def _in_first_language(address: str, base: str) -> str:
    """A public page's whole address in the first language."""
    for tongue in LANGUAGES[1:]:
        if address.startswith(f"{base}/{tongue}/"):
            return f"{base}/{LANGUAGES[0]}/" + address.removeprefix(f"{base}/{tongue}/")
    return address


def _data(item: Mapping[str, Any]) -> Markup:
    """JSON-LD for the head: no sign in it can end the element."""
    written = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        written = written.replace(sign, code)
    return Markup(written)  # noqa: S704  # <, > and & are written as escapes


def says_sample(name: object) -> bool:
    """Whether a name says itself that it is a sample (見本): then it need not be said again beside it."""
    return any(say("card.sample", tongue).casefold() in str(name).casefold() for tongue in LANGUAGES)


def _short(value: str) -> str:
    """One line, cut where a preview would."""
    line = " ".join(value.split())
    return line if len(line) <= DESCRIPTION_MAX else line[: DESCRIPTION_MAX - 1] + "…"


def _say(tongue: str, key: str, /, **values: object) -> str:
    return say(key, tongue, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["says_sample"] = says_sample
    environment.filters |= {"plain": text.plain, "lines": text.lines, "day": text.day, "moment": text.moment}
    environment.filters["linked"] = linked_text.lines
    return environment
