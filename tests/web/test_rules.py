"""HR's page of departments that must stay apart: added, refused beside the fields, removed, and in force at once."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.context import Context
from services.programme_rules import remove_conflict
from tests.web.conftest import ClientOf

ADDRESS = "/hr/rules"
PAIR = {"first": "Support", "second": "Care"}


@pytest.fixture
def hr(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    yield client_of("hana")
    for first, second in (("Support", "Care"), ("Support", "Support")):
        remove_conflict(running.engine, first, second)


def test_a_rule_is_in_force_until_it_is_removed(hr: TestClient, client_of: ClientOf) -> None:
    """Dee works in Care, nora in Support."""
    assert "No rules yet" in hr.get(ADDRESS).text
    assert hr.post(ADDRESS, data=PAIR).status_code == 303
    assert "<span>Care and Support</span>" in hr.get(ADDRESS).text
    page = client_of("nora").get("/topics/delegate-work").text
    assert "<h3>Dee Fox</h3>" not in page
    assert "Dee Fox works in a department that may not mentor yours, by a rule of your programme" in page
    assert hr.post(f"{ADDRESS}/remove", data=PAIR).status_code == 303
    assert "No rules yet" in hr.get(ADDRESS).text
    assert "<h3>Dee Fox</h3>" in client_of("nora").get("/topics/delegate-work").text


def test_a_department_may_be_kept_from_itself(hr: TestClient) -> None:
    hr.post(ADDRESS, data={"first": "Support", "second": "Support"})
    assert "<span>Not within Support</span>" in hr.get(ADDRESS).text
    assert "<span>Не внутри отдела Support</span>" in hr.get(f"{ADDRESS}?lang=ru").text


@pytest.mark.parametrize("pair", [{}, {"first": "Support"}, {"first": "Support", "second": "Juggling"}])
def test_what_is_no_department_is_said_beside_the_form(pair: dict[str, str], hr: TestClient) -> None:
    answered = hr.post(ADDRESS, data=pair)
    assert answered.status_code == 422
    assert "Choose two departments from the lists." in answered.text
    assert ("<option selected>Support</option>" in answered.text) == ("first" in pair)


def test_departments_are_those_that_exist(hr: TestClient) -> None:
    page = hr.get(ADDRESS).text
    assert page.count("<option>Care</option>") == 2
    assert "Kommandantur" not in page
