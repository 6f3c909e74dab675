"""A model other than MiniLM: found by folder, named by its content, or refused with what to do."""

import shutil
from pathlib import Path

import pytest

from domain.errors import EncoderUnavailable
from embeddings import encoder_id, load_encoder

ABSENT = ["no-such-model", "nobody/no-such-model", "/no/such/folder", "not a name at all", ""]


@pytest.fixture
def copied(tiny_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_model, tmp_path / "copied"))


@pytest.mark.parametrize("model", ABSENT)
def test_an_absent_model_says_how_to_get_one(model: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="Give the path of its folder, or fetch it once"):
        encoder_id(model, tmp_path)
    with pytest.raises(EncoderUnavailable, match="Give the path of its folder, or fetch it once"):
        load_encoder(model, data_folder=tmp_path)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderUnavailable, match="none that can be read"):
        load_encoder(str(tmp_path), data_folder=tmp_path)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "modules.json", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}'])
def test_a_damaged_model_is_refused_not_guessed(copied: Path, name: str, content: bytes) -> None:
    (copied / name).write_bytes(content)
    with pytest.raises(EncoderUnavailable, match="none that can be read"):
        load_encoder(str(copied), data_folder=copied)


def test_the_same_files_elsewhere_keep_the_checksum(tiny_model: Path, copied: Path) -> None:
    here, there = (encoder_id(str(folder), Path()) for folder in (tiny_model, copied))
    assert here.removeprefix(tiny_model.name) == there.removeprefix(copied.name)
    assert here.endswith("-torch-fp32")


@pytest.mark.parametrize("name", ["model.safetensors", "1_Pooling/config.json", "tokenizer.json"])
def test_another_weight_pooling_or_tokenizer_makes_another_id(copied: Path, name: str) -> None:
    before = encoder_id(str(copied), Path())
    changed = copied / name
    content = bytearray(changed.read_bytes())
    content[-2] ^= 1
    changed.write_bytes(content)
    assert encoder_id(str(copied), Path()) != before


def test_notes_and_exports_for_other_runtimes_do_not_count(copied: Path) -> None:
    before = encoder_id(str(copied), Path())
    (copied / "README.md").write_text("read me")
    (copied / "onnx").mkdir()
    (copied / "onnx" / "model.onnx").write_bytes(b"graph")
    assert encoder_id(str(copied), Path()) == before
