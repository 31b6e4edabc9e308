"""Which column of a file is which field, by its usual name or by a mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.decode import fold_header
from geodata.place_aliases import CONTACT_FIELDS, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PUBLIC_ENDINGS: Final = re.compile(r"[_・\s(（\[]?公開(?:可否|可|の可否|フラグ)?[)）\]]?$|_public$")

REMARK: Final = re.compile(r"\((?!.*(?:カナ|かな|英|公開))[^()]*\)$")


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which column is which field."""

    fields: Mapping[str, str]
    """Column by field."""
    unknown: tuple[str, ...]
    """Columns that no field takes; where two columns are one field, the less usual one."""


def recognise(
    columns: Sequence[str], aliases: Mapping[str, tuple[str, ...]], given: Mapping[str, str] | None = None
) -> Recognised:
    """The fields of ``columns`` by their usual names; ``given`` (field by column) goes before the names.

    Where several columns could be one field, the one that stands first in ``aliases`` is taken.
    """
    chosen = _given(columns, given or {})
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(fold_header(column), column)
    for field, names in aliases.items():
        usual = (by_name.get(fold_header(name), "") for name in names)
        found = next((one for one in usual if one and one not in chosen.values()), "")
        if found:
            chosen.setdefault(field, found)
    _remarked(columns, aliases, chosen)
    chosen |= _publicity(columns, aliases, chosen)
    taken = set(chosen.values())
    return Recognised(chosen, tuple(column for column in columns if column not in taken))


def _given(columns: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    wanted = {fold_header(column): field for column, field in given.items()}
    found: dict[str, str] = {}
    for column in columns:
        if fold_header(column) in wanted:
            found.setdefault(wanted[fold_header(column)], column)
    return found


def _remarked(columns: Iterable[str], aliases: Mapping[str, tuple[str, ...]], chosen: dict[str, str]) -> None:
    """Columns with a remark behind their usual name: 「問い合わせ先（市の担当課）」, 「電話番号(代表)」."""
    by_name = {fold_header(name): field for field, names in reversed(list(aliases.items())) for name in names}
    for column in columns:
        folded = fold_header(column)
        stem = REMARK.sub("", folded)
        if stem != folded and column not in chosen.values() and (field := by_name.get(stem)):
            chosen.setdefault(field, column)


def _publicity(
    columns: Iterable[str], aliases: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Columns such as 「電話番号_公開」 beside 「電話番号」."""
    contacts = {fold_header(name): field for field in CONTACT_FIELDS for name in aliases[field]}
    found: dict[str, str] = {}
    for column in columns:
        stem = PUBLIC_ENDINGS.sub("", column.strip())
        field = contacts.get(fold_header(stem)) if stem != column.strip() else None
        if field and f"{field}{PUBLIC}" not in chosen:
            found.setdefault(f"{field}{PUBLIC}", column)
    return found
