"""What a derived file was made from, as one number: a file of another number is stale."""

import hashlib
from collections.abc import Iterable

from embeddings import CompanyWords

INDEX_COUNTER = "index_counter"


def fingerprint(hashes: Iterable[str], words: CompanyWords) -> int:
    """Return a number that says which texts an index holds and with which company words they were read.

    An index file of another content is stale.
    """
    told = [f"{word.term}\t{word.meaning}" for word in words.words]
    return int.from_bytes(hashlib.sha256("\n".join((*hashes, *told)).encode()).digest()[:7], "big")
