"""The HSDS 3.0 API (Open Referral): services, organisations and kinds as JSON that other directories take over.

Paths, parameters and the head of a list as openreferral/specification, ``schema/openapi.json`` and
``docs/hsds/api_reference.md`` (3.0); its optional ``/service_areas`` and the like are not there. An answer is kept by
its ETag, zipped, and may be read by pages of other sites, as all public files are.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.responses import JSONResponse
from starlette.routing import Route

from geodata import hsds, hsds_terms
from pages import wiring
from pages.feeds import hsds_asked, hsds_directory
from pages.feeds.hsds_paging import Lines, listed
from pages.forms import base
from pages.forms.going import public_base
from pages.plain import answering
from pages.plain.here import Here
from pages.plain.sort import Page
from pages.server import errors
from portal import clock, locate
from portal.errors import InvalidRecordError, PortalError, UnknownThingError
from portal.words import say_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from starlette.requests import Request
    from starlette.responses import Response

    from pages.feeds.hsds_asked import Asked
    from pages.feeds.hsds_directory import Directory, Organization, Service
    from portal.store import Reader

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
DOCUMENTS: Final = "https://docs.openreferral.org/en/latest/hsds/"
OPENAPI: Final = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
FRONT: Final = "/hsds/"


class _Asking(NamedTuple):
    """A question with what it is asked of."""

    here: Here
    of: Directory
    asked: Asked
    id: str

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.here.today


def _about(_: _Asking) -> dict[str, str]:
    """The API's own description, at ``/``."""
    return {"version": hsds.VERSION, "profile": DOCUMENTS, "openapi_url": OPENAPI}


