"""The page of progress: lines with a table behind, steps, sessions; an empty one says how to begin."""

from datetime import timedelta

from domain.people import HeldSkill, LevelChange
from services.context import Context
from services.own_skills import set_level
from store import unit_of_work
from tests.builders import NOW, a_person
from tests.web.conftest import ClientOf


def test_an_empty_page_says_what_will_be_there_and_how_to_begin(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("beginner")])
    page = client_of("beginner").get("/progress").text
    assert "Levels of your skills, steps and sessions will stand here once there are some." in page
    assert 'class="button" href="/goals"' in page


def test_a_changed_level_is_drawn_with_its_table(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("grower")])
        store.level_changes.add([LevelChange("grower", "delegation", NOW - timedelta(days=10), 1)])
        store.people.save_held([HeldSkill("grower", "delegation", 1)])
    client = client_of("grower")
    assert "A line is drawn as soon as you change a level." in client.get("/progress").text
    set_level(running, "grower", "delegation", 3)
    page = client.get("/progress").text
    assert 'role="img" aria-label="Delegation: from “first steps” to “confident”"' in page
    assert page.count("<td>Delegation</td>") == 2


def test_steps_and_sessions_are_there(client_of: ClientOf) -> None:
    page = client_of("nora").get("/progress").text
    assert "Write the next status mail with one question in its first line" in page
    assert "1 session held" in page
    assert "first steps" in page


def test_the_page_speaks_russian(client_of: ClientOf) -> None:
    assert "Ваш прогресс" in client_of("lena").get("/progress").text
