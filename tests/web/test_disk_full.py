"""With a full disk everybody goes on reading, and who sends something is told that it was not kept."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from services.context import Context
from tests.web.matrix import INSIDE, Actor, Company, Operation, company_of_its_own, operations

OPERATIONS = {operation.name: operation for operation in operations()}
READING = {name: operation for name, operation in OPERATIONS.items() if operation.method == "GET"}
WRITING = {
    name: operation
    for name, operation in OPERATIONS.items()
    if operation.method != "GET" and "sign-out" not in name  # the company would sign in again
}


@pytest.fixture(scope="module")
def company(untouched: Context, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """A company whose database refuses every change, in the words that SQLite has for that."""
    with company_of_its_own(untouched, tmp_path_factory.mktemp("full")) as made:
        engine = made.app.state.context.engine
        event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only=ON").close())
        yield made


def own(operation: Operation, actor: Actor) -> str:
    return operation.thing.own.get(actor, "") if operation.thing else ""


def statuses(company: Company, operation: Operation) -> dict[Actor, int]:
    """Return the status that each actor gets for what is theirs, or everybody's."""
    reached = [actor for actor in INSIDE if operation.thing is None or own(operation, actor)]
    return {actor: company.send(operation, actor, own(operation, actor))[0] for actor in reached}


@pytest.mark.parametrize("name", READING)
def test_reading_goes_on(name: str, company: Company) -> None:
    assert {actor: status for actor, status in statuses(company, READING[name]).items() if status >= 500} == {}


@pytest.mark.parametrize("name", ["POST /goals/{goal_id}/close", "POST /goals/skills/remove"])
def test_the_page_says_that_nothing_was_changed(name: str, company: Company) -> None:
    status, _, text, _ = company.send(WRITING[name], Actor.MENTEE, own(WRITING[name], Actor.MENTEE))
    assert (status, "Nothing was changed. Try again in a minute" in text) == (503, True)


@pytest.mark.parametrize("name", WRITING)
def test_nothing_that_is_sent_ends_in_a_crash(name: str, company: Company) -> None:
    got = statuses(company, WRITING[name])
    assert {actor: status for actor, status in got.items() if status >= 500 and status != 503} == {}
