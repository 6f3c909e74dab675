"""Mail: what a mail is, the port that sends it, and the counterpart that sends nothing."""

import hashlib
import logging
import unicodedata
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import Protocol

from domain.errors import InvalidInput
from domain.jobs import JobFailed
from integrations.calendar import Method

MAX_SUBJECT_CHARACTERS = 200

log = logging.getLogger(__name__)


class MailFailed(JobFailed):
    """The mail did not leave; trying again may help or not."""


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An invitation within a mail: the text of `ical.invitation`, and what it asks for.

    Raises
    ------
    InvalidInput
        If the text asks for something else. Source: RFC 6047, 2.4: both must say the same.
    """

    text: str = field(repr=False)
    method: Method

    def __post_init__(self) -> None:
        if f"METHOD:{self.method}" not in self.text.splitlines():
            raise InvalidInput("calendar text", f"ask for {self.method}", "another method")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person.

    Parameters
    ----------
    key
        Names the effect: the same mail sent again carries the same Message-ID, so that mailboxes can tell.
    html
        The same words once more with markup; "" for plain text only.
    calendar
        An invitation, or its end; None for none.

    Raises
    ------
    InvalidInput
        If the address is none, or a line break or another control character would get into a header.
    """

    key: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    calendar: CalendarPart | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        check_address("mail address", self.to)
        if not 1 <= len(self.subject) <= MAX_SUBJECT_CHARACTERS or _has_control(self.subject):
            rule = f"be one line of 1 to {MAX_SUBJECT_CHARACTERS} characters"
            raise InvalidInput("mail subject", rule, f"{len(self.subject)} characters", "Leave out line breaks.")

    @property
    def token(self) -> str:
        """The key as a pseudonym: what a Message-ID or a log may hold."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]


class Mailer(Protocol):
    """Sends mail, one at a time; raises MailFailed when it did not leave."""

    def send(self, mail: Mail) -> None: ...


class NullMailer:
    """Sends nothing: stands where no server is configured."""

    def send(self, mail: Mail) -> None:
        log.info("mail %s is not sent: no mail server is configured", mail.token)


def check_address(name: str, address: str) -> Address:
    """Return the parts of an e-mail address, with or without a name before it in angle brackets; never show it.

    Raises
    ------
    InvalidInput
        If it is not one address.
    """
    try:
        if _has_control(address):
            raise ValueError
        display, _, rest = address.rpartition("<")
        parsed = Address(display.strip(' "'), addr_spec=rest.removesuffix(">") if display else address)
    except (ValueError, IndexError, HeaderParseError):
        raise InvalidInput(name, "be one e-mail address", f"{len(address)} characters") from None
    if not parsed.username or not parsed.domain:
        raise InvalidInput(name, "be one e-mail address", f"{len(address)} characters")
    return parsed


def _has_control(text: str) -> bool:
    # line and paragraph separators end a line too for some readers
    return any(unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs") for character in text)
