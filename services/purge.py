"""Deletes what is kept for a time only: what was sent to a model, its cached answers, jobs that are done."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.context import Context
from store import Store, unit_of_work

PURGE = "purge"
KEPT = timedelta(days=30)

log = logging.getLogger(__name__)


def plan_purge(context: Context) -> None:
    """Let today's purge run once, by whichever worker is first."""
    with unit_of_work(context.engine, write=True) as store:
        _plan(store, context.clock())


def purge(context: Context, payload: Mapping[str, Any]) -> None:
    """Delete what is older than 30 days and plan the next purge for tomorrow. Run by a worker."""
    before = context.clock() - KEPT
    context.uploads.drop_old(context.clock())
    with unit_of_work(context.engine, write=True) as store:
        gone = [each.purge_before(before) for each in (store.llm_calls, store.draft_cache, store.jobs)]
        _plan(store, context.clock() + timedelta(days=1))
    log.info("purged %d calls to a model, %d cached answers, %d jobs", *gone)


def _plan(store: Store, at: datetime) -> None:
    store.jobs.add(PURGE, f"{PURGE}:{at.date().isoformat()}", {}, at)
