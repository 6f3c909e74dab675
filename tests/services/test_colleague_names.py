"""Which names of colleagues are found in what people wrote."""

import pytest

from domain.language import Language
from services.colleague_names import colleagues_named
from store import Engine, unit_of_work
from tests.builders import a_person


@pytest.fixture
def named(stocked: Engine) -> Engine:
    with unit_of_work(stocked, write=True) as store:
        store.people.save(
            [
                a_person("n1", name="Mark Petersen"),
                a_person("n2", name="Анна Петрова", locale=Language.RU),
                a_person("n3", name="Li Wu", is_active=False),
            ]
        )
    return stocked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I told Mark that I cannot", ("Mark",)),
        ("Mark the date in your calendar", ()),
        ("Mark Petersen never answers", ("Mark", "Petersen")),
        ("it was Petersen's idea", ("Petersen",)),
        ("мы с Петровой спорим", ("Петрова",)),
        ("без Анны ничего не решить", ("Анна",)),
        ("на петровском заводе", ()),
        ("nobody here", ()),
        ("", ()),
    ],
)
def test_names(named: Engine, text: str, names: tuple[str, ...]) -> None:
    with unit_of_work(named) as store:
        assert colleagues_named(store, [text]) == names
