"""What every encoder keeps to, real or fake. A test class inherits this and has a fixture `encoder`."""

import numpy as np
import pytest

from domain.language import Language
from embeddings import Encoder

TEXTS = [
    "I agree to every date they ask for and then work at night.",
    "Slow queries",
    "",
    "How do I tell a friend that her pull request is not good enough, now that I am her lead, without losing her?",
    "Хочу нормальный code review",
    "2 + 2",
]


class EncoderContract:
    def test_rows_are_float32_of_the_promised_shape(self, encoder: Encoder) -> None:
        rows = encoder.encode(TEXTS)
        assert (rows.shape, rows.dtype) == ((len(TEXTS), encoder.dim), np.float32)

    def test_rows_have_unit_length(self, encoder: Encoder) -> None:
        assert np.linalg.norm(encoder.encode(TEXTS), axis=1) == pytest.approx(1, abs=1e-5)

    def test_no_texts_give_no_rows(self, encoder: Encoder) -> None:
        rows = encoder.encode([])
        assert (rows.shape, rows.dtype) == ((0, encoder.dim), np.float32)

    def test_a_batch_gives_what_its_texts_give_alone_in_the_same_order(self, encoder: Encoder) -> None:
        alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
        assert encoder.encode(TEXTS) == pytest.approx(alone, abs=1e-4)

    def test_the_same_text_gives_the_same_vector(self, encoder: Encoder) -> None:
        assert (encoder.encode(TEXTS) == encoder.encode(TEXTS)).all()

    def test_white_space_and_unicode_form_change_nothing(self, encoder: Encoder) -> None:
        rows = encoder.encode(["мой  рост\n", "мой рост", "мои\u0306 рост"])
        assert rows == pytest.approx(np.repeat(rows[:1], 3, axis=0), abs=1e-4)

    def test_a_lone_surrogate_is_read_as_a_question_mark(self, encoder: Encoder) -> None:
        rows = encoder.encode(["why \ud800", "why ?"])
        assert rows[0] == pytest.approx(rows[1], abs=1e-4)

    def test_a_text_is_nearer_to_itself_than_to_another(self, encoder: Encoder) -> None:
        rows = encoder.encode(TEXTS)
        similarities = rows @ rows.T
        assert similarities.argmax(axis=1).tolist() == list(range(len(TEXTS)))

    def test_it_says_who_it_is_and_what_it_reads(self, encoder: Encoder) -> None:
        assert encoder.id
        assert encoder.languages
        assert encoder.languages <= frozenset(Language)
