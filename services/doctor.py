"""What is configured, reachable and stale: one finding per part, each with what to do."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.errors import HalfhourError, IndexDamaged, NotReady
from embeddings import load_index, text_hash
from recommender import mentor_texts, topic_texts
from services.company_words import company_words, words_in_use
from services.context import Context
from services.fingerprints import fingerprint
from services.index import indexed_texts
from services.jobs import jobs_overview
from services.notices.unsent import oldest_unsent
from services.programme import Setting, history, origin_of, read_programme
from services.role_spaces import ROLES, indexed_role_texts, skill_texts
from services.role_teaching import NOT_LEARNT, skills_in_force
from services.spaces import MENTORS, TOPICS
from store import Store, check_schema, unit_of_work

LATE = timedelta(minutes=5)  # a worker looks every second
_HOURS_FROM_MINUTES = 120


class State(StrEnum):
    """How a part is: `note` is worth knowing, `fault` has to be mended."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, how it is, and in words what is so and what to do."""

    part: str
    state: State
    text: str


def examine(context: Context) -> list[Finding]:
    """Return the findings, in the order in which they should be mended; nothing is changed."""
    findings = [_checked("data folder", lambda: _data_folder(context)), _checked("database", lambda: _schema(context))]
    if findings[-1].state is State.FAULT:
        return findings
    with unit_of_work(context.engine) as store:
        findings += [_jobs(context, store), _messages(context, store), _calendars(context, store)]
        findings.append(_checked("catalog", lambda: _catalog(store)))
        if findings[-1].state is State.OK:
            findings += [
                _people(store),
                _programme(store),
                _words(context, store),
                _vectors(context, store),
                *_indexes(context, store),
                _likely_skills(context, store),
            ]
    return findings


def _checked(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part, State.OK, check())
    except HalfhourError as error:
        return Finding(part, State.FAULT, str(error))


def _data_folder(context: Context) -> str:
    folder = context.spaces.folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise NotReady(f"{folder} must be a folder that can be written. Set HALFHOUR_DATA_FOLDER, or make it.")
    return str(folder)


def _schema(context: Context) -> str:
    check_schema(context.engine)
    return f"{context.engine.dialect.name}, schema up to date"


def _jobs(context: Context, store: Store) -> Finding:
    now = context.clock()
    seen = jobs_overview(store, now)
    waits = f"{seen.due} due"
    if seen.oldest_due:
        waits += f", the oldest for {_span(now - seen.oldest_due)}"
    state = State.OK
    if seen.oldest_due and now - seen.oldest_due > LATE:
        waits, state = f"{waits}. Is a worker running? See HALFHOUR_WORKER.", State.NOTE
    if seen.dead:
        waits, state = f"{waits}; {len(seen.dead)} given up: see the page /hr/jobs.", State.NOTE
    return Finding("jobs", state, waits)


def _messages(context: Context, store: Store) -> Finding:
    now = context.clock()
    due = oldest_unsent(store, now)
    if due is None:
        return Finding("messages", State.OK, "none waits to be sent")
    told = f"the oldest has waited for {_span(now - due)}"
    if now - due <= LATE:
        return Finding("messages", State.OK, told)
    return Finding("messages", State.NOTE, f"{told}. Is the mail server reachable? See HALFHOUR_SMTP_HOST.")


def _calendars(context: Context, store: Store) -> Finding:
    connections = store.calendars.list()
    if not connections:
        return Finding("calendars", State.OK, "nobody has connected one")
    read = [connection.read_at for connection in connections if connection.read_at]
    failing = [connection for connection in connections if connection.last_error]
    text = f"{len(connections)} connected"
    if read:
        text += f", the oldest reading {_span(context.clock() - min(read))} ago"
    if not failing:
        return Finding("calendars", State.OK, text)
    codes = ", ".join(sorted({connection.last_error for connection in failing}))
    waiting = sum(connection.needs_the_person for connection in failing)
    text = f"{text}; {len(failing)} failing ({codes}), of them {waiting} until their owner connects anew on /calendar."
    return Finding("calendars", State.NOTE, text)


def _span(time: timedelta) -> str:
    minutes = int(time / timedelta(minutes=1))
    return f"{minutes} min" if minutes < _HOURS_FROM_MINUTES else f"{minutes // 60} h"


def _catalog(store: Store) -> str:
    catalog = store.catalog.current()
    return f"version {catalog.version.number}, {len(catalog.topics)} topics"


def _people(store: Store) -> Finding:
    people, offers = len(store.people.list()), len(store.offers.list())
    if not people:
        return Finding("people", State.NOTE, "nobody yet. Import them with `halfhour import people FILE`.")
    state = State.OK if offers else State.NOTE
    return Finding("people", state, f"{people} active, {offers} mentors")


def _programme(store: Store) -> Finding:
    programme = read_programme(store)
    if programme.damaged:
        told = " ".join(f"The setting {setting} cannot be read: {why}" for setting, why in programme.damaged.items())
        return Finding(
            "programme", State.FAULT, f"{told} Defaults stand for it. Set it anew on the page /hr/programme."
        )
    changes = history(store)
    origins = ", ".join(f"{setting}: {origin_of(changes, setting)}" for setting in Setting)
    return Finding("programme", State.OK, origins)


def _words(context: Context, store: Store) -> Finding:
    words, in_use = company_words(store), words_in_use(store, context.encoder.id)
    if words.words != in_use.words:
        text = f"{len(words.words)} are kept, and not all of that is in use yet. Run `halfhour index`."
        return Finding("company words", State.NOTE, text)
    return Finding("company words", State.OK, str(len(words.words)))


def _vectors(context: Context, store: Store) -> Finding:
    wanted = {text_hash(text) for text in indexed_texts(store, context.encoder.languages)}
    missing = len(wanted - store.vectors.hashes(context.encoder.id))
    spoken = ", ".join(sorted(context.encoder.languages))
    if missing:
        text = f"{missing} of {len(wanted)} texts have no embedding by {context.encoder.id}. Run `halfhour index`."
        return Finding("embeddings", State.FAULT, text)
    return Finding("embeddings", State.OK, f"{len(wanted)} texts by {context.encoder.id} (speaks {spoken})")


def _indexes(context: Context, store: Store) -> Iterator[Finding]:
    people, offers, sessions = store.people.list(active_only=False), store.offers.list(), store.sessions.list()
    languages, known = context.encoder.languages, store.vectors.hashes(context.encoder.id)
    words, roles = words_in_use(store, context.encoder.id), store.roles.list()
    collections = {
        TOPICS: topic_texts(store.catalog.current().topics, languages),
        MENTORS: mentor_texts(people, offers, sessions, languages),
        ROLES: indexed_role_texts(roles, skill_texts(store, roles).values(), languages),
    }
    for collection, texts in collections.items():
        hashes = sorted({text_hash(text) for text in texts} & known)
        path = context.spaces.path_of(collection)
        try:
            rows = len(load_index(path, context.encoder.id, fingerprint(hashes, words))) if hashes else 0
        except IndexDamaged as damage:
            yield Finding(f"index {collection}", State.NOTE, str(damage))
        else:
            yield Finding(f"index {collection}", State.OK, f"{rows} rows")


def _likely_skills(context: Context, store: Store) -> Finding:
    told = skills_in_force(context, store)
    return Finding("likely skills", State.NOTE if told == NOT_LEARNT else State.OK, told)
