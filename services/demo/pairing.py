"""Who may talk with whom, and drafts of sessions between them: from a goal, from a request, for a group."""

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from domain.language import Language
from domain.people import Format, MentorOffer
from domain.sessions import ALLOWED_MINUTES
from services.demo.diary import Draft
from services.demo.goals import WrittenGoal
from services.demo.staff import Member
from services.demo.texts import ANY_FIELD, DemoTexts

CHAT_SHARE = 0.15
MIN_GROUP, MAX_GROUP = 3, 6
_MINUTES_WEIGHTS = (2, 5, 2, 4)


class Pairing:
    """Draws drafts in which nobody is mentored by the own manager or report, and all share a language."""

    def __init__(self, members: Iterable[Member], offers: Iterable[MentorOffer], texts: DemoTexts, rng: Random) -> None:
        self._members = {member.person.id: member for member in members if member.person.is_active}
        self._offers = [offer for offer in offers if offer.mentor_id in self._members]
        self._requests = texts.requests
        self._rng = rng
        self._ids = list(self._members)
        self._by_topic: dict[str, list[MentorOffer]] = defaultdict(list)
        for offer in self._offers:
            for topic_id in offer.topic_ids:
                self._by_topic[topic_id].append(offer)
        self._asked: dict[tuple[Language, str], list[str]] = defaultdict(list)
        for goal in texts.goals:
            self._asked[goal.language, goal.field].append(goal.about)

    def from_goal(self, written: WrittenGoal) -> Draft | None:
        """Return a draft about the topic behind a goal."""
        mentee = self._members.get(written.goal.person_id)
        return self._pair(mentee, written.text.about, written.goal.text) if mentee else None

    def from_request(self) -> Draft | None:
        """Return a draft about a topic that people of the field ask for, by anybody."""
        mentee = self._members[self._rng.choice(self._ids)]
        topics = self._asked[mentee.person.locale, self._rng.choice((mentee.seat.field, ANY_FIELD))]
        topic_id = self._rng.choice(topics)
        return self._pair(mentee, topic_id, self._requests[topic_id].need.get(mentee.person.locale))

    def for_group(self) -> Draft | None:
        """Return a draft for three to six mentees who speak the mentor's own language."""
        offer = self._rng.choice(self._offers)
        language = self._members[offer.mentor_id].person.locale
        drawn = (self._members[person_id] for person_id in self._rng.sample(self._ids, 40))
        fitting = [one for one in drawn if self._may_mentor(offer, one) and language in one.person.languages]
        size = self._rng.randint(MIN_GROUP, MAX_GROUP)
        if Format.GROUP not in offer.formats or len(fitting) < size:
            return None
        topic_id = self._rng.choice(sorted(offer.topic_ids))
        mentee_ids = tuple(sorted(one.person.id for one in fitting[:size]))
        need = self._requests[topic_id].need.get(language)
        return Draft(topic_id, offer.mentor_id, mentee_ids, Format.GROUP, 30, need, language)

    def _pair(self, mentee: Member, topic_id: str, need: str) -> Draft | None:
        offers = [offer for offer in self._by_topic[topic_id] if self._may_mentor(offer, mentee)]
        if not offers:
            return None
        offer = self._rng.choice(offers)
        spoken = self._members[offer.mentor_id].person.languages
        locale = mentee.person.locale
        language = locale if locale in spoken else min(spoken & mentee.person.languages)
        minutes = self._rng.choices(ALLOWED_MINUTES, _MINUTES_WEIGHTS)[0]
        return Draft(topic_id, offer.mentor_id, (mentee.person.id,), self._format(offer), minutes, need, language)

    def _may_mentor(self, offer: MentorOffer, mentee: Member) -> bool:
        mentor, one = self._members[offer.mentor_id].person, mentee.person
        is_same_or_line = mentor.id in (one.id, one.manager_id) or mentor.manager_id == one.id
        return not is_same_or_line and not mentor.languages.isdisjoint(one.languages)

    def _format(self, offer: MentorOffer) -> Format:
        if Format.ONE_TO_ONE not in offer.formats:
            return Format.CHAT
        by_chat = Format.CHAT in offer.formats and self._rng.random() < CHAT_SHARE * 2
        return Format.CHAT if by_chat else Format.ONE_TO_ONE
