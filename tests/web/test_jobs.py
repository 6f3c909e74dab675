"""The page of what could not be done: code and time, nobody's words, and a way to try again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from domain.jobs import JobState
from domain.people import Role
from services.context import Context
from store import unit_of_work
from tests.builders import NOW, a_person
from tests.web.conftest import ClientOf

ADDRESS, SECRET = "/hr/jobs", "I cannot stand my boss"
LEASE = timedelta(minutes=1)


@pytest.fixture
def dead_id(running: Context) -> Iterator[str]:
    """The id of a draft that was given up; forgotten again afterwards."""
    with unit_of_work(running.engine, write=True) as store:
        store.jobs.add("draft_agenda", "draft:nora", {"need": SECRET}, NOW)
        job = store.jobs.claim("w", NOW, LEASE, ["draft_agenda"])
        assert job is not None
        store.jobs.bury(job, NOW, "llm.timeout")
    yield job.id
    with unit_of_work(running.engine, write=True) as store:
        store.jobs.cancel("draft:nora")


@pytest.fixture
def hr(client_of: ClientOf) -> TestClient:
    return client_of("hana")


def test_without_anything_given_up_the_page_says_so(hr: TestClient) -> None:
    assert "Nothing: everything asked for was done" in hr.get(ADDRESS).text
    assert 'href="/hr/jobs"' in hr.get("/catalog").text


def test_it_says_what_when_and_why_but_not_whose(hr: TestClient, dead_id: str) -> None:
    page = hr.get(ADDRESS).text
    for said in ("Draft of an agenda", "Given up on Mon 2 March, 10:00", "1 attempt<", "Error code: llm.timeout"):
        assert said in page
    assert SECRET not in page
    assert "nora" not in page.casefold()


def test_it_reads_in_russian(hr: TestClient, dead_id: str) -> None:
    page = hr.get(f"{ADDRESS}?lang=ru").text
    for said in ("Черновик плана встречи", "Попытки прекращены: пн, 2 марта, 10:00", "1 попытка<", "Повторить"):
        assert said in page


def test_trying_again_lets_it_run_and_twice_does_no_harm(hr: TestClient, running: Context, dead_id: str) -> None:
    for _ in range(2):
        assert hr.post(f"{ADDRESS}/retry", data={"job": dead_id}).headers["location"] == ADDRESS
    with unit_of_work(running.engine) as store:
        job = store.jobs.get("draft:nora")
    assert job is not None
    assert (job.state, job.run_at, job.attempts) == (JobState.QUEUED, NOW, 0)
    assert "Nothing: everything asked for was done" in hr.get(ADDRESS).text


def test_an_admin_who_is_not_hr_gets_there_too(client_of: ClientOf, running: Context, dead_id: str) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("ada", roles=frozenset({Role.ADMIN}))])
    ada = client_of("ada")
    assert f'<a href="{ADDRESS}">Server</a>' in ada.get("/sessions").text
    assert "llm.timeout" in ada.get(ADDRESS).text
    assert ada.get("/catalog").status_code == 404
    assert 'href="/catalog"' not in ada.get(ADDRESS).text
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("ada", is_active=False)])
