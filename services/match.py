"""HR matches a cohort: made, proposed, wished for and against, proposed again, approved; only then sessions exist."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.cohorts import DEFAULT_FLOOR, Cohort, Proposal, ProposalStatus, ProposedPair, Unmatched, Why, read_key
from domain.errors import InvalidInput, ProposalStale
from domain.language import Language
from domain.people import Format, Person, Role
from domain.sessions import MentoringSession, SessionStatus
from domain.topics import Topic
from recommender.cohort_scores import PairScores
from recommender.cohort_words import mentee_left, pair_breaks, places_lost, rule_words
from recommender.matching import Matching, MatchProblem, match_cohort
from services.cohort_material import Material, material_of, pair_scores
from services.context import Context
from store import Store, unit_of_work

DEFAULT_MINUTES = 20
_ROUNDS = 3  # of matching, where rules forbid pairs that were thought allowed


@dataclass(frozen=True, slots=True)
class Approval:
    """An approved proposal, and how many sessions were asked for by this approval: 0 where it was approved before."""

    proposal: Proposal
    created: int


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort with its newest proposal (None before the first), and the people and topics that they name."""

    cohort: Cohort
    proposal: Proposal | None
    people: dict[str, Person]
    topics: dict[str, Topic]


def make_cohort(
    context: Context,
    name: str,
    *,
    department: str = "",
    mentee_ids: Sequence[str] = (),
    per_mentor: int | None = None,
    minutes: int = DEFAULT_MINUTES,
    floor: float = DEFAULT_FLOOR,
) -> Cohort:
    """Keep and return a cohort of these mentees, else of a department's, else of all who are active.

    Raises
    ------
    InvalidInput
        If there is nobody, somebody named is not an active mentee, `per_mentor` is below 1, or minutes or name do not
        fit.
    """
    with unit_of_work(context.engine, write=True) as store:
        active = [person for person in store.people.list() if Role.MENTEE in person.roles]
        chosen = _chosen(active, department, mentee_ids)
        ids = tuple(sorted(person.id for person in chosen))
        cohort = Cohort(secrets.token_hex(4), name.strip(), ids, per_mentor, minutes, floor, context.clock())
        store.cohorts.add(cohort)
    return cohort


def departments(context: Context) -> list[str]:
    """Return the departments that have active mentees, in order."""
    with unit_of_work(context.engine) as store:
        return sorted({person.department for person in store.people.list() if Role.MENTEE in person.roles} - {""})


def propose(context: Context, cohort_id: str) -> Proposal:
    """Match the cohort as it is now, with HR's pins and exclusions, and keep what came of it as the next proposal.

    Raises
    ------
    NotFound
        If there is no such cohort.
    InvalidInput
        If it was approved already, nobody of it is active, or a pin breaks a rule by now.
    """
    with unit_of_work(context.engine) as store:
        cohort = _open_cohort(store, cohort_id)
        material = material_of(context, store, cohort)
    cohort = _without_leavers(material)
    for mentee_id, mentor_id in sorted(cohort.pins):
        _check_pin(material, mentee_id, mentor_id)
    material = replace(material, cohort=cohort)
    found, pairs = _matched(material, pair_scores(context, material))
    proposal = _proposal(context, material, pairs, found)
    with unit_of_work(context.engine, write=True) as store:
        _open_cohort(store, cohort_id)
        return store.cohorts.add_proposal(proposal)


def pin(context: Context, cohort_id: str, mentee_id: str, mentor_id: str) -> None:
    """Keep that HR wants this pair from the next run on, in place of another pin of the mentee.

    Raises
    ------
    InvalidInput
        If the pair is excluded, a rule forbids it (the rule is named), the mentor has no place left beside other pins,
        or one of them is not of this cohort.
    """
    with unit_of_work(context.engine) as store:
        material = material_of(context, store, _open_cohort(store, cohort_id))
    cohort = material.cohort
    if (mentee_id, mentor_id) in cohort.forbids:
        raise InvalidInput("pair", "not be both pinned and excluded", mentee_id, "Take the exclusion back first.")
    others = [pair for pair in sorted(cohort.pins) if pair[0] == mentee_id and pair[1] != mentor_id]
    kept = (cohort.pins - set(others)) | {(mentee_id, mentor_id)}
    _check_pin(replace(material, cohort=replace(cohort, pins=kept)), mentee_id, mentor_id)
    with unit_of_work(context.engine, write=True) as store:
        for other in others:
            store.cohorts.take_back(cohort_id, *other)
        store.cohorts.wish(cohort_id, mentee_id, mentor_id, is_pin=True)


