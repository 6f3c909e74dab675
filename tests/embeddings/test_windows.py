"""Windows of a need: cut at punctuation, three to six words, bounded, in order, never twice."""

from hypothesis import given
from hypothesis import strategies as st

from embeddings import windows
from embeddings.windows import LONGEST, MAX_WINDOWS


def test_a_short_text_in_one_piece_has_no_parts() -> None:
    assert windows("How to say no kindly?") == []
    assert windows("") == []
    assert windows("...") == []


def test_seven_words_give_every_run_of_three_to_six() -> None:
    assert windows("a b c d e f g") == [
        "a b c", "a b c d", "a b c d e", "a b c d e f",
        "b c d", "b c d e", "b c d e f", "b c d e f g",
        "c d e", "c d e f", "c d e f g",
        "d e f", "d e f g",
        "e f g",
    ]  # fmt: skip


def test_pieces_between_punctuation_are_windows_of_their_own() -> None:
    text = "Слабый SQL; нагрузка растёт (очень быстро) — и сон пропал!"
    assert windows(text) == ["Слабый SQL", "нагрузка растёт", "очень быстро", "и сон пропал"]


def test_a_single_word_is_no_window() -> None:
    assert windows("Honestly, I am tired. Why?") == ["I am tired"]
    assert windows("Python, SQL, Docker") == []


def test_points_and_dashes_inside_a_word_do_not_cut() -> None:
    parts = ["we use node.js", "talks one-to-one", "CI/CD breaks", "rated 3.5"]
    assert windows(", ".join(parts)) == parts


def test_a_part_stands_once() -> None:
    assert windows("say no, say no, ask why") == ["say no", "ask why"]


def test_a_long_text_is_covered_to_its_end_within_the_limit() -> None:
    parts = windows(" ".join(f"w{number}" for number in range(300)))
    assert (len(parts), parts[0], parts[-1]) == (MAX_WINDOWS, "w0 w1 w2", "w297 w298 w299")


@given(st.text(max_size=600))
def test_any_text_gives_few_short_distinct_parts_of_its_own_words(text: str) -> None:
    parts = windows(text)
    assert len(parts) <= MAX_WINDOWS
    assert len(set(parts)) == len(parts)
    assert all(2 <= len(part.split()) <= LONGEST for part in parts)
    assert all(word in text for part in parts for word in part.split())
