"""What the services of placing counts refuse by themselves."""

import pytest

from providers.contracts.counts_file import MOST_LINES, read_counts
from providers.contracts.services import council_locked
from qa_portal.core.rules import Refused

pytestmark = pytest.mark.django_db


def test_file_with_too_many_lines_is_refused_and_one_line_less_is_read():
    lines = [f"SC{number:06},1" for number in range(MOST_LINES + 1)]
    with pytest.raises(Refused, match="the most that is read"):
        read_counts("\n".join(lines).encode())
    assert len(read_counts("\n".join(lines[:-1]).encode()).counts) == MOST_LINES


def test_council_without_an_authority_records_no_children(world):
    by = world.as_("contract_officer")
    assert council_locked(by) == world.north
    world.provider_x.kind, role = "provider", world.membership("contract_officer")
    role.organisation = world.provider_x
    role.save()
    by = world.as_("contract_officer")
    with pytest.raises(Refused, match="Only a council records how many children"):
        council_locked(by)
