"""Rooms where no provider is configured, and which links people may be sent to."""

import pytest

from integrations.rooms import NoRooms, https_link
from tests.contracts.rooms_contract import RoomsContract


class TestNoRooms(RoomsContract):
    @pytest.fixture
    def rooms(self) -> NoRooms:
        return NoRooms()


@pytest.mark.parametrize(
    "found",
    [
        "javascript:alert(1)",
        "http://x.example/",
        "HTTPS",
        "https://a b/",
        'https://a"x',
        "https://a\n",
        "",
        None,
        7,
        [],
    ],
)
def test_only_a_plain_encrypted_address_is_a_link(found: object) -> None:
    assert https_link(found) == ""
    assert https_link("https://zoom.example/j/1?pwd=a.b-c") == "https://zoom.example/j/1?pwd=a.b-c"
