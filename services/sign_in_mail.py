"""A link that signs in, by mail: asked for in the same way for every address, made and sent by a job."""

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.errors import NotFound
from domain.language import LocalText
from domain.people import Person
from integrations.mail import Mail, NullMailer
from services.access import LINK_MINUTES, create_sign_in_token
from services.context import Context
from services.notices.letter import Letter
from store import unit_of_work

SIGN_IN_LINK = "sign_in_link"
PATIENCE = timedelta(hours=1)  # whoever asked longer ago has given up, or asked again
_SUBJECT = LocalText("Your link to sign in", "Ссылка для входа")
_OPENING = LocalText(
    "Somebody, most likely you, asked for a link to sign in to Halfhour. It works once, for {minutes} minutes.",
    "Кто-то, скорее всего вы, запросил ссылку для входа в Halfhour. Она сработает один раз, в течение {minutes} минут.",
)
_ACTION = LocalText("Sign in", "Войти")
_CLOSING = LocalText(
    "If it was not you, do nothing: without this mail nobody gets in.",
    "Если это были не вы, ничего не делайте: без этого письма никто не войдёт.",
)

log = logging.getLogger(__name__)


def has_mail(context: Context) -> bool:
    """Say whether a mail server is set up."""
    return not isinstance(context.mailer, NullMailer)


def ask_for_link(context: Context, email: str) -> None:
    """Let a link be sent to the address, if it is that of an active person.

    The work is the same for every address, one look-up and one job, so that neither the answer nor its time tells
    whose it is. The job holds no address: who is not known is nobody.
    """
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        person = store.people.by_email(email)
        asked = secrets.token_hex(8)
        payload = {"person_id": person.id if person else "", "asked": asked, "asked_at": now.isoformat()}
        store.jobs.add(SIGN_IN_LINK, f"{SIGN_IN_LINK}:{asked}", payload, now)


def send_link(context: Context, payload: Mapping[str, Any]) -> None:
    """Make a link and mail it; nothing for nobody, for who has left, and once it is late. Run by a worker.

    Raises
    ------
    MailFailed
        If the mail did not leave: the next attempt makes another link.
    """
    person, now = _person(context, str(payload["person_id"])), context.clock()
    if person is None or now - datetime.fromisoformat(str(payload["asked_at"])) > PATIENCE:
        log.info("a sign-in link is not sent: nobody is waiting for it")
        return
    link = context.links.url(f"/sign-in/{create_sign_in_token(context.engine, person.id, now)}")
    letter = _letter(person, link)
    key = f"{SIGN_IN_LINK}:{payload['asked']}"
    context.mailer.send(Mail(key, person.email, letter.subject, letter.text(), letter.html()))


def _person(context: Context, person_id: str) -> Person | None:
    if not person_id:
        return None
    try:
        with unit_of_work(context.engine) as store:
            person = store.people.get(person_id)
    except NotFound:
        return None
    return person if person.is_active else None


def _letter(person: Person, link: str) -> Letter:
    language = person.locale
    opening = _OPENING.get(language).format(minutes=LINK_MINUTES)
    return Letter(
        _SUBJECT.get(language), language, opening, _ACTION.get(language), link, closing=_CLOSING.get(language)
    )
