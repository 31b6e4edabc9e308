"""What an import did, or would do, as a terminal shows it: the same for a dry run and for the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from portal.importing.plan import Tally
from portal.model.finding import Severity
from portal.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from portal.importing.plan import Plan


def show(console: Console, plan: Plan, language: str, *, dry_run: bool) -> None:
    """Print counts, where rows were left outside, every refused or doubtful row, likely duplicates and the outcome."""
    console.print(Text(say("console.import_title", language, kind=plan.order.kind, files=", ".join(plan.order.files))))
    console.print(_counts(plan, language))
    _outside(console, plan, language)
    if plan.unknown_columns:
        console.print(Text(say("console.unknown_columns", language, columns=", ".join(plan.unknown_columns))))
    _findings(console, plan, language)
    _duplicates(console, plan, language)
    console.print(Text(_outcome(plan, language, dry_run=dry_run), style="bold"))


def _counts(plan: Plan, language: str) -> Table:
    table = Table(show_edge=False)
    names = list(Tally.__dataclass_fields__)
    for name in names:
        table.add_column(say(f"console.count_{name}", language), justify="right")
    table.add_row(*(f"{getattr(plan.tally, name):,}" for name in names))
    return table


def _outside(console: Console, plan: Plan, language: str) -> None:
    if plan.outside_of:
        where = ", ".join(f"{name}: {count:,}" for name, count in plan.outside_of.items())
        console.print(Text(say("console.outside", language, where=where)))


def _findings(console: Console, plan: Plan, language: str) -> None:
    for severity in (Severity.REFUSED, Severity.DOUBTFUL):
        for item in plan.findings:
            if item.severity is severity:
                where = say("console.line", language, line=item.line) if item.line else ""
                sign = say(f"console.{severity}", language)
                file = f"{item.file} " if item.file and len(plan.order.files) > 1 else ""
                said = " ".join(say(item.key, language, **item.values).split())
                console.print(Text(f"{sign} {file}{where} {said}"))


def _duplicates(console: Console, plan: Plan, language: str) -> None:
    for pair in plan.duplicates:
        values = {
            "one": pair.one.facts.name,
            "other": pair.other.facts.name,
            "distance": round(pair.distance_m),
            "municipality": pair.one.municipality,
        }
        console.print(Text(say("console.duplicate", language, **values)))


def _outcome(plan: Plan, language: str, *, dry_run: bool) -> str:
    if plan.stopped:
        return say("importing.refused_rows", language, refused=plan.tally.refused)
    if not plan.revisions:
        return say("console.nothing_changes", language)
    if dry_run:
        return say("console.dry_run", language)
    return say("console.imported", language, batch=plan.batch)
