"""The row that tells a database of invented people from one of real people, and what refuses to work over it.

It is in core and not in `portal/demo`, because production does not install the demo and must still recognise its
database: the worker and `run_due` ask here before they send a mail, and core imports nothing above it.
"""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, models
from django.db.models import Q
from django.utils import timezone

from qa_portal.core.stops import look_at_start

WHAT_TO_SET = "Set DATABASE_URL to a database of its own, made by manage.py migrate."


class Demonstration(models.Model):
    """One row, or none: where it stands, everybody and everything in this database is invented.

    Operational: it also holds how far the demo's clock is wound ahead of the real one, and what happened on the way.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    began_at = models.DateTimeField(default=timezone.now)
    wound = models.DurationField("ahead of the real time by", default=dt.timedelta)
    happened = models.JSONField("what happened when it was last wound", default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_demonstration"),
            models.CheckConstraint(condition=Q(wound__gte=dt.timedelta()), name="demonstration_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"Demonstration since {self.began_at:%-d %B %Y}"


def is_demonstration() -> bool:
    """Return whether this database holds a demo, in whatever mode the portal runs."""
    return Demonstration.objects.exists()


def refuse_demo_database() -> None:
    """Raise ImproperlyConfigured in production over a demo database: nobody in it may sign in or be sent mail.

    A database that does not answer yet is no demo: pages say 503 until it does.
    """
    if not settings.PRODUCTION:
        return
    try:
        found = is_demonstration()
    except DatabaseError:
        return
    if found:
        raise ImproperlyConfigured(f"This database holds the demo. {WHAT_TO_SET}")


def look_before_forking() -> None:
    """Refuses the demo's database in production, and says in the log what stops the writing."""
    try:
        refuse_demo_database()
        look_at_start()
    finally:
        connections.close_all()  # else every worker would share it
