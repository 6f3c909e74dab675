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


@pytest.mark.parametrize(("ending", "said"), [("echo Full disk >&2; exit 1", "Full disk"), ("exit 2", "nothing")])
def test_a_failed_export_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str, said: str) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{ending}\n")
    program.chmod(0o755)
    monkeypatch.setattr(module.sys, "executable", str(program))
    with pytest.raises(EncoderUnavailable, match=f"^Exporting a model must succeed, got: {said}. Correct that"):
        module.run_export(tmp_path)


def test_the_graph_agrees_with_its_model(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny.onnx").write_bytes(module.run_export(tiny_model))
    exported = OnnxEncoder("tiny", tmp_path / "tiny.onnx", tiny_model / "tokenizer.json", 256, frozenset(Language))
    original = load_encoder(str(tiny_model), data_folder=tmp_path)
    assert exported.encode(TEXTS) == pytest.approx(original.encode(TEXTS), abs=1e-5)
