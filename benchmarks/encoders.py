"""Which runtime should run MiniLM? Measures all of them in one run, taking turns, each time in a fresh process.

    python -m benchmarks.encoders [--sentences 2000] [--rounds 3] [--json]

Batches of 64 sorted by length, two threads. Memory is what the process has gained since it started with numpy only.
On a busy machine read the processor seconds: they hold still where the clock does not.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.sentences import sentences
from embeddings.export import run_export
from embeddings.minilm import MAX_TOKENS, check_weights, model_folder

RUNTIMES = ("torch", "onnx-fp32", "onnx-int8", "openvino-fp32", "openvino-bf16")
COLUMNS = {
    "per_second": "sentences/s",
    "cpu_ms": "processor ms per sentence",
    "latency_ms": "one sentence, ms",
    "load_s": "load, s",
    "loaded_mb": "memory loaded, MB",
    "worked_mb": "memory after the run, MB",
    "batch_shift": "batch against single, largest difference",
}
THREADS = 2
BATCH = 64

Encode = Callable[[list[str]], np.ndarray]
Run = Callable[[np.ndarray, np.ndarray], np.ndarray]


def prepare(folder: Path) -> None:
    """Export the verified weights for every runtime."""
    from onnxruntime.quantization import quantize_dynamic  # measured here only

    check_weights(model_folder())
    (folder / "fp32.onnx").write_bytes(run_export(model_folder()))
    quantize_dynamic(folder / "fp32.onnx", folder / "int8.onnx")
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # openvino then keeps its mouth shut
    import openvino  # measured here only

    openvino.save_model(openvino.convert_model(folder / "fp32.onnx"), folder / "fp32.xml", compress_to_fp16=False)


def load_torch(folder: Path) -> Encode:
    import torch  # measured here only
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(THREADS)
    model = SentenceTransformer(str(model_folder()), device="cpu")
    return lambda texts: model.encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)


def load_onnx(graph: Path) -> Encode:
    import onnxruntime  # measured here only

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    return tokenized(lambda tokens, mask: session.run(None, {"input_ids": tokens, "attention_mask": mask})[0])


def load_openvino(graph: Path, precision: str) -> Encode:
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    import openvino  # measured here only

    options = {"INFERENCE_NUM_THREADS": THREADS, "INFERENCE_PRECISION_HINT": precision}
    request = openvino.Core().compile_model(graph, "CPU", options).create_infer_request()
    return tokenized(lambda tokens, mask: request.infer({"input_ids": tokens, "attention_mask": mask})[0].copy())


def tokenized(run: Run) -> Encode:
    """Return an encode function over a graph: tokens padded to the longest of the batch."""
    from tokenizers import Tokenizer  # measured here only

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()

    def encode(texts: list[str]) -> np.ndarray:
        encodings = tokenizer.encode_batch(texts)
        return run(np.array([e.ids for e in encodings]), np.array([e.attention_mask for e in encodings]))

    return encode


def load(runtime: str, folder: Path) -> Encode:
    if runtime == "torch":
        return load_torch(folder)
    kind, precision = runtime.split("-")
    if kind == "onnx":
        return load_onnx(folder / f"{precision}.onnx")
    return load_openvino(folder / "fp32.xml", {"fp32": "f32"}.get(precision, precision))


def measure(runtime: str, folder: Path, count: int) -> dict[str, float]:
    """Return the figures of one fresh process; its vectors are written beside the graphs."""
    texts = sorted(sentences(count), key=len)
    started_mb, started = _resident_mb(), time.perf_counter()
    encode = load(runtime, folder)
    encode(texts[:1])
    load_s, loaded_mb = time.perf_counter() - started, _resident_mb()
    encode(texts[-BATCH:])  # the largest batch makes room for all others
    processor, started = time.process_time(), time.perf_counter()
    rows = np.concatenate([encode(texts[place : place + BATCH]) for place in range(0, len(texts), BATCH)])
    seconds, processor_seconds = time.perf_counter() - started, time.process_time() - processor
    np.save(folder / f"{runtime}.npy", rows)
    alone, latencies_ms = _one_by_one(encode, texts[:: max(1, len(texts) // 100)])
    return {
        "per_second": len(texts) / seconds,
        "cpu_ms": processor_seconds / len(texts) * 1e3,
        "latency_ms": statistics.median(latencies_ms),
        "load_s": load_s,
        "loaded_mb": loaded_mb - started_mb,
        "worked_mb": _resident_mb() - started_mb,
        "batch_shift": float(np.abs(alone - rows[:: max(1, len(texts) // 100)]).max()),
    }


def _one_by_one(encode: Encode, texts: list[str]) -> tuple[np.ndarray, list[float]]:
    rows, latencies_ms = [], []
    for text in texts:
        started = time.perf_counter()
        rows.append(encode([text])[0])
        latencies_ms.append((time.perf_counter() - started) * 1e3)
    return np.array(rows), latencies_ms


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def in_turns(folder: Path, count: int, rounds: int) -> dict[str, dict[str, float]]:
    """Return medians over the rounds, and the smallest cosine against torch, by runtime."""
    taken: dict[str, list[dict[str, float]]] = {runtime: [] for runtime in RUNTIMES}
    for _ in range(rounds):
        for runtime in RUNTIMES:
            taken[runtime].append(_fresh_process(runtime, folder, count))
            print(f"{runtime}: {taken[runtime][-1]['per_second']:.0f} sentences/s", file=sys.stderr)
    reference = np.load(folder / "torch.npy")
    return {
        runtime: {column: statistics.median(figures[column] for figures in runs) for column in COLUMNS}
        | {"cosine": float((np.load(folder / f"{runtime}.npy") * reference).sum(axis=1).min())}
        for runtime, runs in taken.items()
    }


def _fresh_process(runtime: str, folder: Path, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.encoders", "--one", runtime, str(folder), "--sentences", str(count)]
    limits = {"OMP_NUM_THREADS": str(THREADS), "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
    ended = subprocess.run(command, env=os.environ | limits, capture_output=True, check=True)
    figures: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return figures


def as_table(results: dict[str, dict[str, float]]) -> str:
    """Return the figures as a Markdown table."""
    titles = COLUMNS | {"cosine": "smallest cosine with torch"}
    lines = [f"| runtime | {' | '.join(titles.values())} |", "|---" * (len(titles) + 1) + "|"]
    for runtime, figures in results.items():
        shown = [f"{figures[c]:.5f}" if c in ("cosine", "batch_shift") else f"{figures[c]:.3g}" for c in titles]
        lines.append(f"| {runtime} | {' | '.join(shown)} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("RUNTIME", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(measure(options.one[0], Path(options.one[1]), options.sentences)))
        return
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        results: dict[str, Any] = in_turns(Path(name), options.sentences, options.rounds)
    print(
        json.dumps({"sentences": options.sentences, "rounds": options.rounds, "runtimes": results})
    ) if options.json else print(as_table(results))


if __name__ == "__main__":
    main()
