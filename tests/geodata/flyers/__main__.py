"""The table of what is read of the made flyers: ``python -m tests.geodata.flyers [--failures]``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.geodata.flyers.made_flyers import FLYERS, HELD_OUT_FLYERS
from tests.geodata.flyers.scoring import VERDICTS, counted

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping


def _table(heading: str, counts: Mapping[str, Counter[str]]) -> None:
    sys.stdout.write(f"{heading:16}" + "".join(f"{name:>9}" for name in VERDICTS) + "\n")
    for name, count in counts.items():
        sys.stdout.write(f"{name:16}" + "".join(f"{count[verdict]:9}" for verdict in VERDICTS) + "\n")
    total = {verdict: sum(count[verdict] for count in counts.values()) for verdict in VERDICTS}
    sys.stdout.write(f"{'all':16}" + "".join(f"{total[verdict]:9}" for verdict in VERDICTS) + "\n\n")


def main(options: list[str]) -> None:
    """Read both sets and print them by field and by layout."""
    sets = {"developed with": FLYERS, "held out": HELD_OUT_FLYERS}
    if "--developed" in options:
        del sets["held out"]
    for name, flyers in sets.items():
        sys.stdout.write(f"{len(flyers)} flyers, {name}\n")
        by_field, by_layout, failures = counted(flyers)
        _table("field", by_field)
        _table("layout", by_layout)
        if "--failures" in options:
            sys.stdout.write("\n".join(failures) + "\n")


main(sys.argv[1:])
