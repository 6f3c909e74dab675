"""Builds the parts that the settings ask for; with `api.py`, `cli.py` and `commands/` the only place that does."""

import gc
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from domain.calendars import CalendarKind
from domain.errors import InvalidInput
from embeddings import Encoder, Progress, encoder_id, encoder_languages, load_encoder, load_plain_minilm, minilm, silent
from integrations import google, graph, zoom
from integrations.ical import Party
from integrations.mail import Mailer, NullMailer, check_address
from integrations.oauth import OAuthClient
from integrations.oidc import OpenIdProvider, SignOn
from integrations.provider_api import ProviderApi
from integrations.smtp import Security, SmtpMailer, SmtpServer
from integrations.zoom import ZoomAccount, ZoomApp
from prompts import LiteLLM, ModelSettings
from services.arrange_room import arrange_room
from services.booking.jobs import ARRANGE, END_SESSION, EXPIRE_REQUEST, FOLLOW_UP_BY, NOTICE, PREPARE
from services.booking.time_limits import end_session, expire_request, follow_up_by
from services.caldav_kind import caldav_factory
from services.calendar_kinds import CalendarFactory, CalendarKinds
from services.call_rooms import RoomsFactory, no_rooms
from services.cloud_kinds import CloudCalendars, zoom_rooms
from services.context import ORGANIZER, Clock, Context, LazyEncoder
from services.deliver_agenda import DELIVER_AGENDA, deliver_agenda, prepare_booked
from services.draft_agenda import DRAFT_AGENDA, draft_by_model
from services.index import REFRESH_INDEX, index_in_background
from services.jobs import Handlers
from services.links import Links
from services.model import Budget, LanguageModel
from services.notices.digest import DIGEST, PLAN_DIGESTS, plan_digests, plan_next_digests, send_digest
from services.notices.send import send_notice
from services.purge import PURGE, plan_purge, purge
from services.read_busy import READ_BUSY, READ_CALENDARS, plan_reading, read_busy, read_calendars
from services.sealed import Seal
from services.sign_in_mail import SIGN_IN_LINK, send_link
from services.spaces import EncoderName, Spaces
from services.starter import publish_starter_catalog
from services.topic_drafts import LOOK_FOR_TOPICS, OUTLINE_TOPIC, look_for_topics, outline_topic
from services.upcoming import PREPARE_UPCOMING, plan_upcoming, prepare_upcoming
from services.uploads import Uploads
from services.worker import Worker
from services.write_event import WRITE_EVENT, write_event
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
    opened = open_context(settings, clock=clock, progress=progress)
    context = replace(
        opened,
        model=model,
        mailer=mailer,
        seal=Seal(settings.secret_key),
        calendar_kinds=build_calendar_kinds(settings, clock),
        caldav_hosts=settings.allowed_caldav_hosts,
        calendar_consents={cloud.kind: cloud.oauth for cloud in build_clouds(settings, clock)},
        call_rooms=build_call_rooms(settings, clock),
        public_address=settings.public_address,
        links=build_links(settings, clock),
        organizer=build_organizer(settings),
        sign_on=build_sign_on(settings, clock),
    )
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
        encoder = load_encoder(
            settings.encoder, data_folder=settings.data_folder, progress=progress, languages=languages
        )
        keep_for_good()
        return encoder

    return LazyEncoder(EncoderName(encoder_id(settings.encoder, settings.data_folder), languages), load)


def keep_for_good() -> None:
    """Let the collector of garbage leave alone what is in memory now: modules, routes, a model.

    A full collection walks all of it in some 0.2 s, and every request waits meanwhile.
    """
    gc.collect()
    gc.freeze()


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
        READ_CALENDARS: read_calendars,
        READ_BUSY: read_busy,
        WRITE_EVENT: write_event,
        EXPIRE_REQUEST: expire_request,
        ARRANGE: arrange_room,
        END_SESSION: end_session,
        FOLLOW_UP_BY: follow_up_by,
        PREPARE: prepare_booked,
        NOTICE: send_notice,
        PLAN_DIGESTS: plan_next_digests,
        DIGEST: send_digest,
        SIGN_IN_LINK: send_link,
    }


def build_worker(settings: Settings, context: Context) -> Worker:
    """Return a worker for every kind of job, not yet started; it plans what is done day by day."""
    return Worker(
        context,
        build_handlers(),
        name=f"{socket.gethostname()}-{os.getpid()}",
        period_seconds=settings.worker_period_seconds,
        threads=settings.worker_threads,
        plans=(plan_purge, plan_upcoming, plan_reading, plan_digests),
    )


def build_calendar_kinds(settings: Settings, clock: Clock = utc_now) -> CalendarKinds:
    """Return what opens people's own calendars, by kind; a kind that is not here cannot be connected."""
    kinds: dict[CalendarKind, CalendarFactory] = {}
    if settings.allowed_caldav_hosts:
        kinds[CalendarKind.CALDAV] = caldav_factory(settings.allowed_caldav_hosts, clock)
    return kinds | {cloud.kind: cloud.open for cloud in build_clouds(settings, clock)}


