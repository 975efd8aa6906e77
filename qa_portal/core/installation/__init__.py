"""The identity that a database and the storage of its files share, and the counter that tells which is older."""

from qa_portal.core.installation.markers import Marker, markers
from qa_portal.core.installation.models import Installation
from qa_portal.core.installation.passes import (
    adopt,
    become,
    begin_restored,
    count_pass,
    end_restored,
    mark_as_ours,
    this_installation,
)
from qa_portal.core.installation.standing import Contents, Standing, State, standing_of

__all__ = [
    "Contents",
    "Installation",
    "Marker",
    "Standing",
    "State",
    "adopt",
    "become",
    "begin_restored",
    "count_pass",
    "end_restored",
    "mark_as_ours",
    "markers",
    "standing_of",
    "this_installation",
]
