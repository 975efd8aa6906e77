"""How the demo does things: as somebody, and step by step, with every check that a page makes."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from providers.directory.models import Setting
from providers.people.acting_for import act_for
from providers.people.models import Membership, User
from qa_portal.core.audit.acting import acting
from qa_portal.core.dates import today
from qa_portal.portal.demo_region import signed_in
from workflows.shared.selectors import waiting
from workflows.shared.services import complete_task


@contextmanager
def as_(login: str) -> Iterator[User]:
    """All that is written inside is theirs."""
    user = signed_in(login)
    with acting(act_for(user, user.membership)):
        yield user


def member(login: str) -> Membership:
    """In the first of their posts."""
    return signed_in(login).membership


def setting(name: str) -> Setting:
    return Setting.objects.with_names().get(working_name=name)


def do(login: str, node, subject, act: Callable[[User], object]) -> None:
    """The open step `node` of the case about `subject`: `act` is what its page calls."""
    process = node.flow_class.link.objects.get(subject=subject).process_id
    task = waiting().get(process=process, flow_task=node)
    with as_(login) as user:
        complete_task(task, user, lambda: act(user))


def in_days(number: int) -> dt.date:
    return today() + dt.timedelta(days=number)
