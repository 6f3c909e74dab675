"""`halfhour access`: links, roles and logins by whoever runs the server; `serve` believes the named proxies only."""

from typing import Any

import pytest

from commands import serve
from settings import Settings
from tests.commands.conftest import Run


def test_a_link_leads_to_the_public_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALFHOUR_PUBLIC_ADDRESS", "https://halfhour.example.org")
    code, out, _ = run("access", "--person", "ann")
    assert code == 0
    assert out.startswith("https://halfhour.example.org/sign-in/")


def test_a_role_is_given_and_taken_and_logins_are_ended(run: Run) -> None:
    assert run("access", "--person", "ann", "--role", "hr", "--take-role", "hr") == (
        0,
        "ann is hr no more, and has to sign in again.\n",
        "",
    )
    assert run("access", "--person", "ann", "--sign-out")[1] == "ann was signed in in 0 browsers, now in none.\n"


def test_serve_believes_the_named_proxies_only(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, Any] = {}
    monkeypatch.setattr(serve, "create_app", lambda settings, is_demo: "the application")
    monkeypatch.setattr(serve.uvicorn, "run", lambda app, **options: said.update(options))
    serve.serve(Settings(trusted_proxies="10.0.0.5"))
    wanted = {"proxy_headers": True, "forwarded_allow_ips": "10.0.0.5", "server_header": False, "access_log": False}
    assert {name: said[name] for name in wanted} == wanted
