"""People, their e-mail addresses, managers and skills."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.people import Role
from store import unit_of_work
from store.people import fold_email
from tests.builders import a_person, held


def test_a_person_comes_back_as_saved(company: Engine) -> None:
    person = a_person(
        "p9",
        name="Ольга «Оля» Ли",
        email="Olga.Li@Example.org",
        locale=Language.RU,
        languages=frozenset({Language.RU, Language.EN}),
        manager_id="m1",
        target_role_id="team-lead",
        roles=frozenset({Role.MENTEE, Role.HR}),
        is_active=False,
    )
    with unit_of_work(company, write=True) as store:
        assert store.people.save([person]) == 1
    with unit_of_work(company) as store:
        read = store.people.get("p9")
    assert read == person
    assert type(read.locale) is Language


def test_an_unknown_person_is_not_found(engine: Engine) -> None:
    with unit_of_work(engine) as store, pytest.raises(NotFound, match="person must exist, got p404"):
        store.people.get("p404")


def test_a_locked_person_is_read_once_and_again_after_a_change(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        before = store.people.get("p1")
        store.people.lock(["p1", "m1"])
        seen: list[str] = []
        event.listen(company, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
        assert [store.people.get("p1"), store.people.get("m1").id] == [before, "m1"]
        assert seen == []
        store.people.save([replace(before, job_title="Lead")])
        assert store.people.get("p1").job_title == "Lead"


def test_a_person_whom_nobody_locked_is_read_each_time(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        seen: list[str] = []
        event.listen(company, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
        assert store.people.get("p1") == store.people.get("p1")
        assert len(seen) == 2


def test_people_come_by_id_and_active_only_unless_asked(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person("b"), a_person("c", is_active=False), a_person("a")])
    with unit_of_work(engine) as store:
        assert [person.id for person in store.people.list()] == ["a", "b"]
        assert [person.id for person in store.people.list(active_only=False)] == ["a", "b", "c"]


def test_saving_counts_what_really_changed(engine: Engine) -> None:
    people = [a_person("a"), a_person("b"), a_person("c")]
    with unit_of_work(engine, write=True) as store:
        assert store.people.save(people) == 3
    with unit_of_work(engine, write=True) as store:
        assert store.people.save(people) == 0
        assert store.people.save([*people[:2], a_person("c", job_title="Lead")]) == 1
        assert store.people.get("c").job_title == "Lead"
        assert store.people.save([]) == 0


def test_managers_may_come_later_in_the_batch(engine: Engine) -> None:
    chain = [a_person("a", manager_id="b"), a_person("b", manager_id="c"), a_person("c")]
    with unit_of_work(engine, write=True) as store:
        assert store.people.save(chain) == 3
    with unit_of_work(engine) as store:
        assert [person.manager_id for person in store.people.list()] == ["b", "c", None]


def test_more_people_than_fit_into_one_statement(engine: Engine) -> None:
    people = [a_person(f"p{number:05d}") for number in range(5_001)]
    with unit_of_work(engine, write=True) as store:
        assert store.people.save(people) == 5_001
        assert store.people.save(people) == 0
        assert len(store.people.list()) == 5_001


def test_an_unknown_manager_or_role_is_named_and_nothing_is_saved(engine: Engine) -> None:
    rule = "must name something that is stored"
    with pytest.raises(InvalidInput, match=f"manager_id {rule}, got m404"), unit_of_work(engine, write=True) as store:
        store.people.save([a_person("a"), a_person("b", manager_id="m404")])
    with (
        pytest.raises(InvalidInput, match=f"role_id {rule}, got r404"),
        unit_of_work(engine, write=True) as store,
    ):
        store.people.save([a_person("a", target_role_id="r404")])
    with unit_of_work(engine) as store:
        assert store.people.list() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Example.org", "ann@example.ORG"),
        ("straße@example.org", "STRASSE@example.org"),
        ("jos\u00e9@example.org", "jose\u0301@example.org"),
        ("ann@example.org", " ann@example.org "),
        ("ИРА@пример.рф", "ира@пример.рф"),
    ],
)
def test_two_spellings_of_an_address_are_one(engine: Engine, one: str, other: str) -> None:
    assert fold_email(one) == fold_email(other)
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person("a", email=one)])
        found = store.people.by_email(other)
        assert found is not None
        assert (found.id, found.email) == ("a", one)


def test_an_address_belongs_to_one_person(engine: Engine) -> None:
    taken = "email must belong to one person only, got the one of a"
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person("a", email="Ann@example.org")])
        with pytest.raises(InvalidInput, match=taken):
            store.people.save([a_person("b", email="ann@example.org")])
    with pytest.raises(InvalidInput, match=taken), unit_of_work(engine, write=True) as store:
        store.people.save([a_person("a", email="x@example.org"), a_person("b", email="X@example.org")])


def test_an_address_nobody_has_gives_none(engine: Engine) -> None:
    with unit_of_work(engine) as store:
        assert store.people.by_email("nobody@example.org") is None


def test_addresses_may_change_hands_within_a_batch(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person("a", email="1@example.org"), a_person("b", email="2@example.org")])
    with unit_of_work(engine, write=True) as store:
        swapped = [a_person("a", email="2@example.org"), a_person("b", email="1@example.org")]
        assert store.people.save(swapped) == 2
        assert store.people.list() == swapped


def test_held_skills_come_by_person(company: Engine) -> None:
    skills = [held("p1", "saying-no", 1), held("p1", "delegation", 0), held("p2", "delegation", 4)]
    with unit_of_work(company, write=True) as store:
        assert store.people.save_held(skills) == 3
        assert store.people.save_held([*skills[:2], held("p2", "delegation", 3)]) == 1
    with unit_of_work(company) as store:
        assert store.people.held("p1") == {"delegation": 0, "saying-no": 1}
        assert store.people.held("m1") == {}
        assert store.people.all_held() == {"p1": {"delegation": 0, "saying-no": 1}, "p2": {"delegation": 3}}


def test_an_unknown_skill_or_person_is_named(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        with pytest.raises(InvalidInput, match="skill_id must name something that is stored, got knitting"):
            store.people.save_held([held("p1", "knitting", 1)])
        with pytest.raises(InvalidInput, match="person_id must name something that is stored, got p404"):
            store.people.save_held([held("p404", "delegation", 1)])
