"""Catalog versions: immutable, counted, one of them current."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from domain.errors import InvalidInput, NotFound, NotReady
from domain.topics import CatalogVersion, Topic, TopicLevel, TopicStatus
from store import Store, unit_of_work
from store.tables import catalog_contents
from tests.builders import NOW, a_skill, a_topic, an_area, local

LATER = NOW + timedelta(days=1)


def publish(store: Store, topics: list[Topic], note: str = "", at_day: int = 0) -> CatalogVersion:
    return store.catalog.publish([an_area()], [a_skill()], topics, note, NOW + timedelta(days=at_day))


def test_without_a_catalog_the_store_says_what_to_do(engine: Engine) -> None:
    with unit_of_work(engine) as store, pytest.raises(NotReady, match="No catalog is published yet"):
        store.catalog.current()


def test_a_catalog_comes_back_as_published(engine: Engine) -> None:
    areas = [an_area("z"), an_area("a")]
    skills = [a_skill("s2"), a_skill("s1")]
    rich = a_topic(
        "b",
        area="z",
        title=local("«Сложный» title 🙂"),
        skill_ids=("s2", "s1"),
        level=TopicLevel.LEADING,
        related_ids=("a",),
        status=TopicStatus.RETIRED,
        priority=0.35,
    )
    plain = a_topic("a", area="a", skill_ids=(), formats=frozenset())
    with unit_of_work(engine, write=True) as store:
        version = store.catalog.publish(areas, skills, [rich, plain], "the first", NOW)
    with unit_of_work(engine) as store:
        catalog = store.catalog.current()
    assert version == CatalogVersion(1, version.content_hash, NOW, "the first")
    assert len(version.content_hash) == 64
    assert catalog.version == version
    assert catalog.areas == (an_area("z"), an_area("a"))
    assert catalog.skills == (a_skill("s1"), a_skill("s2"))
    assert catalog.topics == (plain, rich)


def test_the_same_content_makes_no_new_version(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        first = publish(store, [a_topic("a"), a_topic("b")], "first")
        again = publish(store, [a_topic("b"), a_topic("a")], "again", at_day=1)
        assert again == first
        assert store.catalog.versions() == [first]


def test_an_old_version_stays_as_it_was(engine: Engine) -> None:
    changed = a_topic("a", summary=local("another"))
    with unit_of_work(engine, write=True) as store:
        first = publish(store, [a_topic("a"), a_topic("b")])
        second = publish(store, [changed], at_day=1)
        back = publish(store, [a_topic("a"), a_topic("b")], at_day=2)
    with unit_of_work(engine) as store:
        assert [version.number for version in store.catalog.versions()] == [1, 2, 3]
        assert store.catalog.version(1).topics == (a_topic("a"), a_topic("b"))
        assert store.catalog.version(2).topics == (changed,)
        assert store.catalog.current().version == back
    assert first.content_hash == back.content_hash != second.content_hash
    assert (second.published_at, back.published_at) == (LATER, NOW + timedelta(days=2))


def test_content_that_several_versions_share_is_kept_once(engine: Engine) -> None:
    topics = [a_topic(f"t{number}") for number in range(5)]
    with unit_of_work(engine, write=True) as store:
        publish(store, topics)
        publish(store, [*topics[:4], replace(topics[4], priority=1.0)])
    with engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(catalog_contents)).scalar_one()
    assert kept == 1 + 1 + 5 + 1


def test_an_area_and_a_skill_that_look_alike_are_two(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.catalog.publish([an_area("focus")], [a_skill("focus")], [], "", NOW)
        catalog = store.catalog.current()
    assert (catalog.areas, catalog.skills, catalog.topics) == ((an_area("focus"),), (a_skill("focus"),), ())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"area": "nowhere"}, "area of topic a must be part of this catalog, got nowhere"),
        ({"skill_ids": ("delegation", "knitting")}, "skill of topic a must be part of this catalog, got knitting"),
        ({"related_ids": ("a", "b")}, "related topic of topic a must be part of this catalog, got b"),
    ],
)
def test_a_loose_end_is_named_and_nothing_is_published(engine: Engine, change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message), unit_of_work(engine, write=True) as store:
        publish(store, [a_topic("a", **change)])
    with unit_of_work(engine) as store:
        assert store.catalog.versions() == []


def test_an_id_that_comes_twice_is_named(engine: Engine) -> None:
    twice = [a_topic("b"), a_topic("a"), a_topic("a", priority=0.5)]
    message = "topic id must come once in a catalog, got a"
    with unit_of_work(engine, write=True) as store, pytest.raises(InvalidInput, match=message):
        publish(store, twice)


def test_an_unknown_version_is_not_found(company: Engine) -> None:
    with unit_of_work(company) as store, pytest.raises(NotFound, match="catalog version must exist, got 7"):
        store.catalog.version(7)


def test_publications_at_once_get_a_number_each(engine: Engine) -> None:
    def publish_one(number: int) -> int:
        with unit_of_work(engine, write=True) as store:
            return publish(store, [a_topic(f"t{number}")]).number

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(publish_one, range(12)))
    assert sorted(numbers) == list(range(1, 13))
