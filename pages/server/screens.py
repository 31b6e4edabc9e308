"""The screens as the frame lists them; the frame is a script that cannot be imported without being run."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

FRAME: Final = Path(__file__).parents[1] / "frame.py"
LISTS: Final = ("SCREENS", "HIDDEN")


def _read() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in ast.parse(FRAME.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.target.id in LISTS:
            found[line.target.id] = ast.literal_eval(line.value)  # type: ignore[arg-type]  # a constant has a value
    return found


_found: Final = _read()
MAIN: Final = _found["SCREENS"]
"""Those that every page leads to; the first is the front page, ``/``."""
ALL: Final = tuple(name for names in LISTS for name in _found[names])
"""Every screen: a file in ``pages`` that has its name for an address."""
