"""Mail over SMTP, against real servers on this machine."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pages.outside import mail
from portal import outbox
from portal.errors import OutsideError
from portal.model.message import Delivery, Message
from portal.settings import Settings
from portal.store import Put
from tests.portal.people import NOW, later

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MESSAGE = Message(
    "message-1", "hanako@example.jp", "パスワードの再設定", "一行目\n二行目 https://ibasho.example/x\n", NOW
)
LOGIN = ("portal", "the mail server's password")


class Box:
    """What a server took; ``answers`` are given first, one a message."""

    def __init__(self, *answers: str) -> None:
        """Take everything once the answers are used up."""
        self.answers = list(answers)
        self.taken = []

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802  # the name that the server calls
        """Take a message, or answer as was said."""
        if self.answers:
            return self.answers.pop(0)
        self.taken.append((envelope, session.ssl is not None))
        return "250 taken"

    @property
    def mails(self):
        """The messages, read as a mail program does."""
        return [message_from_bytes(envelope.content, policy=default) for envelope, _ in self.taken]


@contextmanager
def served(box: Box, **options) -> Iterator[Settings]:
    """A server with this box; the settings that lead to it."""

    class Here(Controller):
        def factory(self):
            return SMTP(self.handler, **options)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Here(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield settings(port)
    finally:
        controller.stop()


def settings(port: int, **values) -> Settings:
    """Settings with a mail server at ``port`` of this machine."""
    known = {"smtp_host": "127.0.0.1", "smtp_security": "none", "mail_from": "portal@ibasho.example", **values}
    return Settings(smtp_port=port, **known)


@pytest.fixture(scope="module")
def certified(tmp_path_factory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate of 127.0.0.1 that was just made: the server's side, and that of who trusts it."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=folder / "cert.pem")


def test_a_message_arrives_as_it_was_written():
    """Japanese in subject and body, one sender, one recipient, plain text, not to be answered by machines."""
    box = Box()
    with served(box) as known:
        mail.sender(known)(MESSAGE)
    [sent] = box.mails
    assert (sent["Subject"], sent["To"]) == (MESSAGE.subject, MESSAGE.to)
    assert sent["From"].addresses[0].addr_spec == "portal@ibasho.example"
    assert sent["From"].addresses[0].display_name == "いばしょ"
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content().replace("\r\n", "\n") == MESSAGE.body
    assert sent["Auto-Submitted"] == "auto-generated"
    assert box.taken[0][0].rcpt_tos == [MESSAGE.to]


@pytest.mark.parametrize(
    "name", ["会\r\nBcc: x@evil.example", "会\nX-Evil: 1", "会\r\n\r\nanother body", "会\u2028Bcc: x"]
)
def test_a_name_never_begins_a_header(name):
    """A line break in a group's name, in the subject or in the portal's name adds neither header nor recipient."""
    message = outbox.write(
        "mail.invite_group", "ja", MESSAGE.to, "https://ibasho.example", now=NOW, name=name, by=name, link=""
    )
    box = Box()
    with served(box) as known:
        mail.sender(known)(message)
    [sent] = box.mails
    assert not {"bcc", "x-evil"} & {header.lower() for header in sent.keys()}  # noqa: SIM118  # a mail's keys may repeat
    assert box.taken[0][0].rcpt_tos == [MESSAGE.to]
    with served(Box()) as known, pytest.raises(OutsideError):
        mail.sender(replace(known, title=name + "\r\nBcc: y@evil.example"))(message)


def test_starttls_is_used_and_the_certificate_checked(certified):
    """The message travels encrypted; a certificate that nobody vouches for sends nothing."""
    server, trust = certified
    box = Box()
    with served(box, tls_context=server, require_starttls=True) as known:
        mail.sender(replace(known, smtp_security="starttls"), trust)(MESSAGE)
        with pytest.raises(OutsideError, match=r"mail\.problem_unreachable"):
            mail.sender(replace(known, smtp_security="starttls"))(MESSAGE)
    assert [secret for _, secret in box.taken] == [True]


def test_a_server_without_starttls_gets_nothing():
    """Where encryption is asked for, nothing is sent without it."""
    box = Box()
    with served(box) as known, pytest.raises(OutsideError):
        mail.sender(replace(known, smtp_security="starttls"))(MESSAGE)
    assert box.taken == []


@pytest.mark.parametrize("right", [True, False])
def test_a_login_is_made_where_one_is_set(certified, right):
    """The server sees user and password over TLS; refused, the outbox says which settings to check."""
    server, trust = certified
    seen = []

    def authenticate(_server, _session, _envelope, _mechanism, given):
        seen.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=right, handled=right)

    box = Box()
    options = {"tls_context": server, "auth_required": True, "authenticator": authenticate}
    with served(box, **options) as known:
        send = mail.sender(replace(known, smtp_security="starttls", smtp_user=LOGIN[0], smtp_password=LOGIN[1]), trust)
        if right:
            send(MESSAGE)
        else:
            with pytest.raises(OutsideError, match=r"mail\.problem_login"):
                send(MESSAGE)
    assert LOGIN in seen
    assert len(box.taken) == right


def test_what_a_server_puts_off_is_accepted_later(store):
    """A 4xx leaves the message waiting; at the next try it is taken, once."""
    store.apply([Put(MESSAGE)])
    box = Box("451 come back later")
    with served(box) as known:
        assert mail.deliver(store, known, NOW) == 0
        assert store.messages()[0].problem == "mail.problem_refused"
        assert mail.deliver(store, known, later(minutes=1)) == 1
        assert mail.deliver(store, known, later(minutes=9)) == 0
    assert len(box.taken) == 1
    assert store.messages()[0].state is Delivery.SENT


def test_a_server_that_is_not_there_is_said(store):
    """Nothing is lost; the outbox says that the server cannot be reached."""
    store.apply([Put(MESSAGE)])
    assert mail.deliver(store, settings(9), NOW) == 0
    assert store.messages()[0].problem == "mail.problem_unreachable"
    assert store.messages()[0].state is Delivery.WAITING


def test_with_no_server_set_nothing_leaves(store):
    """There is nothing to send with, and what waits is kept."""
    store.apply([Put(MESSAGE)])
    assert mail.sender(Settings()) is None
    assert mail.deliver(store, Settings(), NOW) == 0
    assert store.messages()[0].state is Delivery.KEPT
