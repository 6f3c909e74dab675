"""Evaluates on the organisation's own past: were the topic and the mentor that people asked for suggested before?"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from datetime import time as day_time
from typing import Any, TypeVar

from domain.errors import InvalidInput
from domain.language import Language
from embeddings import Progress, silent
from recommender import MentorWeights, TopicWeights
from recommender.evaluate.find import Lists, Systems, find
from recommender.evaluate.findings import OURS, Findings
from recommender.evaluate.groups import SMALLEST_GROUP, Grouping, split_at_median
from recommender.evaluate.measure import SHOWN, measure_rankings
from recommender.evaluate.past import Records, Wish, wishes
from recommender.evaluate.past_requests import Past, Today
from recommender.evaluate.replay import Outcome, Plan, replay
from recommender.metrics import MRR, NDCG, HitRate, Metric
from services.context import Context
from services.fill_demo import MADE_UP
from services.history import read_records, read_today
from services.suggest import MENTORS_SHOWN
from store import Store, unit_of_work

FEWEST_SESSIONS = 30
LANGUAGES = {Language.EN: "English", Language.RU: "Russian"}
LATER_SHARE = 0.3  # without a date the last three tenths of all sessions are to be found
TOPIC_METRICS: tuple[Metric, ...] = (MRR(), HitRate(3), NDCG(5))
MENTOR_METRICS: tuple[Metric, ...] = (MRR(), HitRate(3))
TOPIC_WEIGHTS_SETTING, MENTOR_WEIGHTS_SETTING = "topic_weights", "mentor_weights"
DEFAULT_WEIGHTS, WITHOUT = "default weights", "without "
Weights = TypeVar("Weights", TopicWeights, MentorWeights)


@dataclass(frozen=True, slots=True)
class HistoryEvaluation:
    """What was found; `sessions` were asked for on or after `split` by `people`.

    Parameters
    ----------
    left_out
        Sessions after the split on topics that the catalog holds no more.
    is_made_up
        Whether the store holds the demo company, whose past nobody lived.
    """

    since: date
    split: date
    until: date
    sessions: int
    people: int
    left_out: int
    is_made_up: bool
    topics: Findings
    mentors: Findings
    seconds: float


def evaluate_history(
    context: Context,
    *,
    split: date | None = None,
    with_baselines: bool = False,
    with_ablation: bool = False,
    progress: Progress = silent,
    timer: Callable[[], float] = time.perf_counter,
) -> HistoryEvaluation:
    """Return how often the product would have named, a moment before, what people then asked for.

    Rankings use the programme's weights where HR has set any, and then the default ones beside them.

    Parameters
    ----------
    split
        Sessions asked for from this day (UTC) on are to be found; None takes the last three tenths.

    Raises
    ------
    InvalidInput
        If fewer than 30 sessions, or those of fewer than five people, were asked for after the split.
    """
    started = timer()
    with unit_of_work(context.engine) as store:
        records = read_records(store)
        today = read_today(context, store, records, progress)
        plan = _plan(store, with_baselines, with_ablation)
        is_made_up = bool(store.get_setting(MADE_UP, False))
    began = _began(records, split)
    asked = wishes(records, today.space.row_of, datetime.combine(began, day_time(), UTC))
    _check_enough(records, asked)
    past = Past(records, today)
    outcomes = []
    for outcome in replay(past, asked, plan):
        outcomes.append(outcome)
        progress(len(outcomes), len(asked), "Replaying sessions")
    after = [session for session in records.sessions if session.created_at.astimezone(UTC).date() >= began]
    return HistoryEvaluation(
        since=records.sessions[0].created_at.date(),
        split=began,
        until=records.sessions[-1].created_at.date(),
        sessions=len({wish.session_id for wish in asked}),
        people=len({wish.person_id for wish in asked}),
        left_out=len({session.id for session in after} - {wish.session_id for wish in asked}),
        is_made_up=is_made_up,
        topics=_topic_findings(outcomes, records, today),
        mentors=_mentor_findings(outcomes, records, past.mentor_ids),
        seconds=round(timer() - started, 2),
    )


def _plan(store: Store, with_baselines: bool, with_ablation: bool) -> Plan:
    topics = _sets(store, TOPIC_WEIGHTS_SETTING, TopicWeights())
    mentors = _sets(store, MENTOR_WEIGHTS_SETTING, MentorWeights())
    if with_ablation:
        topics |= _without_each(topics[OURS])
        mentors |= _without_each(mentors[OURS])
    return Plan(topics, mentors, with_baselines)


def _sets(store: Store, setting: str, default: Weights) -> dict[str, Weights]:
    """Return the weights in use by system: those that HR set and the default ones beside them, or these alone."""
    kept: Mapping[str, Any] | None = store.get_setting(setting)
    if not kept:
        return {OURS: default}
    unknown = sorted(kept.keys() - {one.name for one in fields(default)})
    if unknown:
        raise InvalidInput(setting, "name weights that there are", unknown[0], "Set the weights again.")
    return {OURS: type(default)(**kept), DEFAULT_WEIGHTS: default}


def _without_each(weights: Weights) -> dict[str, Weights]:
    """Return the weights with each that counts set to 0 in turn, where others are left."""
    counting = [one.name for one in fields(weights) if getattr(weights, one.name) > 0]
    return {f"{WITHOUT}{name}": replace(weights, **{name: 0.0}) for name in counting if len(counting) > 1}


def _began(records: Records, split: date | None) -> date:
    """Return the day from which on sessions are to be found."""
    if split is not None:
        return split
    if not records.sessions:
        raise _too_few(0, 0)
    later = records.sessions[int(len(records.sessions) * (1 - LATER_SHARE))]
    return later.created_at.astimezone(UTC).date()


def _check_enough(records: Records, asked: Sequence[Wish]) -> None:
    sessions = len({wish.session_id for wish in asked})
    if sessions < FEWEST_SESSIONS:
        raise _too_few(sessions, len(records.sessions))
    people = len({wish.person_id for wish in asked})
    if people < SMALLEST_GROUP:
        rule = f"hold sessions of at least {SMALLEST_GROUP} people after the split"
        raise InvalidInput("history", rule, people, "Choose an earlier --split: fewer would point at people.")


def _too_few(after: int, in_all: int) -> InvalidInput:
    rule = f"hold at least {FEWEST_SESSIONS} sessions asked for after the split"
    action = f"Choose an earlier --split, or wait for more sessions: there are {in_all} in all, about 100 are a start."
    return InvalidInput("history", rule, after, action)


def _topic_findings(outcomes: Sequence[Outcome], records: Records, today: Today) -> Findings:
    topics = {one.wish.id: one.topics for one in outcomes}
    wanted = {one.wish.id: one.wish.topic_id for one in outcomes}
    lists = Lists([topic.id for topic in today.space.topics], today.space.vectors)
    rare = split_at_median("topics", [one.topic_asked for one in outcomes], "rare topics", "frequent topics")
    return _findings(outcomes, _systems(topics, wanted, TOPIC_METRICS), lists, [*_people(outcomes, records), rare])


def _mentor_findings(outcomes: Sequence[Outcome], records: Records, mentor_ids: Sequence[str]) -> Findings:
    mentors = {one.wish.id: one.mentors for one in outcomes}
    wanted = {one.wish.id: one.wish.mentor_id for one in outcomes}
    asked = [one.mentor_asked for one in outcomes]
    rare = split_at_median("mentors", asked, "rarely asked mentors", "often asked mentors")
    systems = _systems(mentors, wanted, MENTOR_METRICS)
    return _findings(outcomes, systems, Lists(mentor_ids, None, MENTORS_SHOWN), [*_people(outcomes, records), rare])


def _systems(
    rankings: Mapping[str, Mapping[str, list[str]]], wanted: Mapping[str, str], metrics: Sequence[Metric]
) -> Systems:
    """Measure every system: its rankings by name within each wish, and the one candidate that was wanted."""
    relevant = {wish: {candidate: 1} for wish, candidate in wanted.items()}
    names = list(next(iter(rankings.values())))
    measured = {
        name: measure_rankings({wish: by_name[name] for wish, by_name in rankings.items()}, relevant, metrics)
        for name in names
    }
    without = {name.removeprefix(WITHOUT): measured[name] for name in names if name.startswith(WITHOUT)}
    others = {name: measured[name] for name in names if name != OURS and not name.startswith(WITHOUT)}
    variants = tuple(name for name in others if name == DEFAULT_WEIGHTS)
    return Systems(measured[OURS], others, without, variants)


def _findings(outcomes: Sequence[Outcome], systems: Systems, lists: Lists, groupings: Sequence[Grouping]) -> Findings:
    owners = [one.wish.person_id for one in outcomes]
    return find(systems, lists, groupings, deepest=SHOWN, owners=owners)


def _people(outcomes: Sequence[Outcome], records: Records) -> list[Grouping]:
    people = [records.people[one.wish.person_id] for one in outcomes]
    known = ["people who asked before" if one.person_asked else "newcomers" for one in outcomes]
    return [
        Grouping("language", tuple(LANGUAGES[person.locale] for person in people)),
        Grouping("department", tuple(person.department or "none named" for person in people)),
        Grouping("experience", tuple(known)),
    ]
