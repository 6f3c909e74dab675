"""R1 to R3: one slot, one booking; capacity and seats hold; a request sent again acts once."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from domain.people import Format
from domain.sessions import SessionStatus
from services.booking.groups import GroupOffer, offer_group
from services.booking.request import Wish, request_session
from store import unit_of_work
from tests.builders import an_offer
from tests.proofs.clients import Answer
from tests.proofs.conftest import ALWAYS, FIRST, TOPIC, House, overlaps
from tests.proofs.report import record

pytestmark = pytest.mark.proof
ROUNDS = 20


def wanted(starts_at: datetime, minutes: int = 20, mentor_id: str = "m000") -> dict[str, object]:
    return {"topic_id": TOPIC, "mentor_id": mentor_id, "minutes": minutes, "starts_at": starts_at.isoformat()}


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def test_r1_of_two_hundred_who_want_one_slot_one_gets_it(house: House) -> None:
    found: Counter[int] = Counter()
    for round_ in range(ROUNDS):
        start = FIRST + timedelta(hours=round_ % 12, days=round_ // 12)
        calls = [
            house.call(number, f"p{number:03}", "", wanted(start, 15 + 15 * (number % 2))) for number in range(200)
        ]
        counted = statuses(house.clients.send(calls))
        assert counted == {201: 1, 409: 199}
        found += counted
    assert overlaps(house.context) == []
    record("R1", house.kind, {"requests": 200 * ROUNDS, "won": found[201], "refused": found[409], "overlaps": 0})


def test_r1_nobody_is_with_two_mentors_at_once(house: House) -> None:
    winners = 0
    for round_ in range(ROUNDS):
        start = FIRST + timedelta(hours=round_ % 12, days=round_ // 12)
        calls = [
            house.call(number, "p000", "", wanted(start + timedelta(minutes=5 * (number % 3)), 15, f"m{number:03}"))
            for number in range(50)
        ]
        counted = statuses(house.clients.send(calls))
        assert counted == {201: 1, 409: 49}
        winners += counted[201]
    assert overlaps(house.context) == []
    record("R1 mentee", house.kind, {"requests": 50 * ROUNDS, "won": winners, "overlaps": 0})


def test_r2_minutes_seats_and_answers_are_given_once(house: House) -> None:
    with unit_of_work(house.context.engine, write=True) as store:
        store.offers.save([an_offer("m000", capacity_minutes_per_week=60, weekly_hours=ALWAYS)])
    spread = [FIRST + timedelta(minutes=30 * number) for number in range(34)]
    calls = [house.call(n, f"p{n:03}", "", wanted(spread[n % 34], 20)) for n in range(100)]
    won = statuses(house.clients.send(calls))
    assert won == {201: 3, 409: 97}
    seats = offer_group(house.context, "m001", GroupOffer(TOPIC, FIRST, seats=5)).session_id
    joined = statuses(house.clients.send([house.call(n, f"p{n:03}", f"/{seats}/join", {}) for n in range(100, 200)]))
    assert joined == {201: 5, 409: 95}
    asked = request_session(house.context, "p000", Wish(TOPIC, "m002", format=Format.CHAT)).session_id
    calls = [house.call(number, "m002", f"/{asked}/accept", {"revision": 0}) for number in range(50)]
    accepted = statuses(house.clients.send(calls))
    assert accepted == {200: 1, 409: 49}
    figures = {"cap 3 of 100": won[201], "seats 5 of 100": joined[201], "accepts 1 of 50": accepted[200]}
    record("R2", house.kind, figures)


def test_r2_a_move_that_fails_keeps_the_old_slot(house: House) -> None:
    taken = FIRST + timedelta(days=1)
    request_session(house.context, "p199", Wish(TOPIC, "m000", starts_at=taken))
    starts = [FIRST + timedelta(minutes=30 * (number % 30), days=2 + number // 30) for number in range(100)]
    ids = [
        request_session(house.context, f"p{number:03}", Wish(TOPIC, "m000", starts_at=start)).session_id
        for number, start in enumerate(starts)
    ]
    yes = [house.call(number, "m000", f"/{each}/accept", {"revision": 0}) for number, each in enumerate(ids)]
    assert statuses(house.clients.send(yes, 20)) == {200: 100}
    body = {"revision": 1, "starts_at": taken.isoformat()}
    moves = [house.call(number, f"p{number:03}", f"/{each}/move", body) for number, each in enumerate(ids)]
    assert statuses(house.clients.send(moves)) == {409: 100}
    others = [house.call(number, f"p{100 + number % 99:03}", "", wanted(start)) for number, start in enumerate(starts)]
    assert statuses(house.clients.send(others, 20)) == {409: 100}
    with unit_of_work(house.context.engine) as store:
        now = {session.id: session for session in store.sessions.list()}
    kept = [now[each].status is SessionStatus.BOOKED and now[each].starts_at for each in ids]
    assert kept == starts
    record("R2 move", house.kind, {"failed moves": 100, "old slots kept": len(kept)})


def test_r3_a_thousand_requests_sent_five_times_act_a_thousand_times(house: House) -> None:
    starts = [FIRST + timedelta(minutes=20 * (n % 10), days=n // 200) for n in range(1_000)]
    bodies = [wanted(start, 15, f"m{n // 10:03}") for n, start in enumerate(starts)]
    order = [(n, replay) for n in range(1_000) for replay in range(5)]
    random.Random(3).shuffle(order)
    calls = [house.call(n + replay, f"p{n // 5:03}", "", bodies[n], f"key-{n}") for n, replay in order]
    answers = house.clients.send(calls, 40)
    told: dict[int, set[str]] = {}
    for (n, _), answer in zip(order, answers, strict=True):
        told.setdefault(n, set()).add(str(answer.body))
    assert statuses(answers) == {201: 5_000}
    assert {len(different) for different in told.values()} == {1}
    other = house.call(0, "p000", "", bodies[0] | {"minutes": 30}, "key-0")
    assert statuses(house.clients.send([other])) == {422: 1}
    with unit_of_work(house.context.engine) as store:
        effects = len(store.sessions.list())
    assert effects == 1_000
    record("R3", house.kind, {"keys": 1_000, "requests": 5_000, "effects": effects, "other body": "422"})
