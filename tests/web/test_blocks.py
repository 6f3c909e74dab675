"""Do not suggest this mentor to me: gone everywhere, undone from a list, and the other side never learns of it."""

from collections.abc import Iterator

import pytest

from services.blocks import block_person, unblock_person
from services.context import Context
from services.suggest import suggest_for_need, suggest_for_person
from tests.web.conftest import ClientOf

PAGE = "/topics/delegate-work"
ASKED_NOT = "You asked not to be suggested Dee Fox"


@pytest.fixture(autouse=True)
def undone(running: Context) -> Iterator[None]:
    yield
    for person, other in (("pip", "dee"), ("dee", "pip")):
        unblock_person(running, person, other)


def test_a_draft_with_someone_blocked_either_way_is_missing_like_a_draft_with_nobody(
    client_of: ClientOf, running: Context
) -> None:
    def answers(mentor: str) -> list[tuple[int, str]]:
        body = {"topic_id": "delegate-work", "mentor_id": mentor}
        pip = client_of("pip")
        told = [pip.get(f"{PAGE}/agenda?mentor={mentor}"), pip.post("/api/v1/agendas", json=body)]
        return [(answer.status_code, answer.text.replace(mentor, "?")) for answer in told]

    assert [status for status, _ in answers("dee")] == [200, 200]
    nobody = answers("nobody")
    assert [status for status, _ in nobody] == [404, 404]
    assert "Choose one of the people under the topic." in nobody[1][1]
    for person, other in (("pip", "dee"), ("dee", "pip")):
        block_person(running, person, other)
        assert answers("dee") == nobody
        unblock_person(running, person, other)


@pytest.mark.parametrize(("person", "mentor"), [("nora", "max"), ("omar", "omar"), ("max", "max")])
def test_a_draft_with_oneself_or_the_own_manager_is_missing(client_of: ClientOf, person: str, mentor: str) -> None:
    assert client_of(person).get(f"{PAGE}/agenda?mentor={mentor}").status_code == 404


def names_of(page: str) -> str:
    """Return the part of the page with mentors and who was left out."""
    return page[page.index('id="who"') :]


def test_a_mentor_is_gone_and_comes_back(client_of: ClientOf) -> None:
    pip = client_of("pip")
    assert "Do not suggest this mentor to me" in pip.get(PAGE).text
    answered = pip.post(f"{PAGE}/blocks", data={"mentor": "dee"})
    assert (answered.status_code, answered.headers["location"]) == (303, f"{PAGE}#who")
    page = pip.get(PAGE).text
    assert "<h3>Dee Fox</h3>" not in page
    assert ASKED_NOT in page
    assert "Mentors you asked not to be suggested" in page
    pip.post(f"{PAGE}/blocks/remove", data={"mentor": "dee"})
    page = pip.get(PAGE).text
    assert "<h3>Dee Fox</h3>" in page
    assert ASKED_NOT not in page


def test_who_is_blocked_sees_nothing_of_it(client_of: ClientOf, running: Context) -> None:
    block_person(running, "dee", "pip")
    for address in (PAGE, f"{PAGE}?lang=ru"):
        assert "Dee Fox" not in names_of(client_of("pip").get(address).text)
    api = client_of("pip").get("/api/v1/topics/delegate-work/mentors").json()
    assert "dee" not in {mentor["mentor_id"] for mentor in api}
    assert "dee" in {m["mentor_id"] for m in client_of("nora").get("/api/v1/topics/delegate-work/mentors").json()}


def test_what_was_shown_before_is_shown_without_them(client_of: ClientOf, running: Context) -> None:
    answer = suggest_for_need(running, "I cannot say no to my boss", person_id="pip").answer
    address = f"/needs/{answer.id}"
    assert "Dee Fox" in client_of("pip").get(address).text
    block_person(running, "dee", "pip")
    assert "Dee Fox" not in client_of("pip").get(address).text


def test_a_topic_whose_only_mentor_is_blocked_has_none(running: Context) -> None:
    block_person(running, "pip", "dee")
    answer = suggest_for_person(running, "pip", k=50).answer
    [gone] = [gone for gone in answer.excluded if gone.candidate_id == "say-no-kindly"] or [None]
    assert gone is None or gone.rule == "no_mentor"
    assert "say-no-kindly" not in {topic.topic_id for topic in answer.topics}


@pytest.mark.parametrize(("mentor", "status"), [("nobody", 404), ("pip", 422), ("\x00", 422)])
def test_nobody_unknown_and_not_oneself(mentor: str, status: int, client_of: ClientOf) -> None:
    assert client_of("pip").post(f"{PAGE}/blocks", data={"mentor": mentor}).status_code == status


def test_the_need_behind_the_page_is_kept(client_of: ClientOf, running: Context) -> None:
    answer = suggest_for_need(running, "I cannot say no to my boss", person_id="pip").answer
    answered = client_of("pip").post(f"{PAGE}/blocks", data={"mentor": "dee", "asked": answer.id})
    assert answered.headers["location"] == f"{PAGE}?asked={answer.id}#who"
