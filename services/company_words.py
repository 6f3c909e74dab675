"""Company words: HR adds, imports and removes them; they are read from the next index refresh on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ImportRejected, InvalidInput
from domain.words import MAX_MEANING_CHARACTERS, MAX_TERM_CHARACTERS, CompanyWord
from embeddings import CompanyWords, Encoder, SpellingEncoder, term_key, text_hash
from services.cells import Cells
from services.sheets import Row, read_table
from store import Engine, Store, unit_of_work


@dataclass(frozen=True, slots=True)
class WordsPage:
    """All company words by term, and whether a change among them waits for the next refresh."""

    words: tuple[CompanyWord, ...]
    is_waiting: bool


REQUIRED = ("term", "meaning")
_SEPARATOR = " "  # never within a word, so a key tells its words apart


def key_of(term: str) -> str:
    """Return the key under which all spellings of a term are kept."""
    return _SEPARATOR.join(term_key(term))


def add_company_word(engine: Engine, term: str, meaning: str) -> CompanyWord:
    """Keep a word, or give the one with this term a new meaning.

    Raises
    ------
    InvalidInput
        Term or meaning is empty or too long, or the meanings would lead round in a circle.
    """
    word = CompanyWord(" ".join(term.split()), " ".join(meaning.split()))
    with unit_of_work(engine, write=True) as store:
        CompanyWords({**store.company_words.all(), key_of(word.term): word}.values())
        store.company_words.save({key_of(word.term): word})
    return word


def remove_company_word(engine: Engine, term: str) -> bool:
    """Forget a word; return whether it was there."""
    with unit_of_work(engine, write=True) as store:
        return store.company_words.remove(key_of(term))


def import_company_words(engine: Engine, path: Path) -> int:
    """Import the words of a CSV or XLSX file with the columns term and meaning; return how many changed.

    Raises
    ------
    ImportRejected
        Any row is wrong: empty, too long, twice, or its meaning leads back to its own term; each is named.
    """
    table = read_table(path)
    cells = Cells(table)
    cells.check_columns(REQUIRED, ())
    with unit_of_work(engine, write=True) as store:
        rows = [] if cells.problems else list(table.rows)
        kept = store.company_words.all()
        read = _read_rows(cells, rows)
        if not cells.problems:
            _note_circles(cells, kept, read)
        if cells.problems:
            raise ImportRejected(table.filename, cells.problems)
        return store.company_words.save({key: word for key, (_, word) in read.items()})


def company_words(store: Store) -> CompanyWords:
    """Return the words as HR keeps them now."""
    return CompanyWords(store.company_words.all().values())


def words_page(engine: Engine, encoder_id: str) -> WordsPage:
    """Return the words as HR sees them."""
    with unit_of_work(engine) as store:
        kept = company_words(store).words
        return WordsPage(kept, kept != words_in_use(store, encoder_id).words)


def words_in_use(store: Store, encoder_id: str) -> CompanyWords:
    """Return the words that this encoder's stored vectors were made with."""
    kept = store.get_setting(_setting(encoder_id), [])
    return CompanyWords(CompanyWord(term, meaning) for term, meaning in kept)


def take_into_use(store: Store, encoder_id: str, words: CompanyWords) -> None:
    """Note that this encoder's stored vectors are made with these words."""
    store.put_setting(_setting(encoder_id), [[word.term, word.meaning] for word in words.words])


def reading_encoder(encoder: Encoder, words: CompanyWords) -> Encoder:
    """Return the encoder, reading these words by their meaning."""
    return SpellingEncoder(encoder, words) if words else encoder


def read_otherwise(texts: Iterable[str], before: CompanyWords, now: CompanyWords) -> set[str]:
    """Return the hashes of the texts that the new words change."""
    if before.words == now.words:
        return set()
    return {text_hash(text) for text in texts if before.spell_out(text) != now.spell_out(text)}


def _read_rows(cells: Cells, rows: Iterable[Row]) -> dict[str, tuple[int, CompanyWord]]:
    """Return row number and word by key, noting what is wrong."""
    read: dict[str, tuple[int, CompanyWord]] = {}
    for row in rows:
        term = cells.text(row, "term", required=True, longest=MAX_TERM_CHARACTERS)
        meaning = cells.text(row, "meaning", required=True, longest=MAX_MEANING_CHARACTERS)
        try:
            word = CompanyWord(term, meaning)
        except InvalidInput as error:
            if term and meaning and len(term) <= MAX_TERM_CHARACTERS and len(meaning) <= MAX_MEANING_CHARACTERS:
                cells.note(row.number, error.name, f"must {error.rule}")
            continue
        if key_of(term) in read:
            cells.note(row.number, "term", f"“{term}” stands in row {read[key_of(term)][0]} already")
        read[key_of(term)] = row.number, word
    return read


def _note_circles(cells: Cells, kept: dict[str, CompanyWord], read: dict[str, tuple[int, CompanyWord]]) -> None:
    """Note the first row, in the order of the file, with which the meanings lead round in a circle."""
    words = dict(kept)
    for key, (number, word) in read.items():
        words[key] = word
        try:
            CompanyWords(words.values())
        except InvalidInput as error:
            cells.note(number, "meaning", f"must {error.rule}, got {error.got}")
            return


def _setting(encoder_id: str) -> str:
    return f"company_words:{encoder_id}"
