"""The template drafter over every topic of the starter catalog: passes, and no two topics read as one form."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from domain.agendas import Agenda, FactKind
from domain.language import Language
from domain.people import Format
from domain.topics import Topic
from prep import draft_agenda, judge_agenda, judge_draft, topic_text
from prep.repeats import is_repeated
from services.catalog_files import read_starter_areas
from tests.prep.cases import a_thin_request, words


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(topic for area in read_starter_areas() for topic in area.topics)


def an_agenda_of(topic: Topic, language: Language, format: Format) -> Agenda:
    own = words(topic.phrases.get(language)[0])
    return draft_agenda(a_thin_request(topic, language, format, words=own))


@pytest.mark.parametrize("format", list(Format))
@pytest.mark.parametrize("language", list(Language))
def test_every_topic_gets_a_draft_that_passes_with_ninety(language: Language, format: Format) -> None:
    for topic in topics():
        people = 4 if format is Format.GROUP else 1
        agenda = an_agenda_of(topic, language, format)
        verdict = judge_agenda(agenda, people=people, known_text=topic_text(topic, language))
        assert verdict.passes, (topic.id, verdict.violations, verdict.below_floor)
        assert verdict.score >= 90, (topic.id, verdict.parts)


@pytest.mark.parametrize("language", list(Language))
def test_no_two_topics_share_more_than_half_of_their_questions(language: Language) -> None:
    agendas = [draft_agenda(a_thin_request(topic, language)) for topic in topics()]
    asked = [{question.text for question in agenda.questions} for agenda in agendas]
    assert len(asked) >= 70
    assert all(len(left & right) <= len(left) / 2 for left, right in combinations(asked, 2))


@pytest.mark.parametrize("language", list(Language))
def test_outcomes_of_different_topics_differ(language: Language) -> None:
    outcomes = [draft_agenda(a_thin_request(topic, language)).outcome.text for topic in topics()]
    assert len(set(outcomes)) == len(outcomes)


@pytest.mark.parametrize("language", list(Language))
def test_a_second_session_on_any_topic_carries_the_step_on_and_asks_nothing_twice(language: Language) -> None:
    for topic in topics():
        first = an_agenda_of(topic, language, Format.ONE_TO_ONE)
        asked = tuple(question.text for question in first.questions)
        request = a_thin_request(
            topic, language, words=words(topic.phrases.get(language)[1]), last_next_step=first.next_step.text
        )
        request = replace(request, last_questions=asked)
        second = draft_agenda(request)
        verdict = judge_draft(request, second)
        assert verdict.passes, (topic.id, verdict.violations, verdict.below_floor)
        assert not [question.text for question in second.questions if is_repeated(question.text, asked)], topic.id
        carried = {fact.number for fact in second.facts if fact.kind is FactKind.LAST_NEXT_STEP}
        assert carried & set(second.segments[0].questions[0].citations), topic.id
        assert second.next_step.text != first.next_step.text
