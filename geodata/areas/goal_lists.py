"""The goals of the built-in municipalities' welfare plans (地域福祉計画), which places and posts are tied to."""

from __future__ import annotations

from geodata.areas.builtin import known
from geodata.areas.tables import toml
from portal.model.goal import Goal


def goals(code: str) -> list[Goal]:
    """The goals of a built-in municipality's plan in the order of the plan; a policy stands before its goals.

    Raises UnknownThingError for a municipality that is not built in.
    """
    rows = toml("goals")[known(code)]
    return [Goal(municipality=code, order=order, **row) for order, row in enumerate(rows)]
