"""Everything kept about a person as one ZIP: one JSON file, and a CSV per table for people with a spreadsheet."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from services.context import Context
from services.csv_cells import neutral
from services.privacy_rules import RULES
from store import Store, unit_of_work

Rows = list[dict[str, Any]]
JSON_FILE = "halfhour.json"


def export_person(context: Context, person_id: str) -> bytes:
    """Return the ZIP; raise NotFound when there is no such person."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        tables = rows_about(store, store.people.get(person_id).id)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        told = {"person": person_id, "exported_at": now, "tables": tables}
        archive.writestr(JSON_FILE, json.dumps(told, ensure_ascii=False, indent=1, default=_as_json))
        for name, rows in tables.items():
            archive.writestr(f"csv/{name}.csv", _as_csv(rows))
    return written.getvalue()


def rows_about(store: Store, person_id: str) -> dict[str, Rows]:
    """Return by table what is the person's, without secrets; tables that hold nothing of theirs are absent."""
    tables: dict[str, Rows] = {"people": store.person_rows.of("people", "id", person_id)}
    for place, rule in RULES.items():
        table, column = place.split(".")
        if rule.is_exported:
            rows = store.person_rows.of(table, column, person_id)
            tables.setdefault(table, []).extend(_without(row, rule.secret) for row in rows)
    traces = store.person_traces
    tables["sessions"], tables["agendas"] = traces.sessions(person_id), traces.agendas(person_id)
    tables["llm_calls"] = traces.llm_calls(person_id)
    return {name: rows for name, rows in sorted(tables.items()) if rows}


def _without(row: Mapping[str, Any], secret: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in set(secret)}


def _as_csv(rows: Rows) -> str:
    """Return the rows as a table that Excel opens as UTF-8; what a spreadsheet would run is made plain text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows([neutral(_as_cell(value)) for value in row.values()] for row in rows)
    return "\ufeff" + text.getvalue()


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return _as_json(value) if isinstance(value, (date, datetime)) else str(value)


def _as_json(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"an exported value must be JSON or a time, got {type(value).__name__}. Name it as secret.")