def build_clouds(settings: Settings, clock: Clock = utc_now) -> list[CloudCalendars]:
    """Return the providers at which people may connect a calendar: those that know Halfhour.

    Raises
    ------
    InvalidInput
        An address of a provider is none, or not encrypted.
    """
    found = [_google(settings, clock)] if settings.google_client_id else []
    return [*found, _microsoft(settings, clock)] if settings.microsoft_client_id else found


def build_call_rooms(settings: Settings, clock: Clock = utc_now) -> RoomsFactory:
    """Return what opens rooms for calls, as `call_rooms` says.

    Raises
    ------
    InvalidInput
        The provider that is named does not know Halfhour yet.
    """
    if settings.call_rooms == "none":
        return no_rooms
    if settings.call_rooms == "zoom" and settings.zoom_client_id:
        app = ZoomApp(settings.zoom_account_id, settings.zoom_client_id, settings.zoom_client_secret)
        api = _api(zoom.NAME, "zoom_api_base", settings.zoom_api_base, clock)
        login = _api(zoom.NAME, "zoom_login_base", settings.zoom_login_base, clock)
        return zoom_rooms(ZoomAccount(api, login, app, clock), settings.zoom_host)
    wanted = {"google": CalendarKind.GOOGLE, "teams": CalendarKind.GRAPH}.get(settings.call_rooms)
    for cloud in build_clouds(settings, clock):
        if cloud.kind is wanted:
            return cloud.rooms
    action = "Set the client of that provider too: see docs/operations.md."
    raise InvalidInput("HALFHOUR_CALL_ROOMS", "name a provider that is set up", settings.call_rooms, action)


def _google(settings: Settings, clock: Clock) -> CloudCalendars:
    oauth = OAuthClient(
        _api(google.NAME, "google_oauth_base", settings.google_oauth_base, clock),
        settings.google_client_id,
        settings.google_client_secret,
        settings.google_authorize_url,
        "/token",
        google.SCOPES,
        "/revoke",
        # consent each time: else a person who connects again gets no refresh token
        {"access_type": "offline", "prompt": "consent"},
    )
    api = _api(google.NAME, "google_api_base", settings.google_api_base, clock)
    return CloudCalendars(CalendarKind.GOOGLE, api, oauth, clock)


def _microsoft(settings: Settings, clock: Clock) -> CloudCalendars:
    path = f"/{settings.microsoft_tenant}/oauth2/v2.0"
    scopes = (*graph.SCOPES, graph.TEAMS_SCOPE) if settings.call_rooms == "teams" else graph.SCOPES
    oauth = OAuthClient(
        _api(graph.NAME, "microsoft_login_base", settings.microsoft_login_base, clock),
        settings.microsoft_client_id,
        settings.microsoft_client_secret,
        f"{settings.microsoft_login_base.rstrip('/')}{path}/authorize",
        f"{path}/token",
        scopes,
    )
    api = _api(graph.NAME, "microsoft_graph_base", settings.microsoft_graph_base, clock)
    return CloudCalendars(CalendarKind.GRAPH, api, oauth, clock)


def _api(name: str, setting: str, base: str, clock: Clock) -> ProviderApi:
    try:
        return ProviderApi(name, base, clock)
    except InvalidInput as fault:
        raise InvalidInput(f"HALFHOUR_{setting.upper()}", fault.rule, fault.got) from None


def build_links(settings: Settings, clock: Clock = utc_now) -> Links:
    """Return what signs the links of mails; without a public address they lead to where the server listens."""
    return Links(settings.secret_key, settings.public_address or f"http://{settings.host}:{settings.port}", clock)


def build_sign_on(settings: Settings, clock: Clock = utc_now) -> SignOn | None:
    """Return where people sign in; None for here.

    Raises
    ------
    InvalidInput
        The issuer is no https address.
    """
    if not settings.oidc_issuer:
        return None
    known_as = settings.oidc_client_id, settings.oidc_client_secret
    try:
        return OpenIdProvider(
            settings.oidc_issuer,
            *known_as,
            clock,
            name=settings.oidc_name,
            trusts_emails=settings.oidc_trust_emails,
        )
    except InvalidInput as fault:
        raise InvalidInput("HALFHOUR_OIDC_ISSUER", fault.rule, fault.got) from None


def build_organizer(settings: Settings) -> Party:
    """Return who invites to sessions: the address that mail comes from, under the name of the organisation."""
    if not settings.smtp_from:
        return ORGANIZER
    return Party(settings.organisation, check_address("HALFHOUR_SMTP_FROM", settings.smtp_from).addr_spec)


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
