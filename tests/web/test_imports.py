"""HR's imports by page: a preview that changes nothing, problems by row and column, a confirmation, templates."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.errors import RowProblem
from services.context import Context
from services.import_preview import ImportKind
from services.uploads import Uploads
from store import unit_of_work
from tests.web.hr_company import client_for, small_company
from web.import_words import problem_text
from web.imports import ADDRESS, COLUMNS

GOOD = (
    "id,name,email,department,active\nnew,New Person,new@example.org,Care,yes\nned,Ned Vane,ned@example.org,Sales,yes\n"
)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = replace(small_company(tmp_path), uploads=Uploads(tmp_path / "uploads"))
    yield made
    made.engine.dispose()


@pytest.fixture
def hr(context: Context) -> TestClient:
    return client_for(context)


def send(hr: TestClient, content: str | bytes, kind: str = "people", name: str = "people.csv") -> Response:
    return hr.post(ADDRESS, data={"kind": kind}, files={"file": (name, content)})


def preview_of(hr: TestClient, content: str) -> tuple[str, str, dict[str, str]]:
    """Send a good file; return the preview's address, its page and its hidden field."""
    answered = send(hr, content)
    assert answered.status_code == 303, answered.text
    address = str(answered.headers["location"])
    page = hr.get(address).text
    return address, page, dict(re.findall(r'name="(seen)" value="(\w+)"', page))


def departments(context: Context) -> dict[str, str]:
    with unit_of_work(context.engine) as store:
        return {person.id: person.department for person in store.people.list()}


def test_a_preview_changes_nothing_and_the_confirmation_does_what_it_said(hr: TestClient, context: Context) -> None:
    before = departments(context)
    address, page, seen = preview_of(hr, GOOD)
    assert re.search(r'<span>New Person <span class="small quiet">new</span>', page)
    assert re.search(r'Ned Vane .*?</span></span><span class="small quiet">department</span>', page)
    assert departments(context) == before
    assert hr.post(address, data=seen).headers["location"] == f"{ADDRESS}?done=people"
    assert departments(context)["ned"] == "Sales"
    assert "Done: everything in the file is in." in hr.get(f"{ADDRESS}?done=people").text
    assert hr.get(address).status_code == 404


def test_a_bad_row_is_named_in_either_language_and_nothing_is_kept(hr: TestClient, context: Context) -> None:
    bad = GOOD.replace("new@example.org", "nobody").replace("Sales,yes", "Sales,maybe")
    answered = send(hr, bad)
    assert answered.status_code == 422
    assert "people.csv was not imported, and nothing has changed: 2 things are wrong." in answered.text
    assert '<td data-label="Row">2</td><td data-label="Column">email</td><td>This must be an e-mail' in answered.text
    assert "This must be yes or no; the file says maybe." in answered.text
    hr.cookies.set("halfhour_language", "ru")
    assert "Здесь должно быть yes или no" in send(hr, bad).text
    assert list(context.uploads.folder.iterdir()) == []


def test_many_leavers_need_a_tick(hr: TestClient, context: Context) -> None:
    address, page, seen = preview_of(hr, "id,name,email,active\nned,Ned Vane,ned@example.org,no\n")
    assert "Yes, 1 of 4 people leave." in page
    refused = hr.post(address, data=seen)
    assert refused.status_code == 422
    assert 'id="leavers-error"' in refused.text
    assert "ned" in departments(context)
    assert hr.post(address, data=seen | {"leavers": "yes"}).status_code == 303
    assert "ned" not in departments(context)


def test_what_changed_meanwhile_is_shown_before_anything_happens(hr: TestClient, context: Context) -> None:
    address, _, seen = preview_of(hr, GOOD)
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([replace(store.people.get("ned"), department="Sales")])
    answered = hr.post(address, data=seen)
    assert answered.status_code == 409
    assert "the company has changed since you looked" in answered.text
    assert "new" not in departments(context)


def test_a_file_is_only_for_whoever_sent_it(hr: TestClient, context: Context) -> None:
    address, _, seen = preview_of(hr, GOOD)
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([replace(store.people.get("mia"), roles=store.people.get("hana").roles)])
    other = client_for(context, "mia")
    assert other.get(address).status_code == 404
    assert other.post(address, data=seen).status_code == 404
    assert hr.post(f"{address}/drop").headers["location"] == ADDRESS
    assert hr.get(address).status_code == 404


@pytest.mark.parametrize(
    ("form", "files", "says"),
    [
        ({}, {"file": ("a.csv", b"id\n")}, "Choose what the file holds."),
        ({"kind": "people"}, None, "Choose a CSV or XLSX file of at most 10 MB."),
        ({"kind": "secrets"}, {"file": ("a.csv", b"id\n")}, "Choose what the file holds."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    hr: TestClient, form: dict[str, str], files: dict[str, tuple[str, bytes]] | None, says: str
) -> None:
    answered = hr.post(ADDRESS, data=form, files=files)
    assert answered.status_code == 422
    assert says in answered.text


def test_ten_megabytes_may_come_here_and_only_here(hr: TestClient) -> None:
    assert "not imported" in send(hr, b"id\n" + b"x" * 9_000_000).text
    assert send(hr, b"x" * 10_200_000).status_code == 413
    assert hr.post("/hr/rules", data={"first": "x" * 1_100_000}).status_code == 413


@pytest.mark.parametrize("kind", ImportKind)
def test_a_template_is_read_as_an_empty_table(kind: ImportKind, hr: TestClient) -> None:
    answered = hr.get(f"{ADDRESS}/template/{kind}.csv")
    assert answered.text.lstrip("\ufeff").strip().split(",") == list(COLUMNS[kind])
    sent = send(hr, answered.content, kind, f"{kind}.csv")
    assert "Nothing: everything in the file is in already." in hr.get(sent.headers["location"]).text


def test_a_problem_without_words_of_its_own_is_told_as_it_is() -> None:
    problem = RowProblem(1, "", "must dance")
    assert problem_text(problem.message, lambda message: message) == "must dance"
