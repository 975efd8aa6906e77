"""The identity that a database and the storage of its files share, and the counter that tells which is older."""

from qa_portal.core.installation.markers import Marker, markers
from qa_portal.core.installation.models import Installation
from qa_portal.core.installation.passes import (
    adopt,
    begin_restored,
    count_pass,
    end_restored,
    mark_as_ours,
    mark_restored_from,
    this_installation,
)
from qa_portal.core.installation.storage_ownership import (
    Contents,
    OwnershipState,
    StorageOwnership,
    ownership_of,
)

__all__ = [
    "Contents",
    "Installation",
    "Marker",
    "OwnershipState",
    "StorageOwnership",
    "adopt",
    "begin_restored",
    "count_pass",
    "end_restored",
    "mark_as_ours",
    "mark_restored_from",
    "markers",
    "ownership_of",
    "this_installation",
]
