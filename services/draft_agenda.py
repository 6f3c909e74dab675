"""An agenda by the language model: a job after the template's, never part of a request; a person's edit wins."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from domain.agendas import Agenda, StoredAgenda
from domain.errors import NotFound
from domain.language import Language
from domain.sessions import LIVE, MentoringSession, SessionStatus
from prep import AgendaRequest, Brief, Draft, draft_on_all_facts, draft_with, keep_cited, write_brief
from prompts import Prompt
from services.agenda_request import agenda_request, shared_language
from services.context import Context
from services.model_policy import people_of, why_template
from services.model_writer import CachedWriter, ModelDesk, ModelWriter, Purpose
from services.prompt_versions import AGENDA, prompt_in_force
from services.topics import topic_of
from store import STORE_FAULTS, Store, unit_of_work

log = logging.getLogger(__name__)

DRAFT_AGENDA = "draft_agenda"


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """What an agenda of a session is drafted from, and the newest version there is in its language."""

    session: MentoringSession
    request: AgendaRequest
    skeleton: Agenda
    brief: Brief
    newest: StoredAgenda | None

    @property
    def inputs_hash(self) -> str:
        """The hash of all that the draft rests on."""
        return self.brief.inputs_hash()

    @property
    def is_due(self) -> bool:
        """Whether the template must be drafted: there is none, or the facts have changed and nobody edited it."""
        if self.newest is None:
            return True
        is_stale = self.newest.inputs_hash != self.inputs_hash and self.session.status in LIVE
        return is_stale and not self.newest.edited_by

    @property
    def may_be_written(self) -> bool:
        """Whether a model may still write: the template stands there, for these facts, untouched."""
        newest = self.newest
        is_untouched = newest is not None and not newest.edited_by and newest.inputs_hash == self.inputs_hash
        return is_untouched and newest is not None and newest.agenda.drafted_by.startswith("template")


def read_draft(context: Context, store: Store, session_id: str, language: Language | None = None) -> SessionDraft:
    """Return what the session's agenda is drafted from; raise NotFound for no such session."""
    session = store.sessions.get(session_id)
    mentor = store.people.get(session.mentor_id)
    mentees = [store.people.get(mentee_id) for mentee_id in session.mentee_ids]
    wanted = language or shared_language([mentor, *mentees])
    request = agenda_request(store, session, topic_of(store, session.topic_id), mentor, mentees, wanted)
    skeleton, newest = draft_on_all_facts(request), store.agendas.latest_in(session_id, wanted)
    return SessionDraft(session, request, skeleton, write_brief(request, skeleton), newest)


def keep_template(context: Context, session_id: str, language: Language | None = None) -> StoredAgenda:
    """Return the agenda of the session, drafted by the template where it is due; a model is asked later, by a job.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    with unit_of_work(context.engine) as store:
        draft = read_draft(context, store, session_id, language)
    if not draft.is_due and draft.newest is not None:
        return draft.newest
    try:
        return _keep_template(context, draft)
    except STORE_FAULTS as error:  # reading goes on with a full disk; the next opening keeps it
        log.warning("The agenda of session %s was not kept: %s", session_id, error)
        version = draft.newest.version + 1 if draft.newest else 1
        return StoredAgenda(session_id, version, keep_cited(draft.skeleton), context.clock())


def _keep_template(context: Context, draft: SessionDraft) -> StoredAgenda:
    agenda, session_id = keep_cited(draft.skeleton), draft.session.id
    with unit_of_work(context.engine, write=True) as store:
        newest = store.agendas.latest_in(session_id, agenda.language)
        if newest is not None and newest != draft.newest:  # somebody edited it, or it was drafted, a moment ago
            return newest
        stored = store.agendas.add(session_id, agenda, context.clock(), inputs_hash=draft.inputs_hash)
        if draft.session.status in LIVE and why_template(context, store, people_of(draft.session)) is None:
            enqueue_draft(store, session_id, agenda.language, draft.inputs_hash, context.clock())
        return stored


def enqueue_draft(store: Store, session_id: str, language: Language, inputs_hash: str, at: datetime) -> bool:
    """Ask for a draft by the model, once for the same facts; return whether it is asked for now."""
    payload = {"session_id": session_id, "language": str(language)}
    return store.jobs.add(DRAFT_AGENDA, draft_key(session_id, language, inputs_hash), payload, at)


def draft_key(session_id: str, language: Language, inputs_hash: str) -> str:
    """Return what names the draft for these facts among all jobs."""
    return f"{DRAFT_AGENDA}:{session_id}:{language}:{inputs_hash[:16]}"


def ask_model_for(context: Context, person_id: str) -> None:
    """Ask the model for the agendas of a person's coming sessions: they have just agreed that it may write."""
    with unit_of_work(context.engine) as store:
        own = [*store.sessions.of_person(person_id), *store.sessions.of_mentor(person_id)]
        ahead = [session for session in own if session.status is SessionStatus.BOOKED and session.starts_at is not None]
        asked = [session for session in ahead if why_template(context, store, people_of(session)) is None]
        drafts = [
            read_draft(context, store, session.id, language)
            for session in asked
            for language in sorted({kept.agenda.language for kept in store.agendas.history(session.id)})
        ]
    with unit_of_work(context.engine, write=True) as store:
        for draft in drafts:
            if draft.may_be_written:
                enqueue_draft(store, draft.session.id, draft.request.language, draft.inputs_hash, context.clock())


