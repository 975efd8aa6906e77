import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from providers.contracts.counts_file import CountsFile
from providers.contracts.models import PlacingCount
from providers.contracts.reading import counts_of
from providers.directory.models import Setting
from providers.people.models import Organisation, User
from providers.people.rules import NOT_ALLOWED, check_may, own_organisation
from providers.people.selectors import holds
from qa_portal.core.access.permissions import Permission
from qa_portal.core.audit.locking import locked
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused


@transaction.atomic
def record_placing_counts(*, by: User, counts: Mapping[str, int], as_at: dt.date) -> int:
    """Record counts (URN to children placed by the user's council). Returns how many rows were written.

    The same day given again corrects it; a setting that is left out keeps the count it had. A number above 0 is a
    declaration: it opens nothing until a colleague confirms it (`use_services`). A 0 ends the use at once.
    """
    authority = council_locked(by).authority
    if as_at > today():
        raise Refused("The day of the counts cannot be in the future.")
    settings = {setting.urn: setting for setting in Setting.objects.filter(urn__in=counts)}
    if unknown := [urn for urn in counts if urn not in settings]:
        raise Refused(f"The register has no setting with the URN {', '.join(unknown)}.")
    standing = {
        count.setting_id: count
        for count in PlacingCount.objects.filter(
            placing_authority=authority, as_at=as_at, setting__in=settings.values()
        )
    }
    written = 0
    for urn, number in counts.items():
        row = standing.get(settings[urn].pk) or PlacingCount(
            setting=settings[urn], placing_authority=authority, as_at=as_at
        )
        # an upload of the same number again asks a colleague again, and says who stands for a row from before
        if row.count != number or row.refused_at or (number and row.declared_by_id is None):
            declare(row, by, number)
            row.save()
            written += 1
    return written


def declare(row: PlacingCount, by: User, number: int) -> None:
    """Set who declared the number, and clear any earlier confirmation or refusal."""
    row.count = number
    row.declared_at, row.declared_by = timezone.now(), by.person
    row.confirmed_at = row.confirmed_by = None
    row.refused_at = row.refused_by = None
    row.refused_because = ""


def council_locked(by: User) -> Organisation:
    """Lock and return the council acted for, so that two people who change its counts at once take turns.

    The role is asked for again behind the lock: it may have ended since the page was opened.
    """
    check_may(by, Permission.RECORD_PLACING_COUNTS)
    council = locked(own_organisation(by), "authority")
    if not holds(by, Permission.RECORD_PLACING_COUNTS, council):
        raise Refused(NOT_ALLOWED)
    if council.authority is None:
        raise Refused("Only a council records how many children it has placed.")
    return council


def record_counts_file(*, by: User, content: bytes | CountsFile, as_at: dt.date) -> int:
    """Record all of the file or nothing. Raises Refused with the lines that cannot be read or are not in the register.

    A form gives what has been read already: inside a transaction others would wait for the reading.
    """
    file = content if isinstance(content, CountsFile) else counts_of(content)
    return record_placing_counts(by=by, counts=file.counts, as_at=as_at)
