"""A mapping: how the columns of a file of places are to be understood, where their names do not say it.

A small TOML file with up to three tables::

    [columns]               # 元の列名 = field of the portal
    "サロンの名前" = "name"
    "やっている日" = "schedule"

    [defaults]              # for rows that leave the field empty
    kind = "elderly_salon"
    audience = "高齢者"

    [public]                # contacts that the portal may show
    fields = ["phone", "email"]

The fields are those of :data:`geodata.place_aliases.PLACE_ALIASES`. A column that stands here is read as that field
and as nothing else; the other columns are recognised by their usual names.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geodata.place_aliases import CONTACT_FIELDS, PLACE_ALIASES
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

LARGEST_BYTES: Final = 2**20
TABLES: Final = ("columns", "defaults", "public")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a mapping file says."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field by the column's name as the file writes it."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Text by field, for rows that leave it empty."""
    public: frozenset[str] = frozenset()
    """Contact fields that may be shown to everybody."""


def read(path: Path) -> ColumnMapping:
    """The mapping in a TOML file (UTF-8).

    Raises UnreadableFileError for what is not TOML, for a table, a field or a contact that does not exist, and for
    a value that is not text.
    """
    data = _load(path)
    _check("intake.mapping_table", path, data, TABLES)
    public = data.get("public", {})
    if not isinstance(public, dict):
        raise UnreadableFileError("intake.mapping_not_text", file=path.name, name="public")
    _check("intake.mapping_table", path, public, ("fields",))
    shown = public.get("fields", [])
    if not isinstance(shown, list) or not all(isinstance(name, str) for name in shown):
        raise UnreadableFileError("intake.mapping_not_text", file=path.name, name="public.fields")
    _check("intake.mapping_contact", path, shown, CONTACT_FIELDS)
    columns, defaults = (_texts(path, data.get(table, {}), table) for table in ("columns", "defaults"))
    _check("intake.mapping_field", path, columns.values(), PLACE_ALIASES)
    _check("intake.mapping_field", path, defaults, PLACE_ALIASES)
    return ColumnMapping(columns, defaults, frozenset(shown))


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableFileError("intake.mapping_too_large", file=path.name)
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise UnreadableFileError("intake.mapping_no_file", file=path.name) from None
    except UnicodeDecodeError:
        raise UnreadableFileError("intake.mapping_not_utf8", file=path.name) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFileError("intake.mapping_not_toml", file=path.name, reason=str(error)[:200]) from None


def _texts(path: Path, table: object, name: str) -> dict[str, str]:
    """A table whose values are all texts."""
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise UnreadableFileError("intake.mapping_not_text", file=path.name, name=name)
    return dict(table)


def _check(key: str, path: Path, given: Collection[str], allowed: Collection[str]) -> None:
    """Refuse the first name of ``given`` that is not among ``allowed``."""
    wrong = next((name for name in given if name not in allowed), None)
    if wrong is not None:
        raise UnreadableFileError(key, file=path.name, name=wrong[:80], choices=", ".join(allowed))
