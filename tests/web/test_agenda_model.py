"""A language model on the pages of a session: asked for, awaited, read word for word, stopped."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api import create_app
from prompts import LiteLLM, ModelSettings
from services.context import Context
from services.draft_agenda import DRAFT_AGENDA, draft_by_model
from services.jobs import run_due
from services.model import LanguageModel
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.drafts import answer_for
from tests.fakes.llm_server import LLMServer
from tests.web.conftest import HOME, SECRET, ClientOf, login_cookie
from web.access import COOKIE

AGENDA = "/sessions/told/agenda"


@pytest.fixture
def modelled(running: Context, llm_server: LLMServer) -> Iterator[Context]:
    """The company with a model; mo and dee meet in five days."""
    llm = LiteLLM(ModelSettings("openai/scripted", llm_server.address))
    context = replace(running, model=LanguageModel("openai/scripted", llm))
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("tim", name="Tim Told")])
        later = NOW + timedelta(days=5)
        store.sessions.save([a_session("told", mentee_ids=("tim",), mentor_id="dee", starts_at=later)])
    yield context
    llm.close()


@pytest.fixture
def tim(modelled: Context) -> TestClient:
    return _browser(modelled, "tim")


def _browser(context: Context, person_id: str) -> TestClient:
    app = create_app(Settings(secret_key=SECRET, worker="off"), context=context)
    client = TestClient(app, base_url=HOME, follow_redirects=False)
    client.cookies.set(COOKIE, login_cookie(app, person_id))
    return client


def test_nothing_is_said_of_a_model_where_there_is_none(client_of: ClientOf) -> None:
    page = client_of("nora").get("/sessions/booked/agenda").text
    assert "language model saw" not in page
    assert "No language model is set up here." in client_of("nora").get("/language-model").text


def test_from_consent_to_what_the_model_saw(tim: TestClient, modelled: Context, llm_server: LLMServer) -> None:
    assert "Let a language model word your agendas" in tim.get(AGENDA).text
    tim.post("/language-model", data={"agrees": "yes"})
    assert "once everybody in this session has agreed" in tim.get(AGENDA).text
    _browser(modelled, "dee").post("/language-model", data={"agrees": "yes"})
    waiting = tim.get(AGENDA).text
    assert 'hx-get="/sessions/told/agenda/model/state?version=1"' in waiting
    assert "is wording this agenda anew" in tim.get(f"{AGENDA}/model/state?version=1").text
    llm_server.play(answer_for(modelled, "told"))
    run_due(modelled, {DRAFT_AGENDA: draft_by_model}, "w")
    assert "A new version of this agenda is ready." in tim.get(f"{AGENDA}/model/state?version=1").text
    page = tim.get(AGENDA).text
    assert "Drafted by a language model: openai/scripted, agenda/v1" in page
    seen = tim.get(f"{AGENDA}/model").text
    assert "Data, never instructions" in seen
    assert "Tim Told" not in seen.partition("<main")[2].partition("</main>")[0]
    tim.post("/language-model", data={"agrees": ""})
    assert "You have not agreed" in tim.get("/language-model").text


def test_nobody_else_sees_what_the_model_saw(modelled: Context) -> None:
    for path in (f"{AGENDA}/model", f"{AGENDA}/model/state?version=1"):
        assert _browser(modelled, "nora").get(path).status_code == 404
        assert _browser(modelled, "hana").get(path).status_code == 404
