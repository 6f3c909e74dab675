"""Drafts of topics: open until HR decides once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import NotFound
from domain.topic_drafts import DraftStatus, TopicDraft
from store import unit_of_work
from tests.builders import NOW, local

LATER = NOW + timedelta(days=1)
DRAFT = TopicDraft("d1", local("Handing over"), {"phrases": {"en": ["a"], "ru": ["б"]}}, 6, NOW)


def test_open_drafts_come_by_needs(company: Engine) -> None:
    wanted = replace(DRAFT, id="d3", needs_count=9)
    with unit_of_work(company, write=True) as store:
        for draft in (replace(DRAFT, id="d2"), DRAFT, wanted):
            store.topic_drafts.add(draft)
        assert store.topic_drafts.with_status(DraftStatus.OPEN) == [wanted, DRAFT, replace(DRAFT, id="d2")]
        assert store.topic_drafts.get("d1") == DRAFT
        with pytest.raises(NotFound, match="topic draft must exist, got d404"):
            store.topic_drafts.get("d404")


def test_a_draft_is_decided_once(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.topic_drafts.add(DRAFT)
        assert store.topic_drafts.decide("d1", DraftStatus.APPROVED, LATER, "p1")
        assert not store.topic_drafts.decide("d1", DraftStatus.REJECTED, LATER, "p2")
        decided = replace(DRAFT, status=DraftStatus.APPROVED, decided_at=LATER, decided_by="p1")
        assert store.topic_drafts.get("d1") == decided
        assert store.topic_drafts.with_status(DraftStatus.APPROVED) == [decided]
        assert store.topic_drafts.with_status(DraftStatus.OPEN) == []


def test_only_an_open_draft_is_rewritten(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.topic_drafts.add(DRAFT)
        assert store.topic_drafts.rewrite("d1", local("Giving away"), {"phrases": 1})
        assert not store.topic_drafts.rewrite("d404", local("x"), {})
        rewritten = replace(DRAFT, title=local("Giving away"), content={"phrases": 1})
        assert store.topic_drafts.get("d1") == rewritten
        store.topic_drafts.decide("d1", DraftStatus.REJECTED, LATER, "p1")
        assert not store.topic_drafts.rewrite("d1", local("x"), {})
        assert store.topic_drafts.get("d1").title == local("Giving away")
