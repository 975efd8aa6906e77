"""Steps of the demo's stories: act as a person and complete open tasks, with every check that a page makes."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from providers.directory.models import Setting
from providers.people.membership_context import activate_membership
from providers.people.models import Membership, User
from providers.people.rules import own_membership
from qa_portal.core.audit.audit_context import audit_as
from qa_portal.core.dates import day_of, is_working_day, today
from qa_portal.core.demonstration import Demonstration
from qa_portal.portal.demo.region import signed_in
from workflows.shared.selectors import waiting
from workflows.shared.services import complete_task


@contextmanager
def as_(login: str) -> Iterator[User]:
    """Write as the person of this account inside."""
    user = signed_in(login)
    with audit_as(activate_membership(user, user.membership)):
        yield user


def member(login: str) -> Membership:
    """Return the first of their memberships."""
    return own_membership(signed_in(login))


def setting(name: str) -> Setting:
    return Setting.objects.with_names().get(working_name=name)


def do(login: str, node, subject, act: Callable[[User], object]) -> None:
    """Complete the open step `node` of the case about `subject`; `act` is what its page calls."""
    process = node.flow_class.link.objects.get(subject=subject).process_id
    task = waiting().get(process=process, flow_task=node)
    with as_(login) as user:
        complete_task(task, user, lambda: act(user))


def in_days(number: int) -> dt.date:
    return today() + dt.timedelta(days=number)


def day_of_story(number: int) -> dt.date:
    """Return the day so many days from the last, which is the one on which the demo was built."""
    return day_of(Demonstration.objects.get().began_at) + dt.timedelta(days=number)


def working_day_in(number: int) -> dt.date:
    """Return the day on which a story that yields `number` goes on: so many days from now, or the next working day."""
    day = in_days(number)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day
