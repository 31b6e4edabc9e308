"""Settings: the defaults, then ``portal.toml``, then ``PORTAL_*`` variables; the later wins.

Each field is ``name`` in ``portal.toml`` and ``PORTAL_NAME`` in the environment.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portal.errors import SettingError
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

BASEMAPS: Final = ("none", "pale", "std", "blank")
TRUE: Final = frozenset({"1", "on", "true", "yes"})
FALSE: Final = frozenset({"0", "off", "false", "no"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set."""

    home: Path = field(default=Path("var"), metadata={"help": "settings.help_home"})
    """The one folder that the portal writes to."""
    host: str = field(default="127.0.0.1", metadata={"help": "settings.help_host"})
    port: int = field(default=8501, metadata={"help": "settings.help_port"})
    sample: bool = field(default=True, metadata={"help": "settings.help_sample"})
    """Whether sample content (見本) is put into a new store."""
    municipality: str = field(default="", metadata={"help": "settings.help_municipality"})
    """Code of the municipality that the portal opens with; empty is the first."""
    language: str = field(default="", metadata={"help": "settings.help_language"})
    """Language for a browser that asks for none of ours; empty is Japanese."""
    basemap: str = field(default="none", metadata={"help": "settings.help_basemap"})
    """Base map of 国土地理院: ``none`` sends no request outside; ``pale``, ``std`` and ``blank`` are its tiles."""
    title: str = field(default="いばしょ", metadata={"help": "settings.help_title"})
    """The portal's name as its pages bear it."""
    freshness_days: int = field(default=365, metadata={"help": "settings.help_freshness_days"})
    """After so many days without verification a record says that it is to be made sure of."""

    def __post_init__(self) -> None:
        """Refuse what cannot be used, naming the setting."""
        if self.basemap not in BASEMAPS:
            raise SettingError("settings.not_one_of", name="basemap", value=self.basemap, choices=", ".join(BASEMAPS))
        if self.language not in ("", *LANGUAGES):
            raise SettingError(
                "settings.not_one_of", name="language", value=self.language, choices=", ".join(LANGUAGES)
            )
        if not 0 < self.port < 65_536:  # noqa: PLR2004  # the span of TCP ports
            raise SettingError("settings.not_a_port", name="port", value=self.port)


def load(environment: Mapping[str, str] | None = None, file: Path = Path("portal.toml")) -> Settings:
    """The settings of this machine.

    Raises SettingError for a name that is not a setting, in the file or as a ``PORTAL_*`` variable, and for a
    value of the wrong sort: a misspelt setting is never passed over.
    """
    given: dict[str, object] = {}
    if file.is_file():
        try:
            given.update(tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingError("settings.file_unreadable", file=file.name, reason=str(error)) from None
    environment = os.environ if environment is None else environment
    given.update(
        {
            name.removeprefix("PORTAL_").lower(): value
            for name, value in environment.items()
            if name.startswith("PORTAL_")
        }
    )
    known = {item.name: item for item in fields(Settings)}
    for name in given:
        if name not in known:
            raise SettingError("settings.unknown", name=name, choices=", ".join(known))
    return Settings(**{name: _read(name, type(known[name].default), value) for name, value in given.items()})  # type: ignore[arg-type]  # each value was read as its field's type


def _read(name: str, wanted: type, value: object) -> object:
    """``value`` as the field's type."""
    if wanted is bool:
        text = str(value).lower()
        if text not in TRUE | FALSE:
            raise SettingError("settings.not_a_switch", name=name, value=value)
        return text in TRUE
    if wanted is int:
        try:
            return int(str(value))
        except ValueError:
            raise SettingError("settings.not_a_number", name=name, value=value) from None
    return Path(str(value)) if issubclass(wanted, Path) else str(value)
