"""The hand-written texts of the demo company and the role profiles: enough of them, varied, tidy, and consistent."""

import re
from collections import Counter

import pytest

from domain.language import Language
from services.catalog_files import read_starter_roles, read_starter_skills
from services.demo.files import read_demo_texts
from services.demo.texts import DemoTexts


@pytest.fixture(scope="module")
def texts() -> DemoTexts:
    return read_demo_texts()


def all_words(texts: DemoTexts) -> list[tuple[Language, str]]:
    words = [(goal.language, goal.text) for goal in texts.goals]
    words += [(biography.language, biography.text) for biography in texts.biographies]
    words += [(feedback.language, feedback.text) for feedback in texts.feedback]
    for request in texts.requests.values():
        for language in Language:
            words += [(language, request.need.get(language)), *((language, step) for step in request.steps[language])]
    return words


def test_there_are_enough_texts_and_none_twice(texts: DemoTexts) -> None:
    for language in Language:
        assert sum(goal.language is language for goal in texts.goals) >= 170
        assert sum(biography.language is language for biography in texts.biographies) >= 40
        assert sum(feedback.language is language for feedback in texts.feedback) >= 90
    for group in (texts.goals, texts.biographies, texts.feedback):
        written = [entry.text.casefold() for entry in group]
        assert len(written) == len(set(written))


def test_goals_do_not_share_one_pattern(texts: DemoTexts) -> None:
    for language in Language:
        openings = Counter(" ".join(g.text.casefold().split()[:2]) for g in texts.goals if g.language is language)
        assert openings.most_common(1)[0][1] <= 8
        lengths = [len(goal.text.split()) for goal in texts.goals if goal.language is language]
        assert min(lengths) <= 5
        assert max(lengths) >= 55


def test_each_text_is_in_its_script_and_tidily_spaced(texts: DemoTexts) -> None:
    latin_or_cyrillic = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ]")
    for language, text in all_words(texts):
        assert all(latin_or_cyrillic.match(letter) for letter in text if letter.isalpha()), text
        assert "  " not in text, text
        assert text == text.strip() != ""
        assert bool(re.search("[а-яё]", text, re.IGNORECASE)) == (language is Language.RU), text


def test_russian_texts_address_nobody_as_ty(texts: DemoTexts) -> None:
    familiar = re.compile(r"\b(?:ты|тебе|тебя|твой|твоя)\b", re.IGNORECASE)
    quoted = re.compile("«[^»]*»")
    for language, text in all_words(texts):
        if language is Language.RU:
            assert not familiar.search(quoted.sub("", text)), text


def test_two_sentences_or_more_in_a_biography(texts: DemoTexts) -> None:
    for biography in texts.biographies:
        assert 2 <= len(re.findall(r"[.!?…](?:\s|$)", biography.text)) <= 5, biography.text
        assert 2 <= len(biography.topic_ids) <= 6


# --- role profiles --------------------------------------------------------------------------------------------------


def test_role_profiles_ask_for_five_to_nine_known_skills() -> None:
    skills = {skill.id for skill in read_starter_skills()}
    roles = read_starter_roles()
    assert len(roles) >= 24
    for role in roles:
        assert 5 <= len(role.required_levels) <= 9, role.id
        assert set(role.required_levels) <= skills, role.id
        assert set(role.required_levels.values()) <= {1, 2, 3, 4}


def test_every_job_of_the_demo_company_has_a_role_profile(texts: DemoTexts) -> None:
    roles = {role.id for role in read_starter_roles()}
    departments = (*texts.departments, texts.management)
    jobs = [job for each in departments for job in (each.head, each.lead, *each.jobs)]
    assert {job.role_id for job in jobs} | {role for job in jobs for role in job.next_role_ids} <= roles
