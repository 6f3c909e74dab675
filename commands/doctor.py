"""`halfhour doctor`: what is configured, reachable and stale; exit 1 on a fault."""

import argparse
import json
from dataclasses import asdict

from compose import build_mailer, build_model, open_context
from domain.errors import InvalidInput
from services.doctor import Finding, State, examine
from settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    findings = [*examine(open_context(settings)), _model(settings), _mail(settings), _secret(settings)]
    is_sound = all(finding.state is not State.FAULT for finding in findings)
    if arguments.json:
        print(json.dumps({"ok": is_sound, "findings": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    else:
        width = max(len(finding.part) for finding in findings)
        print("\n".join(f"{finding.state:<5}  {finding.part:<{width}}  {finding.text}" for finding in findings))
    return 0 if is_sound else 1


def _secret(settings: Settings) -> Finding:
    if settings.secret_key:
        return Finding("secret key", State.OK, "set")
    return Finding("secret key", State.NOTE, "not set: `serve` needs HALFHOUR_SECRET_KEY, the demo makes its own.")


def _model(settings: Settings) -> Finding:
    try:
        model = build_model(settings)
    except InvalidInput as error:
        return Finding("language model", State.FAULT, str(error))
    if model is None:
        return Finding("language model", State.NOTE, "none is set: the template drafts every agenda.")
    return Finding("language model", State.OK, f"{model.name}, {'in the house' if model.is_local else 'outside'}")


def _mail(settings: Settings) -> Finding:
    try:
        build_mailer(settings)
    except InvalidInput as error:
        return Finding("mail", State.FAULT, str(error))
    if settings.smtp_host:
        return Finding("mail", State.OK, f"by {settings.smtp_host}, port {settings.smtp_port}")
    return Finding("mail", State.NOTE, "no server is configured, so no mail is sent: see HALFHOUR_SMTP_HOST.")
