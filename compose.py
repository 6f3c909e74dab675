"""Builds the parts that the settings ask for; with `api.py`, `cli.py` and `commands/` the only place that does."""

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from embeddings import Encoder, Progress, encoder_id, encoder_languages, load_encoder, load_plain_minilm, minilm, silent
from integrations.mail import Mailer, NullMailer
from integrations.smtp import Security, SmtpMailer, SmtpServer
from prompts import LiteLLM, ModelSettings
from services.booking.jobs import END_SESSION, EXPIRE_REQUEST, FOLLOW_UP_BY, PREPARE
from services.booking.time_limits import end_session, expire_request, follow_up_by
from services.context import Clock, Context, LazyEncoder
from services.deliver_agenda import DELIVER_AGENDA, deliver_agenda, prepare_booked
from services.draft_agenda import DRAFT_AGENDA, draft_by_model
from services.index import REFRESH_INDEX, index_in_background
from services.jobs import Handlers
from services.model import Budget, LanguageModel
from services.purge import PURGE, plan_purge, purge
from services.spaces import EncoderName, Spaces
from services.starter import publish_starter_catalog
from services.topic_drafts import LOOK_FOR_TOPICS, OUTLINE_TOPIC, look_for_topics, outline_topic
from services.upcoming import PREPARE_UPCOMING, plan_upcoming, prepare_upcoming
from services.uploads import Uploads
from services.worker import Worker
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
    model, mailer = build_model(settings), build_mailer(settings, clock)
    context = replace(open_context(settings, clock=clock, progress=progress), model=model, mailer=mailer)
    migrate(context.engine)
    publish_starter_catalog(context.engine, clock())
    return context


def open_context(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now, progress: Progress = silent
) -> Context:
    """Return the parts without touching the database, without model and mail: for whoever only looks."""
    encoder = build_encoder(settings, progress)
    spaces = Spaces(encoder.name, settings.data_folder / "indexes")
    uploads = Uploads(settings.data_folder / "uploads")
    return Context(open_engine(settings.database), clock, encoder, spaces, uploads=uploads)


def build_model(settings: Settings) -> LanguageModel | None:
    """Return the configured language model; None for none. Nothing is loaded before it is asked.

    Raises
    ------
    InvalidInput
        The model is not named as provider/model, or its address is none.
    """
    if not settings.llm_model:
        return None
    where = ModelSettings(settings.llm_model, settings.llm_api_base, settings.llm_api_key, settings.llm_local_only)
    budget = Budget(
        settings.llm_calls_per_day,
        settings.llm_tokens_per_day,
        settings.llm_usd_per_day,
        settings.llm_calls_per_person,
    )
    return LanguageModel(settings.llm_model, LiteLLM(where), budget, is_local=where.is_local)


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


def build_handlers() -> Handlers:
    """Return what runs each kind of job; a kind that is not here waits for a worker that knows it."""
    return {
        DRAFT_AGENDA: draft_by_model,
        DELIVER_AGENDA: deliver_agenda,
        PREPARE_UPCOMING: prepare_upcoming,
        PURGE: purge,
        REFRESH_INDEX: index_in_background,
        LOOK_FOR_TOPICS: look_for_topics,
        OUTLINE_TOPIC: outline_topic,
        EXPIRE_REQUEST: expire_request,
        END_SESSION: end_session,
        FOLLOW_UP_BY: follow_up_by,
        PREPARE: prepare_booked,
    }


def build_worker(settings: Settings, context: Context) -> Worker:
    """Return a worker for every kind of job, not yet started; it plans what is done day by day."""
    return Worker(
        context,
        build_handlers(),
        name=f"{socket.gethostname()}-{os.getpid()}",
        period_seconds=settings.worker_period_seconds,
        threads=settings.worker_threads,
        plans=(plan_purge, plan_upcoming),
    )


def build_mailer(settings: Settings, clock: Clock = utc_now) -> Mailer:
    """Return what sends mail: by the configured server, or not at all.

    Raises
    ------
    InvalidInput
        The sender is no address, or a password would travel unencrypted.
    """
    if not settings.smtp_host:
        return NullMailer()
    security = Security(settings.smtp_security)
    login = settings.smtp_user, settings.smtp_password
    return SmtpMailer(SmtpServer(settings.smtp_host, settings.smtp_port, security, *login), settings.smtp_from, clock)
