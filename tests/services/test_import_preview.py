"""A preview says what a file would change and changes nothing; the import then does exactly that, or is refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import CatalogChanged, ImportRejected
from domain.sessions import SessionStatus
from services.context import Context
from services.import_preview import ChangedRow, ImportKind, ImportPreview, preview_import, run_import
from services.index import REFRESH_INDEX
from services.jobs import run_due
from store import unit_of_work
from tests.builders import NOW, a_session

HEADER = "id,name,email,locale,department,goals,mentor_topics,active\n"
PEOPLE = HEADER + "\n".join(
    (
        "n1,New One,n1@example.org,en,Care,stop saying yes to everything,,yes",
        "p1,Person p1,p1@example.org,en,Sales,,,yes",
        "m2,Person m2,m2@example.org,en,Support,,,no",
        "h1,Person h1,h1@example.org,en,Support,,,yes",
    )
)


def saved(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def preview(context: Context, folder: Path, text: str = PEOPLE) -> ImportPreview:
    return preview_import(context, ImportKind.PEOPLE, saved(folder, text))


def people(context: Context) -> dict[str, tuple[str, bool]]:
    with unit_of_work(context.engine) as store:
        return {person.id: (person.department, person.is_active) for person in store.people.list(active_only=False)}


def test_people_are_sorted_by_what_happens_to_them_and_nothing_happens_yet(running: Context, tmp_path: Path) -> None:
    before = people(running)
    found = preview(running, tmp_path)
    assert found.new == (ChangedRow("n1", "New One", ("goals",)),)
    assert found.changed == (ChangedRow("p1", "Person p1", ("department",)),)
    assert found.leavers == (ChangedRow("m2", "Person m2", ("is_active",)),)
    assert (found.unchanged, found.staff, found.asks_to_confirm) == (1, 4, True)
    assert people(running) == before


def test_the_import_does_what_was_shown_and_reads_new_texts_later(running: Context, tmp_path: Path) -> None:
    found = preview(running, tmp_path)
    run_import(running, ImportKind.PEOPLE, tmp_path / "people.csv", found.digest, "h1", confirm_leavers=True)
    assert people(running)["p1"] == ("Sales", True)
    assert people(running)["m2"] == ("Support", False)
    assert preview(running, tmp_path).is_empty
    ran: list[str] = []
    run_due(running, {REFRESH_INDEX: lambda context, payload: ran.append("index")}, "w")
    assert ran == ["index"]


def test_many_leavers_are_confirmed_or_nothing_happens(running: Context, tmp_path: Path) -> None:
    found, before = preview(running, tmp_path), people(running)
    with pytest.raises(ImportRejected, match="1 of 4 people would leave"):
        run_import(running, ImportKind.PEOPLE, tmp_path / "people.csv", found.digest, "h1")
    assert people(running) == before


def test_what_changed_since_the_preview_stops_the_import(running: Context, tmp_path: Path) -> None:
    found = preview(running, tmp_path)
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([replace(store.people.get("h1"), department="Board")])
    with pytest.raises(CatalogChanged):
        run_import(running, ImportKind.PEOPLE, tmp_path / "people.csv", found.digest, "h1", confirm_leavers=True)
    assert people(running)["p1"] == ("Support", True)


def test_sessions_of_those_who_leave_are_called_off(running: Context, tmp_path: Path) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("soon", mentor_id="m2", starts_at=NOW + timedelta(days=2))])
    found = preview(running, tmp_path)
    run_import(running, ImportKind.PEOPLE, tmp_path / "people.csv", found.digest, "h1", confirm_leavers=True)
    with unit_of_work(running.engine) as store:
        assert store.sessions.get("soon").status is SessionStatus.CANCELLED


def test_topics_and_roles_are_told_by_their_fields(running: Context, tmp_path: Path) -> None:
    roles = "id,title_en,title_ru,skills\nteam-lead,Team lead,Тимлид,delegation:3\nnew,New,Новая,sql:1\n"
    found = preview_import(running, ImportKind.ROLES, saved(tmp_path, roles, "roles.csv"))
    assert [(row.id, row.fields) for row in found.new] == [("new", ())]
    assert [(row.id, row.fields) for row in found.changed] == [("team-lead", ("title", "summary"))]
    columns = (
        "title",
        "summary",
        "aliases",
        "phrases",
        *(f"questions_{s}" for s in ("goal", "reality", "options", "will")),
    )
    names = ["id", "area", *(f"{name}_{code}" for name in (*columns, "next_steps") for code in ("en", "ru"))]
    row = ["speak-up", "first-time-leading", *(f"{name} words" for name in names[2:])]
    topics = f"{','.join(names)}\n{','.join(row)}\n"
    found = preview_import(running, ImportKind.TOPICS, saved(tmp_path, topics, "topics.csv"))
    assert [(row.id, row.fields[:3]) for row in found.changed] == [("speak-up", ("title", "summary", "out_of_scope"))]
    run_import(running, ImportKind.TOPICS, tmp_path / "topics.csv", found.digest, "h1")
    with unit_of_work(running.engine) as store:
        number = store.catalog.current().version.number
        assert (number, store.catalog.publishers()) == (2, {2: "h1"})
