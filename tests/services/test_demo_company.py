"""The demo company is plausible, obeys the product's own rules, and is the same for the same seed."""

import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from domain.errors import InvalidInput
from domain.language import Language
from domain.people import MentorOffer, Person, Role
from services.catalog_files import read_starter_roles, read_starter_skills
from services.demo.files import read_demo_texts
from services.demo.names import NameGiver, address_stem
from services.demo.offers import offer_neighbours
from services.demo.texts import DemoTexts, Gender
from services.demo_company import Company, build_company, generate_company
from tests.builders import an_offer

NOW = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
QUARTER_SECONDS = 900


@pytest.fixture(scope="module")
def texts() -> DemoTexts:
    return read_demo_texts()


@pytest.fixture(scope="module")
def company() -> Company:
    return generate_company(NOW)


@pytest.fixture(scope="module")
def bigger() -> Company:
    return generate_company(NOW, people=1_300)


@pytest.fixture(scope="module")
def people(company: Company) -> dict[str, Person]:
    return {person.id: person for person in company.people}


@pytest.fixture(scope="module")
def offers(company: Company) -> dict[str, MentorOffer]:
    return {offer.mentor_id: offer for offer in company.offers}


# --- people ---------------------------------------------------------------------------------------------------------


def test_320_people_half_of_each_language(company: Company) -> None:
    assert Counter(person.locale for person in company.people) == {Language.EN: 160, Language.RU: 160}
    assert [person.id for person in company.people] == [f"p{number:03d}" for number in range(1, 321)]


def test_everyone_speaks_the_own_locale_and_some_speak_both(company: Company) -> None:
    assert all(person.locale in person.languages for person in company.people)
    both = [person for person in company.people if len(person.languages) == 2]
    assert 40 <= len(both) <= 120


def test_the_tree_has_one_top_and_no_cycles(people: dict[str, Person]) -> None:
    tops = [person.id for person in people.values() if person.manager_id is None]
    assert tops == ["p001"]
    for person in people.values():
        chain = [person.id]
        while manager_id := people[chain[-1]].manager_id:
            assert manager_id not in chain
            chain.append(manager_id)
        assert chain[-1] == "p001"


def test_nobody_who_left_leads_people_or_takes_part(company: Company, bigger: Company) -> None:
    for each in (company, bigger):
        left = {person.id for person in each.people if not person.is_active}
        assert left
        assert left.isdisjoint(person.manager_id for person in each.people)
        assert left.isdisjoint(person_id for one in each.sessions for person_id in (one.mentor_id, *one.mentee_ids))


def test_names_and_addresses_are_unique_and_addresses_are_ascii(company: Company) -> None:
    assert len({person.name for person in company.people}) == 320
    assert len({person.email for person in company.people}) == 320
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+\d*@example\.com", person.email) for person in company.people)


def test_several_zones_of_each_half_are_used(company: Company) -> None:
    zones = Counter(person.zone for person in company.people)
    assert {"Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Moscow", "Asia/Almaty"} <= set(zones)
    assert all(ZoneInfo(zone) for zone in zones)


def test_there_are_several_hr_people_and_an_admin(company: Company) -> None:
    held = Counter(role for person in company.people for role in person.roles)
    assert held[Role.HR] >= 5
    assert held[Role.ADMIN] >= 1
    assert held[Role.MENTEE] == 320


def test_target_roles_and_skills_exist_and_a_target_is_not_the_own_job(company: Company, texts: DemoTexts) -> None:
    skills = {skill.id for skill in read_starter_skills()}
    roles = {role.id for role in company.roles}
    assert {person.target_role_id for person in company.people} - {None} <= roles
    assert {held.skill_id for held in company.held_skills} <= skills
    pairs = [(held.person_id, held.skill_id) for held in company.held_skills]
    assert pairs == sorted(set(pairs))
    jobs = [job for department in texts.departments for job in (*department.jobs, department.head, department.lead)]
    assert [job.title.en for job in jobs if job.role_id in job.next_role_ids] == []


def test_a_womans_title_and_surname_agree(texts: DemoTexts, company: Company) -> None:
    women = {name for circle in texts.circles[Language.RU] for name in circle.women}
    for person in company.people:
        if person.locale is Language.RU:
            first, surname = person.name.split()
            assert not (first in women and surname.endswith(("ов", "ев", "ин", "ский", "ской")))
            assert not (first in women and "медбрат" in person.job_title)
            assert not (first not in women and surname.endswith(("ова", "ева", "ина", "ская")))
            assert not (first not in women and "медсестра" in person.job_title)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("Łukasz O'Shea", "lukasz.oshea"), ("Юлия Щеглова", "yuliya.shcheglova"), ("Gráinne Köhler", "grainne.kohler")],
)
def test_an_address_stem_is_the_name_in_ascii(name: str, stem: str) -> None:
    assert address_stem(name) == stem


def test_a_second_person_of_one_name_gets_a_number() -> None:
    naming = NameGiver(Random(1), "example.com")
    addresses = [naming.address(name) for name in ("Orla Devlin", "Orla Devlin", "Órla Devlin")]
    assert addresses == ["orla.devlin@example.com", "orla.devlin2@example.com", "orla.devlin3@example.com"]


# --- goals ----------------------------------------------------------------------------------------------------------


def test_no_goal_text_is_used_twice(company: Company) -> None:
    goals = [goal.text for goal in company.goals]
    assert len(goals) == len(set(goals)) >= 300


