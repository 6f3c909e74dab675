"""Skills and target role on the page of goals: found, added, changed, taken off with a way back; gaps as a drawing."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.context import Context
from store import unit_of_work
from tests.builders import a_person
from tests.web.conftest import ClientOf


@pytest.fixture
def learner(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    """The browser of somebody new without any skill."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("learner")])
    yield client_of("learner")
    with unit_of_work(running.engine, write=True) as store:
        for skill_id in store.people.held("learner"):
            store.people.remove_held("learner", skill_id)


def held(context: Context) -> dict[str, int]:
    with unit_of_work(context.engine) as store:
        return store.people.held("learner")


def test_a_skill_is_found_by_part_of_its_name_and_added(learner: TestClient, running: Context) -> None:
    page = learner.post("/goals/skills/find", data={"name": "делегир"}).text
    found = page.partition('id="skills-found"')[2].partition("</div>")[0]
    assert '<input type="hidden" name="skill" value="delegation">' in found
    assert learner.post("/goals/skills", data={"skill": "delegation", "level": "3"}).status_code == 303
    assert held(running) == {"delegation": 3}


def test_what_is_not_found_is_said(learner: TestClient) -> None:
    page = learner.post("/goals/skills/find", data={"name": "xyzzy"}).text
    assert "No skill is called that, or you have listed it already. Try another word." in page


def test_a_skill_taken_off_can_be_had_back_with_its_level(learner: TestClient, running: Context) -> None:
    learner.post("/goals/skills", data={"skill": "delegation", "level": "2"})
    gone = learner.post("/goals/skills/remove", data={"skill": "delegation"})
    page = learner.get(gone.headers["location"]).text
    notice = page.partition('class="notice undo"')[2].partition("</form>")[0]
    assert 'name="skill" value="delegation"' in notice
    assert 'name="level" value="2"' in notice
    assert held(running) == {}


@pytest.mark.parametrize("form", [{"skill": "delegation", "level": "5"}, {"skill": "delegation", "level": "x"}])
def test_a_level_is_0_to_4(form: dict[str, str], learner: TestClient, running: Context) -> None:
    assert learner.post("/goals/skills", data=form).status_code == 422
    assert held(running) == {}


def test_an_unknown_skill_or_role_is_not_found(learner: TestClient) -> None:
    assert learner.post("/goals/skills", data={"skill": "knitting", "level": "1"}).status_code == 404
    assert learner.post("/goals/role", data={"role": "king"}).status_code == 404
    assert learner.get("/goals/skills?removed=%22%3E&level=9").status_code == 422


def test_the_gaps_have_a_message_labels_and_a_table(client_of: ClientOf) -> None:
    page = client_of("nora").get("/goals").text
    chart = page.partition('<figure class="chart-figure">')[2].partition("</figure>")[0]
    title = chart.partition("<figcaption>")[2].partition("</figcaption>")[0]
    assert "skills are still to grow" in title
    assert f'role="img" aria-label="{title}"' in chart
    assert 'text-anchor="end">1 of 3</text>' in chart
    assert "<table>" in chart


def test_the_role_is_chosen_and_left_again(learner: TestClient, running: Context) -> None:
    learner.post("/goals/role", data={"role": "team-lead"})
    with unit_of_work(running.engine) as store:
        assert store.people.get("learner").target_role_id == "team-lead"
    learner.post("/goals/role", data={"role": ""})
    with unit_of_work(running.engine) as store:
        assert store.people.get("learner").target_role_id is None
