"""System checks of the storage: whose it is, and whether an installation lies where older versions kept it."""

from django.conf import settings
from django.core import checks
from django.db import connections

from providers.documents.storage_guard import ownership
from qa_portal.core.installation import Installation, OwnershipState

FORMER = {"local": ("qa.sqlite3", "media"), "demo": ("demo.sqlite3", "media", "mail")}
"""What lay in var/ itself before each kind of database had a folder of its own."""


@checks.register(checks.Tags.database)
def storage_is_ours(app_configs=None, databases=None, **_) -> list[checks.CheckMessage]:
    """Check whose the storage is. Before the first migrate there is no row to compare."""
    for alias in databases or []:
        if Installation._meta.db_table not in connections[alias].introspection.table_names():
            continue
        found = ownership()
        if found.stops:
            return [checks.Error(found.stops, id="portal.E003")]
        if found.state == OwnershipState.UNREADABLE:
            return [checks.Error("The storage of documents does not answer.", id="portal.E004")]
    return []


@checks.register
def nothing_lies_in_the_former_place(app_configs=None, **_) -> list[checks.CheckMessage]:
    """Once the new folder has a database too, what is left in the former place was left on purpose."""
    database, *others = FORMER.get(settings.QA_ENV, ("",))
    if not database or not (settings.VAR_DIR / database).exists() or (settings.OWN_DIR / database).exists():
        return []
    lying = [name for name in (database, *others) if (settings.VAR_DIR / name).exists()]
    moves = " ".join(f"var/{name}" for name in lying)
    return [
        checks.Warning(
            f"This installation's files lie in var/, and are looked for in var/{settings.QA_ENV}/ now.",
            hint=f"Stop the portal and run: mv {moves} var/{settings.QA_ENV}/ (or set DATABASE_URL and MEDIA_ROOT).",
            id="portal.W001",
        )
    ]
