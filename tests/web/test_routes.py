"""Who may reach which route: a rule for each, so that a new route without one fails here."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from services.context import Context
from services.suggest import suggest_for_need
from tests.web.conftest import ClientOf
from web.programme_parts import MENTORS, TOPICS

ACTORS = {"nobody": None, "mentee": "nora", "mentor": "dee", "hr": "hana"}
PAIR = {"mentee": "nora", "mentor": "dee"}
AGENDA = {"topic_id": "delegate-work", "mentor_id": "dee"}

LATE = {"starts_at": "2026-03-20T09:00:00Z"}
DEEDS: dict[str, dict[str, str]] = {
    **{deed: {} for deed in ("accept", "decline", "withdraw", "confirm", "cancel", "leave")},
    "propose": LATE,
    "move": LATE,
    "no-show": {"missing_id": "dee"},
}


@dataclass(frozen=True)
class Rule:
    """The status that each actor gets: nobody, mentee nora, mentor dee, hr hana; `path` names real things."""

    nobody: int
    mentee: int
    mentor: int
    hr: int
    path: str = ""
    form: dict[str, str] | None = None
    body: dict[str, Any] | None = None


def page(path: str = "") -> Rule:
    return Rule(303, 200, 200, 200, path)


def own_page(path: str, *, mentor: int) -> Rule:
    return Rule(303, 200, mentor, 404, path)


def api(path: str = "", body: dict[str, Any] | None = None) -> Rule:
    return Rule(401, 200, 200, 200, path, body=body)


def open_to_all(path: str = "", status: int = 200) -> Rule:
    return Rule(status, status, status, status, path)


RULES = {
    "GET /": page(),
    "GET /needs": Rule(303, 303, 303, 303),
    "POST /needs": Rule(401, 303, 303, 303, form={"text": "I cannot say no to my boss"}),
    "GET /needs/{answer_id}": own_page("/needs/{answer}", mentor=404),
    "GET /search": page(),
    "POST /search": Rule(401, 200, 200, 200, form={"text": "I cannot say no to my boss"}),
    "GET /role": page(),
    "POST /role": Rule(401, 303, 303, 303, form={"text": ""}),
    "POST /role/strike": Rule(401, 303, 303, 303, form={"skill": "sql"}),
    "POST /role/put-back": Rule(401, 303, 303, 303, form={"skill": "sql"}),
    "GET /availability": page(),
    "POST /availability": Rule(401, 404, 422, 404),
    "POST /availability/days": Rule(401, 404, 422, 404),
    "POST /availability/days/remove": Rule(401, 303, 303, 303, form={"day": "2026-03-05"}),
    "POST /availability/absences": Rule(401, 404, 422, 404),
    "POST /availability/absences/remove": Rule(401, 303, 303, 303, form={"absence": "none"}),
    "GET /goals": page(),
    "POST /goals": Rule(401, 422, 422, 422, form={"text": ""}),
    "POST /goals/{goal_id}/change": Rule(401, 404, 404, 404, "/goals/none/change", form={"text": "words"}),
    "POST /goals/{goal_id}/close": Rule(401, 404, 404, 404, "/goals/none/close"),
    "POST /goals/{goal_id}/reopen": Rule(401, 404, 404, 404, "/goals/none/reopen"),
    "GET /goals/skills": page("/goals/skills?removed=sql&level=1"),
    "POST /goals/skills": Rule(401, 404, 404, 404, form={"skill": "none", "level": "1"}),
    "POST /goals/skills/remove": Rule(401, 303, 303, 303, form={"skill": "none"}),
    "POST /goals/skills/find": Rule(401, 200, 200, 200, form={"name": "sql"}),
    "POST /goals/role": Rule(401, 404, 404, 404, form={"role": "none"}),
    "GET /progress": page(),
    "GET /privacy": page(),
    "GET /privacy/model": page(),
    "GET /privacy/export": page(),
    "GET /privacy/erase": page(),
    "POST /privacy/erase": Rule(401, 422, 422, 422, form={"email": "somebody@else.org"}),
    "POST /topics/{topic_id}/pass": Rule(401, 404, 404, 404, "/topics/none/pass"),
    "POST /topics/{topic_id}/pass/undo": Rule(401, 303, 303, 303, "/topics/none/pass/undo"),
    "GET /topics/{topic_id}": page("/topics/delegate-work"),
    "POST /topics/{topic_id}/blocks": Rule(401, 303, 303, 303, "/topics/delegate-work/blocks", form={"mentor": "gone"}),
    "POST /topics/{topic_id}/blocks/remove": Rule(
        401, 303, 303, 303, "/topics/delegate-work/blocks/remove", form={"mentor": "gone"}
    ),
    "GET /topics/{topic_id}/agenda": page("/topics/delegate-work/agenda?mentor=vera"),
    "GET /sessions": page(),
    "GET /sessions/{session_id}/agenda": own_page("/sessions/booked/agenda", mentor=200),
    "GET /sessions/{session_id}/agenda/edit": own_page("/sessions/booked/agenda/edit", mentor=200),
    "POST /sessions/{session_id}/agenda/edit": Rule(401, 422, 422, 422, "/sessions/booked/agenda/edit"),
    "GET /sessions/{session_id}/agenda/model": own_page("/sessions/booked/agenda/model", mentor=200),
    "GET /sessions/{session_id}/agenda/model/state": own_page(
        "/sessions/booked/agenda/model/state?version=1", mentor=200
    ),
    "GET /language-model": page(),
    "POST /language-model": Rule(401, 303, 303, 303),
    "GET /sessions/{session_id}/agenda/versions": own_page("/sessions/booked/agenda/versions", mentor=200),
    "GET /sessions/{session_id}/agenda/versions/{number}": Rule(303, 404, 404, 404, "/sessions/none/agenda/versions/1"),
    "POST /sessions/{session_id}/agenda/versions/{number}": Rule(
        401, 404, 404, 404, "/sessions/none/agenda/versions/1"
    ),
    # nothing is set up here: tests/web/test_calendar_consent.py has an application where it is
    "GET /calendar/{provider}/connect": Rule(303, 404, 404, 404, "/calendar/google/connect"),
    "GET /calendar/{provider}/callback": Rule(303, 404, 404, 404, "/calendar/google/callback?code=a&state=b"),
    "GET /calendar/{provider}/failed": Rule(303, 404, 404, 404, "/calendar/google/failed?why=declined"),
    "GET /catalog": Rule(303, 404, 404, 200),
    "GET /catalog/words": Rule(303, 404, 404, 200),
    "POST /catalog/words": Rule(401, 404, 404, 303, form={"term": "ATLAS", "meaning": "client database"}),
    "POST /catalog/words/remove": Rule(401, 404, 404, 303, form={"term": "ATLAS"}),
    "POST /catalog/words/use": Rule(401, 404, 404, 303),
    "GET /catalog/add": Rule(303, 404, 404, 200),
    "POST /catalog/add": Rule(401, 404, 404, 422),
    "GET /catalog/topics/{topic_id}": Rule(303, 404, 404, 200, "/catalog/topics/delegate-work"),
    "POST /catalog/topics/{topic_id}": Rule(401, 404, 404, 422, "/catalog/topics/delegate-work"),
    "POST /catalog/topics/{topic_id}/retire": Rule(401, 404, 404, 404, "/catalog/topics/none/retire"),
    "POST /catalog/topics/{topic_id}/restore": Rule(401, 404, 404, 404, "/catalog/topics/none/restore"),
    "POST /catalog/topics/{topic_id}/merge": Rule(401, 404, 404, 422, "/catalog/topics/delegate-work/merge"),
    "GET /catalog/draft": Rule(303, 404, 404, 200),
    "POST /catalog/draft/publish": Rule(401, 404, 404, 409, form={"note": "Nothing", "base": "9", "seen": "none"}),
    "POST /catalog/draft/undo": Rule(401, 404, 404, 303),
    "POST /catalog/draft/drop": Rule(401, 404, 404, 303),
    "POST /catalog/draft/renew": Rule(401, 404, 404, 303),
    "GET /catalog/history": Rule(303, 404, 404, 200),
    "GET /catalog/history/{number}": Rule(303, 404, 404, 200, "/catalog/history/1"),
    "POST /catalog/history/{number}/restore": Rule(401, 404, 404, 404, "/catalog/history/99/restore"),
    "GET /hr/programme": Rule(303, 404, 404, 200),
    "POST /hr/programme": Rule(401, 404, 404, 303, form={**dict.fromkeys(TOPICS.features, "1"), "save": "1"}),
    "POST /hr/programme/defaults": Rule(401, 404, 404, 303),
    "POST /hr/programme/earlier": Rule(401, 404, 404, 303, form={"at": "never"}),
    "GET /hr/programme/mentors": Rule(303, 404, 404, 200),
    "POST /hr/programme/mentors": Rule(401, 404, 404, 303, form={**dict.fromkeys(MENTORS.features, "1"), "save": "1"}),
    "POST /hr/programme/mentors/defaults": Rule(401, 404, 404, 303),
    "POST /hr/programme/mentors/earlier": Rule(401, 404, 404, 303, form={"at": "never"}),
    "POST /hr/programme/mentors/learn": Rule(401, 404, 404, 303),
    "POST /hr/programme/mentors/learnt": Rule(401, 404, 404, 303),
    "POST /hr/programme/learn": Rule(401, 404, 404, 303),
    "POST /hr/programme/learnt": Rule(401, 404, 404, 303),
    "POST /hr/programme/priorities": Rule(401, 404, 404, 422, form={"topic": "nothing", "priority": "high"}),
    "POST /hr/programme/priorities/remove": Rule(401, 404, 404, 303, form={"topic": "nothing"}),
    "GET /hr/programme/booking": Rule(303, 404, 404, 200),
    "POST /hr/programme/booking": Rule(401, 404, 404, 422),
    "POST /hr/programme/booking/earlier": Rule(401, 404, 404, 303, form={"at": "never"}),
    "GET /hr/preparation": Rule(303, 404, 404, 200),
    "POST /hr/preparation": Rule(401, 404, 404, 303, form={"facts": "need"}),
    "POST /hr/preparation/publish": Rule(401, 404, 404, 404, form={"version": "v9"}),
    "POST /hr/preparation/back": Rule(401, 404, 404, 404),
    "GET /hr": Rule(303, 404, 404, 200),
    "GET /hr/insights": Rule(303, 404, 404, 200),
    "GET /hr/import": Rule(303, 404, 404, 200),
    "POST /hr/import": Rule(401, 404, 404, 422),
    "GET /hr/import/template/{kind}.csv": Rule(303, 404, 404, 200, "/hr/import/template/people.csv"),
    "GET /hr/import/{kind}/{key}": Rule(303, 404, 404, 404, "/hr/import/people/none"),
    "POST /hr/import/{kind}/{key}": Rule(401, 404, 404, 404, "/hr/import/people/none"),
    "POST /hr/import/{kind}/{key}/drop": Rule(401, 404, 404, 303, "/hr/import/people/none/drop"),
    "GET /hr/people": Rule(303, 404, 404, 200),
    "GET /hr/people.csv": Rule(303, 404, 404, 200),
    "GET /hr/people/{person_id:path}": Rule(303, 404, 404, 200, "/hr/people/nora"),
    "POST /hr/people/change": Rule(401, 404, 404, 404, form={"id": "none", "deed": "give", "role": "mentor"}),
    "GET /hr/rules": Rule(303, 404, 404, 200),
    "POST /hr/rules": Rule(401, 404, 404, 422),
    "POST /hr/rules/remove": Rule(401, 404, 404, 303),
    "GET /hr/jobs": Rule(303, 404, 404, 200),
    "POST /hr/jobs/retry": Rule(401, 404, 404, 303, form={"job": "none"}),
    "GET /hr/unmet": Rule(303, 404, 404, 200),
    "POST /hr/unmet/look": Rule(401, 404, 404, 303),
    "POST /hr/unmet/{draft_id}/approve": Rule(401, 404, 404, 422, "/hr/unmet/none/approve"),
    "POST /hr/unmet/{draft_id}/reject": Rule(401, 404, 404, 303, "/hr/unmet/none/reject"),
    "GET /calendar": page(),
    "POST /calendar/caldav": Rule(401, 422, 422, 422, form={"address": "dav.example.org", "account": "nora"}),
    "POST /calendar/disconnect": Rule(401, 303, 303, 303),
    "GET /cohorts": Rule(303, 404, 404, 200),
    "POST /cohorts": Rule(401, 404, 404, 422, form={"name": "Spring", "per_mentor": "0"}),
    "GET /cohorts/{cohort_id}": Rule(303, 404, 404, 404, "/cohorts/none"),
    "POST /cohorts/{cohort_id}/run": Rule(401, 404, 404, 404, "/cohorts/none/run"),
    "POST /cohorts/{cohort_id}/pin": Rule(401, 404, 404, 404, "/cohorts/none/pin", form=PAIR),
    "POST /cohorts/{cohort_id}/exclude": Rule(401, 404, 404, 404, "/cohorts/none/exclude", form=PAIR),
    "POST /cohorts/{cohort_id}/take-back": Rule(401, 404, 404, 404, "/cohorts/none/take-back", form=PAIR),
    "POST /cohorts/{cohort_id}/approve": Rule(401, 404, 404, 404, "/cohorts/none/approve", form={"number": "1"}),
    "GET /sign-in": Rule(200, 303, 303, 303),
    "POST /sign-in": open_to_all(status=404),  # no mail is set up here, nor a provider: test_sign_in_mail, test_sign_on
    "GET /oidc/begin": open_to_all(status=404),
    "GET /oidc/callback": open_to_all(status=404),
    "GET /oidc/failed": open_to_all(status=404),
    "GET /tokens": page(),
    "POST /tokens": Rule(401, 422, 422, 422, form={"name": ""}),
    "POST /tokens/{token_id}/remove": Rule(401, 404, 404, 404, "/tokens/none/remove"),
    "POST /sign-out/everywhere": Rule(401, 303, 303, 303),
    "GET /sign-in/{token}": open_to_all("/sign-in/no-such-token"),
    "POST /sign-in/{token}": open_to_all("/sign-in/no-such-token", 403),
    "POST /demo/person": Rule(404, 404, 404, 404, form={"person": "nora"}),
    "POST /sign-out": open_to_all(status=303),
    "GET /answer/{token}": open_to_all("/answer/no-such-token", 404),
    "POST /answer/{token}": Rule(
        404, 404, 404, 404, "/answer/no-such-token", form={"action": "accept", "revision": "0"}
    ),
    "GET /s/{token}": open_to_all("/s/no-such-token", 404),
    "GET /livez": open_to_all(),
    "GET /readyz": open_to_all(),
    "GET /api/v1/openapi.json": open_to_all(),
    "GET /api/v1/me": api(),
    "GET /api/v1/suggestions": api(),
    "POST /api/v1/suggestions": api(body={"need": "I cannot say no to my boss"}),
    "GET /api/v1/topics": api(),
    "GET /api/v1/mentors/{mentor_id}/times": api("/api/v1/mentors/vera/times"),
    "GET /api/v1/topics/{topic_id}": api("/api/v1/topics/delegate-work"),
    "GET /api/v1/topics/{topic_id}/mentors": api("/api/v1/topics/delegate-work/mentors"),
    "POST /api/v1/agendas": api(body=AGENDA | {"mentor_id": "vera"}),  # dee is the mentor who asks
    "GET /sessions/{session_id}/room": own_page("/sessions/booked/room", mentor=200),
    "GET /sessions/{session_id}/room/shared": own_page("/sessions/booked/room/shared", mentor=200),
    "POST /sessions/{session_id}/room/notes": Rule(
        401, 303, 303, 404, "/sessions/booked/room/notes", form={"shared": "true", "seen": "0"}
    ),
    "POST /sessions/{session_id}/room/done": Rule(
        401, 409, 409, 404, "/sessions/booked/room/done", form={"step": "Hand over one task"}
    ),
    "GET /sessions/{session_id}/chat": Rule(303, 404, 404, 404, "/sessions/booked/chat"),
    "GET /sessions/{session_id}/chat/messages": Rule(303, 404, 404, 404, "/sessions/booked/chat/messages"),
    "POST /sessions/{session_id}/chat": Rule(401, 404, 404, 404, "/sessions/booked/chat", form={"text": "Hello"}),
    "POST /sessions/{session_id}/chat/done": Rule(401, 404, 404, 404, "/sessions/booked/chat/done"),
    "GET /sessions/{session_id}/feedback": own_page("/sessions/booked/feedback", mentor=200),
    "POST /sessions/{session_id}/feedback": Rule(401, 422, 422, 404, "/sessions/booked/feedback"),
    "POST /sessions/{session_id}/feedback/no-show": Rule(401, 422, 422, 404, "/sessions/booked/feedback/no-show"),
    "GET /sessions/{session_id}/follow-up": own_page("/sessions/held/follow-up", mentor=404),
    "POST /sessions/{session_id}/follow-up": Rule(401, 422, 404, 404, "/sessions/held/follow-up"),
    "GET /api/v1/sessions/{session_id}/agenda": Rule(401, 200, 200, 404, "/api/v1/sessions/booked/agenda"),
    "GET /topics/{topic_id}/ask": page("/topics/delegate-work/ask?mentor=vera"),
    "POST /topics/{topic_id}/ask": Rule(
        401, 404, 404, 404, "/topics/delegate-work/ask", form={"mentor": "none", **LATE}
    ),
    "GET /sessions/{session_id}": own_page("/sessions/booked", mentor=200),
    "GET /sessions/{session_id}/times": own_page("/sessions/booked/times", mentor=200),
    "POST /sessions/{session_id}/{deed}": Rule(401, 409, 409, 404, "/sessions/booked/cancel", form={"revision": "99"}),
    "GET /mentoring": page(),
    "GET /groups": page(),
    "POST /groups": Rule(401, 422, 422, 422, form={"topic": "none", "day": "2030-01-01", "clock": "10:00"}),
    "POST /groups/{session_id}/{deed}": Rule(401, 404, 404, 404, "/groups/none/join"),
    "GET /api/v1/sessions": api(),
    "POST /api/v1/sessions": Rule(401, 404, 404, 404, body={"topic_id": "delegate-work", "mentor_id": "none"}),
    "POST /api/v1/sessions/groups": Rule(401, 404, 404, 404, body={"topic_id": "none", **LATE}),
    "POST /api/v1/sessions/{session_id}/join": Rule(401, 404, 404, 404, "/api/v1/sessions/booked/join"),
    "POST /api/v1/sessions/{session_id}/wait": Rule(401, 404, 404, 404, "/api/v1/sessions/booked/wait"),
    "POST /api/v1/sessions/{session_id}/stop-waiting": Rule(401, 404, 404, 404, "/api/v1/sessions/booked/stop-waiting"),
    **{
        f"POST /api/v1/sessions/{{session_id}}/{deed}": Rule(
            401, 409, 409, 404, f"/api/v1/sessions/booked/{deed}", body={"revision": 99, **more}
        )
        for deed, more in DEEDS.items()
    },
    "MOUNT /static": open_to_all("/static/halfhour.css"),
}


def all_routes(routes: Sequence[BaseRoute]) -> Iterator[BaseRoute]:
    """Yield every route, those of included routers too."""
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from all_routes(included.routes) if included else [route]


def names_of(routes: Sequence[BaseRoute]) -> Iterator[str]:
    """Yield `METHOD /path` of each route; GET stands for HEAD too."""
    for route in all_routes(routes):
        methods = sorted((getattr(route, "methods", None) or {"MOUNT"}) - {"HEAD"})
        yield from (f"{method} {getattr(route, 'path', '?')}" for method in methods)


@pytest.fixture(scope="module")
def answer_of_nora(running: Context) -> str:
    return suggest_for_need(running, "I cannot say no to my boss", person_id="nora").answer.id


def test_every_route_has_a_rule_and_every_rule_a_route(app: FastAPI) -> None:
    assert sorted(names_of(app.routes)) == sorted(RULES)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", RULES)
def test_each_actor_gets_what_the_rule_says(name: str, actor: str, client_of: ClientOf, answer_of_nora: str) -> None:
    rule, (method, path) = RULES[name], name.split(" ")
    address = (rule.path or path).replace("{answer}", answer_of_nora)
    answered = client_of(ACTORS[actor]).request(method.replace("MOUNT", "GET"), address, data=rule.form, json=rule.body)
    assert answered.status_code == getattr(rule, actor)


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.nobody == 303 and "GET /" in name])
def test_nobody_is_sent_to_sign_in_and_sees_nothing(name: str, client_of: ClientOf, answer_of_nora: str) -> None:
    path = (RULES[name].path or name.split(" ")[1]).replace("{answer}", answer_of_nora)
    answered = client_of().get(path)
    assert answered.headers["location"] in {"/sign-in", "/"}
    assert answered.text == ""


def test_pages_are_not_in_the_api_description_and_api_routes_are(app: FastAPI, client_of: ClientOf) -> None:
    described = set(json.loads(client_of().get("/api/v1/openapi.json").text)["paths"])
    routes = {route.path for route in all_routes(app.routes) if isinstance(route, APIRoute) and route.include_in_schema}
    assert described == routes
    assert {path for path in described if not path.startswith("/api/v1/")} == {"/livez", "/readyz"}