def test_goals_are_in_the_writers_language_and_in_the_past(company: Company, people: dict[str, Person]) -> None:
    assert all(goal.language is people[goal.person_id].locale for goal in company.goals)
    assert all(goal.created_at < (goal.closed_at or NOW) <= NOW for goal in company.goals)
    assert 5 <= sum(goal.closed_at is not None for goal in company.goals) <= 40


def test_a_mentor_does_not_ask_for_what_she_teaches(
    company: Company, offers: dict[str, MentorOffer], texts: DemoTexts
) -> None:
    about = {goal.text: goal.about for goal in texts.goals}
    taught = [
        goal.id
        for goal in company.goals
        if goal.person_id in offers and about[goal.text] in offers[goal.person_id].topic_ids
    ]
    assert taught == []


def test_a_goal_that_names_a_gender_goes_to_that_gender(company: Company, texts: DemoTexts) -> None:
    by = {goal.text: goal.by for goal in texts.goals if goal.by and goal.language is Language.RU}
    women = {name for circle in texts.circles[Language.RU] for name in circle.women}
    first_names = {person.id: person.name.split()[0] for person in company.people}
    marked = [goal for goal in company.goals if goal.text in by]
    assert len(marked) >= 20
    for goal in marked:
        assert (by[goal.text] is Gender.WOMAN) == (first_names[goal.person_id] in women)


# --- mentors --------------------------------------------------------------------------------------------------------


def test_about_seventy_mentors_with_different_biographies(company: Company, people: dict[str, Person]) -> None:
    assert 64 <= len(company.offers) <= 80
    assert len({offer.biography for offer in company.offers}) == len(company.offers)
    assert all(Role.MENTOR in people[offer.mentor_id].roles for offer in company.offers)
    assert all(offer.language is people[offer.mentor_id].locale for offer in company.offers)


def test_offers_are_within_what_a_mentor_may_give_and_some_show_the_rules(company: Company) -> None:
    capacities = [offer.capacity_minutes_per_week for offer in company.offers]
    assert all(minutes == 0 or 30 <= minutes <= 120 for minutes in capacities)
    assert 2 <= capacities.count(0) <= 6
    assert 3 <= sum(offer.paused_until is not None for offer in company.offers) <= 8
    assert all(2 <= len(offer.topic_ids) <= 6 and offer.weekly_hours and offer.formats for offer in company.offers)


def test_topics_that_the_catalog_lacks_are_not_offered() -> None:
    known = {"delegate-work", "break-bad-news", "calm-on-call"}
    company = generate_company(NOW, topic_ids=known)
    assert set().union(*(offer.topic_ids for offer in company.offers)) == known
    assert {session.topic_id for session in company.sessions} <= known
    assert all(offer.topic_ids for offer in company.offers)


def test_every_topic_named_anywhere_is_offered_by_two_mentors(company: Company, texts: DemoTexts) -> None:
    offered = Counter(topic for offer in company.offers for topic in offer.topic_ids)
    named = {goal.about for goal in texts.goals} | {text.about for text in texts.feedback if text.about}
    assert named == set(texts.requests)
    assert {topic for biography in texts.biographies for topic in biography.topic_ids} == named
    assert sum(offered[topic] >= 2 for topic in named) >= 0.8 * len(named)


# --- the same seed, other sizes -------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_company_and_another_seed_another() -> None:
    assert generate_company(NOW, seed=3, people=120) == generate_company(NOW, seed=3, people=120)
    assert generate_company(NOW, seed=3, people=120) != generate_company(NOW, seed=4, people=120)


def test_the_company_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import hashlib; from datetime import UTC, datetime; from services.demo_company import generate_company;"
        "c = generate_company(datetime(2026, 3, 16, 9, 30, tzinfo=UTC), people=120);"
        "parts = [(p.id, p.name, p.job_title) for p in c.people], [g.text for g in c.goals],"
        " [(s.id, s.topic_id, s.mentor_id, s.mentee_ids, s.starts_at) for s in c.sessions], c.feedback, c.held_skills;"
        "print(hashlib.sha256(repr(parts).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != ""


def test_a_bigger_company_uses_sentences_again(bigger: Company) -> None:
    assert len(bigger.people) == len({person.email for person in bigger.people}) == 1_300
    used = Counter(goal.text for goal in bigger.goals)
    assert 1 < max(used.values()) <= 5  # 1,300 people: five copies of each text
    assert len(bigger.goals) >= 1_200
    reports = Counter(person.manager_id for person in bigger.people if person.manager_id)
    assert max(reports.values()) <= 12


def test_too_few_people_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"people must be at least 60, got 59\."):
        generate_company(NOW, people=59)


def test_building_needs_no_files(texts: DemoTexts, company: Company) -> None:
    assert build_company(texts, read_starter_roles(), set(texts.requests), NOW, seed=7, people=320) == company


def test_mentors_offer_the_least_offered_neighbours_of_their_topics() -> None:
    offers = [an_offer("m1", topic_ids=frozenset({"a"})), an_offer("m2", topic_ids=frozenset({"a", "c"}))]
    related = {"a": ("b", "c", "d", "e", "f", "g"), "c": ("a", "h")}
    widened = {offer.mentor_id: offer.topic_ids for offer in offer_neighbours(offers, related)}
    assert widened == {"m1": {"a", "b", "d", "e", "f", "g"}, "m2": {"a", "c", "h", "b", "d", "e", "f"}}
