"""Unpickles a child's answer: plain values, dataclasses and members of enumerations only."""

import io
import pickle
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

PLAIN = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("qa_portal.core.untrusted.budgets", "Ending"),
    ("qa_portal.core.untrusted.budgets", "ReadingOutcome"),
}


class DataOnly(pickle.Unpickler):
    """`package` is the reader's own: a class of another one is refused as well."""

    def __init__(self, content: bytes, package: str) -> None:
        super().__init__(io.BytesIO(content))
        self.package = package

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] == self.package:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def unpickled(content: bytes, package: str) -> Any:
    """Raise UnpicklingError for anything that is not data."""
    return DataOnly(content, package).load()
