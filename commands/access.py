"""`halfhour access`: a sign-in link for a person, and roles."""

import argparse

from compose import build_context
from domain.people import Role
from services.access import LINK_MINUTES, create_sign_in_token, give_role
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", required=True, metavar="ID", help="whom the link signs in")
    parser.add_argument("--role", choices=list(Role), type=Role, help="give this role first")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    context = build_context(settings)
    if arguments.role:
        give_role(context.engine, arguments.person, arguments.role)
    token = create_sign_in_token(context.engine, arguments.person, context.clock())
    print(f"http://{settings.host}:{settings.port}/sign-in/{token}")
    print(f"This link signs {arguments.person} in once, within {LINK_MINUTES} minutes.")
    return 0
