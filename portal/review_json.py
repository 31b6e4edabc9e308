"""A review as plain data for machines: what the screens show, ``manage.py review --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.coverage.assess import assess
from portal.locate import municipality
from portal.model.standard import StandardRule
from portal.reach.reaching import Question, reach
from portal.use.summary import as_json, summary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.coverage.standing import Assessed
    from portal.model.indicator import Indicator
    from portal.model.standard import Standard
    from portal.reach.reaching import Reached
    from portal.store import Reader

DIGITS = 4
"""Of shares; figures are as they are."""


def review(store: Reader, codes: Sequence[str], today: date, *, samples: bool = False) -> dict[str, Any]:
    """The review of these municipalities, or of all where none is named.

    Raises UnknownThingError for a municipality that is not served.
    """
    wanted = codes or [item.code for item in store.municipalities()]
    return {
        "day": today.isoformat(),
        "samples": samples,
        "municipalities": {
            municipality(store, code).code: _one(store, code, today, samples=samples) for code in wanted
        },
    }


def _one(store: Reader, code: str, today: date, *, samples: bool) -> dict[str, Any]:
    question = Question(code, samples=samples)
    return {
        "standards": [_standard(item) for item in assess(store, code, today, samples=samples)],
        "reach": [_reached(item) for item in reach(store, question, today)],
        "use": as_json(summary(store, code, today, samples=samples)),
        "indicators": [_indicator(item) for item in store.indicators(code) if not item.off],
    }


def _standard(item: Assessed) -> dict[str, Any]:
    asked = item.standard
    return {
        "key": asked.key,
        "kind": asked.kind or None,
        "goal": asked.goal or None,
        "layer": asked.layer,
        "rule": rule(asked),
        "verified_days": asked.verified_days,
        "outside": item.outside,
        "districts": {
            one.district.name: {
                "state": one.state.value,
                "figure": one.figure,
                "people": one.people,
                "records": one.records,
                "verified": one.verified,
                "surveyed": one.survey.on.isoformat() if one.survey else None,
            }
            for one in item.standings
        },
    }


def rule(asked: Standard) -> str:
    """What is asked for, in one line: ``count >= 1``, ``within 500 m >= 90 % of 65-``."""
    least = f"{asked.at_least:g}"
    if asked.rule is StandardRule.COUNT:
        return f"count >= {least}"
    if asked.rule is StandardRule.WITHIN:
        return f"within {asked.metres} m >= {least} % of {asked.ages}"
    return f"sessions in 28 days >= {least} per 1000 of {asked.ages}"


def _reached(item: Reached) -> dict[str, Any]:
    share = item.share
    return {
        "kind": item.kind or None,
        "ages": str(item.ages),
        "metres": item.metres,
        "people": round(item.people.total) if item.reached is not None else None,
        "reached": round(item.reached) if item.reached is not None else None,
        "share": round(share, DIGITS) if share is not None else None,
        "how": item.people.how,
    }


def _indicator(item: Indicator) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "unit": item.unit,
        "values": dict(item.values),
        "target": dict(item.targets),
        "progress": dict(item.progress),
    }
