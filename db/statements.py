"""The questions in ``queries/``: one .sql file each, values bound to ``$1`` …, in the SQL that engines share.

A line ``-- include: other.sql`` stands for that file, so that what many questions have in common is written once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

QUERIES: Final = Path(__file__).parent / "queries"
MIGRATIONS: Final = Path(__file__).parent / "migrations"
INCLUDE: Final = re.compile(r"^-- include: (\w+)\.sql$", re.MULTILINE)


@cache
def statement(name: str) -> str:
    """The text of one question, what it includes filled in. Values are never put into it."""
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    return INCLUDE.sub(lambda found: statement(found[1]), text)


@cache
def migrations() -> dict[int, tuple[str, str]]:
    """The migrations by number, in order, each with its name and its statements."""
    files = sorted(MIGRATIONS.glob("*.sql"))
    return {int(file.stem[:4]): (file.stem[5:], file.read_text(encoding="utf-8")) for file in files}