def forbid(context: Context, cohort_id: str, mentee_id: str, mentor_id: str) -> None:
    """Keep that HR does not want this pair from the next run on; raise InvalidInput when it is pinned or foreign."""
    with unit_of_work(context.engine, write=True) as store:
        cohort = _open_cohort(store, cohort_id)
        if (mentee_id, mentor_id) in cohort.pins:
            raise InvalidInput("pair", "not be both pinned and excluded", mentee_id, "Take the pin back first.")
        _check_mentee(cohort, mentee_id)
        store.cohorts.wish(cohort_id, mentee_id, mentor_id, is_pin=False)


def take_back(context: Context, cohort_id: str, mentee_id: str, mentor_id: str) -> None:
    """Forget what HR wished for this pair."""
    with unit_of_work(context.engine, write=True) as store:
        _open_cohort(store, cohort_id)
        store.cohorts.take_back(cohort_id, mentee_id, mentor_id)


def approve(context: Context, key: str, language: Language = Language.EN) -> Approval:
    """Ask for one session per pair of the proposal; a second time nothing happens.

    Raises
    ------
    NotFound
        If there is no such proposal.
    InvalidInput
        If a newer one has taken its place.
    ProposalStale
        If somebody left, a rule forbids a pair by now or a mentor has fewer places; names each, in `language`.
    """
    cohort_id, number = read_key(key)
    with unit_of_work(context.engine, write=True) as store:
        proposal = store.cohorts.proposal(cohort_id, number)
        if proposal.status is ProposalStatus.APPROVED:
            return Approval(proposal, 0)
        if proposal.status is ProposalStatus.SUPERSEDED:
            raise InvalidInput("proposal", "be the newest of its cohort", key, "Approve the newest one.")
        material = material_of(context, store, store.cohorts.get(cohort_id))
        changes = _changes(store, material, proposal, language)
        if changes:
            raise ProposalStale(key, changes)
        created = store.sessions.save(_session(context, material, proposal, pair) for pair in proposal.pairs)
        store.cohorts.approve(proposal)
    return Approval(replace(proposal, status=ProposalStatus.APPROVED), created)


def view_cohort(context: Context, cohort_id: str) -> CohortView:
    """Return the cohort for HR; raise NotFound when there is none."""
    with unit_of_work(context.engine) as store:
        cohort = store.cohorts.get(cohort_id)
        people = {person.id: person for person in store.people.list(active_only=False)}
        topics = {topic.id: topic for topic in store.catalog.current().topics}
        return CohortView(cohort, store.cohorts.latest_proposal(cohort_id), people, topics)


def list_cohorts(context: Context) -> list[tuple[Cohort, ProposalStatus | None]]:
    """Return all cohorts, newest first, each with the status of its newest proposal."""
    with unit_of_work(context.engine) as store:
        statuses = store.cohorts.statuses()
        return [(cohort, statuses.get(cohort.id)) for cohort in store.cohorts.list()]


def _chosen(active: list[Person], department: str, mentee_ids: Sequence[str]) -> list[Person]:
    if mentee_ids:
        unknown = sorted(set(mentee_ids) - {person.id for person in active})
        if unknown:
            raise InvalidInput("mentee", "be an active mentee", unknown[0], "Leave the person out.")
        return [person for person in active if person.id in set(mentee_ids)]
    return [person for person in active if not department or person.department == department]


def _open_cohort(store: Store, cohort_id: str) -> Cohort:
    cohort = store.cohorts.get(cohort_id)
    if store.cohorts.statuses().get(cohort_id) is ProposalStatus.APPROVED:
        raise InvalidInput("cohort", "still be open", "one that is approved", "Make a new cohort.")
    return cohort


def _without_leavers(material: Material) -> Cohort:
    """Return the cohort without the wishes for people who no longer take part or mentor."""
    mentees, mentors = {mentee.id for mentee in material.mentees}, material.pool.row_of
    pins, forbids = (
        frozenset(pair for pair in wishes if pair[0] in mentees)
        for wishes in (material.cohort.pins, material.cohort.forbids)
    )
    return replace(material.cohort, pins=pins, forbids=frozenset(pair for pair in forbids if pair[1] in mentors))


def _check_mentee(cohort: Cohort, mentee_id: str) -> None:
    if mentee_id not in cohort.mentee_ids:
        raise InvalidInput("mentee", "be one of this cohort", mentee_id)


def _check_pin(material: Material, mentee_id: str, mentor_id: str) -> None:
    cohort, row = material.cohort, material.pool.row_of.get(mentor_id)
    _check_mentee(cohort, mentee_id)
    request = next(
        (request for request in material.requests if request.person and request.person.id == mentee_id), None
    )
    if request is None or request.person is None:
        raise InvalidInput("mentee", "still take part", mentee_id)
    column = material.topic_between(request, mentor_id)
    if row is None or column is None:
        raise InvalidInput("mentor", "offer a topic that may be suggested", mentor_id, "Choose somebody else.")
    rule = material.rule_against(request.person, mentor_id, material.space.topics[column])
    if rule:
        action = f"It may not be: {rule_words(rule, Language.EN)}."
        raise InvalidInput(f"pin of {mentee_id} with {mentor_id}", "keep the rules", rule.value, action)
    pins = sum(pinned == mentor_id for _, pinned in cohort.pins)
    if pins > material.places[row]:
        rule_text = f"be at most the {material.places[row]} places there are"
        raise InvalidInput(f"pins on {mentor_id}", rule_text, pins, "Take one back.")


