"""The name under which a text's vector is kept."""

import hashlib
import unicodedata


def folded(text: str) -> str:
    """Return the text as it is encoded: NFC, runs of white space folded to one space, lone surrogates as '?'."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(unicodedata.normalize("NFC", clean).split())


def text_hash(text: str) -> str:
    """Return the SHA-256 (64 hex digits) of the folded text: texts that differ in white space only share a vector.

    >>> text_hash("say  no\\n") == text_hash("say no")
    True
    """
    return hashlib.sha256(folded(text).encode("utf-8")).hexdigest()
