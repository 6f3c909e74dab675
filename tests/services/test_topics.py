"""A topic's page: what a session looks like, in the reader's language."""

from domain.language import Language
from domain.topics import Stage
from services.topics import session_outline
from tests.builders import a_topic


def test_the_outline_has_four_parts_that_fill_the_time_with_a_question_each() -> None:
    outline = session_outline(a_topic(), Language.EN)
    assert [part.minutes for part in outline] == [3, 6, 7, 4]  # 13, 33, 34 and 20 % of twenty
    assert [part.question for part in outline] == [f"What about {stage} one?" for stage in Stage]
    assert all(part.title for part in outline)


def test_it_speaks_russian() -> None:
    assert session_outline(a_topic(), Language.RU)[0].question == "What about goal one? (ру)"