def _matched(material: Material, pairs: PairScores) -> tuple[Matching, PairScores]:
    """Return the best matching that keeps every rule, and the scores it was made from.

    The scores know rules by kinds of seekers; a rule that looks at the very pair shows only here, and the pair is then
    left out of the next round.
    """
    ids, mentors = [mentee.id for mentee in material.mentees], material.pool.ids.tolist()
    cohort = material.cohort
    for _ in range(_ROUNDS):
        problem = MatchProblem(
            ids, mentors, pairs.scores, material.places, dict(cohort.pins), cohort.forbids, cohort.floor
        )
        found = match_cohort(problem)
        broken = _forbidden_pairs(material, pairs, found)
        if not broken:
            break
        pairs = pairs.without(broken)
    return found, pairs


def _forbidden_pairs(material: Material, pairs: PairScores, found: Matching) -> set[tuple[int, int]]:
    """Return (row, column) of the matched pairs that a rule forbids; pins were asked about before."""
    row_of = {mentee.id: row for row, mentee in enumerate(material.mentees)}
    forbidden = set()
    for pair in found.pairs:
        row, column = row_of[pair.mentee_id], material.pool.row_of[pair.mentor_id]
        topic = pairs.topic_of(row, column)
        if topic is not None and material.rule_against(
            material.mentees[row], pair.mentor_id, material.space.topics[topic]
        ):
            forbidden.add((row, column))
    return forbidden


def _proposal(context: Context, material: Material, pairs: PairScores, found: Matching) -> Proposal:
    row_of, topics = {mentee.id: row for row, mentee in enumerate(material.mentees)}, material.space.topics
    proposed, unmatched = [], list(found.unmatched)
    for pair in found.pairs:
        column = pairs.topic_of(row_of[pair.mentee_id], material.pool.row_of[pair.mentor_id])
        if column is None:  # a rule was broken in every round: better nobody than somebody against a rule
            unmatched.append(Unmatched(pair.mentee_id, Why.NO_CANDIDATE))
            continue
        proposed.append(
            ProposedPair(pair.mentee_id, pair.mentor_id, topics[column].id, round(pair.score, 6), pair.is_pinned)
        )
    return Proposal(
        cohort_id=material.cohort.id,
        number=0,
        pairs=tuple(proposed),
        unmatched=tuple(unmatched),
        objective=found.objective,
        bound=found.bound,
        made_at=context.clock(),
    )


def _changes(store: Store, material: Material, proposal: Proposal, language: Language) -> list[str]:
    """Return what keeps the proposal from being arranged as it stands, by name."""
    people = {person.id: person for person in store.people.list(active_only=False)}
    topics = {topic.id: topic for topic in material.space.topics}
    changes = []
    for pair in proposal.pairs:
        mentee, mentor = people[pair.mentee_id], people[pair.mentor_id]
        rule = material.rule_against(mentee, mentor.id, topics[pair.topic_id])
        if not mentee.is_active:
            changes.append(mentee_left(mentee.name, language))
        elif rule:
            changes.append(pair_breaks(mentee.name, mentor.name, rule, language))
    for mentor_id, needed in sorted(Counter(pair.mentor_id for pair in proposal.pairs).items()):
        left = int(material.places[material.pool.row_of[mentor_id]]) if mentor_id in material.pool.row_of else 0
        if left < needed:
            changes.append(places_lost(people[mentor_id].name, left, needed, language))
    return changes


def _session(context: Context, material: Material, proposal: Proposal, pair: ProposedPair) -> MentoringSession:
    topic = next(topic for topic in material.space.topics if topic.id == pair.topic_id)
    offer = material.pool.offers[material.pool.row_of[pair.mentor_id]]
    common = topic.formats & offer.formats
    return MentoringSession(
        id=hashlib.sha256(f"{proposal.key}:{pair.mentee_id}".encode()).hexdigest()[:16],
        topic_id=pair.topic_id,
        mentor_id=pair.mentor_id,
        mentee_ids=(pair.mentee_id,),
        format=Format.ONE_TO_ONE if Format.ONE_TO_ONE in common else min(common),
        minutes=material.cohort.minutes,
        status=SessionStatus.REQUESTED,
        need="",  # what the mentee wrote is the mentee's to share
        created_at=context.clock(),
    )
