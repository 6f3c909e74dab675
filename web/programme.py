"""HR's page of the programme: how much each feature counts, which topics go first, what was learnt."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import InvalidInput, NotReady
from services.context import Context
from services.programme import Origin, Setting
from services.programme_page import (
    OWN_WORDS,
    STEPS,
    back_to_defaults,
    changed_weights,
    drop_priority,
    programme_page,
    put_priority,
    save_steps,
)
from services.weight_learning import learn_from_outcomes, take_lesson
from services.weight_preview import Preview, preview_weights
from web.access import Hr, Running
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText

LEVELS = {"none": later("None"), "some": later("Some"), "high": later("High")}
ORIGINS = {
    Origin.DEFAULT: later("the defaults"),
    Origin.HR: later("set by HR"),
    Origin.LEARNT: later("learnt from outcomes"),
}
SETTINGS = {
    Setting.TOPIC_WEIGHTS: later("Weights of topics"),
    Setting.MENTOR_WEIGHTS: later("Weights of mentors"),
    Setting.TOPIC_PRIORITIES: later("Priorities of topics"),
}


async def posted_form(request: Request) -> dict[str, str]:
    """Return the fields of a form whose names are only known here."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Posted = Annotated[dict[str, str], Depends(posted_form)]
router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/programme"
Typed = Annotated[PlainText, Form()]
_STEPS = [str(step) for step in range(STEPS + 1)]
PRIORITIES = {"none": 0.0, "some": 0.5, "high": 1.0}
FEATURES = {
    "need": (later("Goals in own words"), later("Topics that sound like what the person wrote as a goal.")),
    "skill_gap": (later("Skills for the target role"), later("Topics that build skills the target role asks for.")),
    "feedback": (later("Left open last time"), later("Topics that take up what feedback said is still open.")),
    "priority": (later("Priority of the programme"), later("Topics that you put forward below.")),
    "helped_similar": (
        later("What helped others"),
        later(
            "Topics that helped people with the same topics behind them. Counts only where five or more stand for it."
        ),
    ),
    "progress": (
        later("Begun and not finished"),
        later("Topics that somebody began. What a person has mastered steps back."),
    ),
    "freshness": (later("Not talked about lately"), later("Topics that rested for a while, or are new to the person.")),
    "supply": (later("Mentors with time"), later("Topics for which mentors have time within a week.")),
    "exploration": (
        later("Topics seldom shown"),
        later("A small bonus for topics that hardly anybody has been shown. It fades with every time."),
    ),
}


@router.get(ADDRESS)
def programme(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return _page(request, context)


@router.post(ADDRESS, response_model=None)
def change(request: Request, person: Hr, context: Running, form: Posted) -> Response:
    """Show what the steps would change, or keep them."""
    typed = {name: form.get(name, "") for name in FEATURES}
    wrong = [name for name, step in typed.items() if step not in _STEPS]
    if wrong:
        return _page(request, context, typed, wrong=wrong, status=422)
    steps = {name: int(step) for name, step in typed.items()}
    try:
        if "save" in form:
            save_steps(context, steps, person.id)
            return _back()
        return _page(request, context, typed, preview=preview_weights(context, changed_weights(context, steps)))
    except InvalidInput:  # each step alone is right, so that all of them are 0
        return _page(request, context, typed, is_empty=True, status=422)


@router.post(f"{ADDRESS}/defaults")
def defaults(person: Hr, context: Running) -> RedirectResponse:
    back_to_defaults(context, person.id)
    return _back()


@router.post(f"{ADDRESS}/learn")
def learn(person: Hr, context: Running) -> RedirectResponse:
    learn_from_outcomes(context)
    return _back("#learnt")


@router.post(f"{ADDRESS}/learnt")
def take(person: Hr, context: Running) -> RedirectResponse:
    """Take what was learnt; where it is gone meanwhile the page says what there is."""
    try:
        take_lesson(context, Setting.TOPIC_WEIGHTS, person.id)
    except NotReady:
        return _back("#learnt")
    return _back()


@router.post(f"{ADDRESS}/priorities", response_model=None)
def prioritise(request: Request, person: Hr, context: Running, topic: Typed = "", priority: Typed = "") -> Response:
    try:
        put_priority(context, topic, PRIORITIES.get(priority, -1.0), person.id)
    except InvalidInput:
        return _page(request, context, topic_error=text(request, "Choose a topic and a priority."), status=422)
    return _back("#priorities")


@router.post(f"{ADDRESS}/priorities/remove")
def remove(person: Hr, context: Running, topic: Typed = "") -> RedirectResponse:
    drop_priority(context, topic, person.id)
    return _back("#priorities")


def _back(fragment: str = "") -> RedirectResponse:
    return RedirectResponse(ADDRESS + fragment, status_code=303)


def _page(
    request: Request,
    context: Context,
    typed: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    wrong: Sequence[str] = (),
    is_empty: bool = False,
    preview: Preview | None = None,
    topic_error: str = "",
) -> HTMLResponse:
    """Return the page with what was typed, or with the steps in force."""
    page = programme_page(context)
    steps = {name: typed[name] if typed else str(page.steps[name]) for name in FEATURES}
    rows = [(name, text(request, title), text(request, means)) for name, (title, means) in FEATURES.items()]
    return render(
        request,
        "programme.html",
        status=status,
        page=page,
        rows=rows,
        steps=steps,
        all_steps=_STEPS,
        wrong=wrong,
        is_empty=is_empty,
        own_share=_own_share(steps),
        preview=preview,
        topic_error=topic_error,
        origin=text(request, ORIGINS[page.origin]),
        settings={setting: text(request, name) for setting, name in SETTINGS.items()},
        origins={origin: text(request, name) for origin, name in ORIGINS.items()},
        levels=[(name, text(request, title)) for name, title in LEVELS.items()],
        level_of=lambda value: text(request, LEVELS[_nearest(value)]),
    )


def _own_share(steps: Mapping[str, str]) -> int | None:
    """Return how many of 100 parts of a score the person's own words hold; None where the steps cannot be read."""
    if any(step not in _STEPS for step in steps.values()):
        return None
    total = sum(int(step) for step in steps.values())
    return round(100 * sum(int(steps[name]) for name in OWN_WORDS) / total) if total else None


def _nearest(value: float) -> str:
    return min(PRIORITIES, key=lambda name: abs(PRIORITIES[name] - value))
