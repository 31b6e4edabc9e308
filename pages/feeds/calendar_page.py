"""How to have the dates of a choice in one's own calendar (カレンダーに登録する): a button, a sentence, an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.routing import Route

from pages.feeds import asked
from pages.forms import base, going
from pages.plain import paths
from portal.errors import UnknownThingError
from portal.query import to_params

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.store import Reader

FILTERS: Final = frozenset({"layer", "district", "kind", "audience", "group", "q", "day", "time", "free", "show"})
"""What of *Find* a calendar can be narrowed by."""


async def page(request: Request) -> Response:
    """The page; raises UnknownThingError for no municipality, InvalidRecordError for a filter that cannot be read."""
    path = await base.act(_path, dict(request.query_params))
    whole = f"{going.public_base()}/{path}"
    values = {"file": f"/{path}", "whole": whole, "webcal": "webcal:" + whole.partition(":")[2]}
    return await base.render(request, "calendar_page.html", **values)


def _path(store: Reader, params: Mapping[str, str]) -> str:
    code = params.get("municipality", "")
    if all(item.code != code for item in store.municipalities()):
        raise UnknownThingError("locate.no_municipality", code=code[:10])
    chosen = {name: params[name] for name in FILTERS if params.get(name)}
    query = asked.query(store, code, chosen, {})
    kept = {name: value for name, value in to_params(query).items() if name in FILTERS}
    if kept.keys() == {"group"}:
        return paths.path("calendar_group", code=code, id=kept["group"])
    return paths.path("calendar", code=code) + (f"?{urlencode(kept)}" if kept else "")


ROUTES: Final = (Route("/calendar", page),)
