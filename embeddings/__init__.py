"""Texts as vectors: encoders, windows and lemmas of a text, nearest-neighbour index, refresh by content hash."""

from embeddings.company_words import CompanyWords, SpellingEncoder, term_key
from embeddings.encoder import Encoder
from embeddings.files import load_index, save_index
from embeddings.glossing_encoder import english_id
from embeddings.index import VectorIndex, build_index
from embeddings.language import detect_language
from embeddings.lemmas import lemmas
from embeddings.loading import encoder_id, encoder_languages, load_encoder, load_plain_minilm
from embeddings.progress import Progress, TerminalProgress, silent
from embeddings.refresh import embed_missing
from embeddings.text_hash import text_hash
from embeddings.windows import windows

__all__ = [
    "CompanyWords",
    "Encoder",
    "Progress",
    "SpellingEncoder",
    "TerminalProgress",
    "VectorIndex",
    "build_index",
    "detect_language",
    "embed_missing",
    "encoder_id",
    "encoder_languages",
    "english_id",
    "lemmas",
    "load_encoder",
    "load_index",
    "load_plain_minilm",
    "save_index",
    "silent",
    "term_key",
    "text_hash",
    "windows",
]
