"""People come in all together or not at all, and every wrong cell is named by row and column."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from domain.availability import Availability
from domain.errors import ImportRejected
from domain.language import Language
from domain.people import Format, Role, WeeklyHours
from services.import_people import Known, PeopleBatch, import_people, parse_people
from services.sheets import Row, Table
from store import Engine, unit_of_work
from tests.builders import NOW, a_person

KNOWN = Known(
    people={"p1": a_person("p1", department="Care", roles=frozenset({Role.MENTEE, Role.HR}))},
    skill_ids=frozenset({"sql"}),
    role_ids=frozenset({"team-lead"}),
    topic_ids=frozenset({"delegate-work"}),
)


def a_table(*rows: dict[str, str]) -> Table:
    """Return a table of these rows; id, name and e-mail are filled in where a row leaves them out."""
    filled = [{"id": f"n{at}", "name": f"New {at}", "email": f"n{at}@example.org"} | row for at, row in enumerate(rows)]
    columns = tuple(dict.fromkeys(name for row in filled for name in row))
    return Table("people.csv", columns, tuple(Row(at, row) for at, row in enumerate(filled, start=2)))


def parsed(*rows: dict[str, str]) -> PeopleBatch:
    return parse_people(a_table(*rows), KNOWN, NOW)


def problems(*rows: dict[str, str]) -> list[str]:
    with pytest.raises(ImportRejected) as caught:
        parsed(*rows)
    return [str(problem) for problem in caught.value.problems]


def test_a_full_row_becomes_a_person_with_skills_goals_and_an_offer() -> None:
    batch = parsed(
        {
            "email": "Ann@Example.ORG",
            "locale": "ru",
            "languages": "ru; en",
            "zone": "Europe/Moscow",
            "skills": "sql:3",
            "goals": "научиться отказывать | read SQL plans",
            "mentor_topics": "delegate-work",
            "mentor_minutes_per_week": "45",
            "mentor_formats": "chat",
            "mentor_hours": "tue-wed 9:00-10:30",
            "mentor_biography": "Руковожу командой с 2019 года.",
        }
    )
    person, offer = batch.people[0], batch.offers[0]
    assert (person.email, person.locale, person.zone) == ("ann@example.org", Language.RU, "Europe/Moscow")
    assert person.roles == {Role.MENTEE, Role.MENTOR}
    assert [(held.skill_id, held.level) for held in batch.held] == [("sql", 3)]
    assert [(goal.text, goal.language) for goal in batch.goals] == [
        ("научиться отказывать", Language.RU),
        ("read SQL plans", Language.EN),
    ]
    assert (offer.capacity_minutes_per_week, offer.formats, offer.language) == (45, {Format.CHAT}, Language.RU)
    assert offer.weekly_hours == (WeeklyHours(1, time(9), time(10, 30)), WeeklyHours(2, time(9), time(10, 30)))


def test_a_column_that_is_not_there_leaves_the_field_as_it_was() -> None:
    assert parsed({"id": "p1", "email": "p1@example.org"}).people[0].department == "Care"


def test_an_import_neither_raises_nor_takes_a_role() -> None:
    assert parsed({"id": "p1", "email": "p1@example.org"}).people[0].roles == {Role.MENTEE, Role.HR}
    assert problems({"roles": "hr"})[0].startswith("row 1, column roles: the column is not known")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"id": ""}, "row 2, column id: must not be empty"),
        ({"email": "ann"}, "row 2, column email: must be an e-mail address, got something else"),
        ({"email": "P1@example.org"}, "row 2, column email: belongs to p1 already"),
        ({"locale": "de"}, "row 2, column locale: must be one of en, ru, got de"),
        ({"zone": "Mars/Base"}, "row 2, column zone: must be a time zone such as Europe/Berlin, got Mars/Base"),
        ({"skills": "sql:9"}, "row 2, column skills: must be skill:level with levels 0 to 4, got sql:9"),
        ({"skills": "cobol:2"}, "row 2, column skills: must name ids of the catalog, got cobol"),
        ({"target_role": "king"}, "row 2, column target_role: must name a known role, got king"),
        ({"manager": "nobody"}, "row 2, column manager: must be the id of a person, got nobody"),
        ({"manager": "n0"}, "row 2, column manager: must not lead back to the person"),
        ({"active": "maybe"}, "row 2, column active: must be yes or no, got maybe"),
        ({"mentor_topics": "fly"}, "row 2, column mentor_topics: must name ids of the catalog, got fly"),
        (
            {"mentor_topics": "delegate-work", "mentor_hours": "someday"},
            "row 2, column mentor_hours: must read like mon-fri 10:00-12:30, got someday",
        ),
    ],
)
def test_a_wrong_cell_is_named(row: dict[str, str], says: str) -> None:
    assert problems(row) == [says]


def test_a_circle_of_managers_is_found() -> None:
    found = problems({"id": "a", "manager": "b"}, {"id": "b", "manager": "c"}, {"id": "c", "manager": "a"})
    assert found == [f"row {row}, column manager: must not lead back to the person" for row in (2, 3, 4)]


def test_the_same_id_or_address_twice_is_found() -> None:
    assert problems({"id": "a"}, {"id": "a"}) == ["row 3, column id: stands in row 2 already"]
    doubled = problems({"id": "a", "email": "x@example.org"}, {"id": "b", "email": "Ｘ@example.org"})
    assert doubled == ["row 3, column email: belongs to a already"]


def people_file(folder: Path, count: int = 300, bad_row: int | None = None, leavers: int = 0) -> Path:
    lines = ["id,name,email,locale,active"]
    for at in range(count):
        locale = "xx" if at + 2 == bad_row else "en"
        lines.append(f"e{at},Name {at},e{at}@example.org,{locale},{'no' if at < leavers else 'yes'}")
    path = folder / "people.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_one_bad_row_in_300_imports_nothing(stocked: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportRejected, match=r"row 207, column locale: must be one of en, ru, got xx"):
        import_people(stocked, people_file(tmp_path, bad_row=207), NOW)
    with unit_of_work(stocked) as store:
        assert store.people.list(active_only=False) == []


def test_the_same_file_twice_changes_nothing(stocked: Engine, tmp_path: Path) -> None:
    path = people_file(tmp_path)
    assert import_people(stocked, path, NOW) == 300
    assert import_people(stocked, path, NOW) == 0


def test_many_leavers_must_be_confirmed(stocked: Engine, tmp_path: Path) -> None:
    import_people(stocked, people_file(tmp_path, count=10), NOW)
    with pytest.raises(ImportRejected, match=r"3 of 10 people would leave; add --confirm-leavers"):
        import_people(stocked, people_file(tmp_path, count=10, leavers=3), NOW)
    assert import_people(stocked, people_file(tmp_path, count=10, leavers=3), NOW, confirm_leavers=True) == 3


def mentors_file(folder: Path, minutes: int) -> Path:
    path = folder / "mentors.csv"
    rows = [f"{name},{name},{name}@example.org,delegate-work,{minutes},mon 9:00-10:00" for name in ("dee", "max")]
    header = "id,name,email,mentor_topics,mentor_minutes_per_week,mentor_hours"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


def test_what_mentors_set_themselves_outlives_the_next_import(stocked: Engine, tmp_path: Path) -> None:
    """dee has set her own hours, max has only a pause: his hours still follow the file."""
    import_people(stocked, mentors_file(tmp_path, 40), NOW)
    own, pause = (WeeklyHours(3, time(14), time(15)),), NOW + timedelta(days=9)
    with unit_of_work(stocked, write=True) as store:
        offers = {offer.mentor_id: offer for offer in store.offers.list()}
        dee = replace(offers["dee"], weekly_hours=own, capacity_minutes_per_week=30, paused_until=pause)
        store.offers.save([dee, replace(offers["max"], paused_until=pause)])
        store.availability.save("dee", Availability())
    assert import_people(stocked, mentors_file(tmp_path, 60), NOW) == 1
    with unit_of_work(stocked) as store:
        found = store.offers.get("dee"), store.offers.get("max")
    assert found == (dee, replace(offers["max"], capacity_minutes_per_week=60, paused_until=pause))
