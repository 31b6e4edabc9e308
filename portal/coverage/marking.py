"""That somebody of the office looked whether a district has what is expected (調査済み)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal import permissions
from portal.errors import ConflictError, UnknownThingError
from portal.model.mark import Mark
from portal.model.survey import Survey
from portal.permissions import Action
from portal.posts.opening import retried
from portal.store import Drop, Put, expected, key_of, unused

if TYPE_CHECKING:
    from datetime import datetime

    from portal.permissions import Actor
    from portal.store import Reader, Store


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at."""

    district: str
    """Id of the district."""
    standard: str = ""
    """Key of the one standard; empty for all of the layer."""
    note: str = ""


@retried
def mark(store: Store, actor: Actor, municipality: str, looked: Looked, now: datetime) -> Survey:
    """Note that ``actor`` looked at a district today; an earlier survey of the same is replaced.

    Raises NotSignedInError, ForbiddenError, UnknownThingError for no such district or standard of the municipality,
    InvalidRecordError for an over-long note.
    """
    permissions.require(actor, Action.SURVEY_MARK, municipality)
    new = _survey(store, actor, municipality, looked, now)
    old = _known(store, municipality, looked)
    expect = expected(old) if old else unused(Survey, *key_of(new))
    store.apply([Put(new)], Mark(now, actor.id, Action.SURVEY_MARK), [expect])
    return new


def take_back(store: Store, actor: Actor, survey: Survey, now: datetime) -> None:
    """Take back a survey as it was read: the district is as if nobody had looked.

    Raises NotSignedInError, ForbiddenError; StaleEditError where somebody marked it anew, ConflictError where it was
    taken back already.
    """
    permissions.require(actor, Action.SURVEY_MARK, survey.municipality)
    if _known(store, survey.municipality, Looked(survey.district, survey.standard)) is None:
        raise ConflictError("coverage.not_marked")
    store.apply(
        [Drop(Survey, key_of(survey))], Mark(now, actor.id, Action.SURVEY_MARK, survey.note), [expected(survey)]
    )


def _known(store: Reader, municipality: str, looked: Looked) -> Survey | None:
    wanted = (looked.district, looked.standard)
    return next((one for one in store.surveys(municipality) if (one.district, one.standard) == wanted), None)


def _survey(store: Reader, actor: Actor, municipality: str, looked: Looked, now: datetime) -> Survey:
    district = store.district(looked.district)
    if district is None or district.municipality != municipality or not district.exists_on(now.date()):
        raise UnknownThingError("coverage.no_such_district")
    if looked.standard:
        standard = next((one for one in store.standards(municipality) if one.key == looked.standard), None)
        if standard is None or standard.layer != district.layer:
            raise UnknownThingError("coverage.no_such_standard", key=looked.standard)
    name = actor.account.name if actor.account else ""
    return Survey(
        municipality, district.layer, district.id, now.date(), actor.id, name, looked.standard, looked.note.strip()
    )
