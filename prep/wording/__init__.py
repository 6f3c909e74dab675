"""The template drafter's own sentences, written natively in each language."""

from domain.language import Language
from prep.wording.english import ENGLISH
from prep.wording.russian import RUSSIAN
from prep.wording.slots import Deliverable, Wording

__all__ = ["Deliverable", "Wording", "wording_of"]


def wording_of(language: Language) -> Wording:
    """Return the sentences of a language."""
    return RUSSIAN if language is Language.RU else ENGLISH
