"""A name that can be shown, downloaded and logged. Files are never stored under it."""

import unicodedata
from pathlib import PurePosixPath

from providers.documents.file_limits import LONGEST_NAME

INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
"""Unicode categories of controls, joiners and the marks that turn "fdp.exe" round."""
NOT_IN_A_NAME = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def safe_filename(given: str) -> str:
    """Return the last part of the path without invisible characters; "document" where nothing is left."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(
        " " if letter in "\t\r\n" else letter
        for letter in unicodedata.normalize("NFC", last)
        if letter in "\t\r\n" or unicodedata.category(letter) not in INVISIBLE
    )
    plain = " ".join(seen.translate(NOT_IN_A_NAME).split()).strip(". ")
    path = PurePosixPath(plain or "document")
    return path.stem[: LONGEST_NAME - len(path.suffix)].strip(". ") + path.suffix[:LONGEST_NAME]


def extension_of(filename: str) -> str:
    """Return the extension in lower case with its dot, or an empty string."""
    return PurePosixPath(filename).suffix.lower()
