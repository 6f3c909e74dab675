"""Text of people made safe to show: plain, visible, without addresses or names, short."""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from domain.characters import CONTROL, INVISIBLE
from domain.language import Language
from prep.patterns import EMAIL, HTML, LINK, MARKDOWN, MARKDOWN_LINK, MENTION, PHONE

MAX_FACT_CHARACTERS = 600
_MOST_PASSES = 10
_RAW_CHARACTERS = 20_000  # no pattern reads more than this of a pasted wall of text
_PICTURE = re.compile("[^\\x00-\\x7f\u0400-\u04ff]")
_RUSSIAN_ENDINGS = "(?:а|я|у|ю|е|ы|и|о|ой|ей|ою|ею|ом|ем|ым|ого|его|ому|ему|ых|их|ий|ый|ая|яя|ую|юю|ин\\w{0,3}|ь)?"


@lru_cache(maxsize=4_000)
def clean_text(text: str, limit: int = MAX_FACT_CHARACTERS) -> str:
    """Return the text in NFKC, without invisible characters, markup, addresses or mentions, cut at a word to `limit`.

    Empty when nothing readable is left (emoji, punctuation, a bare link).
    """
    plain = INVISIBLE.sub("", CONTROL.sub(" ", text[:_RAW_CHARACTERS]))
    plain = INVISIBLE.sub("", _without_html(plain))
    plain = MARKDOWN_LINK.sub(r"\1", plain)
    for _ in range(_MOST_PASSES):
        before, plain = plain, _PICTURE.sub(_without_picture, MARKDOWN.sub("", _without_addresses(plain)))
        if plain == before:  # `@*ann` is no mention before its star is gone
            break
    plain = re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", " ".join(plain.split()))
    return cut_at_word(plain, limit) if re.search(r"[^\W\d_]{2}", plain) else ""


def _without_addresses(text: str) -> str:
    for pattern in (EMAIL, LINK, PHONE, MENTION):
        text = pattern.sub(" ", text)
    return text


def _without_picture(match: re.Match[str]) -> str:
    return " " if unicodedata.category(match.group()) in ("So", "Sk", "Cs", "Co", "Cn") else match.group()


def _without_html(text: str) -> str:
    for _ in range(3):  # entities and wide letters hide tags, also twice: `&amp;lt;b&gt;`
        text = HTML.sub(" ", unicodedata.normalize("NFKC", html.unescape(text)))
    return text


def cut_at_word(text: str, limit: int) -> str:
    """Return the text, or its beginning up to a word's end with an ellipsis, at most `limit` characters."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return head[: cut if cut > 0 else limit - 1].rstrip(" ,;:—–-(«“") + "…"


def with_quotation_marks(text: str, language: Language) -> str:
    """Return a sentence of the catalog, cleaned, straight quotation marks set as the language writes them."""
    marks = r"«\1»" if language is Language.RU else r"“\1”"
    return re.sub(r'"([^"]+)"', marks, clean_text(text))


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless its first word is an abbreviation or "I"."""
    return text if text[1:2].isupper() or text.startswith("I ") else text[:1].lower() + text[1:]


def replace_names(text: str, names: Iterable[str], role_word: str) -> str:
    """Return the text with each name (also by its parts, and in Russian cases) replaced by the role word."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) >= 2}
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        text = _name_pattern(part).sub(role_word, text)
    doubled = rf"{re.escape(role_word)}(?:\s+{re.escape(role_word)})+"
    return re.sub(doubled, role_word, text)


def _name_pattern(name: str) -> re.Pattern[str]:
    if not re.search("[а-яё]", name, re.I):
        return re.compile(rf"\b{re.escape(name)}\b", re.I if len(name) > 3 else 0)
    stem = re.sub("(?:ий|ый|ая|яя|[аяйьеоыи])$", "", name)
    stem = stem if len(stem) >= 2 else name
    return re.compile(rf"\b{re.escape(stem)}{_RUSSIAN_ENDINGS}\b")
