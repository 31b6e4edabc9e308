"""Every table of a review by name: the one door through which screens, files, charts and the report get them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from portal import locate, permissions
from portal.coverage.tables import TABLES as COVERAGE
from portal.disclosure.tables import TABLES as DISCLOSURE
from portal.errors import UnknownThingError
from portal.indicators.tables import TABLES as INDICATORS
from portal.permissions import Action
from portal.reach.tables import TABLES as REACH
from portal.use.tables import TABLES as USE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.model.report_table import ReportTable, Wanted
    from portal.permissions import Actor
    from portal.store import Reader

TABLES: Final[Mapping[str, Callable[[Reader, Wanted], ReportTable]]] = MappingProxyType(
    {**COVERAGE, **REACH, **USE, **INDICATORS, **DISCLOSURE}
)


def make(store: Reader, actor: Actor, name: str, wanted: Wanted) -> ReportTable:
    """The table of this name as ``wanted`` asks for it.

    Raises NotSignedInError and ForbiddenError for who may not see a review, UnknownThingError for a municipality or a
    table that there is not, InvalidRecordError for choices that cannot be read.
    """
    permissions.require(actor, Action.REVIEW_SEE, wanted.municipality)
    locate.municipality(store, wanted.municipality)
    if name not in TABLES:
        raise UnknownThingError("review_file.no_such_table", table=name[:80])
    return TABLES[name](store, wanted)
