"""A person's own words in an agenda: every version is kept, the newest counts, an edit is never drafted over."""

from dataclasses import dataclass
from datetime import datetime

from domain.agendas import StoredAgenda
from domain.errors import AgendaChanged, EditRejected, NotFound
from domain.language import Language
from domain.people import Person
from prep import EditedTexts, apply_edit, edit_violations
from services.context import Context
from services.own_sessions import own_session
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class AgendaVersion:
    """A version as the list of all versions shows it; `editor` is the name of who wrote it, "" for none."""

    number: int
    language: Language
    created_at: datetime
    editor: str
    drafted_by: str
    is_shown: bool


def keep_edit(
    context: Context, person: Person, session_id: str, language: Language, seen_version: int, texts: EditedTexts
) -> StoredAgenda:
    """Return the agenda in the person's words, kept as its next version; the same words keep nothing new.

    Parameters
    ----------
    seen_version
        The version that the person changed.

    Raises
    ------
    NotFound
        If the person does not take part in the session, or there is no agenda in this language yet.
    AgendaChanged
        If a newer version came meanwhile; nothing is kept.
    EditRejected
        If a text is empty, too long, or holds links, markup or hidden characters.
    """
    with unit_of_work(context.engine, write=True) as store:
        own_session(store, person.id, session_id)
        newest = store.agendas.latest_in(session_id, language)
        if newest is None:
            raise NotFound("agenda", session_id, "Open the session first.")
        if newest.version != seen_version:
            raise AgendaChanged(session_id, newest.version)
        edited = apply_edit(newest.agenda, texts)
        if edited == newest.agenda:
            return newest
        before = edit_violations(newest.agenda)  # such as markup in a title, which stands in no field
        if violations := [found for found in edit_violations(edited) if found not in before]:
            raise EditRejected([(violation.gate, violation.place) for violation in violations])
        return store.agendas.add(session_id, edited, context.clock(), person.id)


def restore_version(context: Context, person: Person, session_id: str, number: int) -> StoredAgenda:
    """Return an earlier version, kept once more as the newest one of its language, by this person.

    Raises
    ------
    NotFound
        If the person does not take part, or there is no such version.
    """
    with unit_of_work(context.engine, write=True) as store:
        wanted = _version(store, person, session_id, number)
        newest = store.agendas.latest_in(session_id, wanted.agenda.language)
        if newest is not None and newest.version == number:
            return newest
        return store.agendas.add(session_id, wanted.agenda, context.clock(), person.id)


def agenda_version(context: Context, person: Person, session_id: str, number: int) -> StoredAgenda:
    """Return one version of an own session's agenda; raise NotFound for none."""
    with unit_of_work(context.engine) as store:
        return _version(store, person, session_id, number)


def agenda_versions(context: Context, person: Person, session_id: str) -> list[AgendaVersion]:
    """Return all versions of an own session's agenda, newest first."""
    with unit_of_work(context.engine) as store:
        own_session(store, person.id, session_id)
        history = store.agendas.history(session_id)
        names = {who: store.people.get(who).name for who in {kept.edited_by for kept in history} if who}
    shown = {kept.agenda.language: kept.version for kept in history}
    return [_listed(kept, names, shown) for kept in reversed(history)]


def editor_of(context: Context, stored: StoredAgenda) -> str:
    """Return the name of the person whose words a version holds, "" where it was drafted."""
    if stored.edited_by is None:
        return ""
    with unit_of_work(context.engine) as store:
        return store.people.get(stored.edited_by).name


def _version(store: Store, person: Person, session_id: str, number: int) -> StoredAgenda:
    own_session(store, person.id, session_id)
    found = next((kept for kept in store.agendas.history(session_id) if kept.version == number), None)
    if found is None:
        raise NotFound("version", str(number), "Choose one from the list of versions.")
    return found


def _listed(kept: StoredAgenda, names: dict[str, str], shown: dict[Language, int]) -> AgendaVersion:
    return AgendaVersion(
        number=kept.version,
        language=kept.agenda.language,
        created_at=kept.created_at,
        editor=names.get(kept.edited_by or "", ""),
        drafted_by=kept.agenda.drafted_by,
        is_shown=shown[kept.agenda.language] == kept.version,
    )
