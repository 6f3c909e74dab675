"""Names of demo people and the addresses made from them."""

import re
import unicodedata
from random import Random

from services.demo.texts import Circle, Gender

_TRIES = 60
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
_STROKED = str.maketrans({"ł": "l", "ø": "o", "ß": "ss"})


class NameGiver:
    """Gives full names, each once while the circles have unused ones, and addresses, each once for good."""

    def __init__(self, rng: Random, mail_domain: str) -> None:
        self._rng = rng
        self._mail_domain = mail_domain
        self._names: set[str] = set()
        self._addresses: set[str] = set()

    def name(self, circles: tuple[Circle, ...], gender: Gender) -> str:
        """Return a full name whose parts go together."""
        name = self._draw(circles, gender)
        for _ in range(_TRIES):
            if name not in self._names:
                break
            name = self._draw(circles, gender)
        self._names.add(name)
        return name

    def address(self, name: str) -> str:
        """Return an address made from the name, numbered from 2 on where the name is taken."""
        stem = address_stem(name)
        address, number = f"{stem}@{self._mail_domain}", 2
        while address in self._addresses:
            address, number = f"{stem}{number}@{self._mail_domain}", number + 1
        self._addresses.add(address)
        return address

    def _draw(self, circles: tuple[Circle, ...], gender: Gender) -> str:
        circle = self._rng.choices(circles, [len(circle.surnames) for circle in circles])[0]
        first_names = circle.women if gender is Gender.WOMAN else circle.men
        man, woman = self._rng.choice(circle.surnames)
        return f"{self._rng.choice(first_names)} {woman if gender is Gender.WOMAN else man}"


def address_stem(name: str) -> str:
    """Return the name in ASCII, words joined by dots.

    Examples
    --------
    >>> address_stem("Łukasz O'Shea")
    'lukasz.oshea'
    >>> address_stem("Юлия Щеглова")
    'yuliya.shcheglova'
    """
    latin = "".join(_LATIN.get(letter, letter) for letter in name.casefold().translate(_STROKED))
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z.]", "", ascii_only.replace(" ", "."))
