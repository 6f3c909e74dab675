"""The JSON API: shapes as documented, hostile bodies refused, nothing of other people."""

import json
from datetime import datetime
from typing import Any

import pytest

from tests.web.conftest import ClientOf

BOSS = "I cannot say no to my boss"
AGENDA = {"topic_id": "delegate-work", "mentor_id": "dee"}


def test_me_is_who_is_signed_in_and_time_is_utc(client_of: ClientOf) -> None:
    assert client_of("lena").get("/api/v1/me").json() == {
        "id": "lena",
        "name": "Елена Цветкова",
        "locale": "ru",
        "zone": "Europe/Moscow",
        "now": "2026-03-02T09:00:00Z",
    }


def test_suggestions_have_reasons_mentors_and_what_was_left_out(client_of: ClientOf) -> None:
    answer = client_of("nora").get("/api/v1/suggestions?k=2").json()
    first = answer["topics"][0]
    assert [topic["rank"] for topic in answer["topics"]] == [1, 2]
    assert first["topic_id"] == "delegate-work"
    assert {"feature", "contribution", "text"} == set(first["reasons"][0])
    assert datetime.fromisoformat(first["mentors"][0]["next_slot"]).utcoffset() is not None
    assert {gone["rule"] for gone in first["excluded_mentors"]} == {"own_manager"}
    assert (answer["person_id"], answer["language"]) == ("nora", "en")


def test_a_need_is_answered_in_the_language_asked_for(client_of: ClientOf) -> None:
    answer = client_of("nora").post("/api/v1/suggestions", json={"need": BOSS, "language": "ru", "k": 1}).json()
    assert (answer["need"], answer["language"], len(answer["topics"])) == (BOSS, "ru", 1)


def test_topics_are_told_in_one_language(client_of: ClientOf) -> None:
    topics = client_of("lena").get("/api/v1/topics").json()
    assert len(topics) == 397
    assert client_of("lena").get("/api/v1/topics/delegate-work").json() == {
        "id": "delegate-work",
        "area": "first-time-leading",
        "title": "Как делегировать и не забирать обратно",
        "summary": topics[[topic["id"] for topic in topics].index("delegate-work")]["summary"],
    }


def test_mentors_are_ranked_for_the_person(client_of: ClientOf) -> None:
    mentors = client_of("nora").get("/api/v1/topics/delegate-work/mentors").json()
    assert [mentor["rank"] for mentor in mentors] == [1, 2]
    assert {mentor["mentor_id"] for mentor in mentors} == {"dee", "vera"}


def test_an_agenda_is_a_document_of_facts_and_segments(client_of: ClientOf) -> None:
    agenda = client_of("nora").post("/api/v1/agendas", json=AGENDA | {"minutes": 25, "need": BOSS}).json()
    assert sum(segment["minutes"] for segment in agenda["segments"]) == 25
    assert agenda["facts"][0] == {"number": 1, "kind": "need", "text": BOSS}
    assert agenda["format"] == "one-to-one"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/suggestions", {}),
        ("/api/v1/suggestions", {"need": ""}),
        ("/api/v1/suggestions", {"need": "..."}),
        ("/api/v1/suggestions", {"need": "a" * 2_001}),
        ("/api/v1/suggestions", {"need": "no\x00"}),
        ("/api/v1/suggestions", {"need": "no \ud800"}),
        ("/api/v1/suggestions", {"need": BOSS, "k": 0}),
        ("/api/v1/suggestions", {"need": BOSS, "k": 51}),
        ("/api/v1/suggestions", {"need": BOSS, "language": "de"}),
        ("/api/v1/suggestions", {"need": BOSS, "person_id": "lena"}),
        ("/api/v1/suggestions", {"need": BOSS, "\ud800": 1}),
        ("/api/v1/suggestions", [BOSS]),
        ("/api/v1/agendas", AGENDA | {"minutes": 14}),
        ("/api/v1/agendas", AGENDA | {"minutes": 10**400}),
        ("/api/v1/agendas", AGENDA | {"minutes": "x" * 100}),
        ("/api/v1/agendas", AGENDA | {"format": "group"}),
        ("/api/v1/agendas", AGENDA | {"topic_id": "a\x00"}),
        ("/api/v1/agendas", AGENDA | {"mentor_id": "\ud800"}),
        ("/api/v1/agendas", AGENDA | {"role": "hr"}),
        ("/api/v1/agendas", AGENDA | {"need": "a" * 2_001}),
    ],
)
def test_a_body_that_breaks_a_rule_is_refused_with_words(path: str, body: Any, client_of: ClientOf) -> None:
    answered = client_of("nora").post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answered.status_code == 422
    assert set(answered.json()) == {"error"}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 20_000, b'{"need": 1' + b"0" * 5_000 + b"}", b"NaN"]
)
def test_a_body_that_is_no_json_is_refused(content: bytes, client_of: ClientOf) -> None:
    kind = {"Content-Type": "application/json"}
    answered = client_of("nora").post("/api/v1/suggestions", content=content, headers=kind)
    assert answered.status_code in {400, 422}
    assert set(answered.json()) == {"error"}


@pytest.mark.parametrize("query", ["k=0", "k=51", "k=x", "language=de", "k=" + "9" * 5000])
def test_a_query_that_breaks_a_rule_is_refused(query: str, client_of: ClientOf) -> None:
    assert client_of("nora").get(f"/api/v1/suggestions?{query}").status_code == 422


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/topics/x"), ("GET", "/api/v1/topics/x/mentors"), ("GET", "/api/v1/nothing")]
)
def test_what_is_not_there_is_404(method: str, path: str, client_of: ClientOf) -> None:
    answered = client_of("nora").request(method, path)
    assert answered.status_code == 404
    assert set(answered.json()) == {"error"}


def test_a_mentor_or_topic_that_is_not_there_is_404(client_of: ClientOf) -> None:
    for change in ({"mentor_id": "pip"}, {"mentor_id": "x"}, {"topic_id": "x"}):
        assert client_of("nora").post("/api/v1/agendas", json=AGENDA | change).status_code == 404


def test_the_description_tells_shapes_and_refusals(client_of: ClientOf) -> None:
    described = client_of().get("/api/v1/openapi.json").json()
    operation = described["paths"]["/api/v1/suggestions"]["post"]
    assert operation["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/SuggestionSet"
    }
    assert {"401", "404", "422"} <= set(operation["responses"])
    assert operation["responses"]["422"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Problem"
    }
    assert described["components"]["schemas"]["MentorSuggestion"]["properties"]["next_slot"]["anyOf"][0] == {
        "type": "string",
        "format": "date-time",
    }
