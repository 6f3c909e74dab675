"""What every mailer does, the real one and the null one; a test class inherits it and gives a `mailer`."""

import logging
from typing import Any

import pytest

from domain.errors import InvalidInput
from integrations.calendar import Method
from integrations.mail import MAX_SUBJECT_CHARACTERS, CalendarPart, Mail, Mailer
from tests.integrations.events import an_invitation

ADDRESS, SUBJECT, WORDS = "nora.quist@example.org", "Your agenda: «Делегирование»", "I end up doing everyone's work"


def a_mail(**changes: Any) -> Mail:
    """Return a mail in two languages, as text and HTML."""
    fields: dict[str, Any] = {
        "key": "agenda:s1:1",
        "to": ADDRESS,
        "subject": SUBJECT,
        "text": WORDS,
        "html": f"<p>{WORDS}</p>",
    }
    return Mail(**{**fields, **changes})


class MailerContract:
    def test_a_mail_may_be_sent_and_sent_again(self, mailer: Mailer) -> None:
        mailer.send(a_mail())
        mailer.send(a_mail())
        mailer.send(a_mail(html=""))
        mailer.send(a_mail(calendar=CalendarPart(an_invitation(), Method.REQUEST)))

    def test_no_personal_word_gets_into_the_log(self, mailer: Mailer, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, logger="integrations")
        mailer.send(a_mail())
        said = [record.getMessage() for record in caplog.records if record.name.startswith("integrations")]
        assert all(word not in line for word in (ADDRESS, SUBJECT, WORDS, "agenda:s1:1") for line in said)

    @pytest.mark.parametrize(
        "subject",
        ["Hello\r\nBcc: all@example.org", "Hello\nthere", "a\x00b", "a\u2028b", "", "x" * (MAX_SUBJECT_CHARACTERS + 1)],
    )
    def test_no_subject_gets_into_another_header(self, mailer: Mailer, subject: str) -> None:
        with pytest.raises(InvalidInput, match="mail subject must be one line of 1 to 200 characters"):
            mailer.send(a_mail(subject=subject))

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "nora",
            "nora@",
            "@example.org",
            "nora@example.org\r\nBcc: all@example.org",
            "nora@example.org, all@example.org",
            "Nora <nora@example.org>, all@example.org",
            "nora quist@example.org",
            "Nora\u2028Quist <nora@example.org>",
        ],
    )
    def test_an_address_is_one_address_and_is_never_shown(self, mailer: Mailer, address: str) -> None:
        with pytest.raises(InvalidInput, match=r"mail address must be one e-mail address, got \d+ characters") as fault:
            mailer.send(a_mail(to=address))
        assert not address or address not in str(fault.value)
