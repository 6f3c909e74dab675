"""Puts pages, API, errors and guards into an application."""

import hashlib
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from services.context import Context
from web import (
    agenda_edit,
    agenda_model,
    agendas,
    answer,
    api_sessions,
    api_times,
    api_v1,
    availability,
    blocks,
    booking,
    booking_rules,
    calendar,
    calendar_consent,
    catalog_draft,
    catalog_edit,
    chat,
    cohorts,
    company_words,
    feedback,
    goals,
    groups,
    health,
    hr,
    imports,
    jobs,
    mentee,
    mentoring,
    own_skills,
    passed_topics,
    people,
    preparation,
    privacy,
    programme,
    progress,
    role,
    room,
    rules,
    search,
    sign_in,
    sign_on,
    tokens,
    unmet,
)
from web.access import Logins
from web.body_limit import BodyLimit
from web.errors import install_error_pages
from web.guard import Guard
from web.limits import Limits

MAX_BODY_BYTES = 1_000_000
MAX_IMPORT_BYTES = 10_100_000  # a file of 10 MB and the form around it
# of two routes that an address fits the first answers: `booking` takes every deed on a session that no other page takes
ROUTES = (
    health,
    sign_in,
    sign_on,
    tokens,
    mentee,
    search,
    availability,
    blocks,
    calendar,
    calendar_consent,
    role,
    goals,
    own_skills,
    passed_topics,
    progress,
    privacy,
    agendas,
    agenda_edit,
    agenda_model,
    room,
    chat,
    feedback,
    groups,
    mentoring,
    hr,
    catalog_edit,
    catalog_draft,
    imports,
    people,
    booking_rules,
    company_words,
    preparation,
    programme,
    rules,
    cohorts,
    unmet,
    answer,
    jobs,
    api_v1,
    api_sessions,
    api_times,
    booking,
)


def mount_web(
    app: FastAPI, context: Context, logins: Logins, limits: Limits, *, organisation: str, is_demo: bool
) -> None:
    """Add every route; the application's state then holds what the routes read."""
    static = Path(str(files("web"))) / "static"
    app.state.context, app.state.logins, app.state.limits = context, logins, limits
    app.state.organisation, app.state.is_demo = organisation, is_demo
    app.state.static_version = _version(static)
    app.mount("/static", StaticFiles(directory=static), name="static")
    for module in ROUTES:
        app.include_router(module.router)
    install_error_pages(app)
    app.add_middleware(BodyLimit, max_bytes=MAX_BODY_BYTES, larger={imports.ADDRESS: MAX_IMPORT_BYTES})
    app.add_middleware(Guard, logins=logins)


def _version(folder: Path) -> str:
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return hashlib.sha256(content).hexdigest()[:10]
