from inspections.visits.models import Visit
from qa_portal.core.audit.locking import locked


def lock(visit: Visit) -> Visit:
    """Return the visit as it is now, locked until the transaction ends. Check rules on this row."""
    return locked(visit, "council", "provider", "setting")
