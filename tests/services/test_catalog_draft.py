"""The draft of the catalog: edits gather, are undone, merged, published together; a second publisher is told."""

from dataclasses import replace

import pytest

from domain.errors import CatalogChanged, DraftRejected, InvalidInput, NotFound, TopicRejected
from domain.language import Language, LocalText, LocalTexts
from domain.topics import Catalog, Topic, TopicStatus
from services.catalog_diff import ChangeKind
from services.catalog_draft import (
    NO_DRAFT,
    CatalogDraft,
    add_topic,
    drop_edit,
    edit_topic,
    merge_topics,
    read_draft,
    renew_base,
    restore_topic,
    retire_topic,
    topic_digest,
    topic_in,
    undo_last,
)
from services.catalog_history import catalog_history, compare_versions, restore_version
from services.catalog_overview import drafted_catalog
from services.catalog_publish import draft_page, publish_draft
from services.context import Context
from services.import_topics import add_topics
from services.index import refresh_index
from services.programme import read_programme, set_priority
from services.suggest import suggest_for_need
from services.topic_fields import TopicFields, fields_from
from store import unit_of_work
from tests.builders import NOW, a_session, a_topic, locals_of
from tests.services.topic_fields import some_fields

RIGHT = some_fields(skill_ids=("sql",))


def draft_of(context: Context) -> CatalogDraft:
    with unit_of_work(context.engine) as store:
        return read_draft(store)


def published(context: Context) -> Catalog:
    with unit_of_work(context.engine) as store:
        return store.catalog.current()


def drafted_topic(context: Context, topic_id: str) -> Topic:
    return topic_in(drafted_catalog(context), topic_id)


def retitle(context: Context, topic_id: str, title: str) -> None:
    topic = drafted_topic(context, topic_id)
    fields = replace(fields_from(topic), title=LocalText(title, f"{title} (ру)"))
    edit_topic(context, _complete(fields), topic_digest(topic))


def _complete(fields: TopicFields) -> TopicFields:
    """The topics of the tests have two sentences, one fewer than the form asks for."""
    return replace(fields, phrases=locals_of(*fields.phrases.en, f"one more about {fields.id}"))


def publish(context: Context, note: str = "More words", by: str = "h1") -> int:
    page = draft_page(context)
    return publish_draft(context, note, page.version.number, page.draft.digest, by).number


def meanwhile(context: Context) -> None:
    """Let somebody publish another version."""
    with unit_of_work(context.engine, write=True) as store:
        add_topics(store, "x", [a_topic("x", aliases=locals_of("x-ing"))], "meanwhile", NOW)


def test_an_edit_is_seen_by_nobody_until_it_is_published(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    assert topic_in(published(running), "speak-up").title.en == "Speaking up"
    assert drafted_topic(running, "speak-up").title.en == "Being heard"
    assert publish(running) == 2
    assert topic_in(published(running), "speak-up").title.en == "Being heard"
    assert draft_of(running) == NO_DRAFT


def test_an_edit_that_changes_nothing_is_no_edit(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    topic = topic_in(published(running), "speak-up")
    with pytest.raises(TopicRejected):  # two sentences: as published, but not enough for the form
        edit_topic(running, fields_from(topic), topic_digest(drafted_topic(running, "speak-up")))
    drop_edit(running, "speak-up")
    assert draft_of(running).topics == {}


def test_a_new_topic_is_suggested_at_once_after_publishing_and_needs_no_other_refresh(running: Context) -> None:
    add_topic(running, RIGHT)
    publish(running)
    assert suggest_for_need(running, "garage lottery again").answer.topics[0].topic_id == "garage-lottery"
    assert refresh_index(running).embedded == 0


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "speak-up"}, {"id": "taken"}),
        ({"id": "No slug"}, {"id": "slug"}),
        ({"skill_ids": ("juggling",)}, {"skills": "skill"}),
        ({"related_ids": ("nothing",)}, {"related": "related"}),
        ({"related_ids": ("garage-lottery",)}, {"related": "related"}),
        ({"formats": frozenset()}, {"formats": "formats"}),
        ({"level": "wizard"}, {"level": "level"}),
        ({"out_of_scope": LocalText("x" * 601, "")}, {"out_of_scope_en": "long"}),
        ({"aliases": LocalTexts(("speaking  UP",), ())}, {"aliases_en": "alias"}),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_not_drafted(
    running: Context, changes: dict[str, object], problem: dict[str, str]
) -> None:
    with pytest.raises(TopicRejected) as rejected:
        add_topic(running, replace(RIGHT, **changes))  # type: ignore[arg-type]
    assert rejected.value.problems == problem
    assert draft_of(running) == NO_DRAFT


