"""Settings: the defaults, then ``portal.toml``, then ``PORTAL_*`` variables; the later wins.

Each field is ``name`` in ``portal.toml`` and ``PORTAL_NAME`` in the environment.
"""

from __future__ import annotations

import os
import re
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
SECURITIES: Final = ("starttls", "tls", "none")
PUBLIC_URL: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?")
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

    public_url: str = field(default="", metadata={"help": "settings.help_public_url"})
    """The portal's address as people open it, ``https://…`` without a path: what links in mails begin with."""
    trusted_proxy: bool = field(default=False, metadata={"help": "settings.help_trusted_proxy"})
    """Whether a proxy of one's own stands before it and sets X-Forwarded-For."""
    smtp_host: str = field(default="", metadata={"help": "settings.help_smtp_host"})
    """Mail server; empty sends nothing and keeps every message in the outbox."""
    smtp_port: int = field(default=587, metadata={"help": "settings.help_smtp_port"})
    smtp_security: str = field(default="starttls", metadata={"help": "settings.help_smtp_security"})
    """``starttls``, ``tls`` or ``none``."""
    smtp_user: str = field(default="", metadata={"help": "settings.help_smtp_user"})
    smtp_password: str = field(default="", repr=False, metadata={"help": "settings.help_smtp_password"})
    mail_from: str = field(default="", metadata={"help": "settings.help_mail_from"})
    """Sender's address of the portal's mails."""
    oidc_issuer: str = field(default="", metadata={"help": "settings.help_oidc_issuer"})
    """Issuer of OpenID Connect that staff sign in with; empty for none."""
    oidc_client: str = field(default="", metadata={"help": "settings.help_oidc_client"})
    oidc_secret: str = field(default="", repr=False, metadata={"help": "settings.help_oidc_secret"})
    oidc_name: str = field(default="", metadata={"help": "settings.help_oidc_name"})
    """What the button says: the name of the office's account."""
    follow: bool = field(default=False, metadata={"help": "settings.help_follow"})
    """Whether calendars and news feeds of groups are fetched from their addresses; no request leaves otherwise."""
    push: bool = field(default=False, metadata={"help": "settings.help_push"})
    """Whether browsers that ask are told what is new through their makers' push services; nothing is sent otherwise."""
    site: bool = field(default=True, metadata={"help": "settings.help_site"})
    """Whether the public pages are kept as plain files, too, in the folder ``site`` of ``home``."""

    licence: str = field(default="", metadata={"help": "settings.help_licence"})
    """Terms under which what groups and staff typed in may be used, such as ``CC BY 4.0``; empty: ask the office."""
    sessions: int = field(default=200, metadata={"help": "settings.help_sessions"})
    """So many interactive screens are open at once; whoever comes later gets the plain page. 0 is no limit."""

    @property
    def tells(self) -> bool:
        """Whether residents can be told what is new: by mail, or by their browser."""
        return bool(self.smtp_host) or self.push

    def __post_init__(self) -> None:
        """Refuse what cannot be used, naming the setting."""
        self._check_outside()
        if self.sessions < 0:
            raise SettingError("settings.below_zero", name="sessions", value=self.sessions)
        if self.basemap not in BASEMAPS:
            raise SettingError("settings.not_one_of", name="basemap", value=self.basemap, choices=", ".join(BASEMAPS))
        if self.language not in ("", *LANGUAGES):
            raise SettingError(
                "settings.not_one_of", name="language", value=self.language, choices=", ".join(LANGUAGES)
            )
        for name, port in (("port", self.port), ("smtp_port", self.smtp_port)):
            if not 0 < port < 65_536:  # noqa: PLR2004  # the span of TCP ports
                raise SettingError("settings.not_a_port", name=name, value=port)

    def _check_outside(self) -> None:
        """Refuse what could not reach others: an address with a path, mail without a sender, half of a sign-in."""
        if self.public_url and not PUBLIC_URL.fullmatch(self.public_url):
            raise SettingError("settings.not_an_origin", name="public_url", value=self.public_url)
        if self.smtp_security not in SECURITIES:
            choices = ", ".join(SECURITIES)
            raise SettingError("settings.not_one_of", name="smtp_security", value=self.smtp_security, choices=choices)
        if self.smtp_host and not self.mail_from:
            raise SettingError("settings.needs", name="smtp_host", other="mail_from")
        if self.push and not self.public_url:
            raise SettingError("settings.needs", name="push", other="public_url")
        if self.oidc_issuer and not (self.oidc_client and self.public_url):
            raise SettingError("settings.needs", name="oidc_issuer", other="oidc_client, public_url")


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
