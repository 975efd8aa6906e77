"""What a piece of code reaches for: files, and names or addresses of the network."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

OPENED = {"open", "os.open"}
ASKED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "urllib.Request"}

_watchers: list[list[tuple[str, str]]] = []


def _hook(event: str, arguments: tuple) -> None:
    """Python tells of each open and each connection here, whichever library asks."""
    if _watchers and event in OPENED | ASKED:
        where = arguments[1] if event == "socket.connect" else arguments[0]
        _watchers[-1].append(("file" if event in OPENED else "network", str(where)))


sys.addaudithook(_hook)  # it cannot be taken away again, so it looks for a watcher first


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """A list of ("file" or "network", where)."""
    seen: list[tuple[str, str]] = []
    _watchers.append(seen)
    try:
        yield seen
    finally:
        _watchers.remove(seen)
