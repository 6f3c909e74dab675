"""Turns a sentence-transformers folder into one ONNX graph: token ids in, unit sentence vectors out.

Run as a program by `run_export`: torch takes 400 MB and seconds to import, and the caller goes on to serve people.
"""

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NEEDED = ("torch", "sentence_transformers", "onnx", "onnxscript")
_LIMIT_SECONDS = 600
_EXAMPLE_SHAPE = (2, 8)
_LARGEST_DIFFERENCE = 1e-4
_PROBES = ("", "Reviews take days.", "I agree to dates that I cannot hold, because saying no feels rude to me.")


def run_export(source: Path) -> bytes:
    """Return the ONNX graph of the model in this folder, made in a process of its own.

    Raises
    ------
    EncoderUnavailable
        If something that exporting needs is not installed, or exporting fails.
    """
    missing = [name.replace("_", "-") for name in NEEDED if find_spec(name) is None]
    if missing:
        needed = " ".join(missing)
        raise EncoderUnavailable(f"Exporting a model must find {needed}, got nothing. Run `pip install {needed}` once.")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "model.onnx"
        _run_apart(source.resolve(), target)
        return target.read_bytes()


def _run_apart(source: Path, target: Path) -> None:
    """Run this module as a program, from the folder that holds our packages, installed or not."""
    command = [sys.executable, "-W", "ignore", "-m", "embeddings.export", str(source), str(target)]
    ours = Path(__file__).parents[1]
    ended = subprocess.run(command, cwd=ours, capture_output=True, timeout=_LIMIT_SECONDS, check=False)  # noqa: S603 - our own program
    if ended.returncode != 0:
        said = ended.stderr.decode(errors="replace").strip().splitlines() or ["nothing"]
        raise EncoderUnavailable(f"Exporting a model must succeed, got: {said[-1][:200]}. Correct that and try again.")


def export(source: Path, target: Path) -> None:
    """Write the ONNX graph of the model in `source`, pooling and normalising inside, and prove that it agrees."""
    # torch and sentence-transformers take seconds to import and are needed for nothing but this.
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(source), device="cpu", local_files_only=True)

    class TokensToSentences(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            given = model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]
            return torch.nn.functional.normalize(given, dim=1)

    # Two tensors, not one twice: the exporter takes one object for one input and drops the mask without a word.
    tokens, mask = torch.ones(_EXAMPLE_SHAPE, dtype=torch.long), torch.ones(_EXAMPLE_SHAPE, dtype=torch.long)
    axes = {0: torch.export.Dim("sentences"), 1: torch.export.Dim("tokens", max=model.max_seq_length)}
    program = torch.onnx.export(
        TokensToSentences().eval(),
        (tokens, mask),
        dynamo=True,
        verbose=False,
        input_names=["input_ids", "attention_mask"],
        output_names=["sentence_embedding"],
        dynamic_shapes={"input_ids": axes, "attention_mask": axes},
    )
    if program is None:
        raise ValueError("the exporter must give a graph, got none.")
    program.save(str(target))
    _check_agreement(model, target)


def _check_agreement(model: "SentenceTransformer", target: Path) -> None:
    """Raise ValueError unless the graph gives what the model gives, padding included."""
    import onnxruntime  # as above: only the exporting process is to hold both

    tokens = model.tokenizer(list(_PROBES), padding=True, return_tensors="np")
    graph = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    given = graph.run(None, {name: tokens[name] for name in ("input_ids", "attention_mask")})[0]
    wanted = model.encode(list(_PROBES), normalize_embeddings=True, show_progress_bar=False)
    largest = float(abs(given - wanted).max())
    if largest > _LARGEST_DIFFERENCE:
        raise ValueError(f"graph and model must agree within {_LARGEST_DIFFERENCE}, got a difference of {largest:.4f}.")


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
