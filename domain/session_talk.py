"""What people write around a session: notes in its room, messages of a chat, how the step after it went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidInput

MAX_NOTE_CHARACTERS = 20_000
MAX_MESSAGE_CHARACTERS = 4_000
MAX_STEP_CHARACTERS = 500


class StepAnswer(StrEnum):
    """What somebody says about the next step of a session some time later."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class SessionNote:
    """One person's own section of notes on one session: shared with everybody in it, or for nobody else.

    Parameters
    ----------
    revision
        Rises with every change, so that two windows of the same person do not overwrite each other; 0 for nothing kept.
    """

    session_id: str
    author_id: str
    is_shared: bool
    text: str
    revision: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message of a chat consult."""

    id: str
    session_id: str
    author_id: str
    text: str
    at: datetime


def check_note(text: str) -> str:
    """Return the note with plain line ends; raise InvalidInput when it is too long or holds control characters."""
    return _checked("note", text, MAX_NOTE_CHARACTERS)


def check_message(text: str) -> str:
    """Return the message trimmed; raise InvalidInput when it is empty or as `check_note` does."""
    message = _checked("message", text.strip(), MAX_MESSAGE_CHARACTERS)
    if not message:
        raise InvalidInput("message", "hold a few words", "nothing", "Write what you want to ask or say.")
    return message


def check_step(text: str) -> str:
    """Return the next step on one line, "" for none; raise InvalidInput as `check_note` does."""
    return _checked("next step", " ".join(text.split()), MAX_STEP_CHARACTERS)


def check_still_open(text: str) -> str:
    """Return what is still open trimmed, "" for nothing; raise InvalidInput as `check_note` does."""
    return _checked("still open", text.strip(), MAX_MESSAGE_CHARACTERS)


def _checked(name: str, text: str, longest: int) -> str:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput(name, "be plain text", "control characters", "Remove them and send it again.")
    plain = text.replace("\r\n", "\n")  # as a browser's form sends it
    if len(plain) > longest:
        got = f"{len(plain)} characters"
        raise InvalidInput(name, f"be at most {longest} characters", got, "Shorten it and send it again.")
    return plain
