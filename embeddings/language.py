"""Which of our two languages a text is written in."""

from domain.language import Language


def detect_language(text: str) -> Language:
    """Return Russian when at least a third of the Latin and Cyrillic letters are Cyrillic, else English.

    The bar is below a half on purpose: Russian at work is full of English terms, English never holds Russian ones.

    >>> detect_language("Хочу нормальный code review").value
    'ru'
    >>> detect_language("2 + 2").value
    'en'
    """
    cyrillic = sum("а" <= letter <= "я" or letter == "ё" for letter in text.casefold())
    latin = sum("a" <= letter <= "z" for letter in text.casefold())
    return Language.RU if cyrillic and cyrillic * 2 >= latin else Language.EN
