"""`halfhour access`: a sign-in link for a person, roles given and taken, logins ended."""

import argparse

from compose import build_context
from domain.people import Role
from services.access import LINK_MINUTES, create_sign_in_token, give_role, take_role
from services.context import Context
from services.logins import end_all_logins
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", required=True, metavar="ID", help="whom the link signs in")
    parser.add_argument("--role", choices=list(Role), type=Role, help="give this role first")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--take-role", choices=list(Role), type=Role, help="take this role, and print no link")
    instead.add_argument("--sign-out", action="store_true", help="end the person's logins, and print no link")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    context = build_context(settings)
    if arguments.role:
        give_role(context.engine, arguments.person, arguments.role)
    if arguments.take_role:
        take_role(context.engine, arguments.person, arguments.take_role)
        print(f"{arguments.person} is {arguments.take_role} no more, and has to sign in again.")
    elif arguments.sign_out:
        print(f"{arguments.person} was signed in in {end_all_logins(context, arguments.person)} browsers, now in none.")
    else:
        _print_link(context, arguments.person)
    return 0


def _print_link(context: Context, person_id: str) -> None:
    token = create_sign_in_token(context.engine, person_id, context.clock())
    print(context.links.url(f"/sign-in/{token}"))
    print(f"This link signs {person_id} in once, within {LINK_MINUTES} minutes.")
