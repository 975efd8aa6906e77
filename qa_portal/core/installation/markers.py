"""Small files in a storage that say whose it is and which pass of due work it has seen last.

All that is told stands in the name, so one listing reads it; no name is ever written twice, which every kind of
storage can do. The contents say the same to a person who looks.
"""

import datetime as dt
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from qa_portal.core.installation.models import short

FOLDER = "installation"
KEPT = 3
"""Older ones go: one would do, but a person who compares copies of a storage sees more in three."""
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"([0-9a-f]{32})-([a-z]+)-(\d{12})-(\d{8}T\d{6}Z)")


@dataclass(frozen=True, order=True)
class Marker:
    """`number` comes first: markers are in order of their passes, whatever a clock said."""

    number: int
    identity: uuid.UUID
    kind: str
    at: dt.datetime

    @property
    def name(self) -> str:
        return f"{FOLDER}/{self.identity.hex}-{self.kind}-{self.number:012}-{self.at.strftime(_STAMP)}"

    @property
    def whose(self) -> str:
        return f"{self.kind}, {short(self.identity)}"


def parsed(name: str) -> Marker | None:
    """Return None for a file that is no marker, such as one half written."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    identity, kind, number, at = found.groups()
    return Marker(
        int(number), uuid.UUID(identity), kind, dt.datetime.strptime(at, _STAMP).replace(tzinfo=dt.UTC)
    )


def markers(storage: Storage) -> list[Marker]:
    """Return those of every installation, the newest pass last; [] where there is no folder for them."""
    try:
        _, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return sorted(marker for name in names if (marker := parsed(name)))


def write(storage: Storage, marker: Marker) -> None:
    words = f"The documents stored here belong to the installation {marker.identity} ({marker.kind}).\n"
    words += f"Pass {marker.number} of its due work began at {marker.at:%Y-%m-%d %H:%M:%S} UTC.\n"
    storage.save(marker.name, ContentFile(words.encode()))


def forget_older(storage: Storage, found: list[Marker], newest: Marker) -> None:
    """Remove all but the newest few of the installation's own markers; `found` is an earlier listing."""
    own = sorted({*(one for one in found if one.identity == newest.identity), newest})
    for marker in own[:-KEPT]:
        with suppress(FileNotFoundError):  # another worker's pass was quicker
            storage.delete(marker.name)


def now() -> dt.datetime:
    return timezone.now().replace(microsecond=0)
