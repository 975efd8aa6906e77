"""Every change of a visit begins here."""

from inspections.visits.models import Visit


def lock(visit: Visit) -> Visit:
    """The visit as it is now, held until the transaction ends: rules are asked of this one."""
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related("council", "provider", "setting")
        .get(pk=visit.pk)
    )
