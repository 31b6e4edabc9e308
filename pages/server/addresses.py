"""Which addresses exist. Streamlit answers any address with its page; one that does not exist is a 404 here."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

FRAME: Final = Path(__file__).parents[1] / "frame.py"
LISTS: Final = ("SCREENS", "HIDDEN")


def _screens() -> tuple[str, ...]:
    """The screens as the frame lists them; it is a script that cannot be imported without being run."""
    found: dict[str, tuple[str, ...]] = {}
    for line in ast.parse(FRAME.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.target.id in LISTS:
            found[line.target.id] = ast.literal_eval(line.value)  # type: ignore[arg-type]  # a constant has a value
    return tuple(name for names in LISTS for name in found[names])


SCREENS: Final = _screens()
"""A screen is a file in ``pages`` and has its name for an address; the first is the front page, ``/``."""
OWN: Final = ("/healthz", "/map/places", "/map/districts", "/map/kinds")
FOLDERS: Final = ("/assets/", "/leaflet/", "/_stcore/", "/component/", "/media/", "/static/")
"""Folders that answer for themselves when something in them does not exist."""
FILES: Final = ("/favicon.ico", "/favicon.png")
_screen = re.compile(rf"/(?:{'|'.join(map(re.escape, SCREENS))})?")


def exists(path: str) -> bool:
    """Whether anything answers at ``path``; beneath a screen's name nothing does."""
    return path in OWN or path in FILES or path.startswith(FOLDERS) or _screen.fullmatch(path) is not None
