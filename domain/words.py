"""Words that only this company uses: what HR teaches the search about them."""

from dataclasses import dataclass

from domain.errors import InvalidInput

MAX_TERM_CHARACTERS = 60
MAX_MEANING_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class CompanyWord:
    """A term as people type it, and what it means in plain words; both in either language.

    Raises
    ------
    InvalidInput
        Either is empty or too long, or holds no letter or digit.
    """

    term: str
    meaning: str

    def __post_init__(self) -> None:
        for name, text, longest in (
            ("term", self.term, MAX_TERM_CHARACTERS),
            ("meaning", self.meaning, MAX_MEANING_CHARACTERS),
        ):
            if not any(character.isalnum() for character in text):
                raise InvalidInput(name, "hold a word", "none", "Write what people type, and what it means.")
            if len(text) > longest:
                raise InvalidInput(name, f"have at most {longest} characters", len(text), "Shorten it.")
