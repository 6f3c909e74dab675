"""Whom a person does not want to be suggested; the other side never learns of it."""

from domain.blocks import Block
from domain.people import Person
from services.context import Context
from store import unit_of_work


def block_person(context: Context, person_id: str, blocked_id: str) -> None:
    """Suggest the two to each other no more.

    Raises
    ------
    NotFound
        If there is no such person to block.
    InvalidInput
        If it is the person's own id.
    """
    with unit_of_work(context.engine, write=True) as store:
        blocked = store.people.get(blocked_id)
        store.blocks.add(Block(person_id, blocked.id, context.clock()))


def unblock_person(context: Context, person_id: str, blocked_id: str) -> None:
    """Let the two be suggested to each other again, unless the other side has blocked too."""
    with unit_of_work(context.engine, write=True) as store:
        store.blocks.remove(person_id, blocked_id)


def blocked_by(context: Context, person_id: str) -> list[Person]:
    """Return whom the person blocked, oldest block first."""
    with unit_of_work(context.engine) as store:
        return [store.people.get(block.blocked_id) for block in store.blocks.of(person_id)]
