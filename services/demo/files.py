"""Reads `catalog/demo/*.yaml`; the only part of the demo company that touches files."""

from importlib.resources import files
from typing import Any

import yaml

from domain.language import Language, LocalText
from domain.people import Format, Role
from services.demo.texts import (
    ANY_FIELD,
    Biography,
    Circle,
    DemoTexts,
    Department,
    FeedbackText,
    Gender,
    GoalText,
    Job,
    Place,
    Request,
)

MANAGEMENT_ID = "management"


def read_demo_texts() -> DemoTexts:
    """Return everything hand-written for the demo company, in the order of the files."""
    company = _read("company.yaml")
    return DemoTexts(
        name=_local(company["name"]),
        mail_domain=company["mail_domain"],
        zones={Language(code): zones for code, zones in company["zones"].items()},
        management=_management(company["management"]),
        departments=tuple(_department(raw) for raw in company["departments"]),
        circles=_by_language(_read("names.yaml"), _circle),
        goals=_goals(_read("goals.yaml")),
        biographies=_biographies(_read("biographies.yaml")),
        feedback=_feedback(_read("feedback.yaml")),
        requests={topic_id: _request(raw) for topic_id, raw in _read("requests.yaml").items()},
    )


def _read(name: str) -> Any:
    text = files("catalog").joinpath("demo").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _local(raw: dict[str, str]) -> LocalText:
    return LocalText(raw["en"], raw["ru"])


def _by_language(raw: dict[str, list[Any]], read: Any) -> dict[Language, Any]:
    return {Language(code): tuple(read(entry) for entry in entries) for code, entries in raw.items()}


def _gender(raw: dict[str, Any]) -> Gender | None:
    return Gender(raw["by"]) if "by" in raw else None


def _job(raw: dict[str, Any]) -> Job:
    return Job(
        role_id=raw["role"],
        title=_local(raw),
        title_ru_woman=raw.get("ru_f", raw["ru"]),
        next_role_ids=tuple(raw["next"]),
        share=raw.get("share", 1),
        field=raw.get("field", ANY_FIELD),
        grants=Role(raw["grants"]) if "grants" in raw else None,
    )


def _department(raw: dict[str, Any]) -> Department:
    return Department(
        id=raw["id"],
        field=raw["field"],
        name=_local(raw["name"]),
        share=raw["share"],
        topic_ids=frozenset(raw.get("topics", ())),
        head=_job(raw["head"]),
        lead=_job(raw["lead"]),
        jobs=tuple(_job(job) for job in raw["jobs"]),
    )


def _management(raw: dict[str, Any]) -> Department:
    jobs = tuple(_job(job) for job in raw["jobs"])
    return Department(MANAGEMENT_ID, ANY_FIELD, _local(raw["name"]), 0, frozenset(), jobs[0], jobs[0], jobs)


def _circle(raw: dict[str, Any]) -> Circle:
    pairs = (surname.split("/") for surname in raw["surnames"])
    return Circle(tuple(raw["f"]), tuple(raw["m"]), tuple((pair[0], pair[-1]) for pair in pairs))


def _goals(raw: dict[str, dict[str, list[dict[str, Any]]]]) -> tuple[GoalText, ...]:
    return tuple(
        GoalText(
            text=entry["text"],
            language=Language(code),
            field=field,
            is_lead=entry["for"] == Place.LEAD,
            about=entry["about"],
            role_ids=frozenset(entry.get("as", ())),
            by=_gender(entry),
        )
        for code, fields in raw.items()
        for field, entries in fields.items()
        for entry in entries
    )


def _biographies(raw: dict[str, dict[str, list[dict[str, Any]]]]) -> tuple[Biography, ...]:
    return tuple(
        Biography(
            text=entry["text"],
            language=Language(code),
            department_id=department_id,
            place=Place(entry["seat"]),
            role_id=entry.get("role", ""),
            title=entry.get("title", ""),
            topic_ids=frozenset(entry["topics"]),
            by=_gender(entry),
        )
        for code, departments in raw.items()
        for department_id, entries in departments.items()
        for entry in entries
    )


def _feedback(raw: dict[str, list[dict[str, Any]]]) -> tuple[FeedbackText, ...]:
    return tuple(
        FeedbackText(
            text=entry["text"],
            language=Language(code),
            about=None if entry["about"] == ANY_FIELD else entry["about"],
            rating=entry["rating"],
            by=_gender(entry),
            format=Format(entry["format"]) if "format" in entry else None,
        )
        for code, entries in raw.items()
        for entry in entries
    )


def _request(raw: dict[str, dict[str, Any]]) -> Request:
    steps = {Language(code): tuple(texts["steps"]) for code, texts in raw.items()}
    return Request(LocalText(raw["en"]["need"], raw["ru"]["need"]), steps)
