"""Exporting says what is missing and what went wrong, and its graph agrees with the model it came from."""

from pathlib import Path

import pytest

from domain.errors import EncoderUnavailable
from domain.language import Language
from embeddings import export as module
from embeddings import load_encoder
from embeddings.onnx_encoder import OnnxEncoder
from tests.contracts.encoder_contract import TEXTS


def test_what_is_not_installed_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None if name in {"torch", "sentence_transformers"} else True)
    with pytest.raises(EncoderUnavailable, match=r"find torch sentence-transformers, .*`pip install torch sentence-tr"):
        module.run_export(tmp_path)


def test_a_failed_export_says_why(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"^Exporting a model must succeed, got: .+Correct that"):
        module.run_export(tmp_path / "nothing-here")


def test_the_graph_agrees_with_its_model(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny.onnx").write_bytes(module.run_export(tiny_model))
    exported = OnnxEncoder("tiny", tmp_path / "tiny.onnx", tiny_model / "tokenizer.json", 256, frozenset(Language))
    original = load_encoder(str(tiny_model), data_folder=tmp_path)
    assert exported.encode(TEXTS) == pytest.approx(original.encode(TEXTS), abs=1e-5)
