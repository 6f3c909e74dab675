"""Who has left and was forgotten: one row per person, so that sessions of others stay whole, and nothing else."""

from dataclasses import replace

from domain.language import Language, LocalText
from domain.people import Person

FORMER = LocalText("A former colleague", "Бывший коллега")
_MARK = "former-"


def former_person(key: str) -> Person:
    """Return the stand-in under this random key: no name, no address, nobody who could sign in."""
    person_id = f"{_MARK}{key}"
    stand_in = Person(person_id, FORMER.en, f"{person_id}@former.invalid", Language.EN, frozenset(), "UTC", "")
    return replace(stand_in, roles=frozenset(), is_active=False)


def shown_name(person: Person, language: Language) -> str:
    """Return the person's name; for a stand-in, that it was a colleague once."""
    return FORMER.get(language) if is_former(person.id) else person.name


def is_former(person_id: str) -> bool:
    """Say whether this is the id of a stand-in."""
    return person_id.startswith(_MARK)