def _services(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    found = [one for _, one in hsds_directory.services(asking.of, asking.asked)]
    if asking.asked.minimal:
        return listed(asking.asked, found, _minimal, every=True)
    return listed(asking.asked, found, lambda one: _nested(one, asking.today) if asking.asked.full else _service(one))


def _one_service(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    return _nested(_kept(asking.of.services, asking.id), asking.today)


def _links(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    found = [one for _, one in hsds_directory.services(asking.of, asking.asked, links=True)]
    return listed(asking.asked, found, lambda one: _link(one, asking.today, full=asking.asked.full))


def _one_link(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    return _link(_kept(asking.of.links, asking.id), asking.today, full=True)


def _organizations(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    found = hsds_directory.organizations(asking.of, asking.asked)
    nested = asking.asked.full or asking.asked.full_service
    return listed(asking.asked, found, lambda one: _organization(one, asking, nested=nested))


def _one_organization(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    return _organization(_kept(asking.of.organizations, asking.id), asking, nested=True)


def _taxonomies(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    return listed(asking.asked, [hsds_terms.taxonomy(asking.here.settings.title)], dict)


def _one_taxonomy(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    return _kept({hsds_terms.taxonomy_id(): hsds_terms.taxonomy(asking.here.settings.title)}, asking.id)


def _terms(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    found = [] if asking.asked.taxonomy not in ("", hsds_terms.taxonomy_id()) else list(asking.of.terms.values())
    return listed(asking.asked, found, lambda one: hsds_terms.term(*one))


def _one_term(asking: _Asking) -> Any:  # noqa: ANN401  # JSON
    return hsds_terms.term(*_kept(asking.of.terms, asking.id))


def _nothing(_: _Asking) -> Any:  # noqa: ANN401  # JSON
    raise UnknownThingError("open_data.no_such_record")


def _kept(among: Mapping[str, Any], wanted: str) -> Any:  # noqa: ANN401  # whatever is kept
    """The one of this id; raises UnknownThingError where nothing public has it."""
    if wanted not in among:
        raise UnknownThingError("open_data.no_such_record")
    return among[wanted]


def _service(one: Service) -> dict[str, Any]:
    return hsds.service(one.entry)


def _nested(one: Service, today: date) -> dict[str, Any]:
    return hsds.nested_service(one.entry, today)


def _minimal(one: Service) -> dict[str, Any]:
    """Only what tells whether it has changed."""
    moment = hsds.last_modified(one.entry)
    return {"id": one.id} | ({"last_modified": moment} if moment else {})


def _link(one: Service, today: date, *, full: bool) -> dict[str, Any]:
    """The link with its location and its service: as examples/service_at_location_full.json of the specification."""
    at = hsds.service_at_location(one.entry) or {}
    where = hsds.location(one.entry)
    if not full:
        where = {name: value for name, value in where.items() if not isinstance(value, list)}
        return {**at, "location": where, "service": _service(one)}
    whole = _nested(one, today)
    return {**at, "location": where, "service": {name: whole[name] for name in whole if name != "service_at_locations"}}


def _organization(one: Organization, asking: _Asking, *, nested: bool) -> dict[str, Any]:
    if not nested:
        return hsds.organization(one.group) if one.group else _named(one)
    plain = hsds.nested_organization(one.group, one.entries) if one.group else _named(one)
    if asking.asked.full_service:
        its = [hsds.nested_service(entry, asking.today) for entry in one.entries]
    else:
        its = [
            {"id": hsds.service_id(entry), "name": entry.facts.name, "status": hsds.status(entry)}
            for entry in one.entries
        ]
    return plain | ({"services": its} if its else {})


def _named(one: Organization) -> dict[str, Any]:
    return hsds.named_organization(one.entries[0]) or {}


@lru_cache(maxsize=2)
def _directory(store: Reader, version: str, origin: str, day: date) -> Directory:  # noqa: ARG001  # what it is kept by
    return hsds_directory.directory(Here(store, wiring.settings(), clock.now(), origin))


def _endpoint(make: Callable[[_Asking], Any]) -> Callable[[Request], Response]:
    """An endpoint; a plain function, so that the server runs it in a thread."""

    def answer(request: Request) -> Response:
        try:
            return answering.reply(request, _page(make, request))
        except PortalError as problem:
            return _refusal(request, problem)

    return answer


def _page(make: Callable[[_Asking], Any], request: Request) -> Page:
    if len(request.url.query) > answering.QUERY_MAX:
        raise InvalidRecordError("map.too_long")
    asked = hsds_asked.read(request.query_params)
    store, now = wiring.store(), clock.now()
    if asked.municipality:
        locate.municipality(store, asked.municipality)
    of = _directory(store, store.data_version(), public_base(), now.date())
    here = Here(store, wiring.settings(), now, public_base())
    made = make(_Asking(here, of, asked, request.path_params.get("id", "")))
    if isinstance(made, Lines):
        lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in made.items)
        return Page("".join(f"{line}\n" for line in lines).encode(), frozenset(), LINES)
    return Page(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode(), frozenset(), JSON)


def _refusal(request: Request, problem: PortalError) -> Response:
    """What was wrong, as JSON whoever asks: this is no page."""
    status = next((errors.STATUS[sort] for sort in type(problem).__mro__ if sort in errors.STATUS), errors.OURS)
    if status >= errors.OURS:
        raise problem
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    return JSONResponse({"error": say_error(problem, base.tongue(request))}, status, headers)


ENDPOINTS: Final[Mapping[str, Callable[[_Asking], Any]]] = {
    "services": _services,
    "services/{id}": _one_service,
    "service_at_locations": _links,
    "service_at_locations/{id}": _one_link,
    "organizations": _organizations,
    "organizations/{id}": _one_organization,
    "taxonomies": _taxonomies,
    "taxonomies/{id}": _one_taxonomy,
    "taxonomy_terms": _terms,
    "taxonomy_terms/{id}": _one_term,
}
ROUTES: Final = (
    *(Route(FRONT + path + end, _endpoint(make)) for path, make in ENDPOINTS.items() for end in ("", "/")),
    *(Route(address, _endpoint(_about)) for address in (FRONT, FRONT.rstrip("/"))),
    Route(FRONT + "{rest:path}", _endpoint(_nothing)),
)
"""With and without a slash at the end: clients write both."""
