"""Every change of a visit begins here."""

from inspections.visits.models import Visit


def lock(visit: Visit) -> Visit:
    """Return the visit as it is now, locked until the transaction ends. Check rules on this row."""
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related("council", "provider", "setting")
        .get(pk=visit.pk)
    )
