"""The two languages of the product, and text that exists in both."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language that people read and write here."""

    EN = "en"
    RU = "ru"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text, written natively in each language."""

    en: str
    ru: str

    def get(self, language: Language) -> str:
        return self.ru if language is Language.RU else self.en


@dataclass(frozen=True, slots=True)
class LocalTexts:
    """A list of texts in each language; the two lists need not line up."""

    en: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()

    def get(self, language: Language) -> tuple[str, ...]:
        return self.ru if language is Language.RU else self.en