def test_of_two_who_edit_one_topic_the_second_is_told(running: Context) -> None:
    seen = topic_digest(drafted_topic(running, "speak-up"))
    retitle(running, "speak-up", "Being heard")
    with pytest.raises(CatalogChanged):
        edit_topic(running, _complete(fields_from(topic_in(published(running), "speak-up"))), seen)
    assert drafted_topic(running, "speak-up").title.en == "Being heard"


def test_retiring_is_undone_as_if_nothing_was(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    before = draft_of(running)
    retire_topic(running, "write-clearly")
    assert drafted_topic(running, "write-clearly").status is TopicStatus.RETIRED
    assert undo_last(running, draft_of(running).digest)
    assert draft_of(running) == before
    assert not undo_last(running, before.digest)


def test_nothing_is_undone_once_others_changed_the_draft(running: Context) -> None:
    retire_topic(running, "write-clearly")
    seen = draft_of(running).digest
    retire_topic(running, "speak-up")
    assert not undo_last(running, seen)
    assert set(draft_of(running).topics) == {"write-clearly", "speak-up"}


def test_a_retired_topic_is_not_suggested_and_can_come_back(running: Context) -> None:
    retire_topic(running, "speak-up")
    publish(running)
    assert "speak-up" not in [t.topic_id for t in suggest_for_need(running, "my voice freezes").answer.topics]
    restore_topic(running, "speak-up")
    publish(running)
    assert suggest_for_need(running, "at meetings my voice freezes").answer.topics[0].topic_id == "speak-up"


def test_a_new_topic_that_is_retired_leaves_the_draft(running: Context) -> None:
    add_topic(running, RIGHT)
    retire_topic(running, "garage-lottery")
    assert draft_of(running) == NO_DRAFT


def test_a_merged_topic_gives_its_names_and_sentences(running: Context) -> None:
    merge_topics(running, "write-clearly", "speak-up")
    kept, gone = drafted_topic(running, "speak-up"), drafted_topic(running, "write-clearly")
    assert kept.aliases.en == ("Speaking up", "Clear mails")
    assert kept.phrases.en == (
        "at meetings my voice freezes",
        "louder colleagues interrupt",
        "my messages get no answer",
        "people skim what they receive",
    )
    assert (gone.status, gone.related_ids) == (TopicStatus.RETIRED, ("speak-up",))


def test_after_a_merge_offers_sessions_and_priority_lead_to_the_other_topic(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("old", topic_id="write-clearly")])
        set_priority(store, "write-clearly", 1.0, "h1", NOW)
    merge_topics(running, "write-clearly", "speak-up")
    publish(running)
    with unit_of_work(running.engine) as store:
        offered = {offer.mentor_id: offer.topic_ids for offer in store.offers.list()}
        assert store.sessions.get("old").topic_id == "speak-up"
        assert read_programme(store).priorities["speak-up"] == 1.0
    assert offered["m2"] == {"delegate-work", "write-clearly", "speak-up"}
    assert offered["m1"] == {"delegate-work"}
    assert suggest_for_need(running, "my messages get no answer").answer.topics[0].topic_id == "speak-up"


def test_a_chain_of_merges_ends_at_its_last_topic(running: Context) -> None:
    merge_topics(running, "write-clearly", "speak-up")
    merge_topics(running, "speak-up", "read-plans")
    assert draft_of(running).merges == {"write-clearly": "read-plans", "speak-up": "read-plans"}


