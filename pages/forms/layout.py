"""The frame of every plain page: the portal's name, the municipality, the language, the ways, and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pages import wiring
from pages.forms import csrf, going, text, ways
from pages.parts import linked_text
from pages.server import assets, screens
from portal.permissions import ANYBODY, Actor
from portal.words import LANGUAGES, say, say_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from pages.forms.flash import Said
    from portal.errors import PortalError
    from portal.model.municipality import Municipality

TEMPLATES: Final = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the frame of a page needs to know."""

    language: str
    actor: Actor
    said: Said
    faults: Mapping[str, PortalError]


def page(request: Request, template: str, shown: Shown, values: Mapping[str, Any]) -> str:
    """The page as HTML; every value is escaped."""
    return _environment().get_template(template).render(**_frame(request, shown), **values)


def municipality(request: Request, actor: Actor = ANYBODY) -> Municipality | None:
    """The municipality of the address, else the reader's own, the settings', the first; None where none is served."""
    served = {item.code: item for item in wiring.store().municipalities()}
    wanted = (request.query_params.get("municipality", ""), _own(actor), wiring.settings().municipality)
    found = (served[code] for code in wanted if code in served)
    return next(found, None) or next(iter(served.values()), None)


def _own(actor: Actor) -> str:
    """Where somebody works or acts for a group; empty where that is nowhere, or in several places."""
    groups = [wiring.store().group(group_id) for group_id in actor.groups]
    towns = {group.municipality for group in groups if group}
    towns |= actor.account.staff_of if actor.account else set()
    return towns.pop() if len(towns) == 1 else ""


def _frame(request: Request, shown: Shown) -> dict[str, Any]:
    tongue, actor = shown.language, shown.actor
    town = municipality(request, actor)
    return {
        "say": partial(_say, tongue),
        "lang": tongue,
        "languages": [(item, say("frame.language_name", item), _here(request, item)) for item in LANGUAGES],
        "portal": wiring.settings().title,
        "actor": actor,
        "municipality": town,
        "town": ((town.name_en if tongue == "en" else "") or town.name) if town else "",
        "screens": [(name, going.address(request, _screen(name))) for name in screens.MAIN],
        "ways": [
            (way.key, going.address(request, way.path), way.path == request.url.path) for way in ways.shown(actor)
        ],
        "address": partial(going.address, request),
        "asset": assets.address,
        "csrf_field": csrf.FIELD,
        "csrf_token": csrf.token(request),
        "said": say(shown.said.key, tongue, **shown.said.values) if shown.said.key else "",
        "clear": shown.said.clear,
        "faults": {field: say_error(error, tongue) for field, error in shown.faults.items()},
    }


def _say(tongue: str, key: str, /, **values: object) -> str:
    return say(key, tongue, **values)


def _screen(name: str) -> str:
    return "/" if name == screens.MAIN[0] else f"/{name}"


def _here(request: Request, language: str) -> str:
    """This page in another language."""
    params = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{request.url.path}?{urlencode([*params, ('lang', language)])}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": text.plain, "lines": text.lines, "day": text.day, "moment": text.moment}
    environment.filters["linked"] = linked_text.lines
    return environment
