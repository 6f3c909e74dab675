"""HR's page of the programme: steps, what they would change, priorities, outcomes, and who changed what."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from recommender import TopicWeights
from services.context import Context
from services.programme import HISTORY, Setting
from services.weight_learning import LESSON
from store import unit_of_work
from tests.web.conftest import ClientOf
from web.programme import FEATURES

PAGE = "/hr/programme"
STEPS = {"need": "10", "skill_gap": "4", "feedback": "3", "priority": "2", "helped_similar": "2"}
STEPS |= dict.fromkeys(("progress", "freshness", "supply", "exploration"), "1")


@pytest.fixture
def hr(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    yield client_of("hana")
    with unit_of_work(running.engine, write=True) as store:
        for key in (*Setting, HISTORY, LESSON):
            store.put_setting(key, None)


def chosen(page: str) -> dict[str, str]:
    """Return the step that is selected on each line."""
    lines = re.findall(r'<select id="(\w+)" name="\w+" aria-describedby.*?</select>', page, re.DOTALL)
    found = re.findall(r'<select id="(\w+)"[^>]*aria-describedby[^>]*>.*?<option selected>(\d+)<', page, re.DOTALL)
    assert len(found) == len(lines)
    return dict(found)


def test_every_feature_has_its_line_and_the_defaults_are_whole_steps(hr: TestClient) -> None:
    assert set(FEATURES) == set(TopicWeights().shares())
    page = hr.get(PAGE).text
    assert chosen(page) == STEPS
    assert "In force now: the defaults." in page
    assert "of 100 parts of a score, 68 come from" in page


def test_steps_are_saved_noted_and_taken_back(hr: TestClient) -> None:
    assert hr.post(PAGE, data={**STEPS, "supply": "9", "save": "1"}).headers["location"] == PAGE
    page = hr.get(PAGE).text
    assert chosen(page) == {**STEPS, "supply": "9"}
    assert "In force now: set by HR." in page
    assert "Weights of topics, set by HR" in page
    assert "(Hana Sato)" in page
    hr.post(f"{PAGE}/defaults")
    page = hr.get(PAGE).text
    assert chosen(page) == STEPS
    assert "Weights of topics, the defaults" in page


def test_a_preview_saves_nothing_and_forgets_nothing(hr: TestClient) -> None:
    page = hr.post(PAGE, data={**STEPS, "need": "0", "preview": "1"}).text
    assert chosen(page) == {**STEPS, "need": "0"}
    assert re.search(r"With these weights the first topic (changes for|stays the same).* of \d+ people", page)
    assert "Nothing is saved yet." in page
    assert "of 100 parts of a score, 47 come from" in page  # 7 of 15 steps
    assert "That is less than half" in page
    assert chosen(hr.get(PAGE).text) == STEPS


@pytest.mark.parametrize("step", ["", "-1", "11", "1e5", "nan", "2.5", "ten", "٣"])
def test_a_step_that_is_none_is_marked_and_the_others_stay(hr: TestClient, step: str) -> None:
    answered = hr.post(PAGE, data={**STEPS, "supply": step, "save": "1"})
    assert answered.status_code == 422
    assert "Choose a step from 0 to 10 on each line." in answered.text
    assert re.search(r'id="supply"[^>]*aria-invalid="true"', answered.text)
    assert "<option selected>10</option>" in answered.text


def test_a_programme_in_which_nothing_counts_is_refused(hr: TestClient) -> None:
    for action in ("save", "preview"):
        answered = hr.post(PAGE, data={**dict.fromkeys(STEPS, "0"), action: "1"})
        assert answered.status_code == 422
        assert "At least one line has to count: give it 1 or more." in answered.text


def test_priorities_are_set_listed_and_removed(hr: TestClient) -> None:
    assert "None yet. A good beginning" in hr.get(PAGE).text
    assert hr.post(f"{PAGE}/priorities", data={"topic": "say-no-kindly", "priority": "some"}).status_code == 303
    page = hr.get(PAGE).text
    assert re.search(
        r'<strong>[^<]+</strong><br><span class="quiet">Some</span></div>.*value="say-no-kindly"', page, re.DOTALL
    )
    hr.post(f"{PAGE}/priorities/remove", data={"topic": "say-no-kindly"})
    assert "None yet. A good beginning" in hr.get(PAGE).text


@pytest.mark.parametrize(
    "form", [{}, {"topic": "nothing", "priority": "high"}, {"topic": "say-no-kindly", "priority": "x"}]
)
def test_a_priority_that_cannot_be_is_said_beside_the_form(hr: TestClient, form: dict[str, str]) -> None:
    answered = hr.post(f"{PAGE}/priorities", data=form)
    assert (answered.status_code, "Choose a topic and a priority." in answered.text) == (422, True)


def test_too_few_outcomes_teach_nothing_and_say_how_many_are_missing(hr: TestClient) -> None:
    assert "more are needed" not in hr.get(PAGE).text
    hr.post(f"{PAGE}/learn")
    assert re.search(r"There are \d+ outcomes so far; \d+ more are needed", hr.get(PAGE).text)
    hr.post(f"{PAGE}/learnt")
    assert chosen(hr.get(PAGE).text) == STEPS


def test_better_weights_are_offered_with_both_figures_and_taken_by_one_tap(hr: TestClient, running: Context) -> None:
    values = TopicWeights(need=0.5).shares()
    lesson = {"outcomes": 300, "missing": 0, "right": 71, "right_now": 64, "is_better": True, "values": values}
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(LESSON, {Setting.TOPIC_WEIGHTS: lesson})
    told = "Of 100 later comparisons, the new weights put 71 in the right order, those in force 64."
    assert told in hr.get(PAGE).text
    hr.post(f"{PAGE}/learnt")
    page = hr.get(PAGE).text
    assert "In force now: learnt from outcomes." in page
    assert told not in page


def test_a_damaged_setting_is_said_and_the_page_stands(hr: TestClient, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(Setting.TOPIC_WEIGHTS, {"need": "much"})
    page = hr.get(PAGE).text
    assert "What was set before cannot be read, so the defaults count." in page
    assert chosen(page) == STEPS


def test_in_russian_the_page_is_russian(hr: TestClient) -> None:
    page = hr.post(f"{PAGE}?lang=ru", data={**STEPS, "preview": "1"}).text
    assert "Что учитывается при подборе тем" in page
    assert "С этими весами первая тема ни у кого не изменится" in page
