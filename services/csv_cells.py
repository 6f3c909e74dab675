"""Cells of exported tables: what a spreadsheet would take for a formula is made plain text."""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would run it; numbers stay as they are.

    Source: OWASP, CSV injection.
    """
    if not text.startswith(_STARTS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()
