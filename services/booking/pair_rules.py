"""Whether two people may meet on a topic, asked of the store for one pair; rankings ask the same of arrays for all."""

from datetime import datetime

from domain.people import Format, MentorOffer, Person
from domain.suggestions import Rule
from domain.topics import Topic, TopicStatus
from services.programme_rules import programme_rules
from store import Store


def rule_apart(store: Store, mentee: Person, mentor: Person, offer: MentorOffer | None) -> Rule | None:
    """Return the first rule by which the two may never meet, None where they may."""
    blocks = store.blocks.around(mentee.id)
    parted = {
        Rule.SELF: mentor.id == mentee.id,
        Rule.OWN_MANAGER: mentor.id == mentee.manager_id,
        Rule.OWN_REPORT: mentor.manager_id == mentee.id,
        Rule.BLOCKED: mentor.id in {*blocks.own, *blocks.of_others},
        Rule.CONFLICT_OF_INTEREST: mentor.department in programme_rules(store).barred_for(mentee.department),
        Rule.INACTIVE: not mentor.is_active or offer is None,
    }
    return next((rule for rule, applies in parted.items() if applies), None)


def rule_for_now(
    mentee: Person, mentor: Person, offer: MentorOffer, topic: Topic, form: Format, now: datetime
) -> Rule | None:
    """Return the first rule by which the two may not meet on this topic in this way for now, None where they may."""
    against = {
        Rule.RETIRED: topic.status is TopicStatus.RETIRED,
        Rule.PAUSED: offer.paused_until is not None and offer.paused_until > now,
        Rule.NO_COMMON_LANGUAGE: mentee.languages.isdisjoint(mentor.languages),
        Rule.NOT_OFFERED: topic.id not in offer.topic_ids,
        Rule.NO_COMMON_FORMAT: form not in topic.formats & offer.formats,
    }
    return next((rule for rule, applies in against.items() if applies), None)
