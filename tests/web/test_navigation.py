"""The way around, by role."""

import pytest

from domain.people import Person, Role
from tests.builders import a_person
from web.navigation import navigation


def with_roles(*roles: Role) -> Person:
    return a_person(roles=frozenset(roles))


def labels(person: Person | None, path: str = "/") -> list[str]:
    return [place.label for place in navigation(person, path).sections]


def test_each_role_finds_its_sections() -> None:
    assert labels(None) == []
    assert labels(with_roles(Role.MENTEE)) == ["Topics", "Sessions", "You"]
    assert labels(with_roles(Role.MENTEE, Role.MENTOR)) == ["Topics", "Sessions", "Mentoring", "You"]
    assert labels(with_roles(Role.HR)) == ["Topics", "Sessions", "You", "Programme"]
    assert labels(with_roles(Role.ADMIN)) == ["Topics", "Sessions", "You", "Server"]
    assert labels(with_roles(Role.HR, Role.ADMIN))[-1] == "Programme"


@pytest.mark.parametrize(
    ("path", "section", "page"),
    [
        ("/", "Topics", None),
        ("/topics/delegate-work", "Topics", None),
        ("/sessions/s1/agenda", "Sessions", "Sessions"),
        ("/groups", "Sessions", "Groups"),
        ("/availability", "Mentoring", "Your times"),
        ("/language-model", "You", None),
        ("/hr/programme/mentors", "Programme", "Rules and weights"),
        ("/hr/rules", "Programme", "This week"),
        ("/sign-in", None, None),
    ],
)
def test_one_sees_where_one_is(path: str, section: str | None, page: str | None) -> None:
    found = navigation(with_roles(Role.MENTOR, Role.HR), path)
    assert [place.label for place in found.sections if place.is_here] == ([section] if section else [])
    assert [place.label for place in found.pages if place.is_here] == ([page] if page else [])
