"""Whether a message is still true when it would leave: nothing is sent about what has changed meanwhile.

Whoever never heard that a session was booked hears of its end all the same: they asked for it, and wait for an answer.
"""

from collections.abc import Callable, Mapping

from domain.notices import Notice
from domain.sessions import SessionStatus
from domain.transitions import Action
from services.notices.told import Look


def is_still_true(look: Look) -> bool:
    """Say whether the message may leave."""
    return look.person.is_active and _RULES[look.told.notice](look)


def _is_unchanged(look: Look) -> bool:
    return look.takes_part and look.session.revision == look.told.revision


def _waits_for_an_answer(look: Look) -> bool:
    return look.takes_part and look.session.status is SessionStatus.REQUESTED and _has_same_start(look)


def _is_handed_on(look: Look) -> bool:
    # once the next mentor has answered, that answer is what counts
    return _is_unchanged(look) and look.onward is not None and look.onward.status is SessionStatus.REQUESTED


def _is_to_come(look: Look) -> bool:
    ends = look.session.starts_at or look.session.closes_at
    return look.session.status is SessionStatus.BOOKED and ends is not None and ends > look.now


def _is_offered(look: Look) -> bool:
    starts_at = look.session.starts_at
    return _is_unchanged(look) and (starts_at is None or starts_at > look.now)


def _is_the_latest_invitation(look: Look) -> bool:
    later = (event for event in look.events if event.number > look.told.revision)
    own = {Action.JOIN, Action.LEAVE}
    overtaken = any(
        event.action is Action.MOVE or (event.action in own and event.by_person == look.person.id) for event in later
    )
    return _is_to_come(look) and look.takes_part and not overtaken


def _is_off(look: Look) -> bool:
    return look.session.status is SessionStatus.CANCELLED or not look.takes_part


def _has_joined(look: Look) -> bool:
    return _is_to_come(look) and look.event is not None and look.event.by_person in look.session.mentee_ids


def _has_left(look: Look) -> bool:
    return _is_to_come(look) and look.event is not None and look.event.by_person not in look.session.mentee_ids


def _is_due(look: Look) -> bool:
    return _is_to_come(look) and look.takes_part and _has_same_start(look)


def _waits_in_chat(look: Look) -> bool:
    return _is_open(look) and not look.has_answered


def _is_open(look: Look) -> bool:
    return _is_to_come(look) and look.takes_part and look.session.closes_at is not None


def _wants_feedback(look: Look) -> bool:
    return look.takes_part and look.session.was_held and not look.has_answered


def _was_missed(look: Look) -> bool:
    return look.takes_part and look.session.status is SessionStatus.NO_SHOW


def _wants_follow_up(look: Look) -> bool:
    return look.takes_part and look.session.status is SessionStatus.HELD and not look.has_answered


def _has_same_start(look: Look) -> bool:
    return look.session.starts_at == look.told.starts_at


_RULES: Mapping[Notice, Callable[[Look], bool]] = {
    Notice.REQUESTED: _is_unchanged,
    Notice.NUDGE: _waits_for_an_answer,
    Notice.PASSED_ON: _is_handed_on,
    Notice.EXPIRED: _is_unchanged,
    Notice.DECLINED: _is_unchanged,
    Notice.WITHDRAWN: _is_unchanged,
    Notice.PICK_A_TIME: _is_unchanged,
    Notice.TIME_PROPOSED: _is_offered,
    Notice.BOOKED: _is_the_latest_invitation,
    Notice.MOVED: _is_the_latest_invitation,
    Notice.CANCELLED: _is_off,
    Notice.SOMEBODY_JOINED: _has_joined,
    Notice.SOMEBODY_LEFT: _has_left,
    Notice.REMINDER: _is_due,
    Notice.CHAT_MESSAGE: _waits_in_chat,
    Notice.CHAT_CLOSING: _is_open,
    Notice.FEEDBACK_WANTED: _wants_feedback,
    Notice.NO_SHOW: _was_missed,
    Notice.DID_IT_HELP: _wants_follow_up,
}
