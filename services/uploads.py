"""Files that wait for a confirmation: kept half an hour under a random key, for whoever sent them and nobody else."""

import hashlib
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from domain.errors import NotFound

KEPT = timedelta(minutes=30)
LONGEST_NAME = 80
_UNUSUAL = re.compile(r"[^\w. -]+")


@dataclass(frozen=True, slots=True)
class Uploads:
    """Kept files, one folder for each; all processes of this machine see them."""

    folder: Path

    def keep(self, person_id: str, filename: str, content: bytes, now: datetime) -> str:
        """Keep the file and return its key; what is older than half an hour is deleted."""
        self.drop_old(now)
        key = secrets.token_urlsafe(16)
        place = self._place(person_id, key)
        place.mkdir(mode=0o700, parents=True)
        with os.fdopen(os.open(place / _safe(filename), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        os.utime(place, (now.timestamp(), now.timestamp()))
        return key

    def find(self, person_id: str, key: str, now: datetime) -> Path:
        """Return the file; raise NotFound for another person's, for none and for one that waited too long."""
        place = self._place(person_id, key)
        if not place.is_dir() or _is_old(place, now):
            raise NotFound("file", key, "Choose it again.")
        return next(place.iterdir())

    def drop(self, person_id: str, key: str) -> None:
        """Delete the file, if it is there."""
        shutil.rmtree(self._place(person_id, key), ignore_errors=True)

    def drop_old(self, now: datetime) -> int:
        """Delete what waited too long; return how many files."""
        old = [place for place in self.folder.iterdir() if _is_old(place, now)] if self.folder.is_dir() else []
        for place in old:
            shutil.rmtree(place, ignore_errors=True)
        return len(old)

    def _place(self, person_id: str, key: str) -> Path:
        return self.folder / hashlib.sha256(f"{key}\n{person_id}".encode()).hexdigest()


def _is_old(place: Path, now: datetime) -> bool:
    return now.timestamp() - place.stat().st_mtime > KEPT.total_seconds()


def _safe(filename: str) -> str:
    """Return the last part of the name without what a file system or a page could take amiss."""
    name = PurePath(filename.replace("\\", "/")).name
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    return (_UNUSUAL.sub("_", stem).strip(" .")[:LONGEST_NAME] or "table") + _UNUSUAL.sub("", suffix)[:10]
