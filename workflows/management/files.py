import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(out: Path, content: bytes) -> None:
    """Write the file whole or not at all: an old one stays until the new one is complete beside it.

    Raises OSError, and leaves nothing behind then. A pipe or device is written to as it is.
    """
    if out.exists() and not out.is_file():
        out.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(out.stat().st_mode & 0o777 if out.exists() else 0o666 & ~umask())
        part.replace(out)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def umask() -> int:
    """Return the process's umask, which a temporary file ignores."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
