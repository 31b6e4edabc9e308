"""Imports, readers' reports and figures as a terminal shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from portal.store import Reader

USED: Final = ("posts", "groups")


def show_batches(console: Console, store: Reader, language: str) -> None:
    """One line an import, the newest first."""
    batches = store.batches()
    if not batches:
        console.print(Text(say("console.no_batches", language)))
    for batch in batches:
        values = {
            "batch": batch.id,
            "at": f"{batch.done_at:%Y-%m-%d %H:%M}",
            "kind": batch.kind,
            "files": ", ".join(batch.files),
            "undone": say("console.batch_undone", language) if batch.undone_at else "",
        }
        counts = {name: batch.counts.get(name, 0) for name in ("new", "changed", "gone")}
        console.print(Text(say("console.batch_line", language, **values, **counts)))


def show_notes(console: Console, store: Reader, language: str) -> None:
    """One line a report, the oldest first."""
    notes = store.error_notes()
    if not notes:
        console.print(Text(say("console.no_notes", language)))
    for note in notes:
        place = store.place(note.place)
        values = {
            "at": f"{note.made_at:%Y-%m-%d %H:%M}",
            "place": place.facts.name if place else note.place,
            "what": say(f"place.report_{note.what}", language),
            "text": note.text.replace("\n", " / "),
        }
        console.print(Text(say("console.note_line", language, **values)))


def show_figures(console: Console, figures: dict[str, Any], language: str) -> None:
    """A table of kinds for each municipality and a line a layer."""
    for code, municipality in figures["municipalities"].items():
        table = Table(title=f"{municipality['name']} {code}", title_justify="left", show_edge=False)
        for heading in ("kind", "places", "samples"):
            table.add_column(
                say(f"console.figure_{heading}", language), justify="left" if heading == "kind" else "right"
            )
        for kind, count in municipality["places"].items():
            table.add_row(kind, f"{count:,}", f"{municipality['samples'][kind]:,}")
        console.print(table)
        for layer in municipality["layers"].values():
            key = "official" if layer["official"] else "approximate" if layer["districts"] else "empty"
            values = {name: layer[name] for name in ("name", "districts", "outside")}
            console.print(Text(say(f"console.layer_{key}", language, **values)))


def show_review(console: Console, figures: dict[str, Any], language: str) -> None:
    """One line a standard with how many districts stand how, and a line of the portal's use, by municipality."""
    for code, found in figures["municipalities"].items():
        table = Table(title=code, title_justify="left", show_edge=False)
        table.add_column(say("console.review_standard", language))
        for state in CoverageState:
            table.add_column(say(f"coverage.state_{state}", language), justify="right")
        for standard in found["standards"]:
            states = Counter(district["state"] for district in standard["districts"].values())
            name = f"{standard['kind'] or standard['goal']} / {standard['layer']} / {standard['rule']}"
            table.add_row(Text(name), *(f"{states[state]:,}" for state in CoverageState))
        console.print(table)
        console.print(Text(say("console.review_use", language, **{name: found["use"][name] for name in USED})), "")
