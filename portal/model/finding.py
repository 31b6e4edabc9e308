"""What an importer has to say about one line of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """What became of the line."""

    REFUSED = "refused"  # it cannot go in
    DOUBTFUL = "doubtful"  # it goes in, but somebody should look


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a file that was refused or is doubtful, with the phrase that says why and what to do."""

    line: int
    """Line of the file, from 1 with the header counted; for a file of features, the feature's number."""
    severity: Severity
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    """The file's name, where several are read together."""
