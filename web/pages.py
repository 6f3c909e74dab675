"""Renders a template for one reader: language, zone, and what every page shows."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.language import Language
from domain.people import Person, Role
from web import language as words
from web.navigation import navigation

LANGUAGE_DAYS = 365


@cache
def environment(language: Language) -> Environment:
    """Return the templates with the texts of one language."""
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts = words.translations(language)
    made.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "initials": words.initials,
        "day": lambda at: words.day(at, language),
        "minutes": lambda count: words.minutes(count, language),
        "minutes_short": lambda count: words.minutes(count, language, "short"),
        "minutes_word": lambda count: words.minutes_word(count, language),
        "decimal": lambda number: words.decimal(number, language),
        "format_name": lambda form: words.format_name(form, texts.gettext),
        "drafter": lambda made_by: words.drafter(made_by, texts.gettext),
        "language_name": words.NAMES.__getitem__,
        "fact_kind": lambda kind: words.fact_kind(kind, texts.gettext),
    }
    return made


def language_of(request: Request, person: Person | None) -> Language:
    """Return the language to answer in: asked for now, chosen before, the person's own, the browser's, English."""
    accepted = request.headers.get("accept-language", "")[:2].casefold()
    wishes = [request.query_params.get("lang"), request.cookies.get(words.COOKIE)]
    for wish in [*wishes, person.locale if person else None, accepted]:
        if wish in set(Language):
            return Language(wish)
    return Language.EN


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return the page; values are what the template names. The person is the one of `signed_in`, if any."""
    language = language_of(request, _reader(request))
    page = environment(language).get_template(template)
    html = page.render(**_frame(request, language), **values)
    response = HTMLResponse(html, status_code=status)
    if request.query_params.get("lang") == language:
        response.set_cookie(words.COOKIE, language, max_age=LANGUAGE_DAYS * 86_400, samesite="lax", httponly=True)
    return response


def _reader(request: Request) -> Person | None:
    """Return who reads the page: whoever is signed in, or whom a signed link names; None where nobody knows."""
    person: Person | None = getattr(request.state, "person", None) or getattr(request.state, "linked", None)
    return person


def _frame(request: Request, language: Language) -> dict[str, Any]:
    """Return what every page shows around its own part, whoever reads it."""
    person: Person | None = getattr(request.state, "person", None)
    reader = _reader(request)
    zone = reader.zone if reader else "UTC"
    state = request.app.state
    return {
        "person": person,
        "navigation": navigation(person, request.scope["path"]),
        "is_hr": person is not None and Role.HR in person.roles,
        "is_admin": person is not None and Role.ADMIN in person.roles,
        "language": language,
        "other_languages": _other_languages(request, language),
        "organisation": state.organisation,
        "is_demo": state.is_demo,
        "has_model": state.context.model is not None,
        "static": lambda name: f"/static/{name}?v={state.static_version}",
        "zone": zone,
        "when": lambda at: words.moment(at, language, zone),
        "time_left": lambda until, now: words.time_left(until, now, language),
        "clock": lambda at: words.clock(at, zone),
        "short_day": lambda at: words.short_day(at, language),
        "day_name": lambda at: words.day_name(at, language),
        "status_name": lambda status: words.status_name(status, words.translations(language).gettext),
        "path": request.scope["path"],
    }


def _other_languages(request: Request, language: Language) -> list[tuple[Language, str, str]]:
    """Return (code, name, link to this same page) of each other language; none for the answer to a form."""
    if request.method != "GET":
        return []
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    links = ((code, name, urlencode([*kept, ("lang", code)])) for code, name in words.NAMES.items())
    return [(code, name, f"?{query}") for code, name, query in links if code is not language]


def text_of_count(request: Request, one: str, many: str, count: int) -> str:
    """Return a page text for a number of things, in the reader's language; the placeholders stay in it."""
    person: Person | None = getattr(request.state, "person", None)
    return str(words.translations(language_of(request, person)).ngettext(one, many, count))


def text(request: Request, message: str) -> str:
    """Return a page text in the reader's language."""
    return str(words.translations(language_of(request, _reader(request))).gettext(message))
