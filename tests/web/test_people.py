"""HR's pages of people: found by name, changed with an undo, nothing private shown."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.people import Person, Role
from domain.sessions import SessionStatus
from services.context import Context
from services.import_people import import_people
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person, a_session, held
from tests.web.hr_company import address_after, client_for, small_company

PAGE, CHANGE = "/hr/people", "/hr/people/change"
PRIVATE = ("quit before summer", "Leave with a plan", "what hr must not read")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = small_company(tmp_path)
    with unit_of_work(made.engine, write=True) as store:
        store.goals.save([a_goal("g1", "ned", text=PRIVATE[0])])
        store.people.save_held([held("ned", "delegation", 1)])
        booked = {"mentor_id": "mia", "mentee_ids": ("ned",), "starts_at": NOW + timedelta(days=1)}
        store.sessions.save([a_session("soon", need=PRIVATE[2], next_step=PRIVATE[1], **booked)])
    yield made
    made.engine.dispose()


@pytest.fixture
def hr(context: Context) -> TestClient:
    return client_for(context)


def person(context: Context, person_id: str) -> Person:
    with unit_of_work(context.engine) as store:
        return store.people.get(person_id)


def names(page: str) -> list[str]:
    return re.findall(r'<td><a href="/hr/people/[^"]+">([^<]+)</a>', page)


def test_people_are_listed_by_name_and_found_by_any_of_their_words(hr: TestClient) -> None:
    assert names(hr.get(PAGE).text) == ["Adam Root", "Hana Sato", "Mia Lund", "Ned Vane"]
    assert names(hr.get(PAGE, params={"q": "care vane"}).text) == ["Ned Vane"]
    assert names(hr.get(PAGE, params={"who": "mentors"}).text) == ["Mia Lund"]
    assert names(hr.get(PAGE, params={"who": "left"}).text) == ["Gwen Stone"]
    assert "Nobody here has these words." in hr.get(PAGE, params={"q": "zzz"}).text


def test_a_long_list_has_pages(hr: TestClient, context: Context) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save(a_person(f"n{number:03}", name=f"Nobody {number:03}") for number in range(60))
    assert len(names(hr.get(PAGE).text)) == 50
    last = hr.get(PAGE, params={"page": "9"}).text
    assert "Page 2 of 2" in last
    assert len(names(last)) == 14


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/ned", f"{PAGE}/mia", f"{PAGE}.csv"])
@pytest.mark.parametrize("words", PRIVATE)
def test_nothing_private_is_shown(address: str, words: str, hr: TestClient) -> None:
    page = hr.get(address).text
    assert "Ned Vane" in page or "Mia Lund" in page
    assert words not in page
    assert "delegation" not in page


def test_a_mentor_is_shown_with_what_everybody_sees(hr: TestClient) -> None:
    page = hr.get(f"{PAGE}/mia").text
    assert "<li>Handing work over</li>" in page
    assert "up to 60 minutes a week" in page


def test_whoever_leaves_cannot_come_in_and_their_sessions_are_called_off(hr: TestClient, context: Context) -> None:
    assert "1 session ahead is called off" in hr.get(f"{PAGE}/mia").text
    location = address_after(hr, CHANGE, id="mia", deed="deactivate")
    assert client_for(context, "mia").get("/").headers["location"] == "/sign-in"
    with unit_of_work(context.engine) as store:
        assert store.sessions.get("soon").status is SessionStatus.CANCELLED
    page = hr.get(location).text
    assert "This person cannot come in any more" in page
    assert re.search(r'value="reactivate">Undo</button>', page)
    address_after(hr, CHANGE, id="mia", deed="reactivate")
    assert person(context, "mia").is_active


def test_roles_are_given_and_taken_back(hr: TestClient, context: Context) -> None:
    location = address_after(hr, CHANGE, id="ned", deed="give", role="mentor")
    assert person(context, "ned").roles == {Role.MENTEE, Role.MENTOR}
    assert re.search(
        r'name="role" value="mentor"><button class="plain" name="deed" value="take">Undo', hr.get(location).text
    )
    address_after(hr, CHANGE, id="ned", deed="take", role="mentor")
    assert person(context, "ned").roles == {Role.MENTEE}


@pytest.mark.parametrize(
    "form",
    [
        {"id": "ned", "deed": "give", "role": "admin"},
        {"id": "ned", "deed": "give", "role": "king"},
        {"id": "adam", "deed": "deactivate"},
        {"id": "adam", "deed": "take", "role": "admin"},
        {"id": "adam", "deed": "give", "role": "mentor"},
        {"id": "nobody", "deed": "deactivate"},
    ],
)
def test_what_only_an_administrator_may_do_is_not_there_for_hr(
    hr: TestClient, context: Context, form: dict[str, str]
) -> None:
    assert hr.post(CHANGE, data=form).status_code == 404
    assert person(context, "adam").roles == {Role.ADMIN}
    assert person(context, "ned").roles == {Role.MENTEE}


def test_an_administrator_gives_the_role_of_administrator(context: Context) -> None:
    admin = client_for(context, "adam")
    assert "Make an administrator" in admin.get(f"{PAGE}/ned").text
    address_after(admin, CHANGE, id="ned", deed="give", role="admin")
    assert Role.ADMIN in person(context, "ned").roles


@pytest.mark.parametrize("form", [{"deed": "deactivate"}, {"deed": "take", "role": "hr"}])
def test_nobody_shuts_themselves_out(hr: TestClient, context: Context, form: dict[str, str]) -> None:
    answered = hr.post(CHANGE, data=form | {"id": "hana"})
    assert answered.status_code == 422
    assert "You cannot shut yourself out" in answered.text
    assert person(context, "hana").roles == {Role.HR}


def test_an_id_with_a_slash_has_a_page(hr: TestClient, context: Context) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("kz/1", name="Kim Z")])
    assert "Kim Z" in hr.get(f"{PAGE}/kz/1").text
    assert "Kim Z" in hr.get(address_after(hr, CHANGE, id="kz/1", deed="give", role="mentor")).text


def test_the_table_computes_nothing_and_changes_nothing_when_it_comes_back(
    hr: TestClient, context: Context, tmp_path: Path
) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("evil", name='=HYPERLINK("http://x")', job_title="@SUM(A1)", department="-1")])
    table = hr.get(f"{PAGE}.csv")
    assert "'=HYPERLINK" in table.text
    assert ",'-1,'@SUM(A1)," in table.text
    (tmp_path / "people.csv").write_bytes(table.content)
    assert import_people(context.engine, tmp_path / "people.csv", NOW, confirm_leavers=True) == 0


def test_in_russian_the_pages_speak_russian(hr: TestClient) -> None:
    assert "Сотрудники" in hr.get(f"{PAGE}?lang=ru").text
    assert "Назначить наставником" in hr.get(f"{PAGE}/ned?lang=ru").text
