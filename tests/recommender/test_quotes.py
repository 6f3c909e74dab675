"""Quotes are the person's own words, the telling clause of them, fit to stand between quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.quotes import MAX_CHARACTERS, clauses, cut_at_word, quoted_clause


def test_the_clause_that_shares_words_is_quoted() -> None:
    text = "We moved offices in May. I end up doing everyone's work. The coffee is fine."
    assert quoted_clause(text, "doing everyone's work") == "I end up doing everyone's work"


def test_words_are_compared_without_their_endings() -> None:
    text = "Переехали в другой офис. Всё делаю сама, команда привыкла. Кофе хороший."
    assert quoted_clause(text, "команду надо приучать") == "Всё делаю сама, команда привыкла"


def test_short_words_decide_nothing() -> None:
    assert quoted_clause("It is as it is. Deadlines slip.", "it is all about deadlines") == "Deadlines slip"


def test_the_first_clause_stands_in_where_nothing_is_shared() -> None:
    assert quoted_clause("Too many talks. Too few results.", "pizza") == "Too many talks"


def test_a_dash_parts_only_what_is_too_long() -> None:
    assert clauses("our release - that is one man. He left") == ("our release - that is one man", "He left")
    long = f"our release is {'very ' * 12}hard - that is one man with a drum: nobody else can"
    assert clauses(long) == (f"our release is {'very ' * 12}hard", "that is one man with a drum: nobody else can")


def test_a_question_mark_stays_and_a_full_stop_goes() -> None:
    assert quoted_clause("How do I say no?", "") == "How do I say no?"
    assert quoted_clause("I cannot say no.", "") == "I cannot say no"


def test_a_long_sentence_is_cut_at_its_commas_first() -> None:
    text = (
        "I have been in this team for six years and know every corner of the product, but when the directors come, "
        "I lose my voice"
    )
    assert quoted_clause(text, "voice before directors") == "but when the directors come, I lose my voice"


def test_what_is_still_too_long_ends_after_a_word() -> None:
    text = "word " * 40
    assert quoted_clause(text, "") == "word " * 17 + "word…"  # 17 * 5 + 4 + 1 = 90


def test_a_cut_does_not_lose_a_whole_word_that_fits() -> None:
    text = "a" * 44 + " " + "b" * 44 + " tail"  # the space after the second word is the 90th character
    assert cut_at_word(text) == "a" * 44 + " " + "b" * 44 + "…"


def test_one_endless_word_is_cut_inside() -> None:
    assert cut_at_word("x" * 200) == "x" * 89 + "…"


@pytest.mark.parametrize("marks", ["“{}”", "«{}»", '"{}"', "„{}“"])
def test_quotation_marks_do_not_nest(marks: str) -> None:
    assert quoted_clause(marks.format("not my job"), "") == "not my job"


def test_line_ends_and_invisible_characters_do_not_come_through() -> None:
    assert quoted_clause("say\u202e no\x07\u200b kindly\nwithout a fight", "") == "say no kindly"


def test_a_text_without_words_gives_no_quote() -> None:
    assert quoted_clause(" … — ?! ", "x") == ""


@given(st.text(max_size=300), st.text(max_size=40))
def test_a_quote_is_one_short_printable_line(text: str, near: str) -> None:
    quote = quoted_clause(text, near)
    assert len(quote) <= MAX_CHARACTERS
    assert quote.isprintable()
    assert not set(quote) & set('«»“”„"')
