"""Every `policy_*` module of this folder; the register's fills the world first, the others build on it.

Each gives `LABELS` and `KNOWS` (canaries, and who may meet them), `add_things(world)` and `addresses(world)`.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from providers.people.services.invitations import token_for
from tests.access import policy

FIRST = "policy_directory"
FOUND = sorted(path.stem for path in Path(__file__).parent.glob("policy_*.py"))
POLICIES: tuple[ModuleType, ...] = tuple(
    import_module(f"tests.access.{name}") for name in sorted(FOUND, key=lambda name: name != FIRST)
)


def build_table(world) -> dict:
    """Every address of the portal with what fills it in and its rule, over a world that has one of each."""
    for slice_policy in POLICIES:
        slice_policy.add_things(world)
    rules = policy.addresses(world, token_for(world.things["invitation_open"]))
    for slice_policy in POLICIES:
        rules |= slice_policy.addresses(world)
    return rules
