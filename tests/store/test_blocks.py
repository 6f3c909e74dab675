"""Blocks: kept once, seen from both sides, undone by whoever made them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.blocks import Block, Blocks
from domain.errors import InvalidInput
from store import unit_of_work
from tests.builders import NOW

LATER = NOW + timedelta(days=1)


def test_a_block_is_seen_from_both_sides(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.blocks.add(Block("p1", "m1", NOW))
        store.blocks.add(Block("m2", "p1", NOW))
    with unit_of_work(company) as store:
        assert store.blocks.around("p1") == Blocks(own=frozenset({"m1"}), of_others=frozenset({"m2"}))
        assert store.blocks.around("m1") == Blocks(of_others=frozenset({"p1"}))
        assert store.blocks.around("p2") == Blocks()
        assert store.blocks.of("p1") == [Block("p1", "m1", NOW)]


def test_the_same_again_keeps_the_first_day(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        for at in (NOW, LATER):
            store.blocks.add(Block("p1", "m1", at))
        assert store.blocks.list() == [Block("p1", "m1", NOW)]


def test_lists_come_oldest_first(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        for block in (Block("p1", "m1", LATER), Block("p1", "m2", NOW), Block("p2", "m1", NOW)):
            store.blocks.add(block)
        assert [block.blocked_id for block in store.blocks.of("p1")] == ["m2", "m1"]
        assert [(block.person_id, block.blocked_id) for block in store.blocks.list()] == [
            ("p1", "m2"), ("p2", "m1"), ("p1", "m1"),
        ]  # fmt: skip


def test_only_the_own_block_is_undone(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.blocks.add(Block("p1", "m1", NOW))
        assert not store.blocks.remove("m1", "p1")
        assert store.blocks.remove("p1", "m1")
        assert not store.blocks.remove("p1", "m1")
        assert store.blocks.list() == []


def test_nobody_unknown_and_not_oneself(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match="person_id must name"):
        store.blocks.add(Block("p1", "ghost", NOW))
    with pytest.raises(InvalidInput, match="blocked person must be somebody else"):
        Block("p1", "p1", NOW)
