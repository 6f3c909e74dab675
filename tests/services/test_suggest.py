"""What a person is shown: topics by own needs, mentors with times, nothing embedded on the way, all of it kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.suggestions import Rule
from services.context import Context, LazyEncoder
from services.index import refresh_index
from services.suggest import mentors_for_topic, suggest_for_need, suggest_for_person, suggestions_shown
from store import unit_of_work
from tests.builders import a_goal, a_person
from tests.fakes.encoder import FakeEncoder
from tests.services.conftest import a_context, hold_a_session


def topic_ids(context: Context, person_id: str = "p1") -> list[str]:
    return [topic.topic_id for topic in suggest_for_person(context, person_id).answer.topics]


def test_the_topic_of_the_goal_comes_first_and_quotes_it(running: Context) -> None:
    first = suggest_for_person(running, "p1").answer.topics[0]
    assert first.topic_id == "delegate-work"
    assert any("I do everything myself" in reason.text for reason in first.reasons)
    assert [mentor.mentor_id for mentor in first.mentors] == ["m1", "m2"]
    assert all(mentor.next_slot for mentor in first.mentors)


def test_a_topic_without_a_mentor_is_left_out_by_name(running: Context) -> None:
    gone = {excluded.candidate_id: excluded.rule for excluded in suggest_for_person(running, "p1").answer.excluded}
    assert gone["read-plans"] is Rule.NO_MENTOR


def test_asked_for_nobody_a_need_finds_a_topic_that_nobody_offers_yet(running: Context) -> None:
    first = suggest_for_need(running, "this report takes minutes").answer.topics[0]
    assert (first.topic_id, first.mentors) == ("read-plans", ())


def test_a_request_for_suggestions_embeds_nothing(running: Context, tmp_path: Path) -> None:
    def refuse() -> FakeEncoder:
        raise AssertionError("the encoder was loaded")

    unloaded = Context(running.engine, running.clock, LazyEncoder(running.encoder.name, refuse), running.spaces)
    assert topic_ids(unloaded)[0] == "delegate-work"


def test_what_was_shown_is_kept_once(running: Context) -> None:
    shown = suggest_for_person(running, "p1").answer
    again = suggest_for_person(running, "p1").answer
    with unit_of_work(running.engine) as store:
        assert store.suggestions.latest_for("p1") == shown
    assert again.topics == shown.topics


def test_another_answer_is_kept_anew(running: Context) -> None:
    suggest_for_person(running, "p1")
    later = replace(running, clock=lambda: running.clock() + timedelta(minutes=1))
    in_russian = suggest_for_person(later, "p1", language=Language.RU).answer
    with unit_of_work(running.engine) as store:
        assert store.suggestions.latest_for("p1") == in_russian


def test_a_typed_need_finds_its_topic_for_nobody_in_particular(running: Context) -> None:
    answer = suggest_for_need(running, "my messages get no answer").answer
    assert (answer.topics[0].topic_id, answer.person_id) == ("write-clearly", None)


def test_an_answer_is_shown_to_its_owner_only(running: Context) -> None:
    answer = suggest_for_need(running, "my messages get no answer", person_id="p1").answer
    assert suggestions_shown(running, "p1", answer.id).answer == answer
    with pytest.raises(NotFound) as foreign:
        suggestions_shown(running, "m1", answer.id)
    with pytest.raises(NotFound) as missing:
        suggestions_shown(running, "m1", "f" * len(answer.id))
    assert str(foreign.value).replace(answer.id, "") == str(missing.value).replace("f" * len(answer.id), "")


@pytest.mark.parametrize("need", ["", "  \n ", "\x00", "?!", "x" * 10_000, "ab\ud800c"])
def test_a_need_that_cannot_be_read_is_refused(running: Context, need: str) -> None:
    with pytest.raises(InvalidInput, match="need must"):
        suggest_for_need(running, need)


def test_past_feedback_brings_a_topic(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.goals.close("p1", "g1", running.clock())
    assert topic_ids(running)[0] == "delegate-work"
    hold_a_session(running)
    assert topic_ids(running)[0] == "write-clearly"


def test_an_unknown_person_or_topic_is_named(running: Context) -> None:
    with pytest.raises(NotFound, match="person must exist, got nobody"):
        suggest_for_person(running, "nobody")
    with pytest.raises(NotFound, match="topic must exist, got nothing"):
        mentors_for_topic(running, "p1", "nothing")


def test_a_mentor_is_never_offered_to_oneself(running: Context) -> None:
    ranked = mentors_for_topic(running, "m1", "delegate-work")
    assert [mentor.mentor_id for mentor in ranked.suggestions] == ["m2"]
    assert [(gone.candidate_id, gone.rule) for gone in ranked.excluded] == [("m1", Rule.SELF)]


def test_a_need_in_a_language_the_encoder_does_not_speak_is_matched_by_words(running: Context, tmp_path: Path) -> None:
    english_only = FakeEncoder(dim=32, languages=frozenset({Language.EN}))
    context = a_context(running.engine, tmp_path, english_only)
    refresh_index(context)
    need = "мне мешает (ру): my messages get no answer и снова тишина, никто не пишет"
    answer = suggest_for_need(context, need, language=Language.EN).answer
    assert answer.topics[0].topic_id == "write-clearly"


def test_somebody_without_goals_gets_an_answer_without_topics_of_need(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("new")])
    assert suggest_for_person(running, "new").answer.person_id == "new"


def test_a_goal_without_vectors_is_still_matched_by_words(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("new")])
        store.goals.add(a_goal("g9", "new", text="my messages get no answer"))
    assert topic_ids(running, "new")[0] == "write-clearly"
