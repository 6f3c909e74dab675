"""Topics drafted from unmet needs: once per matter, without anybody's own words, by the template or a model."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.jobs import JobState
from domain.language import LocalText
from domain.topic_drafts import DraftStatus, TopicDraft
from prep.template import DRAFTED_BY
from prompts import LiteLLM, ModelSettings
from services.context import Context
from services.jobs import run_due
from services.model import Budget, LanguageModel
from services.topic_drafts import (
    LOOK_FOR_TOPICS,
    OUTLINE_TOPIC,
    content_of,
    look_again,
    look_for_topics,
    look_of_today,
    looked_at,
    outline_topic,
)
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person
from tests.fakes.llm_server import LLMServer, Reply, error
from tests.prep.test_topic_outline import answer

HANDLERS = {LOOK_FOR_TOPICS: look_for_topics, OUTLINE_TOPIC: outline_topic}
MODEL_WROTE = "openai/scripted, topic/v1"
SHARED = "garage lottery"
OF_FOUR, OF_ONE = "wheelchair", "zanzibar"


@pytest.fixture
def lacking(running: Context) -> Context:
    """The company of `running`, and six people with the same matter: four add a word, one another."""
    texts = [SHARED, f"{SHARED} {OF_FOUR}", *[f"{OF_FOUR} {SHARED}"] * 3, f"{SHARED} {OF_ONE}"]
    with unit_of_work(running.engine, write=True) as store:
        store.people.save(a_person(f"n{number}") for number in range(len(texts)))
        store.goals.save(a_goal(f"goal{number}", f"n{number}", text=text) for number, text in enumerate(texts))
    return running


@pytest.fixture
def modelled(lacking: Context, llm_server: LLMServer) -> Iterator[Context]:
    """The same, with a model that nobody was asked to agree to."""
    llm_server.play(answer())
    llm = LiteLLM(ModelSettings("openai/scripted", llm_server.address, "sk-none"))
    yield replace(lacking, model=LanguageModel("openai/scripted", llm))
    llm.close()


def look(context: Context) -> list[TopicDraft]:
    """Run the jobs of a look; return the open drafts."""
    look_again(context)
    run_due(context, HANDLERS, "w")
    return drafts(context)


def drafts(context: Context, status: DraftStatus = DraftStatus.OPEN) -> list[TopicDraft]:
    with unit_of_work(context.engine) as store:
        return store.topic_drafts.with_status(status)


def on_day(context: Context, day: int) -> Context:
    return replace(context, clock=lambda: NOW + timedelta(days=day))


def drafted_by(draft: TopicDraft) -> str:
    return content_of(draft).outline.drafted_by


def test_a_look_drafts_the_template_from_shared_words_alone(lacking: Context) -> None:
    [draft] = look(lacking)
    content = content_of(draft)
    assert (content.words, content.people, draft.needs_count) == (("garage", "lottery"), 6, 6)
    assert (drafted_by(draft), draft.title.en) == (DRAFTED_BY, "About garage, lottery")
    kept = json.dumps(draft.content, ensure_ascii=False) + repr(draft.title)
    assert [word for word in (OF_FOUR, OF_ONE) if word in kept] == []


def test_pressing_twice_makes_one_job_and_the_next_day_another(lacking: Context) -> None:
    assert [look_again(lacking), look_again(lacking)] == [True, False]
    with unit_of_work(lacking.engine) as store:
        assert (store.jobs.count_due(NOW), look_of_today(store, NOW), looked_at(store)) == (1, JobState.QUEUED, None)
    run_due(lacking, HANDLERS, "w")
    with unit_of_work(lacking.engine) as store:
        assert (look_of_today(store, NOW), looked_at(store)) == (JobState.DONE, NOW)
    assert look_again(lacking) is False
    assert look_again(on_day(lacking, 1)) is True


def test_a_look_that_was_given_up_is_tried_again(lacking: Context) -> None:
    look_again(lacking)
    with unit_of_work(lacking.engine, write=True) as store:
        job = store.jobs.claim("w", NOW, timedelta(minutes=1), [LOOK_FOR_TOPICS])
        assert job is not None
        store.jobs.bury(job, NOW, "error")
    assert look_again(lacking) is True
    assert len(look(lacking)) == 1


def test_the_job_run_twice_makes_one_draft(lacking: Context) -> None:
    look_for_topics(lacking, {})
    look_for_topics(lacking, {})
    assert len(drafts(lacking)) == 1


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("garages", "lottery"), 1),
        (("garage", "permit", "zone", "fee"), 1),
        (("garage", "permit"), 1),
        (("permit", "zone"), 2),
        (("lottery",), 1),
    ],
)
@pytest.mark.parametrize("status", [DraftStatus.OPEN, DraftStatus.REJECTED])
def test_half_of_the_words_make_the_same_matter(
    lacking: Context, status: DraftStatus, words: tuple[str, ...], count: int
) -> None:
    [draft] = look(lacking)
    with unit_of_work(lacking.engine, write=True) as store:
        store.topic_drafts.rewrite(draft.id, draft.title, draft.content | {"words": list(words)})
        if status is DraftStatus.REJECTED:
            store.topic_drafts.decide(draft.id, status, NOW, "h1")
    look_for_topics(lacking, {})
    assert len([*drafts(lacking), *drafts(lacking, DraftStatus.REJECTED)]) == count


def test_a_model_writes_the_outline_from_shared_words_alone(modelled: Context, llm_server: LLMServer) -> None:
    [draft] = look(modelled)
    assert (drafted_by(draft), draft.title) == (
        MODEL_WROTE,
        LocalText("Finding a parking place", "Найти место на парковке"),
    )
    assert content_of(draft).words == ("garage", "lottery")
    [asked] = llm_server.asked
    sent = json.dumps(asked.body["messages"], ensure_ascii=False)
    assert "6 people wrote 6 needs" in sent
    assert '\\"garage\\"\\n\\"lottery\\"' in sent
    assert [word for word in (OF_FOUR, OF_ONE, "Person n") if word in asked.raw + sent] == []


def test_the_call_is_in_the_ledger_for_nobody(modelled: Context) -> None:
    look(modelled)
    with unit_of_work(modelled.engine) as store:
        spent = store.llm_calls.spent(NOW - timedelta(days=1))
        assert (spent.calls, store.llm_calls.spent(NOW - timedelta(days=1), "n0").calls) == (1, 0)


FAULTS: dict[str, tuple[list[Any], int]] = {
    "no JSON": (["Here is your topic!"], 2),
    "a link": ([answer(title={"en": "See https://evil.example now", "ru": "Найти место"})], 2),
    "no language": ([answer(title={"en": "Найти место на парковке", "ru": "Найти место"})], 2),
    "no key": ([error(401, "invalid_api_key")], 1),
    "cut off": ([Reply(answer(), drop_after=1)], 2),
    "server down": ([error(500, "server_error")], 2),
    "refused": ([Reply(refusal="I will not")], 1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_where_the_model_fails_the_template_stays(modelled: Context, llm_server: LLMServer, fault: str) -> None:
    replies, calls = FAULTS[fault]
    llm_server.play(*replies)
    [draft] = look(modelled)
    assert drafted_by(draft) == DRAFTED_BY
    assert len(llm_server.asked) == calls
    with unit_of_work(modelled.engine) as store:
        assert store.jobs.dead() == []


@pytest.mark.parametrize("first", ["{half", error(500, "server_error")])
def test_a_second_answer_counts(modelled: Context, llm_server: LLMServer, first: Reply | str) -> None:
    llm_server.play(first, answer())
    assert [drafted_by(draft) for draft in look(modelled)] == [MODEL_WROTE]


@pytest.mark.parametrize("budget", [Budget(calls=0), Budget(tokens=0), Budget(usd=0.0)])
def test_beyond_the_budget_nothing_is_asked(modelled: Context, llm_server: LLMServer, budget: Budget) -> None:
    assert modelled.model is not None
    [draft] = look(replace(modelled, model=replace(modelled.model, budget=budget)))
    assert drafted_by(draft) == DRAFTED_BY
    assert llm_server.asked == []


def test_the_outline_is_written_once(modelled: Context, llm_server: LLMServer) -> None:
    [draft] = look(modelled)
    outline_topic(modelled, {"draft_id": draft.id})
    outline_topic(modelled, {"draft_id": "none"})
    assert len(llm_server.asked) == 1


def test_nothing_is_asked_for_a_draft_that_was_decided_on(modelled: Context, llm_server: LLMServer) -> None:
    look_for_topics(modelled, {})
    [draft] = drafts(modelled)
    with unit_of_work(modelled.engine, write=True) as store:
        store.topic_drafts.decide(draft.id, DraftStatus.REJECTED, NOW, "h1")
    run_due(modelled, HANDLERS, "w")
    assert llm_server.asked == []
    assert drafts(modelled, DraftStatus.REJECTED)[0].title == draft.title


def test_without_a_model_no_outline_is_asked_for(lacking: Context) -> None:
    look_for_topics(lacking, {})
    with unit_of_work(lacking.engine) as store:
        assert store.jobs.count_due(NOW) == 0


def test_without_a_model_an_outline_job_of_before_does_nothing(modelled: Context, llm_server: LLMServer) -> None:
    look_for_topics(modelled, {})
    run_due(replace(modelled, model=None), HANDLERS, "w")
    assert [drafted_by(draft) for draft in drafts(modelled)] == [DRAFTED_BY]
    assert llm_server.asked == []
