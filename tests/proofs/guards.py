"""Takes the guards away, one at a time, in a copy of the repository, and runs the proof that must fail then.

Run: python -m tests.proofs.guards (after `make prove`; some twenty minutes)
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "build", "__pycache__", ".*_cache", "*.egg-info")
BOOKING, TESTS_FAILED = "tests/proofs/test_booking.py", 1
POSTGRES = "HALFHOUR_TEST_POSTGRES"


@dataclass(frozen=True)
class Edit:
    """Code that is replaced: it must be there once."""

    file: str
    code: str
    instead: str


@dataclass(frozen=True)
class Guard:
    """What keeps a promise, how it is taken away, and the tests that must notice."""

    promise: str
    guard: str
    edits: tuple[Edit, ...]
    tests: str
    which: str = ""


INSERT = "    try:\n        work.writing.execute(insert(taken_quanta), rows)\n"
LOOK_THEN_INSERT = """    for row in rows:
        mine = (taken_quanta.c.person_id == row["person_id"]) & (taken_quanta.c.quantum == row["quantum"])
        if work.connection.execute(select(taken_quanta).where(mine)).first():
            raise SlotTaken(f"{session.starts_at:%Y-%m-%d %H:%M} UTC")
    return
"""
PLAN = "        plan_effects(self.store, before, after, event, self.policy, told)\n"
ANSWERED = "            keys.answer(asked.person_id, asked.key, asdict(receipt))\n"
PLAN_LATER = """    while LATER:
        with unit_of_work(context.engine, write=True) as store:
            plan_effects(store, *LATER.pop())
