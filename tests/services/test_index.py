"""Indexes follow the store: embedded once, renewed on change, made again when a file is damaged or stale."""

import logging
from pathlib import Path

import numpy as np
import pytest

from domain.words import CompanyWord
from embeddings import CompanyWords
from services.context import Context
from services.fingerprints import fingerprint
from services.index import embed_texts, ensure_indexed, refresh_index
from services.spaces import TOPICS
from services.suggest import suggest_for_person
from store import unit_of_work
from tests.builders import NOW, a_goal, a_skill, an_area
from tests.fakes.encoder import FakeEncoder
from tests.services.conftest import a_context, some_topics


def test_a_second_refresh_embeds_nothing(running: Context) -> None:
    report = refresh_index(running)
    assert (report.embedded, report.dropped) == (0, 0)


def test_whoever_asks_first_is_not_answered_by_words_alone(running: Context, tmp_path: Path) -> None:
    other = a_context(running.engine, tmp_path, FakeEncoder(dim=32))
    assert [ensure_indexed(other), ensure_indexed(other), ensure_indexed(running)] == [True, False, False]
    with unit_of_work(running.engine) as store:
        assert len(store.vectors.hashes(other.encoder.id)) == len(store.vectors.hashes(running.encoder.id))


def test_a_new_goal_is_embedded_and_a_closed_one_forgotten(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.goals.add(a_goal("g2", text="tell a story"))
    assert refresh_index(running).embedded == 1
    with unit_of_work(running.engine, write=True) as store:
        store.goals.close("p1", "g2", NOW)
    assert refresh_index(running).dropped == 1


def test_texts_written_now_have_vectors_at_once(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        embed_texts(running, store, ["tell a story"])
        assert len(store.vectors.hashes(running.encoder.id)) > 1
    assert refresh_index(running).dropped == 1


@pytest.mark.parametrize("damage", ["missing", "flipped", "cut", "empty"])
def test_a_damaged_index_file_is_made_again_with_the_same_answers(
    running: Context, tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    def found(context: Context) -> list[tuple[str, float]]:
        return [(each.topic_id, each.features["need"]) for each in suggest_for_person(context, "p1").answer.topics]

    before = found(running)
    path = running.spaces.path_of(TOPICS)
    sound = path.read_bytes()
    middle = len(sound) // 2
    flipped = sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :]
    path.write_bytes({"missing": sound, "flipped": flipped, "cut": sound[:-9], "empty": b""}[damage])
    if damage == "missing":
        path.unlink()
    restarted = a_context(running.engine, tmp_path)
    with caplog.at_level(logging.INFO):
        assert found(restarted) == before
    assert "It is rebuilt from the store" in caplog.text
    assert path.read_bytes() == sound


def test_an_index_of_another_encoder_is_not_read(running: Context, tmp_path: Path) -> None:
    other = a_context(running.engine, tmp_path, FakeEncoder(dim=32))
    report = refresh_index(other)
    assert report.embedded == report.texts > 0
    with unit_of_work(running.engine) as store:
        index = other.spaces.open_index(store, TOPICS, ["Handing work over"])
    assert index is not None
    assert index.dim == 32


def test_a_new_catalog_version_is_seen_without_a_restart(running: Context) -> None:
    with unit_of_work(running.engine) as store:
        assert len(running.spaces.topics(store).topics) == 4
    with unit_of_work(running.engine, write=True) as store:
        store.catalog.publish([an_area()], [a_skill(), a_skill("sql")], some_topics()[:3], "one less", NOW)
    with unit_of_work(running.engine) as store:
        assert len(running.spaces.topics(store).topics) == 3


def test_vectors_in_the_store_are_the_encoders(running: Context) -> None:
    with unit_of_work(running.engine) as store:
        held = store.vectors.hashes(running.encoder.id)
        index = running.spaces.open_index(store, TOPICS, ["Handing work over"])
    assert index is not None
    assert set(index.keys) <= held
    np.testing.assert_allclose(
        index.vectors_of(index.keys)[0], FakeEncoder().encode(["Handing work over"])[0], atol=1e-6
    )


def test_the_fingerprint_tells_contents_apart() -> None:
    none, one = CompanyWords(), CompanyWords([CompanyWord("a", "b")])
    assert fingerprint(["a", "b"], none) != fingerprint(["ab"], none)
    assert fingerprint(["a", "b"], none) == fingerprint(["a", "b"], none)
    assert fingerprint(["a", "b"], none) != fingerprint(["a", "b"], one)
