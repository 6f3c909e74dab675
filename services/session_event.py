"""A session as one of its people finds it in a calendar."""

from domain.language import LocalText
from domain.people import Person
from domain.sessions import MentoringSession
from integrations.calendar import CalendarEvent
from integrations.ical import uid_of
from store import Store

_TITLE = LocalText("{topic}, with {names}", "{topic}: встреча, {names}")
_ALONE = LocalText("{topic}", "{topic}")
_DESCRIPTION = LocalText(
    "A mentoring session of {minutes} minutes. Its agenda is in Halfhour.",
    "Встреча с наставником, {minutes} мин. План — в Halfhour.",
)


def session_event(store: Store, session: MentoringSession, person: Person) -> CalendarEvent | None:
    """Return the event in the person's language and zone; None for a session without a time."""
    if session.starts_at is None or session.ends_at is None:
        return None
    topic = topic_title(store, session, person)
    # whoever mentors sees the mentees; mentees of a group see the mentor only
    others = session.mentee_ids if person.id == session.mentor_id else (session.mentor_id,)
    names = ", ".join(store.people.get(other).name for other in others)
    return CalendarEvent(
        uid=uid_of(session.id),
        sequence=session.revision,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=person.zone,
        title=(_TITLE if names else _ALONE).get(person.locale).format(topic=topic, names=names),
        description=_DESCRIPTION.get(person.locale).format(minutes=session.minutes),
        place=session.place,
    )


def topic_title(store: Store, session: MentoringSession, person: Person) -> str:
    """Return the topic's title in the person's language; its id where the catalog has it no more."""
    titles = {topic.id: topic.title.get(person.locale) for topic in store.catalog.current().topics}
    return titles.get(session.topic_id, session.topic_id)
