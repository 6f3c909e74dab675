"""Every option of Halfhour, with its default and unit. The only reader of the environment (HALFHOUR_*)."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import InvalidInput
from domain.language import Language

MIN_SECRET_CHARACTERS = 32
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")

_HOST = re.compile(r"(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?")
DATABASE = "halfhour.sqlite3"  # in the data folder, where no address is set


class Settings(BaseSettings):
    """What can be set, each by `HALFHOUR_<NAME>`.

    Parameters
    ----------
    data_folder
        Where the database, the exported model and the indexes live.
    database_url
        Empty: SQLite in the data folder. Else a PostgreSQL address.
    encoder
        `minilm`, or the name or folder of any sentence-transformers model.
    encoder_languages
        Languages the encoder understands; empty: English for minilm, both for any other model.
    secret_key
        Signs cookies and links; at least 32 characters. The demo makes one of its own.
    host, port
        Where `serve` listens.
    organisation
        The name on the pages.
    worker
        `thread`: `serve` runs jobs itself; `off`: `halfhour worker` does, in processes of its own.
    worker_threads
        How many jobs a process runs at once.
    worker_period_seconds
        How often a worker looks for jobs that are due.
    smtp_host, smtp_port, smtp_security
        The mail server, and how the connection is encrypted: `starttls`, `tls` or `none`. Empty host: no mail is sent.
    smtp_user, smtp_password
        Empty where the server asks for none.
    llm_model
        The language model that may word agendas, as provider/model: openai/gpt-4o-mini, anthropic/..., gemini/...,
        gigachat/GigaChat-2, ollama/qwen3. Empty: the template drafts everything.
    llm_api_base, llm_api_key
        Address of an OpenAI-compatible server instead of the provider's own; the key it wants.
    llm_local_only
        Refuse every model outside of this machine and its private network.
    llm_calls_per_day, llm_tokens_per_day, llm_usd_per_day, llm_calls_per_person
        What may be spent from midnight UTC on, by all and for one person; 0 stops every call.
    public_address
        Where people open Halfhour, such as https://halfhour.example.org; empty: wherever they have opened it.
    trusted_proxies
        Addresses or networks of the proxies in front of the server, with commas; only they are believed when they say
        who is behind them (X-Forwarded-For, X-Forwarded-Proto).
    login_idle_days, login_days
        After how many days a login ends that is not used, and any login.
    requests_per_person, requests_per_visitor
        How many requests a minute one person, and strangers at one address, may send to one process; 0: any number.
    sign_in_links_per_address
        How many sign-in links a quarter of an hour may be asked for one mail address, and twenty times as many from
        one visitor's; 0: any number.
    oidc_issuer, oidc_client_id, oidc_client_secret, oidc_name
        Where people sign in instead, by OpenID Connect: the issuer's address as it names itself, the client it knows
        Halfhour by, and the name on the button. Empty issuer: people sign in by a link.
    oidc_trust_emails
        Whether every mail address that the issuer names counts as checked: for one that does not say `email_verified`,
        as Microsoft Entra, and only where no stranger can have an account there.
    google_client_id, google_client_secret
        An OAuth client of Google, of the kind for web applications; empty: Google Calendar is not offered.
    microsoft_client_id, microsoft_client_secret, microsoft_tenant
        An app registered at Microsoft, and whose accounts may use it; empty: Outlook's calendar is not offered.
    call_rooms
        Who opens a room for each call: `zoom` by the app below, `google` or `teams` in the calendar that the mentor
        connected; `none`: the mentor's own link or place.
    zoom_account_id, zoom_client_id, zoom_client_secret
        A server-to-server app of Zoom.
    zoom_host
        Whose meetings they are at Zoom; empty: the mentor's own, by their mail address.
    google_api_base, google_oauth_base, google_authorize_url, microsoft_graph_base, microsoft_login_base
        Where these providers answer; to be changed for a cloud of their own, as in China.
    zoom_api_base, zoom_login_base
        Where Zoom answers.
    caldav_hosts
        Where people may keep calendars that speak CalDAV, with commas: cloud.example.org, dav.example.org:8443,
        *.example.net. Empty: CalDAV is off.
    smtp_from
        The address that mail comes from, with or without a name: `Halfhour <halfhour@example.org>`.
    """

    model_config = SettingsConfigDict(env_prefix="HALFHOUR_", extra="ignore", frozen=True)

    data_folder: Path = Path.home() / ".local" / "share" / "halfhour"
    database_url: str = ""
    encoder: str = "minilm"
    encoder_languages: frozenset[Language] = frozenset()
    secret_key: str = Field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    organisation: str = "Halfhour"
    worker: Literal["thread", "off"] = "thread"
    worker_threads: int = Field(default=2, ge=1, le=64)
    worker_period_seconds: float = Field(default=1.0, ge=0.05, le=3600)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_from: str = ""
    public_address: str = ""
    trusted_proxies: str = "127.0.0.1,::1"
    login_idle_days: int = Field(default=14, ge=1, le=365)
    login_days: int = Field(default=30, ge=1, le=365)
    requests_per_person: int = Field(default=300, ge=0)
    requests_per_visitor: int = Field(default=300, ge=0)
    sign_in_links_per_address: int = Field(default=5, ge=0)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_name: str = ""
    oidc_trust_emails: bool = False
    google_client_id: str = ""
    google_client_secret: str = Field(default="", repr=False)
    google_api_base: str = "https://www.googleapis.com/calendar/v3"
    google_oauth_base: str = "https://oauth2.googleapis.com"
    google_authorize_url: str = "https://accounts.google.com/o/oauth2/v2/auth"
    microsoft_tenant: str = Field(default="organizations", pattern=r"^[A-Za-z0-9.-]{1,100}$")
    microsoft_client_id: str = ""
    microsoft_client_secret: str = Field(default="", repr=False)
    microsoft_graph_base: str = "https://graph.microsoft.com/v1.0"
    microsoft_login_base: str = "https://login.microsoftonline.com"
    call_rooms: Literal["none", "zoom", "google", "teams"] = "none"
    zoom_account_id: str = ""
    zoom_client_id: str = ""
    zoom_client_secret: str = Field(default="", repr=False)
    zoom_host: str = ""
    zoom_api_base: str = "https://api.zoom.us/v2"
    zoom_login_base: str = "https://zoom.us"
    caldav_hosts: str = ""
    llm_model: str = ""
    llm_api_base: str = ""
    llm_api_key: str = Field(default="", repr=False)
    llm_local_only: bool = False
    llm_calls_per_day: int = Field(default=500, ge=0)
    llm_tokens_per_day: int = Field(default=2_000_000, ge=0)
    llm_usd_per_day: float = Field(default=5.0, ge=0)
    llm_calls_per_person: int = Field(default=20, ge=0)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("secret_key")
    @classmethod
    def _check_secret(cls, secret: str) -> str:
        if secret and (len(secret) < MIN_SECRET_CHARACTERS or len(set(secret)) < MIN_SECRET_CHARACTERS // 4):
            raise ValueError(f"be empty or {MIN_SECRET_CHARACTERS} or more varied characters")
        return secret

    @field_validator("public_address")
    @classmethod
    def _check_address(cls, address: str) -> str:
        address = address.rstrip("/")
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError("be empty or like https://halfhour.example.org")
        return address

    @field_validator("caldav_hosts")
    @classmethod
    def _check_hosts(cls, hosts: str) -> str:
        if not all(_HOST.fullmatch(host.strip()) for host in hosts.split(",") if host.strip()):
            raise ValueError("name hosts with commas between them, without https:// and without a path")
        return hosts

    @field_validator("trusted_proxies")
    @classmethod
    def _check_proxies(cls, proxies: str) -> str:
        try:
            for proxy in filter(None, map(str.strip, proxies.split(","))):
                ip_network(proxy)
        except ValueError:
            raise ValueError(
                "name addresses or networks with commas between them, such as 10.0.0.5,10.1.0.0/16"
            ) from None
        return proxies

    @model_validator(mode="after")
    def _check_single_sign_on(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            raise ValueError("HALFHOUR_OIDC_ISSUER needs HALFHOUR_OIDC_CLIENT_ID and HALFHOUR_OIDC_CLIENT_SECRET too")
        return self

    @property
    def allowed_caldav_hosts(self) -> tuple[str, ...]:
        """The hosts of `caldav_hosts`, in order."""
        return tuple(host.strip().lower() for host in self.caldav_hosts.split(",") if host.strip())

    @property
    def database(self) -> str:
        """The address of the database in force."""
        return self.database_url or f"sqlite:///{self.data_folder / DATABASE}"


def read_settings() -> Settings:
    """Return the settings from the environment.

    Raises
    ------
    InvalidInput
        Names the variable and what is wrong with it, never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = f"HALFHOUR_{'_'.join(str(part) for part in first['loc'][:1])}".upper()
        raise InvalidInput(name, "be set right", first["msg"], "See docs/operations.md for every setting.") from None
