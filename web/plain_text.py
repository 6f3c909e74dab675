"""Text from outside that can be kept and looked up: no NUL, which PostgreSQL refuses, and no half characters."""

from typing import Annotated

from pydantic import AfterValidator


def check_plain(text: str) -> str:
    """Return the text; raise ValueError when it holds NUL or a lone surrogate."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must be plain text, without control characters")
    return text


PlainText = Annotated[str, AfterValidator(check_plain)]


def readable(text: str) -> str:
    """Return typed text as a page can show it again: without NUL and half characters, all else as it was."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