"""
TAKE = "        _take(work, session, buffers.get(session.mentor_id, 0))"
DESK = "services/booking/desk.py"

GUARDS = (
    Guard(
        "R1", "times are rows with a key", (Edit("store/taken_times.py", TAKE, "        pass"),), BOOKING, "r1_of_two"
    ),
    Guard(
        "R1",
        "the key decides, not a look before",
        (Edit("store/taken_times.py", INSERT, LOOK_THEN_INSERT + INSERT),),
        BOOKING,
        "r1_of_two and postgresql",
    ),
    Guard(
        "R1",
        "mentees' times count too",
        (Edit("store/taken_times.py", "dict.fromkeys(session.everybody)", "[session.mentor_id]"),),
        BOOKING,
        "r1_nobody",
    ),
    Guard(
        "R2",
        "minutes left are asked",
        (Edit("services/booking/times.py", "    if left.week < minutes:", "    if False:"),),
        BOOKING,
        "r2_minutes",
    ),
    Guard(
        "R2",
        "both people are locked first",
        (Edit("store/people.py", "    .with_for_update(key_share=True)\n", ""),),
        BOOKING,
        "r2_minutes and postgresql",
    ),
    Guard(
        "R2",
        "seats are counted",
        (Edit("services/booking/groups.py", "        if not session.free_seats or", "        if False and"),),
        BOOKING,
        "r2_minutes",
    ),
    Guard(
        "R2",
        "state and revision are asked (one of them is enough)",
        (
            Edit("domain/transitions.py", "    if not may(session, action, side):", "    if False:"),
            Edit(
                DESK,
                "        if asked.revision is not None and asked.revision != session.revision:",
                "        if False:",
            ),
        ),
        BOOKING,
        "r2_minutes",
    ),
    Guard(
        "R2",
        "the session is locked first",
        (
            Edit(
                "store/sessions.py",
                ".where(sessions.c.id == session_id).with_for_update()",
                ".where(sessions.c.id == session_id)",
            ),
        ),
        BOOKING,
        "r2_minutes and postgresql",
    ),
    Guard(
        "R2 move",
        "the new time is taken with the old one given up",
        (
            Edit(
                "store/taken_times.py",
                TAKE,
                "        if session.revision < 2:\n    " + TAKE,
            ),
        ),
        BOOKING,
        "r2_a_move",
    ),
    Guard(
        "R3",
        "the answer is kept under the key",
        (Edit(DESK, "        if asked.key:\n" + ANSWERED, ""),),
        BOOKING,
        "r3",
    ),
    Guard(
        "R3",
        "the body is compared",
        (Edit("store/idempotency.py", '        if found["body_hash"] != body_hash:', "        if False:"),),
        BOOKING,
        "r3",
    ),
    Guard(
        "R4",
        "jobs are written in the transaction that causes them",
        (
            Edit(DESK, PLAN, "        LATER.append((before, after, event, self.policy, told))\n"),
            Edit(DESK, ANSWERED, ANSWERED + PLAN_LATER),
            Edit(DESK, "\ndef nothing_to_check", "\nLATER = []\n\n\ndef nothing_to_check"),
        ),
        "tests/proofs/test_survival.py",
    ),
    Guard(
        "R5",
        "an index takes the place of the old one when it is whole",
        (Edit("embeddings/files.py", "    write_whole(path, ", "    path.write_bytes("),),
        "tests/proofs/test_index.py",
    ),
    Guard(
        "R5",
        "the checksum is asked",
        (
            Edit(
                "embeddings/files.py",
                "    if hashlib.sha256(memoryview(content)[start:]).digest() != content[len(_FORMAT) : start]:",
                "    if False:",
            ),
        ),
        "tests/proofs/test_index.py",
    ),
    Guard(
        "R6",
        "the session is read again before its mail leaves",
        (Edit("services/notices/send.py", "    if look is None or not is_still_true(look):", "    if look is None:"),),
        "tests/proofs/test_reminders.py",
    ),
    Guard(
        "R6",
        "a lease runs out",
        (
            Edit(
                "store/jobs.py",
                "or_(jobs.c.state == JobState.QUEUED, jobs.c.leased_until <= now)",
                "jobs.c.state == JobState.QUEUED",
            ),
        ),
        "tests/proofs/test_reminders.py",
    ),
    Guard(
        "R7",
        "a time that the clock skips is refused",
        (Edit("domain/wall_time.py", "    if first > second:", "    if False:"),),
        "tests/proofs/test_clocks.py",
    ),
    Guard(
        "R7",
        "a time that the clock shows twice is a choice",
        (Edit("domain/wall_time.py", "    if fold is None:", "    if False:"),),
        "tests/proofs/test_clocks.py",
    ),
    Guard(
        "R8",
        "the number of an invitation grows with each change",
        (Edit("services/session_event.py", "        sequence=session.revision,", "        sequence=0,"),),
        "tests/services/test_calendar_life.py",
    ),
)


def main() -> int:
    """Print a line for each guard; return 1 when the proof did not notice that one was gone."""
    are_red = [_try(guard) for guard in chosen(sys.argv[1:])]
    _say(f"{sum(are_red)} of {len(are_red)} guards are missed by their proof when they are gone.")
    return 0 if all(are_red) else 1


def chosen(promises: list[str]) -> list[Guard]:
    """Return the guards of these promises, all when none is named; on one database where that is enough."""
    wanted = [guard for guard in GUARDS if not promises or guard.promise.split()[0] in promises]
    with_both = [guard for guard in wanted if os.environ.get(POSTGRES) or "postgresql" not in guard.which]
    return [
        guard if "postgresql" in guard.which else replace(guard, which=_on_sqlite(guard.which)) for guard in with_both
    ]


def _on_sqlite(which: str) -> str:
    return f"({which}) and not postgresql" if which else "not postgresql"


def _try(guard: Guard) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "halfhour"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for edit in guard.edits:
            take_away(copy / edit.file, edit)
        began = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", guard.which, guard.tests]
        ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    is_red = ended.returncode == TESTS_FAILED
    took = time.monotonic() - began
    _say(f"{guard.promise:<8} {'red' if is_red else 'NOT RED':<8} {took:4.0f} s  without: {guard.guard}")
    if not is_red:
        _say(ended.stdout[-2000:])
    return is_red


def take_away(file: Path, edit: Edit) -> None:
    """Replace the code; raise ValueError where it is not there once: the guard has moved, and its entry with it."""
    content = file.read_text("utf-8")
    if content.count(edit.code) != 1:
        raise ValueError(f"{edit.file} must hold the guard once, got {content.count(edit.code)}: {edit.code!r}")
    file.write_text(content.replace(edit.code, edit.instead), "utf-8")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
