"""What to change where typed words cannot be a need, in the reader's language."""

from fastapi import Request

from domain.suggestions import MAX_NEED_CHARACTERS
from web.pages import text


def what_to_change(request: Request, words: str) -> str:
    """Return the advice for words that were refused."""
    if len(words.strip()) > MAX_NEED_CHARACTERS:
        return text(request, "This is longer than 2,000 characters. Keep the one thing that matters most.")
    if any(character.isalnum() for character in words):
        return text(request, "Some of these characters are not text. Type the sentence again.")
    return text(request, "Write a sentence or two about what you want to get better at.")
