"""HR's decision on a drafted topic: published as they wrote it, refused beside its fields, or no topic."""

from typing import Any

import pytest

from domain.errors import NotFound, TopicRejected
from domain.language import LocalText, LocalTexts
from domain.topic_drafts import DraftStatus, TopicDraft
from domain.topics import Stage
from prep.topic_outline import outline_from_words
from services.approve_topic import approve_draft, fields_of, reject_draft
from services.context import Context
from services.index import refresh_index
from services.suggest import suggest_for_need
from services.topic_drafts import DraftContent
from store import unit_of_work
from store.dataclass_json import to_json
from tests.builders import NOW
from tests.services.topic_fields import some_fields


@pytest.fixture
def drafted(running: Context) -> Context:
    """The company of `running`, with the open draft d1."""
    outline = outline_from_words(("garage", "lottery"))
    content = to_json(DraftContent(("garage", "lottery"), 6, outline))
    with unit_of_work(running.engine, write=True) as store:
        store.topic_drafts.add(TopicDraft("d1", outline.title, content, 7, NOW))
    return running


def topic_ids(context: Context) -> list[str]:
    with unit_of_work(context.engine) as store:
        return [topic.id for topic in store.catalog.current().topics]


def status_of(context: Context) -> DraftStatus:
    with unit_of_work(context.engine) as store:
        return store.topic_drafts.get("d1").status


def test_an_approved_topic_is_suggested_at_once_and_after_a_refresh(drafted: Context) -> None:
    def first() -> str:
        return suggest_for_need(drafted, "garage lottery again").answer.topics[0].topic_id

    assert first() != "garage-lottery"
    approve_draft(drafted, "d1", some_fields(), "h1")
    assert first() == "garage-lottery"
    assert refresh_index(drafted).embedded == 0
    assert first() == "garage-lottery"


def test_what_was_written_is_published_and_who_decided_is_kept(drafted: Context) -> None:
    approve_draft(drafted, "d1", some_fields(), "h1")
    with unit_of_work(drafted.engine) as store:
        [topic] = [topic for topic in store.catalog.current().topics if topic.id == "garage-lottery"]
        draft = store.topic_drafts.get("d1")
    assert topic.phrases == some_fields().phrases
    assert topic.questions[Stage.WILL] == some_fields().questions[Stage.WILL]
    assert (draft.status, draft.decided_by, draft.decided_at) == (DraftStatus.APPROVED, "h1", NOW)


def test_a_draft_is_decided_on_once(drafted: Context) -> None:
    reject_draft(drafted, "d1", "h1")
    with pytest.raises(NotFound):
        reject_draft(drafted, "d1", "h1")
    with pytest.raises(NotFound):
        approve_draft(drafted, "d1", some_fields(), "h1")
    assert "garage-lottery" not in topic_ids(drafted)
    assert status_of(drafted) is DraftStatus.REJECTED


ONE = LocalTexts(("one?",), ("один?",))
WRONG: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "no id": ({"id": ""}, {"id": "slug"}),
    "an id that is no slug": ({"id": "Garage lottery"}, {"id": "slug"}),
    "an id too long": ({"id": "a" * 61}, {"id": "slug"}),
    "the id of a topic": ({"id": "delegate-work"}, {"id": "taken"}),
    "no area": ({"area": ""}, {"area": "area"}),
    "no such area": ({"area": "nowhere"}, {"area": "area"}),
    "no Russian title": ({"title": LocalText("Garage", " ")}, {"title_ru": "empty"}),
    "no summary": ({"summary": LocalText("", "")}, {"summary_en": "empty", "summary_ru": "empty"}),
    "a long summary": ({"summary": LocalText("x" * 601, "x" * 600)}, {"summary_en": "long"}),
    "two phrases": (
        {"phrases": LocalTexts(("a", "b"), ("а", "б", "в"))},
        {"phrases_en": "phrases"},
    ),
    "a long phrase": ({"phrases": LocalTexts(("a", "b", "c" * 601), ("а", "б", "в"))}, {"phrases_en": "long"}),
    "one question": (
        {"questions": some_fields().questions | {Stage.WILL: ONE}},
        {"questions_will_en": "questions", "questions_will_ru": "questions"},
    ),
    "a stage without questions": (
        {"questions": {stage: some_fields().questions[stage] for stage in Stage if stage is not Stage.GOAL}},
        {"questions_goal_en": "questions", "questions_goal_ru": "questions"},
    ),
    "no step": ({"next_steps": LocalTexts(("Do it",), ())}, {"next_steps_ru": "steps"}),
    "an alias of another topic": ({"aliases": LocalTexts(("x", "CLEAR  mails"), ())}, {"aliases_en": "alias"}),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_by_its_field_and_nothing_changes(drafted: Context, case: str) -> None:
    changes, problems = WRONG[case]
    before = topic_ids(drafted)
    with pytest.raises(TopicRejected) as rejected:
        approve_draft(drafted, "d1", some_fields(**changes), "h1")
    assert rejected.value.problems == problems
    assert (topic_ids(drafted), status_of(drafted)) == (before, DraftStatus.OPEN)


def test_the_form_begins_with_the_outline(drafted: Context) -> None:
    with unit_of_work(drafted.engine) as store:
        fields = fields_of(store.topic_drafts.get("d1"))
    assert (fields.id, fields.area, fields.phrases.en) == ("about-garage-lottery", "", ())
    assert fields.title.en == "About garage, lottery"
    assert len(fields.questions[Stage.GOAL].ru) == 2
