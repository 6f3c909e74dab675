"""The page of the role a person wants: one field, likely skills to keep or strike, and nobody else's."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from domain.origins import ACKNOWLEDGEMENTS, Origin
from services.context import Context
from services.goal_role import put_skill_back, write_goal_role
from store import unit_of_work
from tests.builders import a_person
from tests.web.conftest import ClientOf

WORDS = "Marketing manager, I want to run campaigns"
HEADING = "Skills that people in such roles need and you have not listed"
NONE_NEAR = "No role that is known here comes near enough to these words"


@pytest.fixture
def mona(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    """A browser of somebody who has neither a target role nor skills."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("mona", name="Mona Ek")])
    yield client_of("mona")
    write_goal_role(running, "mona", "")
    with unit_of_work(running.engine) as store:
        struck = store.goal_roles.struck("mona")
    for skill_id in struck:
        put_skill_back(running, "mona", skill_id)


def test_a_role_is_written_shown_with_its_skills_and_emptied(mona: TestClient) -> None:
    assert HEADING not in mona.get("/role").text
    assert mona.post("/role", data={"text": WORDS}).headers["location"] == "/role"
    page = mona.get("/role").text
    assert f"{WORDS}</textarea>" in page
    assert HEADING in page
    assert "As in: Marketing manager" in page
    assert page.count('action="/role/strike"') > 2
    mona.post("/role", data={"text": " "})
    assert HEADING not in mona.get("/role").text


def test_a_struck_skill_goes_and_comes_back(mona: TestClient, running: Context) -> None:
    mona.post("/role", data={"text": WORDS})
    first = mona.get("/role").text.partition('name="skill" value="')[2].partition('"')[0]
    assert mona.post("/role/strike", data={"skill": first}).status_code == 303
    page = mona.get("/role").text
    likely, _, struck = page.partition("<h2>Struck out</h2>")
    assert (f'value="{first}"' in likely, f'value="{first}"' in struck) == (False, True)
    mona.post("/role/put-back", data={"skill": first})
    assert "Struck out" not in mona.get("/role").text


def test_the_first_page_says_it_in_a_quiet_line(mona: TestClient) -> None:
    assert "Heading for another role?" not in mona.get("/").text  # the first time one question is enough
    mona.post("/role", data={"text": WORDS})
    page = mona.get("/").text
    assert f"{HEADING}:" in page
    assert '<a class="back" href="/role">Change the role you want</a>' in page


def test_words_without_a_role_say_so(mona: TestClient) -> None:
    mona.post("/role", data={"text": "qwerty zxcvb"})
    page = mona.get("/role").text
    assert NONE_NEAR in page
    assert HEADING not in page
    assert f"{HEADING}:" not in mona.get("/").text


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("x" * 301, "At most 300 characters fit here. Shorten it."),
        ("?!", "Write which role you want, in a few words."),
        ("a\x00b", "Some of these characters are not text. Type the sentence again."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(mona: TestClient, typed: str, advice: str) -> None:
    mona.post("/role", data={"text": WORDS})
    answered = mona.post("/role", data={"text": typed})
    assert answered.status_code == 422
    assert f'<p class="field-error" id="role-error">{advice}</p>' in answered.text
    assert f"\n{typed.replace(chr(0), '')}</textarea>" in answered.text
    assert f"{WORDS}</textarea>" in mona.get("/role").text


def test_a_target_role_is_named_before_own_words(client_of: ClientOf) -> None:
    assert "Your target role is “Team lead”, and suggestions go by it." in client_of("nora").get("/role").text
    home = client_of("nora").get("/").text
    assert '<a class="back" href="/role">The role you want</a>' in home


def test_the_page_is_russian_for_who_reads_russian(client_of: ClientOf) -> None:
    assert "К какой роли вы идёте и чем она вас привлекает?" in client_of("lena").get("/role").text


def test_nobody_else_reads_the_words(mona: TestClient, client_of: ClientOf) -> None:
    mona.post("/role", data={"text": "Marketing manager canaryword"})
    pages = [client_of(who).get(path).text for who in ("hana", "max", "dee") for path in ("/", "/role", "/sessions")]
    pages += [client_of("hana").get(path).text for path in ("/catalog", "/catalog/words", "/api/v1/suggestions")]
    assert [page for page in pages if "canaryword" in page] == []


def test_no_word_of_it_reaches_a_log(mona: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        for typed in ("canaryword", "canaryword " * 100, "canaryword \x00"):
            mona.post("/role", data={"text": typed})
        mona.get("/role")
    assert "canaryword" not in caplog.text


def test_an_unknown_skill_is_refused(mona: TestClient) -> None:
    assert mona.post("/role/strike", data={"skill": "no-such-skill"}).status_code == 422


def test_what_is_owed_is_said_where_such_roles_are_shown(mona: TestClient, running: Context) -> None:
    owed = ACKNOWLEDGEMENTS[Origin.ESCO]
    mona.post("/role", data={"text": WORDS})
    assert owed not in mona.get("/role").text
    with unit_of_work(running.engine) as store:
        before = store.roles.get("marketing-manager")
    with unit_of_work(running.engine, write=True) as store:
        store.roles.save([type(before)(before.id, before.title, before.summary, before.required_levels, Origin.ESCO)])
    try:
        assert [owed in mona.get(path).text for path in ("/role", "/")] == [True, True]
    finally:
        with unit_of_work(running.engine, write=True) as store:
            store.roles.save([before])
