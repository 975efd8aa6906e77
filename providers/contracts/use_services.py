"""Use of a setting that a council declares about itself: a second person there confirms it, or refuses it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from providers.contracts.models import PlacingCount
from providers.contracts.selectors import with_declarers
from providers.contracts.services import council_locked
from providers.directory.models import Setting
from providers.people.models import Organisation, User
from providers.people.selectors import holders
from qa_portal.core.access.log import record_access
from qa_portal.core.access.permissions import Permission
from qa_portal.core.dates import today
from qa_portal.core.rules import Conflict, Refused

OPENED = "setting opened by confirming its use"


@transaction.atomic
def confirm_use(*, by: User, seen: Mapping[int, int]) -> int:
    """Confirm all of the declarations or none; `seen` maps each key to the version that the page showed.

    From now on the council knows these settings. Which ones that opened is in the access log. Returns how many.
    """
    council = council_locked(by)
    rows = declarations_seen(council, seen)
    for row in rows:
        check_can_confirm(by, row, council)
    known = Setting.objects.filter(pk__in=[row.setting_id for row in rows]).known_to(by)
    known_before = set(known.values_list("pk", flat=True))
    for row in rows:
        row.confirmed_at, row.confirmed_by = timezone.now(), by.person
        row.save()
        if row.setting_id not in known_before:
            record_access(by=by, item=OPENED, item_id=str(row.setting.public_id))
    return len(rows)


@transaction.atomic
def refuse_use(*, by: User, seen: Mapping[int, int], reason: str) -> int:
    """Refuse declared numbers: they stay in the list with the reason and do not count. Returns how many."""
    council = council_locked(by)
    if not reason.strip():
        raise Refused("Say why: the colleague who recorded the number reads it.")
    rows = declarations_seen(council, seen)
    for row in rows:
        check_is_somebody_elses(by, row)
        row.refused_at, row.refused_by, row.refused_because = timezone.now(), by.person, reason
        row.save()
    return len(rows)


def declarations_seen(council: Organisation, seen: Mapping[int, int]) -> list[PlacingCount]:
    """Return the rows, locked. Raises Conflict where one is no longer what the page showed."""
    rows = PlacingCount.objects.select_for_update(of=("self",)).filter(
        pk__in=seen, placing_authority=council.authority
    )
    found = list(rows.select_related("setting__provision_type", "declared_by__details").order_by("pk"))
    if not found or len(found) < len(seen):
        raise Refused("Choose at least one number that your council has recorded.")
    with_declarers(found)
    newest = set(PlacingCount.objects.waiting(today()).filter(pk__in=seen).values_list("pk", flat=True))
    for row in found:
        if row.row_version != seen[row.pk] or row.pk not in newest:
            raise Conflict(
                f"The number at {row.setting.urn} was changed, confirmed or refused by somebody else while you had"
                " this page open. Nothing was saved: look at the list again."
            )
    return found


def check_is_somebody_elses(by: User, row: PlacingCount) -> None:
    """Check that somebody else declared the number: standing in does not lift this (ADR 19); the table checks it too."""
    if row.declared_by_id == by.person_id:
        raise Refused(
            f"You recorded the number at {row.setting.urn} yourself: a colleague confirms it."
            " To take it back, record 0 for the same day."
        )


def check_can_confirm(by: User, row: PlacingCount, council: Organisation) -> None:
    """Check that two people of the council agree, and that both still hold the permission there."""
    check_is_somebody_elses(by, row)
    if row.declared_by is None:
        raise Refused(
            f"It is not known who recorded the number at {row.setting.urn}, so nobody can confirm it."
            " Record it again, then ask a colleague."
        )
    there = holders(Permission.RECORD_PLACING_COUNTS, council).filter(person=row.declared_by)
    if not there.exists():
        raise Refused(
            f"{row.declared_by}, who recorded the number at {row.setting.urn}, no longer does this for your council."
            " Record it again yourself, then ask a colleague to confirm it."
        )
