"""Every `policy_*` module of this folder; the register's fills the world first, the others build on it.

Each gives `LABELS` and `KNOWS` (canaries, and who may meet them), `add_things(world)` and `addresses(world)`.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

FIRST = "policy_register"
FOUND = sorted(path.stem for path in Path(__file__).parent.glob("policy_*.py"))
POLICIES: tuple[ModuleType, ...] = tuple(
    import_module(f"tests.access.{name}") for name in sorted(FOUND, key=lambda name: name != FIRST)
)
