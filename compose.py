"""Builds the parts that the settings ask for; with `api.py`, `cli.py` and `commands/` the only place that does."""

from collections.abc import Callable
from datetime import UTC, datetime

from embeddings import Encoder, Progress, encoder_id, encoder_languages, load_encoder, load_plain_minilm, minilm, silent
from services.context import Context, LazyEncoder
from services.spaces import EncoderName, Spaces
from services.starter import publish_starter_catalog
from settings import Settings
from store import migrate, open_engine


def utc_now() -> datetime:
    """Return the time now, UTC."""
    return datetime.now(UTC)


def build_context(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now, progress: Progress = silent
) -> Context:
    """Return the parts of a running Halfhour; migrates the database and publishes the starter catalog when new.

    Raises
    ------
    SchemaIsNewer
        The database was written by a newer version; nothing is changed.
    EncoderUnavailable
        The configured model is not on this machine.
    """
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    context = open_context(settings, clock=clock, progress=progress)
    migrate(context.engine)
    publish_starter_catalog(context.engine, clock())
    return context


def open_context(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now, progress: Progress = silent
) -> Context:
    """Return the parts without touching the database: for whoever only looks."""
    encoder = build_encoder(settings, progress)
    spaces = Spaces(encoder.name, settings.data_folder / "indexes")
    return Context(open_engine(settings.database), clock, encoder, spaces)


def build_encoder(settings: Settings, progress: Progress = silent) -> LazyEncoder:
    """Return the configured encoder, not yet loaded."""
    languages = encoder_languages(settings.encoder, settings.encoder_languages)

    def load() -> Encoder:
        return load_encoder(settings.encoder, data_folder=settings.data_folder, progress=progress, languages=languages)

    return LazyEncoder(EncoderName(encoder_id(settings.encoder, settings.data_folder), languages), load)


def build_plain_minilm(settings: Settings, progress: Progress = silent) -> LazyEncoder:
    """Return MiniLM without the glossary, not yet loaded: the baseline of evaluations."""
    name = EncoderName(minilm.ID, minilm.LANGUAGES)
    return LazyEncoder(name, lambda: load_plain_minilm(settings.data_folder, progress))
