"""From an upload that says anything to a file that is what it says: `inspect` is the only way to a `CheckedFile`."""

from providers.documents.validation.inspection import CheckedFile, inspect

__all__ = ["CheckedFile", "inspect"]
