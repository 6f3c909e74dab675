"""Credentials open only with the server's secret, and only for their person."""

import pytest

from domain.errors import NotReady
from integrations.calendar import CalendarFailed
from services.sealed import Seal

SECRET = "a-secret-of-the-tests-0123456789-abcdefghij"
CREDENTIALS = {"password": "an app password, пароль"}


def test_what_was_sealed_can_be_opened() -> None:
    sealed = Seal(SECRET).seal("p1", CREDENTIALS)
    assert Seal(SECRET).unseal("p1", sealed) == CREDENTIALS
    assert b"password" not in sealed


def test_twice_the_same_looks_different() -> None:
    assert Seal(SECRET).seal("p1", CREDENTIALS) != Seal(SECRET).seal("p1", CREDENTIALS)


@pytest.mark.parametrize(("secret", "person_id"), [(SECRET + "!", "p1"), (SECRET, "p2")])
def test_another_secret_or_person_opens_nothing(secret: str, person_id: str) -> None:
    with pytest.raises(CalendarFailed) as fault:
        Seal(secret).unseal(person_id, Seal(SECRET).seal("p1", CREDENTIALS))
    assert (fault.value.code, fault.value.may_retry) == ("calendar.sealed", False)


@pytest.mark.parametrize("change", [lambda sealed: sealed[:-1], lambda sealed: b"", lambda sealed: sealed[::-1]])
def test_what_was_changed_opens_nothing(change) -> None:  # noqa: ANN001
    with pytest.raises(CalendarFailed, match=r"calendar\.sealed"):
        Seal(SECRET).unseal("p1", change(Seal(SECRET).seal("p1", CREDENTIALS)))


def test_without_a_secret_nothing_is_sealed() -> None:
    assert not Seal("").is_ready
    with pytest.raises(NotReady, match="HALFHOUR_SECRET_KEY"):
        Seal("").seal("p1", CREDENTIALS)
    with pytest.raises(NotReady, match="HALFHOUR_SECRET_KEY"):
        Seal("").unseal("p1", b"")
