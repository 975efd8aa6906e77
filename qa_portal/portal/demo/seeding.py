"""Builds the demo in an empty database: 24 months of a region, lived through from the first day to this one."""

from collections.abc import Callable

from django.db import transaction

from providers.documents.adoption import adopt_for_a_fresh_demo
from providers.people.models import User
from qa_portal.core.demonstration import Demonstration
from qa_portal.portal.demo.mail import clear_files
from qa_portal.portal.demo.replay import Story, replay
from qa_portal.portal.demo.story.calendar import calendar


@transaction.atomic
def build_demo(
    tell: Callable[[str], object] = print, story: Callable[[], list[tuple[int, Story]]] = calendar
) -> bool:
    """Each fact is made by the services and flows as those who would do it, on the day on which they would.

    Returns False, and writes nothing, when somebody has an account already. The mark that everything here is
    invented comes first, then the storage is taken. `tell` hears each month.
    """
    if User.objects.exists():
        return False
    Demonstration.objects.get_or_create()
    if aside := adopt_for_a_fresh_demo():
        tell(f"{aside:,} documents of an earlier demo were set aside: manage.py quarantine list")
    clear_files()
    replay(story(), tell)
    return True
