"""Feedback by author and by session."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from domain.language import Language
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_session


@pytest.fixture
def with_sessions(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1"), a_session("s2", starts_at=None)])
    return company


def test_feedback_comes_by_author_and_session_oldest_first(with_sessions: Engine) -> None:
    words = [
        a_feedback("f3", created_at=NOW + timedelta(hours=1), language=Language.RU, still_open="как проверять"),
        a_feedback("f2", author_id="m1", level_before=None, level_after=None),
        a_feedback("f1", session_id="s2", rating=1),
    ]
    with unit_of_work(with_sessions, write=True) as store:
        assert store.feedback.save(words) == 3
        assert store.feedback.save([*words[:2], a_feedback("f1", session_id="s2", rating=5)]) == 1
    words[2] = a_feedback("f1", session_id="s2", rating=5)
    with unit_of_work(with_sessions) as store:
        assert store.feedback.list() == [words[2], words[1], words[0]]
        assert store.feedback.of_person("p1") == [words[2], words[0]]
        assert store.feedback.of_session("s1") == [words[1], words[0]]


def test_an_unknown_session_or_author_is_named(with_sessions: Engine) -> None:
    with unit_of_work(with_sessions, write=True) as store:
        with pytest.raises(InvalidInput, match=r"session_id .* got s404"):
            store.feedback.save([a_feedback(session_id="s404")])
        with pytest.raises(InvalidInput, match=r"author_id .* got p404"):
            store.feedback.save([a_feedback(author_id="p404")])
