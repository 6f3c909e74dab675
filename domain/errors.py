"""Errors that people may see; each class builds its own text. `web/` maps classes to status, `cli.py` to exit codes."""

from dataclasses import dataclass
from datetime import datetime

_SHOWN_CHARACTERS = 40


class HalfhourError(Exception):
    """Base of all errors whose text is written for the person who reads it."""


class InvalidInput(HalfhourError):
    """A value from outside breaks a rule: says which, and what to do.

    `got` must be safe to show: a length, a type, an id; never a person's own text.
    """

    def __init__(self, name: str, rule: str, got: object, action: str = "") -> None:
        self.name, self.rule, self.got, self.action = name, rule, got, action
        shown = str(got)
        shown = shown if len(shown) <= _SHOWN_CHARACTERS else shown[: _SHOWN_CHARACTERS - 1] + "…"
        super().__init__(f"{name} must {rule}, got {shown}.{' ' + action if action else ''}")


class InvalidTime(InvalidInput):
    """A start that no session can have.

    Parameters
    ----------
    next_valid
        The next start in UTC that one can have (for one too far ahead the last); None where none is known.
    choices
        Both moments in UTC of a time that the clock shows twice, the earlier first; otherwise empty.
    """

    def __init__(
        self,
        rule: str,
        got: object,
        action: str,
        next_valid: datetime | None = None,
        choices: tuple[datetime, ...] = (),
    ) -> None:
        self.next_valid, self.choices = next_valid, choices
        super().__init__("starts_at", rule, got, action)


class NotFound(HalfhourError):
    """There is no such thing, or it is not this person's: both read the same."""

    def __init__(self, kind: str, key: str, action: str = "") -> None:
        self.kind, self.key = kind, key
        super().__init__(f"{kind} must exist, got {key[:_SHOWN_CHARACTERS]}.{' ' + action if action else ''}")


class ProposalStale(HalfhourError):
    """The company has changed since a proposal was made, so it was not approved; `changes` name what and whom."""

    def __init__(self, key: str, changes: list[str]) -> None:
        self.key, self.changes = key, changes
        shown = "; ".join(changes[:5])
        more = f"; and {len(changes) - 5} more" if len(changes) > 5 else ""
        super().__init__(f"Proposal {key} no longer fits, nothing was arranged. {shown}{more}. Run the matching again.")


class NoAccess(HalfhourError):
    """Nobody is signed in, or the role may not do this."""


class NotReady(HalfhourError):
    """Something has to be done first (migrate, index, configure); the text says what."""


class NotNow(HalfhourError):
    """What somebody wants to do with a session is not possible as it stands, for instance because it was cancelled."""

    def __init__(self, action: str, status: str) -> None:
        self.action, self.status = action, status
        super().__init__(
            f"A session that is {status} does not take {action}. Open it again: it has changed, or it is not its time."
        )


class SlotTaken(HalfhourError):
    """Somebody in the session is taken at that time; whose time it is, is not told."""

    def __init__(self, starts_at: str) -> None:
        super().__init__(f"The time {starts_at} was taken a moment ago. Choose another of the free times.")


class CapacityFull(HalfhourError):
    """There is no room left: no minutes of the mentor, or no seat in the group."""

    def __init__(self, what: str, action: str) -> None:
        self.what = what
        super().__init__(f"There are no {what} left. {action}")


class LimitReached(HalfhourError):
    """Somebody does something more often than the programme allows; `retry_seconds` says when it may go on."""

    def __init__(self, what: str, most: int, retry_seconds: int, action: str) -> None:
        self.what, self.most, self.retry_seconds = what, most, retry_seconds
        super().__init__(f"There may be {most} {what}. {action}")


class KeyReused(HalfhourError):
    """The same Idempotency-Key came with another request: nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "Idempotency-Key must be new for a new request, got one used before. Send it with another key."
        )


class SchemaIsNewer(HalfhourError):
    """The database was written by a newer version; it is left untouched."""

    def __init__(self, found: str, known: str) -> None:
        self.found, self.known = found, known
        super().__init__(
            f"The database has schema {found}, which this version does not know (its newest is {known}). "
            "Install the version that wrote it, or restore a backup made before the upgrade. Nothing was changed."
        )


class IndexDamaged(HalfhourError):
    """An index file does not hold what its header promises; it is rebuilt from the store, never read."""


class EncoderUnavailable(HalfhourError):
    """The embedding model cannot be loaded; the text says which and how to get it."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in an imported file.

    `row` is the 1-based line of the sheet as a person counts it (the header is row 1); 0 means the file as a whole.
    """

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = (
            f"row {self.row}, column {self.column}: "
            if self.row and self.column
            else f"row {self.row}: "
            if self.row
            else ""
        )
        return f"{place}{self.message}"


class ImportRejected(HalfhourError):
    """A file was not imported: nothing changed, every problem is named."""

    def __init__(self, filename: str, problems: list[RowProblem]) -> None:
        self.filename, self.problems = filename, problems
        shown = "; ".join(str(problem) for problem in problems[:5])
        more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
        super().__init__(
            f"{filename} was not imported, nothing changed. {shown}{more}. Correct the file and import it again."
        )


class AgendaChanged(HalfhourError):
    """Somebody else wrote a newer version of the agenda meanwhile: nothing of this one is kept yet."""

    def __init__(self, session_id: str, version: int) -> None:
        self.session_id, self.version = session_id, version
        super().__init__(f"The agenda has a newer version, {version}. Open it, and put your change into it.")


class EditRejected(HalfhourError):
    """An edited agenda holds what no page may show; `problems` name the rule and the place, never the text."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        shown = "; ".join(f"{place}: {rule}" for rule, place in problems[:5])
        super().__init__(f"The agenda was not kept. {shown}. Change these texts and send it again.")


class TopicRejected(HalfhourError):
    """A topic lacks what every topic needs; `problems` name the rule by the place, never the text."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        shown = "; ".join(f"{place}: {rule}" for place, rule in list(problems.items())[:5])
        super().__init__(f"The topic was not published. {shown}. Change these fields and send it again.")


class CatalogChanged(HalfhourError):
    """Somebody else changed the catalog or its draft meanwhile: nothing of this change is kept yet."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"{kind} must be as you saw it, {key} has changed meanwhile. Look at it again, then repeat.")


class DraftRejected(HalfhourError):
    """The draft of the catalog cannot be published as a whole; `problems` say why, by topic id."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        shown = "; ".join(f"{topic_id}: {problem}" for topic_id, problem in problems[:5])
        super().__init__(f"The draft was not published. {shown}. Change these topics and publish again.")