@pytest.mark.parametrize(
    ("gone", "into", "error"),
    [
        ("speak-up", "speak-up", InvalidInput),
        ("speak-up", "nothing", NotFound),
        ("speak-up", "read-plans", InvalidInput),
    ],
)
def test_a_topic_is_merged_into_another_active_one(
    running: Context, gone: str, into: str, error: type[Exception]
) -> None:
    retire_topic(running, "read-plans")
    before = draft_of(running)
    with pytest.raises(error):
        merge_topics(running, gone, into)
    assert draft_of(running) == before


def test_dropping_one_side_of_a_merge_drops_the_other(running: Context) -> None:
    merge_topics(running, "write-clearly", "speak-up")
    drop_edit(running, "speak-up")
    assert draft_of(running) == NO_DRAFT


def test_the_second_of_two_publishers_is_told_what_changed(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    page = draft_page(running)
    publish(running)
    with pytest.raises(CatalogChanged):
        publish_draft(running, "again", page.version.number, page.draft.digest, "h1")
    told = draft_page(running, base=page.version.number)
    assert [(c.topic.id, c.kind) for c in told.meanwhile] == [("speak-up", ChangeKind.CHANGED)]
    assert len(catalog_history(running)) == 2


def test_a_draft_on_an_outdated_version_is_published_only_once_it_was_renewed(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    page = draft_page(running)
    meanwhile(running)
    for base in (page.version.number, page.version.number + 1):
        with pytest.raises(CatalogChanged):
            publish_draft(running, "late", base, page.draft.digest, "h1")
    outdated = draft_page(running)
    assert outdated.is_outdated
    assert [(c.topic.id, c.kind) for c in outdated.meanwhile] == [("x", ChangeKind.ADDED)]
    renew_base(running)
    publish(running)
    assert {"x", "speak-up"} <= {topic.id for topic in published(running).topics}


def test_a_name_that_two_topics_got_meanwhile_stops_the_publication(running: Context) -> None:
    add_topic(running, replace(RIGHT, aliases=LocalTexts(("x-ing",), ())))
    meanwhile(running)
    renew_base(running)
    with pytest.raises(DraftRejected) as rejected:
        publish(running)
    assert [topic_id for topic_id, _ in rejected.value.problems] == ["x"]


def test_the_page_tells_of_near_titles_and_of_topics_that_nobody_offers(running: Context) -> None:
    add_topic(running, replace(RIGHT, title=LocalText("Speaking up", "Говорить")))
    page = draft_page(running)
    assert [(near.topic.id, [other.id for other in near.others]) for near in page.near] == [
        ("garage-lottery", ["speak-up"])
    ]
    assert [topic.id for topic in page.without_mentor] == ["garage-lottery"]


def test_the_difference_names_field_and_language(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    [change] = draft_page(running).changes
    told = {(field.name, field.language): (field.gone, field.come) for field in change.fields}
    assert told["title", Language.EN] == (("Speaking up",), ("Being heard",))
    assert told["phrases", Language.EN] == ((), ("one more about speak-up",))


def test_history_says_who_when_and_why(running: Context) -> None:
    retitle(running, "speak-up", "Being heard")
    publish(running, "Warmer words")
    latest, first = catalog_history(running)
    assert (latest.version.number, latest.version.note, latest.by) == (2, "Warmer words", "Person h1")
    assert (first.version.note, first.by) == ("for tests", "")
    compared = compare_versions(running, 2)
    assert [change.topic.id for change in compared.changes] == ["speak-up"]
    assert compare_versions(running, 1).changes == []
    assert compare_versions(running, 1, 2).changes == compared.changes


def test_an_older_version_comes_back_as_a_new_one_and_later_topics_stay_readable(running: Context) -> None:
    add_topic(running, RIGHT)
    retitle(running, "speak-up", "Being heard")
    publish(running)
    assert restore_version(running, 1, "Back", "h1").number == 3
    topics = {topic.id: topic for topic in published(running).topics}
    assert topics["speak-up"].title.en == "Speaking up"
    assert topics["garage-lottery"].status is TopicStatus.RETIRED
    with pytest.raises(NotFound):
        restore_version(running, 9, "Back", "h1")
