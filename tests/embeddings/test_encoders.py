"""Every encoder keeps the contract, and `load_encoder` is the one door to the real ones."""

from pathlib import Path

import pytest

from domain.language import Language
from embeddings import Encoder, encoder_id, encoder_languages, load_encoder
from tests.contracts.encoder_contract import EncoderContract
from tests.fakes.encoder import FakeEncoder


@pytest.fixture(scope="module")
def tiny_encoder(tiny_model: Path) -> Encoder:
    return load_encoder(str(tiny_model), data_folder=Path())


class TestFake(EncoderContract):
    @pytest.fixture
    def encoder(self, fake_encoder: FakeEncoder) -> Encoder:
        return fake_encoder


class TestMiniLM(EncoderContract):
    @pytest.fixture
    def encoder(self, minilm: Encoder) -> Encoder:
        return minilm

    def test_its_id_is_known_before_it_is_loaded(self, encoder: Encoder, tmp_path: Path) -> None:
        assert encoder_id("minilm", tmp_path) == encoder.id
        assert encoder.id.startswith("minilm-53aa51172d14-onnx-fp32-gloss-")

    def test_it_reads_russian_by_its_glossary(self, encoder: Encoder) -> None:
        assert encoder.languages == encoder_languages("minilm") == frozenset(Language)


class TestSentenceTransformers(EncoderContract):
    @pytest.fixture
    def encoder(self, tiny_encoder: Encoder) -> Encoder:
        return tiny_encoder

    def test_its_id_is_known_before_it_is_loaded(self, encoder: Encoder, tiny_model: Path, tmp_path: Path) -> None:
        assert encoder_id(str(tiny_model), tmp_path) == encoder.id

    def test_it_reads_both_languages_unless_told_otherwise(self, encoder: Encoder, tiny_model: Path) -> None:
        russian = load_encoder(str(tiny_model), data_folder=Path(), languages=frozenset({Language.RU}))
        assert (encoder.languages, russian.languages) == (frozenset(Language), {Language.RU})


def test_loading_a_model_draws_nothing(tiny_model: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_encoder(str(tiny_model), data_folder=Path())
    assert capfd.readouterr() == ("", "")


def test_words_in_common_bring_fake_vectors_together(fake_encoder: FakeEncoder) -> None:
    rows = fake_encoder.encode(["say no kindly", "say no", "budget variance"])
    assert rows[0] @ rows[1] > 0.6 > 0.3 > abs(rows[0] @ rows[2])
