"""How fast search answers while one types: the part of the page for every few more letters. Prints one table.

Run: python -m benchmarks.search
"""

import argparse
import http.client
from collections.abc import Iterator
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode

from benchmarks.blind_needs import read_blind_needs
from benchmarks.browsing import HOST, serving
from benchmarks.demo_login import demo_cookie
from commands.demo import demo_settings, prepare_demo
from domain.language import Language
from domain.people import Role
from settings import read_settings
from store import unit_of_work

LETTERS_PER_PAUSE = 12  # about as many as are typed between two pauses of 250 ms
LIMIT_MS = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--needs", type=int, default=20, help="how many needs of each language are typed")
    count = parser.parse_args().needs
    settings = demo_settings(read_settings())
    context = prepare_demo(settings)
    with unit_of_work(context.engine) as store:
        person = next(person.id for person in store.people.list() if person.roles == {Role.MENTEE})
    print("| language | answers | median | p95 | over 150 ms |\n|---|---|---|---|---|")
    with serving(settings) as port:
        asking = Asking(f"{HOST}:{port}", person)
        asking.milliseconds("warm up the encoder")
        for language, needs in _needs(count).items():
            taken = [asking.milliseconds(words) for need in needs for words in _typed(need)]
            slow = sum(one > LIMIT_MS for one in taken)
            p95 = quantiles(taken, n=20)[18]
            print(f"| {language} | {len(taken)} | {median(taken):.0f} ms | {p95:.0f} ms | {slow} |")


class Asking:
    """One browser that types; its connection stays open as a browser's does."""

    def __init__(self, place: str, person_id: str) -> None:
        self._connection = http.client.HTTPConnection(place, timeout=30)
        self._headers = {"Origin": f"http://{place}", "Content-Type": "application/x-www-form-urlencoded"}
        self._headers |= {"Cookie": demo_cookie(self._connection, person_id), "HX-Request": "true"}

    def milliseconds(self, words: str) -> float:
        """Return how long the answer to these words takes."""
        began = perf_counter()
        self._connection.request("POST", "/search", urlencode({"text": words}), self._headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"/search must answer 200, got {answer.status}.")
        return (perf_counter() - began) * 1000


def _needs(count: int) -> dict[Language, list[str]]:
    needs = read_blind_needs()
    return {language: [one.text for one in needs if one.language is language][:count] for language in Language}


def _typed(need: str) -> Iterator[str]:
    yield from (need[:end] for end in range(LETTERS_PER_PAUSE, len(need), LETTERS_PER_PAUSE))
    yield need


if __name__ == "__main__":
    main()