def draft_by_model(context: Context, payload: Mapping[str, Any]) -> None:
    """Let the model write the agenda of a session; where it cannot, may not or writes badly, the template stays.

    Run by a worker. Nothing is done where the session is over, somebody edited the agenda, or the facts have changed.
    """
    session_id, language = str(payload["session_id"]), Language(payload["language"])
    try:
        with unit_of_work(context.engine) as store:
            draft = read_draft(context, store, session_id, language)
    except NotFound:
        return
    if draft.is_due:
        draft = replace(draft, newest=keep_template(context, session_id, language))
    with unit_of_work(context.engine) as store:
        may = draft.session.status in LIVE and draft.may_be_written
        if not may or why_template(context, store, people_of(draft.session)) is not None:
            return
        prompt = prompt_in_force(store, AGENDA)
        answer = store.draft_cache.get(_cache_key(context, prompt, draft.inputs_hash))
    written, text = _written(context, draft, prompt, answer)
    if written.why_template is None:
        _keep(context, draft, prompt, written, text)


def _written(context: Context, draft: SessionDraft, prompt: Prompt, answer: str | None) -> tuple[Draft, str]:
    """Return the draft and the answer that it was read from."""
    purpose = Purpose(AGENDA, draft.session.id, draft.session.mentee_ids[0])
    writer = CachedWriter(answer) if answer else ModelWriter(ModelDesk(context, prompt, purpose))
    instructions = prompt.render(draft.request.language, draft.brief.values())[0].content
    written = draft_with(writer, draft.request, f"{_model_name(context)}, {prompt.label}", instructions, draft.skeleton)
    return written, writer.last_answer


def _keep(context: Context, draft: SessionDraft, prompt: Prompt, written: Draft, text: str) -> None:
    """Keep the model's version, unless somebody wrote another one or changed the session while the model wrote."""
    session_id, language = draft.session.id, draft.request.language
    with unit_of_work(context.engine, write=True) as store:
        newest = store.agendas.latest_in(session_id, language)
        if newest != draft.newest or store.sessions.get(session_id) != draft.session:
            return
        store.agendas.add(session_id, written.agenda, context.clock(), inputs_hash=draft.inputs_hash)
        key = _cache_key(context, prompt, draft.inputs_hash)
        store.draft_cache.put(key, text, _model_name(context), context.clock())


def _cache_key(context: Context, prompt: Prompt, inputs_hash: str) -> str:
    """Return the hash of all that the answer depends on: model, prompt and brief."""
    return sha256(f"{_model_name(context)}\0{prompt.sha256}\0{inputs_hash}".encode()).hexdigest()


def _model_name(context: Context) -> str:
    return context.model.name if context.model else "no model"
