"""A sentence-transformers model of a few kilobytes, made here: the real path without real weights."""

from pathlib import Path

import pytest

_WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz0123456789?.,+"]
_PIECES = [*_WORDS, *[f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя"]]
_CYRILLIC = list("абвгдежзийклмнопрстуфхцчшщъыьэюя")


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a BERT with random weights, mean pooling and a vocabulary of letters."""
    # torch takes seconds to import; only tests that ask for this pay.
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(7)
    bert, whole = tmp_path_factory.mktemp("bert"), tmp_path_factory.mktemp("tiny-model")
    pieces = [*_PIECES, *_CYRILLIC]
    (bert / "vocab.txt").write_text("\n".join(pieces))
    BertTokenizer(str(bert / "vocab.txt")).save_pretrained(bert)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(pieces), **sizes)).save_pretrained(bert)
    reader = Transformer(str(bert), max_seq_length=256)
    SentenceTransformer(modules=[reader, Pooling(16)], device="cpu").save(str(whole))
    return whole
