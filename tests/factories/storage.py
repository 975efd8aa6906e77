"""A storage that belongs to this database, as after the first pass of an installation."""

import os
import time
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from providers.documents.storage import document_storage
from qa_portal.core.installation import mark_as_ours


def adopt_now() -> None:
    mark_as_ours(document_storage(), kind=settings.INSTALLATION_KIND)


def stored(name: str, content: bytes = b"x", *, hours: float = 0) -> Path:
    """Puts a file there that is so many hours old."""
    storage = document_storage()
    path = Path(storage.path(storage.save(name, ContentFile(content))))
    age(path, hours)
    return path


def age(path: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def everything_in(folder: Path) -> dict[str, bytes]:
    """Contents by name, but for the marks of passes."""
    files = {path.relative_to(folder).as_posix(): path for path in Path(folder).rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("installation/")}
