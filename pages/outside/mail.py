"""Mail by SMTP, to the one server of the settings; without one nothing is sent and the outbox keeps everything."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, make_msgid
from functools import partial
from typing import TYPE_CHECKING, Final

from portal import outbox
from portal.errors import OutsideError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from portal.model.message import Message
    from portal.settings import Settings
    from portal.store import Store

TIME_S: Final = 20
"""For each answer of the server."""
log = logging.getLogger(__name__)


class _WholeLists(EmailPolicy):
    """Headers of mailing lists (RFC 2369, RFC 8058) on one line: folded, a long address would be written as words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it is sent."""
        if name.lower().startswith("list-"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY: Final = _WholeLists(linesep=SMTP.linesep)


def deliver(store: Store, settings: Settings, now: datetime) -> int:
    """Send what waits in the outbox; how many were sent. Without a mail server what waits is kept."""
    return outbox.deliver(store, sender(settings), now)


def sender(settings: Settings, trust: ssl.SSLContext | None = None) -> Callable[[Message], None] | None:
    """What sends one message by the settings' server; None where none is set.

    ``trust`` says which certificates count; without it those that the machine trusts.
    """
    return partial(send, settings, trust or ssl.create_default_context()) if settings.smtp_host else None


def send(settings: Settings, trust: ssl.SSLContext, message: Message) -> None:
    """Hand one message to the server; raises OutsideError when it was not taken."""
    try:
        with _connected(settings, trust) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(letter(settings, message))
    except smtplib.SMTPAuthenticationError as error:
        raise _noted("mail.problem_login", error) from None
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        raise _noted("mail.problem_refused", error) from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _noted("mail.problem_unreachable", error) from None


def letter(settings: Settings, message: Message) -> EmailMessage:
    """The message as a mail: plain text, each header one header whatever stands in it (the policy refuses breaks)."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(settings.title, addr_spec=settings.mail_from)
    mail["To"] = Address(addr_spec=message.to)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.made_at)
    mail["Message-ID"] = make_msgid(message.id, settings.mail_from.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices, please
    for name, value in message.headers.items():
        mail[name] = value
    mail.set_content(message.body)
    return mail


def _connected(settings: Settings, trust: ssl.SSLContext) -> smtplib.SMTP:
    place = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(*place, timeout=TIME_S, context=trust)
    server = smtplib.SMTP(*place, timeout=TIME_S)
    if settings.smtp_security == "starttls":
        try:
            server.starttls(context=trust)
        except BaseException:
            server.close()
            raise
    return server


def _noted(key: str, error: Exception) -> OutsideError:
    """The error for the outbox; the server's own words go to the log, but where they may name who is written to."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        words = ", ".join(str(code) for code, _ in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException) and key != "mail.problem_login":
        words = str(error.smtp_code)
    else:
        words = str(error)
    log.warning("a mail was not taken: %s %s", type(error).__name__, words)
    return OutsideError(key)
