"""A citation is true: the line and the fact share a word that carries meaning."""

from domain.agendas import Fact, FactKind
from prep.citing import cite

FACTS = (
    Fact(1, FactKind.NEED, "My estimates are always wrong"),
    Fact(2, FactKind.TOPIC, "Estimating tasks with the whole team"),
    Fact(3, FactKind.OUT_OF_SCOPE, "Estimates of a whole programme"),
)


def test_the_mentees_own_fact_is_cited_where_it_shares_as_much() -> None:
    assert cite("How wrong are your estimates?", FACTS) == (1,)


def test_what_is_out_of_scope_is_no_ground_for_a_question() -> None:
    assert cite("Which programme waits?", FACTS) == ()


def test_stop_words_are_no_ground() -> None:
    assert cite("What do you want to do with all this?", FACTS) == ()


def test_russian_words_meet_in_any_case() -> None:
    facts = (Fact(1, FactKind.NEED, "Не успеваю со сроками"), Fact(2, FactKind.TOPIC, "Переговоры о сроке"))
    assert cite("Какой срок вы назовёте?", facts) == (1, 2)
