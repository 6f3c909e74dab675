"""Cells that no spreadsheet takes for a formula when a file is opened, and back."""

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def neutral_cell(text: str) -> str:
    """Return the text so that a spreadsheet shows it and computes nothing. Source: OWASP, CSV injection.

    >>> neutral_cell("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def plain_cell(text: str) -> str:
    """Return what `neutral_cell` was made from, so that a file which was exported changes nothing when it comes back.

    >>> plain_cell("'=1+1"), plain_cell("'s morgens")
    ('=1+1', "'s morgens")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_BEGINNINGS) else text
