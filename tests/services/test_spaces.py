"""Learning the classifier holds up no page: the new topics are served without it until it is there."""

import logging
import threading
from pathlib import Path

import pytest

from services.context import Context
from services.needs import embedded_need
from services.spaces import Job, Spaces, in_background
from store import unit_of_work
from tests.builders import NOW, a_skill, an_area
from tests.services.conftest import some_topics


class Waiting:
    """Jobs that are started but run when the test says so."""

    def __init__(self, context: Context, folder: Path) -> None:
        self.engine = context.engine
        self.need = embedded_need(context, "I do everything myself")
        self.jobs: list[Job] = []
        self.spaces = Spaces(context.encoder.name, folder, run_later=self.jobs.append)

    def is_taught(self) -> bool:
        with unit_of_work(self.engine) as store:
            return "learnt" in self.spaces.topics(store).phrases.features(self.need)

    def publish(self, count: int) -> None:
        with unit_of_work(self.engine, write=True) as store:
            store.catalog.publish([an_area()], [a_skill(), a_skill("sql")], some_topics()[:count], "fewer", NOW)


@pytest.fixture
def waiting(running: Context, tmp_path: Path) -> Waiting:
    return Waiting(running, tmp_path / "fresh")


def test_topics_are_served_at_once_and_taught_when_the_lesson_is_over(waiting: Waiting) -> None:
    assert [waiting.is_taught(), waiting.is_taught()] == [False, False]
    [job] = waiting.jobs
    job()
    assert waiting.is_taught()
    assert len(waiting.jobs) == 1


def test_a_kept_classifier_is_read_and_nothing_is_learnt_again(waiting: Waiting, running: Context) -> None:
    waiting.is_taught()
    waiting.jobs[0]()
    again = Waiting(running, waiting.spaces.folder)
    assert again.is_taught()
    assert again.jobs == []


def test_catalogs_that_change_faster_than_they_are_learnt_have_one_teacher(waiting: Waiting) -> None:
    for count in (4, 3, 2):
        waiting.publish(count)
        assert not waiting.is_taught()
    [job] = waiting.jobs
    job()
    assert waiting.is_taught()
    with unit_of_work(waiting.engine) as store:
        assert len(waiting.spaces.topics(store).topics) == 2


def test_a_lesson_about_an_older_catalog_does_not_replace_the_newer(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first catalog is learnt a page reads the second one: that one stays, and is learnt next."""
    teach = waiting.spaces._teach
    seen: list[object] = []

    def interrupted(lesson: object) -> object:
        if not seen:
            seen.append(lesson)
            waiting.publish(3)
            waiting.is_taught()
        else:
            in_force = waiting.spaces._topics
            assert in_force is not None
            seen.append(len(in_force[1].topics))
        return teach(lesson)  # type: ignore[arg-type]

    monkeypatch.setattr(waiting.spaces, "_teach", interrupted)
    waiting.is_taught()
    waiting.jobs[0]()
    assert (len(waiting.jobs), seen[1:]) == (1, [3])
    with unit_of_work(waiting.engine) as store:
        assert len(waiting.spaces.topics(store).topics) == 3
    assert waiting.is_taught()


def test_a_classifier_that_cannot_be_written_serves_all_the_same(
    waiting: Waiting, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("services.spaces.save_array", full)
    waiting.is_taught()
    with caplog.at_level(logging.WARNING):
        waiting.jobs[0]()
    assert "The classifier of topics was not written: no space left" in caplog.text
    assert waiting.is_taught()


def test_after_a_lesson_that_failed_the_next_catalog_is_learnt(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("services.spaces.learn_classifier", fail)
        waiting.is_taught()
        with pytest.raises(MemoryError):
            waiting.jobs[0]()
    assert not waiting.is_taught()
    waiting.publish(3)
    waiting.is_taught()
    assert len(waiting.jobs) == 2
    waiting.jobs[1]()
    assert waiting.is_taught()


def test_whoever_refreshes_the_index_learns_at_once(waiting: Waiting) -> None:
    with unit_of_work(waiting.engine) as store:
        taught = waiting.spaces.taught_topics(store)
        assert waiting.spaces.topics(store) is taught
    assert waiting.is_taught()
    assert waiting.jobs == []


def test_the_thread_ends_with_its_job() -> None:
    done, before = threading.Event(), threading.active_count()
    threads: list[threading.Thread] = []

    def job() -> None:
        threads.append(threading.current_thread())
        done.set()

    in_background(job)
    assert done.wait(10)
    threads[0].join(10)
    assert threads[0].daemon
    assert threading.active_count() == before
