"""Mail by SMTP: one connection per mail, encrypted unless told otherwise."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from functools import partial

from domain.errors import InvalidInput
from integrations.mail import CalendarPart, Mail, MailFailed, check_address

TIMEOUT_SECONDS = 10.0  # for each answer of the server
_PERMANENT = 500
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Security(StrEnum):
    """How the connection is encrypted: after a greeting in the clear, from the first byte, or not at all."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where to hand mail in; without a user nobody logs in.

    Raises
    ------
    InvalidInput
        If a password would travel unencrypted beyond this machine.
    """

    host: str
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.user and self.security is Security.NONE and self.host not in _LOOPBACK:
            action = "Or leave HALFHOUR_SMTP_USER empty."
            raise InvalidInput("HALFHOUR_SMTP_SECURITY", "be starttls or tls with a password", self.security, action)


class SmtpMailer:
    """Sends mail by a server, from one address.

    Parameters
    ----------
    sender
        An address, with or without a name: `Halfhour <halfhour@example.org>`.
    tls
        Which certificates to trust; None for those that the system trusts.
    """

    def __init__(
        self, server: SmtpServer, sender: str, clock: Callable[[], datetime], tls: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._clock = server, clock
        self._sender = check_address("HALFHOUR_SMTP_FROM", sender)
        self._tls = tls or ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        """Hand the mail to the server.

        Raises
        ------
        MailFailed
            If the server was not reached, or refused; its words are not repeated, they may hold the address.
        """
        message = self._message(mail)
        with _named_faults(), self._connection() as connection:
            connection.send_message(message)

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = check_address("mail address", mail.to)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = f"<{mail.token}@{self._sender.domain}>"
        # keeps out-of-office answers from answering. Source: RFC 3834
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        if mail.html:
            message.add_alternative(mail.html, subtype="html")
        if mail.calendar:
            _invite(message, mail.calendar)
        return message

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        server, is_tls = self._server, self._server.security is Security.TLS
        opened = partial(smtplib.SMTP_SSL, context=self._tls) if is_tls else smtplib.SMTP
        # introduced by the sender's domain: asking the system for this machine's own name may take a minute
        name, timeout = self._sender.domain, TIMEOUT_SECONDS
        with opened(server.host, server.port, local_hostname=name, timeout=timeout) as connection:
            if server.security is Security.STARTTLS:
                connection.starttls(context=self._tls)
            if server.user:
                connection.login(server.user, server.password)
            yield connection


def _invite(message: EmailMessage, calendar: CalendarPart) -> None:
    """Put the invitation in twice: as what Outlook and Gmail show with buttons, and as the file that Apple opens.

    Sources: RFC 6047, 2.4 for the alternative and its method; github.com/nextcloud/mail/pull/12790 for both together,
    as Google's own invitations have them.
    """
    message.add_alternative(calendar.text, subtype="calendar", params={"method": str(calendar.method)})
    message.add_attachment(calendar.text.encode(), maintype="application", subtype="ics", filename="invite.ics")


@contextmanager
def _named_faults() -> Iterator[None]:
    """Turn what smtplib raises into a code."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        ((code, _),) = refused.recipients.values()
        raise _failed(code) from None
    except smtplib.SMTPAuthenticationError:
        # somebody will mend the password: the mail waits
        raise MailFailed("smtp.login") from None
    except smtplib.SMTPResponseException as answered:
        raise _failed(answered.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        # no encryption where it is asked for, or no letters beyond English in an address
        raise MailFailed("smtp.unsupported") from None
    except OSError:  # the other errors of smtplib too: all say that the conversation broke off
        raise MailFailed("smtp.unreachable") from None


def _failed(code: int) -> MailFailed:
    return MailFailed(f"smtp.{max(code, 0)}", may_retry=code < _PERMANENT)
