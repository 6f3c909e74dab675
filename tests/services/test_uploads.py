"""A file waits for half an hour, for whoever sent it, under a name that can do no harm."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import NotFound
from services.uploads import Uploads
from tests.builders import NOW


def test_only_the_sender_finds_the_file_and_only_for_half_an_hour(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    key = uploads.keep("p1", "people.csv", b"id\n1\n", NOW)
    assert uploads.find("p1", key, NOW + timedelta(minutes=30)).read_bytes() == b"id\n1\n"
    for person, when in (("p2", NOW), ("p1", NOW + timedelta(minutes=31))):
        with pytest.raises(NotFound):
            uploads.find(person, key, when)


def test_another_upload_deletes_what_waited_too_long(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    uploads.keep("p1", "a.csv", b"a", NOW)
    uploads.keep("p1", "b.csv", b"b", NOW + timedelta(minutes=20))
    uploads.keep("p2", "c.csv", b"c", NOW + timedelta(minutes=31))
    assert sorted(path.name for path in tmp_path.glob("*/*")) == ["b.csv", "c.csv"]


def test_a_dropped_file_is_gone(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    key = uploads.keep("p1", "a.csv", b"a", NOW)
    uploads.drop("p1", key)
    uploads.drop("p1", "never-there")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\люди 2026.xlsx", "люди 2026.xlsx"),
        ("a<b>\x00\n.csv", "a_b_.csv"),
        ("..", "table"),
        ("x" * 300 + ".csv", "x" * 80 + ".csv"),
    ],
)
def test_the_name_is_a_plain_one_in_its_own_folder(tmp_path: Path, given: str, kept: str) -> None:
    uploads = Uploads(tmp_path)
    path = uploads.find("p1", uploads.keep("p1", given, b"a", NOW), NOW)
    assert (path.name, path.parent.parent) == (kept, tmp_path)
    assert path.stat().st_mode & 0o077 == 0
