"""The cache of answers: one text per key, until it is purged."""

from datetime import timedelta

from sqlalchemy import Engine

from store import unit_of_work
from tests.builders import NOW


def test_a_text_is_kept_replaced_and_purged(engine: Engine) -> None:
    later = NOW + timedelta(days=1)
    with unit_of_work(engine, write=True) as store:
        assert store.draft_cache.get("a1") is None
        store.draft_cache.put("a1", "{}", "openai/small", NOW)
        store.draft_cache.put("b2", "«да»", "openai/small", NOW)
        store.draft_cache.put("b2", "«нет»", "openai/large", later)
        assert (store.draft_cache.get("a1"), store.draft_cache.get("b2")) == ("{}", "«нет»")
        assert store.draft_cache.purge_before(later) == 1
        assert (store.draft_cache.get("a1"), store.draft_cache.get("b2")) == (None, "«нет»")
