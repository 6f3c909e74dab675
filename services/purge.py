"""Deletes what is kept for a time only: what a model was sent, jobs that are done, notes and feedback, who has left."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.former import is_former
from recommender.eligibility import PASS_REST
from services.context import Context
from services.erase_person import erase_person
from store import Store, unit_of_work

PURGE = "purge"
KEPT = timedelta(days=30)
WORDS_KEPT = timedelta(days=365)
LEAVERS_KEPT = timedelta(days=90)

log = logging.getLogger(__name__)


def plan_purge(context: Context) -> None:
    """Let today's purge run once, by whichever worker is first."""
    with unit_of_work(context.engine, write=True) as store:
        _plan(store, context.clock())


def purge(context: Context, payload: Mapping[str, Any]) -> None:
    """Delete what is old enough, forget who left 90 days ago, and plan the next purge for tomorrow. Run by a worker."""
    now = context.clock()
    context.uploads.drop_old(now)
    with unit_of_work(context.engine, write=True) as store:
        gone = [each.purge_before(now - KEPT) for each in (store.llm_calls, store.draft_cache, store.jobs)]
        texts = store.old_words.purge_before(now - WORDS_KEPT)
        store.passed_topics.purge_before(now - PASS_REST)
        for each in (store.used_tokens, store.sign_in_links, store.logins, store.api_tokens):
            each.purge_before(now - KEPT)
        leavers = _leavers(store, now)
        _plan(store, now + timedelta(days=1))
    for person_id in leavers:
        erase_person(context, person_id)
    log.info("purged %d calls to a model, %d cached answers, %d jobs", *gone)
    log.info("purged %d notes and words of feedback, forgot %d people who left", texts, len(leavers))


def _leavers(store: Store, now: datetime) -> list[str]:
    """Note who is gone since when, and return whom to forget."""
    gone = [one.id for one in store.people.list(active_only=False) if not (one.is_active or is_former(one.id))]
    store.leavers.note(gone, now)
    return store.leavers.since_before(now - LEAVERS_KEPT)


def _plan(store: Store, at: datetime) -> None:
    store.jobs.add(PURGE, f"{PURGE}:{at.date().isoformat()}", {}, at)
