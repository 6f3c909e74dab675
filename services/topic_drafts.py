"""Topics that the catalog lacks, drafted from what several people ask for: two jobs, and what HR sees of them.

Only words that at least five people wrote are kept, shown or sent to a model: no consent of persons is needed.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.errors import NotFound
from domain.jobs import JobState
from domain.language import Language
from domain.topic_drafts import DraftStatus, TopicDraft
from embeddings.lemmas import lemma
from prep import WriterFailed
from prep.template import DRAFTED_BY
from prep.topic_outline import OutlineRejected, TopicOutline, outline_from_words, read_outline
from prompts import Prompt
from recommender.unmet import UnmetGroup
from services.context import Context
from services.model_policy import may_spend
from services.model_writer import ModelDesk, Purpose
from services.prompt_versions import TOPIC, prompt_in_force
from services.unmet import find_unmet
from store import Store, unit_of_work
from store.dataclass_json import from_json, to_json

LOOK_FOR_TOPICS, OUTLINE_TOPIC = "look_for_topics", "outline_topic"
MAX_CALLS = 2
_LOOKED_AT = "looked_for_topics_at"


@dataclass(frozen=True, slots=True)
class DraftContent:
    """What a draft holds beside its title: the shared words, how many people wrote them, and the outline."""

    words: tuple[str, ...]
    people: int
    outline: TopicOutline


def content_of(draft: TopicDraft) -> DraftContent:
    """Return what the draft holds."""
    return from_json(DraftContent, draft.content)


def look_again(context: Context) -> bool:
    """Ask for a look at what people need and the catalog lacks, once a day; return whether it is asked for now.

    One that was given up today is tried again.
    """
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        if store.jobs.add(LOOK_FOR_TOPICS, _key_of(now), {}, now):
            return True
        job = store.jobs.get(_key_of(now))
        if job is None or job.state is not JobState.DEAD:
            return False
        store.jobs.revive(job.id, now)
        return True


def look_for_topics(context: Context, payload: Mapping[str, Any]) -> None:
    """Keep a template's draft for each matter that has none yet, and ask for the model's outline where it may write.

    Run by a worker. A second run finds the drafts of the first.
    """
    groups = find_unmet(context)
    with unit_of_work(context.engine, write=True) as store:
        known = [content_of(draft).words for draft in _undone_drafts(store)]
        for group in groups:
            if not _is_among(group.words, known):
                _keep(context, store, group)
                known.append(group.words)
        store.put_setting(_LOOKED_AT, context.clock().isoformat())


def outline_topic(context: Context, payload: Mapping[str, Any]) -> None:
    """Let the model write the outline of an open draft; where it cannot, may not or writes badly, the template stays.

    Run by a worker.
    """
    try:
        with unit_of_work(context.engine) as store:
            draft, prompt = store.topic_drafts.get(str(payload["draft_id"])), prompt_in_force(store, TOPIC)
    except NotFound:
        return
    content = content_of(draft)
    if draft.status is not DraftStatus.OPEN or content.outline.drafted_by != DRAFTED_BY:
        return
    outline = _by_model(context, prompt, content, draft.needs_count)
    if outline is not None:
        with unit_of_work(context.engine, write=True) as store:
            store.topic_drafts.rewrite(draft.id, outline.title, to_json(replace(content, outline=outline)))


def looked_at(store: Store) -> datetime | None:
    """Return when the last look was finished; None before the first."""
    at = store.get_setting(_LOOKED_AT)
    return None if at is None else datetime.fromisoformat(at)


def look_of_today(store: Store, now: datetime) -> JobState | None:
    """Return how far today's look has come; None where nobody asked for one."""
    job = store.jobs.get(_key_of(now))
    return None if job is None else job.state


def _key_of(now: datetime) -> str:
    return f"{LOOK_FOR_TOPICS}:{now:%Y-%m-%d}"


def _undone_drafts(store: Store) -> list[TopicDraft]:
    """Return the drafts whose matter is not drafted again: those that wait, and those that HR found to be no topic."""
    statuses = (DraftStatus.OPEN, DraftStatus.REJECTED)
    return [draft for status in statuses for draft in store.topic_drafts.with_status(status)]


def _is_among(words: Sequence[str], known: Iterable[Sequence[str]]) -> bool:
    """Whether a known matter shares half of the words of whichever has fewer."""
    own = {lemma(word) for word in words}
    others = ({lemma(word) for word in some} for some in known)
    return any(2 * len(own & other) >= min(len(own), len(other)) for other in others)


def _keep(context: Context, store: Store, group: UnmetGroup) -> None:
    outline, now = outline_from_words(group.words), context.clock()
    content = DraftContent(group.words, group.people, outline)
    draft = TopicDraft(secrets.token_hex(8), outline.title, to_json(content), group.needs, now)
    store.topic_drafts.add(draft)
    if may_spend(context, store):
        store.jobs.add(OUTLINE_TOPIC, f"{OUTLINE_TOPIC}:{draft.id}", {"draft_id": draft.id}, now)


def _by_model(context: Context, prompt: Prompt, content: DraftContent, needs: int) -> TopicOutline | None:
    """Return the outline by the model, at the second try where that makes sense; None for none."""
    values = {"people": content.people, "needs": needs, "words": list(content.words)}
    try:
        desk = ModelDesk(context, prompt, Purpose(TOPIC))
    except WriterFailed:
        return None
    for _ in range(MAX_CALLS):
        try:
            answer = desk.ask(Language.EN, values)
            return read_outline(answer, f"{context.model.name if context.model else ''}, {prompt.label}")
        except OutlineRejected:
            continue
        except WriterFailed as failed:
            if not failed.may_retry:
                return None
    return None
