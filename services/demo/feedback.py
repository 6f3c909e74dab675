"""What demo mentees leave after held sessions: ratings, and texts each used once while the company is small."""

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from domain.feedback import Feedback
from domain.language import Language
from domain.people import MAX_LEVEL, Format
from domain.sessions import MentoringSession, SessionStatus
from services.demo.staff import Member
from services.demo.texts import FeedbackText, Gender

ANSWER_SHARE, GROUP_ANSWER_SHARE = 0.85, 0.45
ABOUT_TOPIC_SHARE, GENERAL_SHARE = 0.9, 0.3
LEVELS_SHARE = 0.7
_SILENT_RATINGS = (5, 5, 5, 4, 4, 4, 4, 3, 3, 2)
_LIFT = {1: (0,), 2: (0, 0, 1), 3: (0, 1), 4: (1,), 5: (1, 1, 2)}


class TextBox:
    """Feedback texts not yet used, by language and topic."""

    def __init__(self, texts: tuple[FeedbackText, ...], copies: int, rng: Random) -> None:
        self._rng = rng
        self._left: dict[tuple[Language, str | None], list[FeedbackText]] = defaultdict(list)
        for text in texts:
            self._left[text.language, text.about] += [text] * copies
        for shelf in self._left.values():
            rng.shuffle(shelf)

    def take(self, session: MentoringSession, author: Member) -> FeedbackText | None:
        """Return a text that this author could have written about this session, None for an empty answer."""
        language = author.person.locale
        about_topic = self._fitting(self._left[language, session.topic_id], session.format, author.gender)
        if about_topic is not None and self._rng.random() < ABOUT_TOPIC_SHARE:
            return self._pull(about_topic)
        general = self._fitting(self._left[language, None], session.format, author.gender)
        return self._pull(general) if general is not None and self._rng.random() < GENERAL_SHARE else None

    def _fitting(self, shelf: list[FeedbackText], held_as: Format, gender: Gender) -> FeedbackText | None:
        return next((t for t in shelf if t.by in (None, gender) and t.format in (None, held_as)), None)

    def _pull(self, text: FeedbackText) -> FeedbackText:
        self._left[text.language, text.about].remove(text)
        return text


def leave_feedback(
    sessions: list[MentoringSession],
    members: dict[str, Member],
    texts: tuple[FeedbackText, ...],
    copies: int,
    now: datetime,
    rng: Random,
) -> list[Feedback]:
    """Return the feedback on held sessions, ordered by id, in the order of the sessions."""
    box = TextBox(texts, copies, rng)
    answers = [
        (session, members[mentee_id])
        for session in sessions
        for mentee_id in session.mentee_ids
        if session.status is SessionStatus.HELD and rng.random() < _answer_share(session)
    ]
    chosen = {i: box.take(*answers[i]) for i in rng.sample(range(len(answers)), len(answers))}
    digits = max(4, len(str(len(answers))))
    return [
        _feedback(f"f{i + 1:0{digits}d}", session, author, chosen[i], now, rng)
        for i, (session, author) in enumerate(answers)
    ]


def _answer_share(session: MentoringSession) -> float:
    return GROUP_ANSWER_SHARE if session.format is Format.GROUP else ANSWER_SHARE


def _feedback(
    feedback_id: str, session: MentoringSession, author: Member, text: FeedbackText | None, now: datetime, rng: Random
) -> Feedback:
    rating = text.rating if text else rng.choice(_SILENT_RATINGS)
    before = rng.choice((0, 1, 1, 2, 2, 3)) if rng.random() < LEVELS_SHARE else None
    answered_at = (session.ends_at or session.created_at) + timedelta(minutes=rng.randint(3, 2_000))
    return Feedback(
        id=feedback_id,
        session_id=session.id,
        author_id=author.person.id,
        rating=rating,
        still_open=text.text if text else "",
        language=author.person.locale,
        created_at=min(answered_at, now),
        level_before=before,
        level_after=None if before is None else min(MAX_LEVEL, before + rng.choice(_LIFT[rating])),
    )
