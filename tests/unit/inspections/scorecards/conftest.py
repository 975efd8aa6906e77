import datetime as dt

import pytest
import time_machine

from qa_portal.core.dates import at_london


@pytest.fixture
def clock():
    """Noon of 1 June 2026, and `clock(day)` to be at noon of another."""
    with time_machine.travel(at_london(dt.date(2026, 6, 1), dt.time(12)), tick=False) as traveller:
        yield lambda day: traveller.move_to(at_london(day, dt.time(12)))
