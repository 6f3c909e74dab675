"""Nobody reads what is not theirs: eight actors, every operation, things of one's own, of strangers, and none."""

import json
from collections.abc import Iterator

import pytest

from services.context import Context
from tests.proofs.report import record
from tests.web.matrix import (
    INSIDE,
    OUTSIDE,
    Actor,
    Answer,
    Company,
    Operation,
    company_of_its_own,
    operations,
)
from tests.web.test_routes import RULES

pytestmark = pytest.mark.promise
OPERATIONS = {operation.name: operation for operation in operations()}
WITH_THING = {name: operation for name, operation in OPERATIONS.items() if operation.thing}
# a form without its fields is refused before anybody looks for the thing
EARLIER = {"POST /sessions/{session_id}/agenda/edit"}
WITHOUT = {name: operation for name, operation in OPERATIONS.items() if not operation.thing}


@pytest.fixture(scope="module")
def company(untouched: Context, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with company_of_its_own(untouched, tmp_path_factory.mktemp("matrix")) as made:
        yield made
        record("R10", "sqlite", {"actors": len(Actor), "operations": len(OPERATIONS), "requests": made.sent})


def test_every_operation_of_the_api_is_among_them(company: Company) -> None:
    described = company.send(Operation("GET /api/v1/openapi.json", RULES["GET /api/v1/openapi.json"]), Actor.ANONYMOUS)
    paths = json.loads(described[2])["paths"]
    named = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert named - set(OPERATIONS) == set()
    assert len(named) > 20


@pytest.mark.parametrize("name", WITHOUT)
def test_each_actor_gets_what_the_rule_says(name: str, company: Company) -> None:
    operation = WITHOUT[name]
    got, expected = {}, {}
    for actor in Actor:
        status, place, _, _ = company.send(operation, actor)
        got[actor] = operation.answer_of(status, place)
        expected[actor] = operation.expected(actor)
        assert status < 500
    assert got == expected


@pytest.mark.parametrize("name", WITH_THING)
def test_what_strangers_have_reads_like_what_is_not_there(name: str, company: Company) -> None:
    operation = WITH_THING[name]
    assert operation.thing
    for actor in Actor:
        missing = company.send(operation, actor, operation.thing.missing)
        assert missing[0] < 500
        foreign = operation.thing.foreign_to(actor)
        if foreign:
            assert company.send(operation, actor, foreign) == missing, actor
        if foreign and actor in INSIDE:
            assert missing[0] == (422 if name in EARLIER else 404), actor


@pytest.mark.parametrize("name", WITH_THING)
def test_whoever_is_not_signed_in_is_told_nothing_about_any_thing(name: str, company: Company) -> None:
    operation = WITH_THING[name]
    assert operation.thing
    keys = {operation.thing.missing, operation.thing.foreign, *operation.thing.own.values()} - {""}
    for actor in OUTSIDE:
        answers = [company.send(operation, actor, key) for key in sorted(keys)]
        assert answers.count(answers[0]) == len(answers)
        assert operation.answer_of(*answers[0][:2]) is operation.expected(actor)


@pytest.mark.parametrize("name", WITH_THING)
def test_each_actor_reaches_what_is_their_own(name: str, company: Company) -> None:
    operation = WITH_THING[name]
    assert operation.thing
    for actor, key in operation.thing.own.items():
        status, place, _, _ = company.send(operation, actor, key)
        got = operation.answer_of(status, place)
        assert status < 500, actor
        assert got is Answer.SOMETHING or (got is Answer.NOTHING and operation.may_read_like_nothing(actor)), actor
