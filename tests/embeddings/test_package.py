"""Importing the package is cheap, and the examples in its docstrings are true."""

import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import embeddings

HEAVY = {"torch", "sentence_transformers", "transformers", "onnxruntime", "openvino", "tokenizers", "pymorphy3", "onnx"}


def test_importing_loads_nothing_heavy() -> None:
    program = "import sys, embeddings; print(*sys.modules)"
    root = Path(embeddings.__file__).parents[1]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert HEAVY & set(ended.stdout.split()) == set()


@pytest.mark.parametrize("name", ["language", "lemmas", "text_hash", "windows"])
def test_docstring_examples_are_true(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"embeddings.{name}"), optionflags=doctest.ELLIPSIS)
    assert (failed, tried > 0) == (0, True)
