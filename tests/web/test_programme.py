"""HR's pages of the programme, topics and mentors: steps, what they would change, outcomes, who changed what."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from recommender import MentorWeights, TopicWeights
from services.context import Context
from services.programme import HISTORY, Setting, save_weights
from services.weight_learning import LESSON
from store import unit_of_work
from tests.builders import NOW
from tests.web.conftest import ClientOf
from web.programme_parts import MENTORS, TOPICS, Part

PAGE = "/hr/programme"
STEPS = {"need": "10", "skill_gap": "4", "feedback": "3", "priority": "2", "helped_similar": "2"}
STEPS |= dict.fromkeys(("progress", "freshness", "supply", "exploration"), "1")
MENTOR_PAGE = "/hr/programme/mentors"
MENTOR_STEPS = {"topic_fit": "10", "experience": "4", "availability": "4", "load": "3", "rating": "2"}
MENTOR_STEPS |= {"topic_rating": "2", "language": "2"}
MENTOR_STEPS |= dict.fromkeys(("skill", "growth", "capacity_week", "capacity_month", "reply", "zone", "format"), "1")
PARTS = [(TOPICS, STEPS), (MENTORS, MENTOR_STEPS)]
of_both = pytest.mark.parametrize(("part", "steps"), PARTS, ids=["topics", "mentors"])


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
    assert set(TOPICS.features) == set(TopicWeights().shares())
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


def test_the_page_of_mentors_has_all_fourteen_lines_and_leads_to_and_from_that_of_topics(hr: TestClient) -> None:
    """Of the default weights .61 are known of the mentor and the topic; the steps are rounder than these."""
    assert set(MENTORS.features) == set(MentorWeights().shares())
    page = hr.get(MENTOR_PAGE).text
    assert chosen(page) == MENTOR_STEPS
    assert "In force now: the defaults." in page
    assert "of 100 parts of a score, 61 come from what is known" in page
    assert '<a href="/hr/programme/mentors" aria-current="page">' in page
    assert '<a href="/hr/programme/mentors">' in hr.get(PAGE).text


def test_steps_of_mentors_are_saved_apart_from_those_of_topics(hr: TestClient) -> None:
    saved = hr.post(MENTOR_PAGE, data={**MENTOR_STEPS, "load": "9", "save": "1"})
    assert saved.headers["location"] == MENTOR_PAGE
    page = hr.get(MENTOR_PAGE).text
    assert chosen(page) == {**MENTOR_STEPS, "load": "9"}
    assert "Weights of mentors, set by HR" in page
    assert "set by HR" not in hr.get(PAGE).text
    hr.post(f"{MENTOR_PAGE}/defaults")
    assert chosen(hr.get(MENTOR_PAGE).text) == MENTOR_STEPS


def test_a_preview_of_mentors_tells_changes_and_spread_and_names_nobody(hr: TestClient, running: Context) -> None:
    only_load = dict.fromkeys(MENTOR_STEPS, "0") | {"load": "5"}
    page = hr.post(MENTOR_PAGE, data={**only_load, "preview": "1"}).text
    assert chosen(page) == only_load
    assert re.search(r"the first mentor for the first topic (changes for|stays the same).* of \d+ people", page)
    assert re.search(r"of these people: \d+ now, \d+ then", page)
    assert "of 100 parts of a score, 0 come from" in page
    with unit_of_work(running.engine) as store:
        names = [person.name for person in store.people.list() if person.id != "hana"]
    assert [name for name in names if name in page] == []
    assert chosen(hr.get(MENTOR_PAGE).text) == MENTOR_STEPS


@of_both
@pytest.mark.parametrize("step", ["", "-1", "11", "1e5", "nan", "inf", "2.5", "ten", "٣"])
def test_a_step_that_is_none_is_said_beside_its_line_and_the_others_stay(
    hr: TestClient, part: Part, steps: dict[str, str], step: str
) -> None:
    first, second = list(part.features)[:2]
    answered = hr.post(part.address, data={**steps, first: "7", second: step, "save": "1"})
    assert answered.status_code == 422
    assert re.findall(r'id="(\w+)-wrong">Choose a step from 0 to 10\.', answered.text) == [second]
    assert re.search(f'id="{second}"[^>]*aria-describedby="{second}-means {second}-wrong" aria-invalid', answered.text)
    assert chosen(answered.text) == {**steps, first: "7"}
    assert chosen(hr.get(part.address).text) == steps


@of_both
@pytest.mark.parametrize("action", ["save", "preview"])
def test_a_programme_in_which_nothing_counts_is_refused(
    hr: TestClient, part: Part, steps: dict[str, str], action: str
) -> None:
    answered = hr.post(part.address, data={**dict.fromkeys(steps, "0"), action: "1"})
    assert answered.status_code == 422
    assert "At least one line has to count: give it 1 or more." in answered.text
    assert chosen(hr.get(part.address).text) == steps


@of_both
def test_earlier_weights_come_back_by_one_tap(
    hr: TestClient, running: Context, part: Part, steps: dict[str, str]
) -> None:
    """The first change is offered, the second is in force; going back is a change too."""
    kind, last = (TopicWeights, "supply") if part is TOPICS else (MentorWeights, "load")
    whole = kind().shares()
    with unit_of_work(running.engine, write=True) as store:
        for hours, weight in ((2, 0.9), (1, 0.2)):
            save_weights(store, kind.of(whole | {last: weight}), "hana", NOW - timedelta(hours=hours))
    offered = re.findall(r'name="at" value="([^"]+)"', hr.get(part.address).text)
    assert offered == [(NOW - timedelta(hours=2)).isoformat()]
    assert hr.post(f"{part.address}/earlier", data={"at": offered[0]}).headers["location"] == part.address
    assert chosen(hr.get(part.address).text)[last] == "10"
    gone = hr.post(f"{part.address}/earlier", data={"at": "2020-01-01"})
    assert gone.headers["location"] == f"{part.address}#changes"


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


@of_both
def test_too_few_outcomes_teach_nothing_and_say_how_many_are_missing(
    hr: TestClient, part: Part, steps: dict[str, str]
) -> None:
    assert "more are needed" not in hr.get(part.address).text
    hr.post(f"{part.address}/learn")
    assert re.search(r"There are \d+ outcomes so far; \d+ more are needed", hr.get(part.address).text)
    hr.post(f"{part.address}/learnt")
    assert chosen(hr.get(part.address).text) == steps


@of_both
def test_better_weights_are_offered_with_both_figures_and_taken_by_one_tap(
    hr: TestClient, running: Context, part: Part, steps: dict[str, str]
) -> None:
    values = TopicWeights(need=0.5).shares() if part is TOPICS else MentorWeights(load=0.5).shares()
    lesson = {"outcomes": 300, "missing": 0, "right": 71, "right_now": 64, "is_better": True, "values": values}
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(LESSON, {part.setting: lesson})
    told = "Of 100 later comparisons, the new weights put 71 in the right order, those in force 64."
    assert told in hr.get(part.address).text
    hr.post(f"{part.address}/learnt")
    page = hr.get(part.address).text
    assert "In force now: learnt from outcomes." in page
    assert told not in page


def test_a_damaged_setting_is_said_and_the_page_stands(hr: TestClient, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(Setting.TOPIC_WEIGHTS, {"need": "much"})
    page = hr.get(PAGE).text
    assert "What was set before cannot be read, so the defaults count." in page
    assert chosen(page) == STEPS
    assert "cannot be read" not in hr.get(MENTOR_PAGE).text


def test_in_russian_the_page_is_russian(hr: TestClient) -> None:
    page = hr.post(f"{PAGE}?lang=ru", data={**STEPS, "preview": "1"}).text
    assert "Что учитывается при подборе тем" in page
    assert "С этими весами первая тема ни у кого не изменится" in page
    page = hr.post(f"{MENTOR_PAGE}?lang=ru", data={**MENTOR_STEPS, "preview": "1"}).text
    assert "Что учитывается при подборе наставников" in page
    assert "С этими весами первый наставник по первой теме ни у кого не изменится" in page
