"""What a draft by a language model costs besides the model's own time: the whole job against a scripted server.

The server answers at once over real HTTP with a good answer, so all that is timed is ours: reading the session, the
template, the prompt, litellm, gates and rubric, the store. An answer in many events costs litellm some .4 ms each, most
of it while a real model still writes: --piece 40 shows that.

Run: python -m benchmarks.drafting
"""

import argparse
import json
import resource
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from compose import build_context
from domain.language import Language
from domain.sessions import MentoringSession, SessionStatus
from prep import draft_agenda
from prompts import LiteLLM, ModelSettings
from services.context import Context
from services.draft_agenda import draft_by_model, keep_template, read_draft
from services.fill_demo import fill_demo
from services.model import Budget, LanguageModel
from services.model_policy import people_of, set_consent
from settings import read_settings
from store import Store, unit_of_work
from tests.fakes.llm_server import LLMServer, Reply, running_llm_server
from tests.prep.writers import good_content

DRAFTS, WARM = 100, 5
PLENTY = Budget(calls=10**6, tokens=10**9, usd=10**6, calls_per_person=10**6)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafting")
    parser.add_argument("--piece", type=int, default=100_000, help="characters in each event of the answer (all)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_llm_server() as server:
        settings = read_settings().model_copy(update={"data_folder": Path(folder), "database_url": ""})
        llm = LiteLLM(ModelSettings("openai/scripted", server.address, "key"))
        context = replace(build_context(settings), model=LanguageModel("scripted", llm, PLENTY))
        fill_demo(context)
        sessions = coming(context)
        template, whole, model = [], [], []
        for number, session in enumerate(sessions):
            if number == WARM:
                before = resident_megabytes()
            spent = seconds_of(context, server, session, arguments.piece)
            if number >= WARM:
                for column, value in zip((template, whole, model), spent, strict=True):
                    column.append(value)
        print(f"{len(whole)} drafts")
        print("| part | median, ms | p95, ms |\n|---|---|---|")
        print(_row("template alone", template))
        print(_row("request to the scripted server, by litellm", model))
        print(_row("the whole job", whole))
        print(_row("the job without the request", [a - b for a, b in zip(whole, model, strict=True)]))
        print(f"memory: {before:.0f} MB after {WARM} drafts, {resident_megabytes():.0f} MB after {len(sessions)}")
        llm.close()


def coming(context: Context) -> list[MentoringSession]:
    """Return copies of demo sessions, booked for tomorrow, of people who agreed to a model."""
    with unit_of_work(context.engine, write=True) as store:
        of_own_words = {session.need: session for session in _with_needs(store)}  # else the cache answers
        sessions = [_tomorrow(context, session) for session in list(of_own_words.values())[: DRAFTS + WARM]]
        store.sessions.save(sessions)
    for person_id in {person_id for session in sessions for person_id in people_of(session)}:
        set_consent(context, person_id, agrees=True)
    return sessions


def seconds_of(
    context: Context, server: LLMServer, session: MentoringSession, piece: int
) -> tuple[float, float, float]:
    """Return how long the template takes, the whole job, and the request within it."""
    keep_template(context, session.id, Language.EN)
    with unit_of_work(context.engine) as store:
        request = read_draft(context, store, session.id, Language.EN).request
    server.play(Reply(json.dumps(good_content(request), ensure_ascii=False), piece=piece))
    began = perf_counter()
    draft_agenda(request)
    drafted = perf_counter()
    draft_by_model(context, {"session_id": session.id, "language": "en"})
    done = perf_counter()
    with unit_of_work(context.engine) as store:
        calls = store.llm_calls.of_session(session.id)
    return drafted - began, done - drafted, sum(call.milliseconds for call in calls) / 1000


def resident_megabytes() -> float:
    """Return the most memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _with_needs(store: Store) -> list[MentoringSession]:
    return [session for session in store.sessions.list() if session.need.strip() and len(session.mentee_ids) == 1]


def _tomorrow(context: Context, session: MentoringSession) -> MentoringSession:
    at = context.clock() + timedelta(days=1)
    return replace(session, id=f"draft-{session.id}", status=SessionStatus.BOOKED, starts_at=at)


def _row(name: str, seconds: list[float]) -> str:
    return f"| {name} | {median(seconds) * 1000:.1f} | {quantiles(seconds, n=20)[18] * 1000:.1f} |"


if __name__ == "__main__":
    main()
