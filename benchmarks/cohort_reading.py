"""How long a cohort takes from the store to its proposal, and how many statements. Prints one table.

The mentees are those of the demo company, and copies of the whole company beside it until there are enough: the same
texts, so that nothing is embedded, and the same pasts. The copy lives in a temporary folder.

Run: python -m benchmarks.cohort_reading [--mentees 316 --mentees 5000]
"""

import argparse
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import event
from threadpoolctl import threadpool_limits

from commands.demo import demo_settings, prepare_demo
from compose import build_context
from domain.people import HeldSkill, Role
from services.cohort_material import material_of
from services.context import Context
from services.index import refresh_index
from services.match import make_cohort, propose
from settings import read_settings
from store import Store, unit_of_work


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how a cohort is read and matched.")
    parser.add_argument("--mentees", type=int, action="append", help="how many (316 and 5000)")
    sizes = parser.parse_args().mentees or [316, 5000]
    settings = demo_settings(read_settings())
    prepare_demo(settings).engine.dispose()
    print("| mentees | statements | reading | store to proposal | processor time | peak memory | pairs |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        with TemporaryDirectory() as folder, threadpool_limits(1):
            shutil.copytree(settings.data_folder, folder, dirs_exist_ok=True)
            context = build_context(settings.model_copy(update={"data_folder": Path(folder)}))
            grow(context, size)
            print(measured(context, size))
            context.engine.dispose()


def measured(context: Context, size: int) -> str:
    """Return one line of the table; what every command builds first (topics, mentors, roles) stands already."""
    with unit_of_work(context.engine) as store:
        mentees = [person.id for person in store.people.list() if Role.MENTEE in person.roles][:size]
        context.spaces.mentors(store), context.spaces.roles(store)
        context.spaces.experiences.at(store, context.clock())
    cohort = make_cohort(context, "benchmark", mentee_ids=mentees)
    with statements(context) as seen, unit_of_work(context.engine) as store:
        began = perf_counter()
        material_of(context, store, cohort)
        reading = perf_counter() - began
    began, worked = perf_counter(), process_time()
    pairs = len(propose(context, cohort.id).pairs)
    whole, work = perf_counter() - began, process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return f"| {size:,} | {len(seen)} | {reading:.2f} s | {whole:.1f} s | {work:.1f} s | {peak:.2f} GiB | {pairs:,} |"


@contextmanager
def statements(context: Context) -> Iterator[list[str]]:
    """Give the list that every statement sent to the database joins."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(context.engine, "before_cursor_execute", note)
    yield seen
    event.remove(context.engine, "before_cursor_execute", note)


def grow(context: Context, mentees: int) -> None:
    """Add copies of the whole company until it has so many mentees."""
    with unit_of_work(context.engine) as store:
        has = sum(Role.MENTEE in person.roles for person in store.people.list())
    copies = -(-mentees // has) - 1
    for number in range(copies):
        with unit_of_work(context.engine, write=True) as store:
            copy_company(store, f"~{number}")
    if copies:
        refresh_index(context)


def copy_company(store: Store, mark: str) -> None:
    """Add everybody of the first company again, under ids that end with the mark."""
    people = [person for person in store.people.list() if "~" not in person.id]
    store.people.save(
        replace(
            person,
            id=person.id + mark,
            email=mark + person.email,
            manager_id=person.manager_id + mark if person.manager_id else None,
        )
        for person in people
    )
    ids = {person.id for person in people}
    held = store.people.held_of_many(ids)
    store.people.save_held(
        HeldSkill(id + mark, skill, level) for id, own in held.items() for skill, level in own.items()
    )
    goals = store.goals.of_many(ids).values()
    store.goals.save(replace(g, id=g.id + mark, person_id=g.person_id + mark) for own in goals for g in own)
    offers = [offer for offer in store.offers.list() if offer.mentor_id in ids]
    store.offers.save(replace(offer, mentor_id=offer.mentor_id + mark) for offer in offers)
    sessions = [session for session in store.sessions.list() if {session.mentor_id, *session.mentee_ids} <= ids]
    store.sessions.save(
        replace(
            session,
            id=session.id + mark,
            mentor_id=session.mentor_id + mark,
            mentee_ids=tuple(id + mark for id in session.mentee_ids),
        )
        for session in sessions
    )
    kept = {session.id for session in sessions}
    words = [one for own in store.feedback.of_mentees(ids).values() for one in own if one.session_id in kept]
    store.feedback.save(
        replace(one, id=one.id + mark, session_id=one.session_id + mark, author_id=one.author_id + mark)
        for one in words
    )


if __name__ == "__main__":
    main()
