"""The application: builds the parts that the settings ask for and mounts the web. No module-level application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from compose import build_context, build_worker
from domain.errors import InvalidInput
from services.context import Context
from services.logins import LoginTerms
from services.worker import Worker
from settings import MIN_SECRET_CHARACTERS, Settings
from web.access import Logins
from web.limits import Limits, build_limits
from web.mount import mount_web

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def create_app(settings: Settings, *, is_demo: bool = False, context: Context | None = None) -> FastAPI:
    """Return the application, ready to serve; while it is served its worker runs, unless the settings say `off`.

    Parameters
    ----------
    is_demo
        Whether anybody may pick a person to be; on loopback only.
    context
        Parts built before; None builds them.

    Raises
    ------
    InvalidInput
        There is no secret key, or a demo would be open to other machines.
    """
    if is_demo and settings.host not in LOOPBACK:
        raise InvalidInput("HALFHOUR_HOST", "be a loopback address in the demo", settings.host)
    if not is_demo and not settings.secret_key:
        rule = f"hold {MIN_SECRET_CHARACTERS} or more random characters"
        action = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        raise InvalidInput("HALFHOUR_SECRET_KEY", rule, "nothing", action)
    running = context or build_context(settings)
    app = FastAPI(
        title="Halfhour",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_working(build_worker(settings, running)) if settings.worker == "thread" else None,
    )
    if is_demo:  # a page of another site must not reach the picker under a name of its own
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=sorted(LOOPBACK))
    logins, limits = _logins(settings, running), _limits(settings, running)
    mount_web(app, running, logins, limits, organisation=settings.organisation, is_demo=is_demo)
    return app


def _logins(settings: Settings, context: Context) -> Logins:
    is_secure = settings.host not in LOOPBACK or settings.public_address.startswith("https://")
    terms = LoginTerms(timedelta(days=settings.login_idle_days), timedelta(days=settings.login_days))
    return Logins(context, is_secure=is_secure, terms=terms)


def _limits(settings: Settings, context: Context) -> Limits:
    return build_limits(
        context.clock,
        per_person=settings.requests_per_person,
        per_visitor=settings.requests_per_visitor,
        links=settings.sign_in_links_per_address,
    )


def _working(worker: Worker) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        worker.start()
        yield
        # the job in hand is finished first
        await run_in_threadpool(worker.stop)

    return lifespan
