"""HR's pages of the programme: how much each feature counts for topics and mentors, priorities, what was learnt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import InvalidInput, NotFound, NotReady
from recommender import MentorWeights
from services.context import Context
from services.programme import Origin, Setting
from services.programme_page import (
    STEPS,
    ProgrammePage,
    back_to,
    back_to_defaults,
    drop_priority,
    leading_share,
    mentor_programme,
    put_priority,
    save_steps,
    steps_of,
    topic_programme,
    weights_of,
)
from services.sample_people import preview_samples
from services.weight_learning import learn_from_outcomes, take_lesson
from services.weight_preview import preview_mentor_weights, preview_weights
from web.access import Hr, Running
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText
from web.programme_parts import MENTORS, TOPICS, Part

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
PRIORITIES = {"none": 0.0, "some": 0.5, "high": 1.0}
_STEPS = [str(step) for step in range(STEPS + 1)]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent with the form of weights; `wrong` names lines that hold no step, `is_empty` that all are 0."""

    steps: Mapping[str, str] = field(default_factory=dict)
    wrong: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        return bool(self.steps) and all(step == "0" for step in self.steps.values())

    @property
    def is_right(self) -> bool:
        return not self.wrong and not self.is_empty


def part_of(request: Request) -> Part:
    """Return the part that the address belongs to."""
    return MENTORS if request.scope["route"].path.startswith(MENTORS.address) else TOPICS


async def posted_form(request: Request) -> dict[str, str]:
    """Return the fields of a form whose names are only known here."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Posted = Annotated[dict[str, str], Depends(posted_form)]
OfPart = Annotated[Part, Depends(part_of)]
Field = Annotated[PlainText, Form()]
router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get(TOPICS.address)
@router.get(MENTORS.address)
def programme(request: Request, person: Hr, context: Running, part: OfPart) -> HTMLResponse:
    return _page(request, context, part)


@router.post(TOPICS.address, response_model=None)
@router.post(MENTORS.address, response_model=None)
def change(request: Request, person: Hr, context: Running, part: OfPart, form: Posted) -> Response:
    """Show what the steps would change, or keep them."""
    steps = {name: form.get(name, "") for name in part.features}
    typed = Typed(steps, [name for name, step in steps.items() if step not in _STEPS])
    if not typed.is_right:
        return _page(request, context, part, typed, status=422)
    if "save" not in form:
        return _page(request, context, part, typed, is_preview=True)
    save_steps(context, part.setting, {name: int(step) for name, step in steps.items()}, person.id)
    return _back(part)


@router.post(f"{TOPICS.address}/defaults")
@router.post(f"{MENTORS.address}/defaults")
def defaults(person: Hr, context: Running, part: OfPart) -> RedirectResponse:
    back_to_defaults(context, part.setting, person.id)
    return _back(part)


@router.post(f"{TOPICS.address}/earlier")
@router.post(f"{MENTORS.address}/earlier")
def earlier(person: Hr, context: Running, part: OfPart, at: Field = "") -> RedirectResponse:
    """Go back to the weights set at that time; where they are gone meanwhile the page says what there is."""
    try:
        back_to(context, part.setting, at, person.id)
    except NotFound:
        return _back(part, "#changes")
    return _back(part)


@router.post(f"{TOPICS.address}/learn")
@router.post(f"{MENTORS.address}/learn")
def learn(person: Hr, context: Running, part: OfPart) -> RedirectResponse:
    learn_from_outcomes(context)
    return _back(part, "#learnt")


@router.post(f"{TOPICS.address}/learnt")
@router.post(f"{MENTORS.address}/learnt")
def take(person: Hr, context: Running, part: OfPart) -> RedirectResponse:
    """Take what was learnt; where it is gone meanwhile the page says what there is."""
    try:
        take_lesson(context, part.setting, person.id)
    except NotReady:
        return _back(part, "#learnt")
    return _back(part)


@router.post(f"{TOPICS.address}/priorities", response_model=None)
def prioritise(request: Request, person: Hr, context: Running, topic: Field = "", priority: Field = "") -> Response:
    try:
        put_priority(context, topic, PRIORITIES.get(priority, -1.0), person.id)
    except InvalidInput:
        return _page(request, context, TOPICS, topic_error=text(request, "Choose a topic and a priority."), status=422)
    return _back(TOPICS, "#priorities")


@router.post(f"{TOPICS.address}/priorities/remove")
def remove(person: Hr, context: Running, topic: Field = "") -> RedirectResponse:
    drop_priority(context, topic, person.id)
    return _back(TOPICS, "#priorities")


def _back(part: Part, fragment: str = "") -> RedirectResponse:
    return RedirectResponse(part.address + fragment, status_code=303)


def _page(
    request: Request,
    context: Context,
    part: Part,
    typed: Typed = Typed(),
    *,
    status: int = 200,
    is_preview: bool = False,
    topic_error: str = "",
) -> HTMLResponse:
    """Return the page with what was typed, or with the steps in force."""
    page = topic_programme(context) if part is TOPICS else mentor_programme(context)
    steps = {name: str(step) for name, step in steps_of(page.weights).items()}
    steps |= {name: step for name, step in typed.steps.items() if name not in typed.wrong}
    rows = [(name, text(request, title), text(request, means)) for name, (title, means) in part.features.items()]
    return render(
        request,
        part.template,
        status=status,
        page=page,
        part=part,
        rows=rows,
        steps=steps,
        all_steps=_STEPS,
        typed=typed,
        topic_error=topic_error,
        **_meaning(context, page, steps if typed.is_right else None, is_preview),
        origin=text(request, ORIGINS[page.origin]),
        settings={setting: text(request, name) for setting, name in SETTINGS.items()},
        origins={origin: text(request, name) for origin, name in ORIGINS.items()},
        levels=[(name, text(request, title)) for name, title in LEVELS.items()],
        level_of=lambda value: text(request, LEVELS[_nearest(value)]),
    )


def _meaning(
    context: Context, page: ProgrammePage, steps: Mapping[str, str] | None, is_preview: bool
) -> dict[str, Any]:
    """Return which share of 100 leads under these steps, None where they cannot be read, and what they would change."""
    if steps is None:
        return {"share": None, "preview": None, "samples": []}
    weights = weights_of({name: int(step) for name, step in steps.items()}, page.weights)
    if not is_preview:
        return {"share": leading_share(weights), "preview": None, "samples": []}
    if isinstance(weights, MentorWeights):
        return {"share": leading_share(weights), "preview": preview_mentor_weights(context, weights), "samples": []}
    samples = preview_samples(context, weights)
    return {"share": leading_share(weights), "preview": preview_weights(context, weights), "samples": samples}


def _nearest(value: float) -> str:
    return min(PRIORITIES, key=lambda name: abs(PRIORITIES[name] - value))
