"""A real mail server on loopback: keeps what it is handed, or refuses as told."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "halfhour", "a password of the tests"


@dataclass
class Inbox:
    """What the server took, and what it answers: to a recipient, and to a whole mail."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_mail: str = "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.to_mail.startswith("250"):
            content = cast(bytes, envelope.content)
            self.mails.append(cast(EmailMessage, message_from_bytes(content, policy=default)))
            self.recipients.append(envelope.rcpt_tos)
        return self.to_mail

    def check(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        is_right = isinstance(given, LoginPassword) and given.password == PASSWORD.encode()
        if is_right:
            self.logins.append(given.login.decode())
        return AuthResult(success=is_right, handled=False)


@contextmanager
def mail_server(certificate: Path | None = None, *, is_tls_from_the_start: bool = False) -> Iterator[Inbox]:
    """Yield the inbox of a running server; with a certificate it wants encryption and a password."""
    inbox = Inbox(port=_free_port())
    controller = Controller(
        inbox, hostname="127.0.0.1", port=inbox.port, **_options(inbox, certificate, is_tls_from_the_start)
    )
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def a_certificate(folder: Path) -> Path:
    """Make a key and a certificate of 127.0.0.1, signed by itself, in one file; return the file."""
    key, certificate, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subjects = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *subjects], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both


def _options(inbox: Inbox, certificate: Path | None, is_tls_from_the_start: bool) -> dict[str, Any]:
    if certificate is None:
        return {}
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    if is_tls_from_the_start:
        return {"authenticator": inbox.check, "ssl_context": tls, "auth_require_tls": False}
    return {"authenticator": inbox.check, "auth_required": True, "tls_context": tls, "require_starttls": True}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
