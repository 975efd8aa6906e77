import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from providers.contracts.counts_file import CountsFile
from providers.contracts.models import PlacingCount
from providers.contracts.reading import counts_of
from providers.directory.models import Setting
from providers.people.models import User
from providers.people.rules import check_may, own_organisation
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.rules import Refused


@transaction.atomic
def record_placing_counts(*, by: User, counts: Mapping[str, int], as_at: dt.date) -> int:
    """`counts` maps URN to children placed by the council acted for. Returns how many rows it wrote.

    The same day given again corrects it; a setting that is left out keeps the count it had.
    """
    check_may(by, Permission.RECORD_PLACING_COUNTS)
    authority = own_organisation(by).authority
    if authority is None:
        raise Refused("Only a council records how many children it has placed.")
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
        if row.count != number:
            row.count = number
            row.save()
            written += 1
    return written


def record_counts_file(*, by: User, content: bytes | CountsFile, as_at: dt.date) -> int:
    """All of the file or nothing: Refused lists lines that cannot be read or are not in the register.

    A form gives what has been read already: inside a transaction others would wait for the reading.
    """
    file = content if isinstance(content, CountsFile) else counts_of(content)
    return record_placing_counts(by=by, counts=file.counts, as_at=as_at)
