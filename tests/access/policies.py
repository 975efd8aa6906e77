"""Every `policy_*` module of this folder, in the order in which they fill the world.

Each gives `LABELS` and `KNOWS` (canaries, and who may meet them), `add_things(world)` and `addresses(world)`.
"""

from importlib import import_module
from types import ModuleType

ORDER = ("register", "imports", "leads", "notifications")
POLICIES: tuple[ModuleType, ...] = tuple(import_module(f"tests.access.policy_{name}") for name in ORDER)
