"""A process of its own, whose database is made at once but for the tables of `tests.moving`."""

from tests.faults.settings import *  # noqa: F403

INSTALLED_APPS += ["tests.moving"]  # noqa: F405
MIGRATION_MODULES = {name: where for name, where in MIGRATION_MODULES.items() if name != "moving"}  # noqa: F405
