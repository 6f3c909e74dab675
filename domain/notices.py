"""What people are told about their sessions, one name per message, and why a mentor may say no."""

from enum import StrEnum


class Notice(StrEnum):
    """A message about one session to one person."""

    REQUESTED = "requested"
    NUDGE = "nudge"
    PASSED_ON = "passed_on"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PICK_A_TIME = "pick_a_time"
    TIME_PROPOSED = "time_proposed"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    SOMEBODY_JOINED = "somebody_joined"
    SOMEBODY_LEFT = "somebody_left"
    REMINDER = "reminder"
    CHAT_MESSAGE = "chat_message"
    CHAT_CLOSING = "chat_closing"
    FEEDBACK_WANTED = "feedback_wanted"
    NO_SHOW = "no_show"
    DID_IT_HELP = "did_it_help"


class DeclineReason(StrEnum):
    """Why a mentor cannot take a request, where they say so; told to the mentee in a kind sentence."""

    NO_TIME = "no_time"
    OTHERS_KNOW_BETTER = "others_know_better"
    TOO_CLOSE = "too_close"
