"""The kinds of jobs that booking makes, and how their effects are named."""

from domain.sessions import MentoringSession

NOTICE = "session_notice"
EXPIRE_REQUEST = "expire_request"
END_SESSION = "end_session"
FOLLOW_UP_BY = "follow_up_by"
PREPARE = "prepare_session"
ARRANGE = "arrange_room"


def session_key(kind: str, session: MentoringSession, *more: str) -> str:
    """Return what names an effect of the session among all: one that was moved has others."""
    at = session.starts_at.isoformat() if session.starts_at else session.id
    return ":".join((kind, session.id, at, *more))
