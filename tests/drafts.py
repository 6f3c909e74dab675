"""What a model should answer for the agenda of a session."""

import json
from collections.abc import Callable

from domain.language import Language
from services.context import Context
from services.draft_agenda import read_draft
from store import unit_of_work
from tests.prep.writers import Content, good_content


def answer_for(context: Context, session_id: str, change: Callable[[Content], object] = lambda content: None) -> str:
    """Return a good answer for a session, told from the template's by its first title."""
    with unit_of_work(context.engine) as store:
        content = good_content(read_draft(context, store, session_id, Language.EN).request)
    content["segments"][0]["title"] = "Where to begin"
    change(content)
    return json.dumps(content, ensure_ascii=False)
