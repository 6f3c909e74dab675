"""Company words: terms that only this company uses, each with its meaning."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from domain.words import CompanyWord
from store.rows import upsert
from store.tables import company_words
from store.work import Work


class CompanyWordQueries:
    """Queries for company words, by a key that all spellings of a term share."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def all(self) -> dict[str, CompanyWord]:
        """Return every word by its key, ordered by term."""
        query = select(company_words).order_by(company_words.c.term, company_words.c.key)
        rows = self._work.connection.execute(query).mappings()
        return {row["key"]: CompanyWord(row["term"], row["meaning"]) for row in rows}

    def save(self, words: Mapping[str, CompanyWord]) -> int:
        """Keep the words, replacing those of the same keys; return how many changed."""
        stored = self.all()
        changed = {key: word for key, word in words.items() if stored.get(key) != word}
        rows = [{"key": key, "term": word.term, "meaning": word.meaning} for key, word in sorted(changed.items())]
        upsert(self._work.writing, company_words, rows)
        return len(changed)

    def remove(self, key: str) -> bool:
        """Forget the word of this key; return whether there was one."""
        return bool(self._work.writing.execute(delete(company_words).where(company_words.c.key == key)).rowcount)
