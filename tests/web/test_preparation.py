"""HR's page of preparation."""

from services.agenda_request import ALLOWED_FACTS
from services.context import Context
from store import unit_of_work
from tests.web.conftest import ClientOf


def test_hr_says_what_agendas_may_rest_on(client_of: ClientOf, running: Context) -> None:
    client = client_of("hana")
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(ALLOWED_FACTS, None)  # whatever another test allowed
    assert client.get("/hr/preparation").text.count(" checked") == 7
    client.post("/hr/preparation", data={"facts": ["need", "skill_gap"]})
    assert client.get("/hr/preparation").text.count(" checked") == 2
    assert "Mentor:</span>" not in client_of("nora").get("/topics/delegate-work/agenda?mentor=dee").text
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(ALLOWED_FACTS, None)


def test_a_kind_that_is_none_is_refused(client_of: ClientOf) -> None:
    assert client_of("hana").post("/hr/preparation", data={"facts": ["topic"]}).status_code == 422
    assert client_of("hana").post("/hr/preparation", data={"facts": ["password"]}).status_code == 422


def test_without_a_model_the_page_says_so(client_of: ClientOf) -> None:
    page = client_of("hana").get("/hr/preparation").text
    assert "None is set up: every agenda is drafted from a template" in page
    assert "in force" in page
