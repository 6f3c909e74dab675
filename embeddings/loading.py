"""The one door to an encoder: MiniLM out of its wheel with a glossary before it, or any sentence-transformers model."""

from pathlib import Path

from domain.language import Language
from embeddings import minilm, sentence_transformers_encoder
from embeddings.encoder import Encoder
from embeddings.glossary import starter_digest, starter_glossary
from embeddings.glossing_encoder import GlossingEncoder, glossing_id
from embeddings.progress import Progress, silent

MINILM = "minilm"
BOTH_LANGUAGES = frozenset(Language)


def load_encoder(
    model: str = MINILM,
    *,
    data_folder: Path,
    progress: Progress = silent,
    languages: frozenset[Language] = BOTH_LANGUAGES,
) -> Encoder:
    """Return an encoder ready to use; the first time MiniLM is exported into the data folder, which takes seconds.

    Parameters
    ----------
    model
        "minilm", or the name or local folder of a sentence-transformers model.
    languages
        What a model other than MiniLM reads; MiniLM reads English, and Russian by its gloss, whatever is said here.

    Raises
    ------
    EncoderUnavailable
        If the model cannot be had; the text says what to do.
    """
    if model == MINILM:
        return GlossingEncoder(minilm.load(data_folder, progress), starter_glossary, starter_digest())
    return sentence_transformers_encoder.load(model, languages)


def load_plain_minilm(data_folder: Path, progress: Progress = silent) -> Encoder:
    """Return MiniLM without the glossary, to compare with: it reads English only."""
    return minilm.load(data_folder, progress)


def encoder_id(model: str, data_folder: Path) -> str:
    """Return the id that `load_encoder` would give, without loading the model.

    Raises
    ------
    EncoderUnavailable
        If the files of the model are not on this machine.
    """
    if model == MINILM:
        return glossing_id(minilm.ID, starter_digest())
    return sentence_transformers_encoder.id_of(model)


def encoder_languages(model: str, configured: frozenset[Language] = frozenset()) -> frozenset[Language]:
    """Return the languages that the encoder of this name reads, without loading it.

    Parameters
    ----------
    configured
        What was said of a model other than MiniLM; empty means both languages.
    """
    return GlossingEncoder.languages if model == MINILM else configured or BOTH_LANGUAGES
