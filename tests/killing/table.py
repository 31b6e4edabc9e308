"""What the kills have shown, as lines to be read."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.killing.run import Figures

SHOWN = 20
"""So many of the things that went wrong are shown."""
WIDTH = 44


def lines(figures: Figures) -> Iterator[str]:
    """The table, then what went wrong."""
    sent, starts = figures.sent, figures.starts_s or [0.0]
    rows = {
        "kills under eight writers": figures.kills,
        "of them with nothing acknowledged before": figures.idle,
        "kills while starting, besides": figures.kills_while_starting,
        "reopened": len(figures.starts_s),
        "started from nothing, the others forked": figures.from_nothing,
        "started within, median": f"{median(starts):.1f} s",
        "started within, longest": f"{max(starts):.1f} s",
        "changes acknowledged": sent.acknowledged.total(),
        **{f"  {kind}": count for kind, count in sorted(sent.acknowledged.items())},
        "values under way at a kill, kept whole": sent.went_through,
        "values under way at a kill, not kept": sent.cut_off,
        **{f"refused: {kind}, {status}": count for (kind, status), count in sorted(sent.refused.items())},
        "lost": len(sent.lost),
        "torn": len(sent.torn),
        "that did not fit together": len(figures.halves),
        "journal verified and store rebuilt equal": figures.rebuilt,
        "tracebacks in the server's log": len(figures.faults),
    }
    for name, value in rows.items():
        yield f"{name:<{WIDTH}}{value:>10}"
    yield from (sent.lost + sent.torn + figures.halves + figures.faults)[:SHOWN]
