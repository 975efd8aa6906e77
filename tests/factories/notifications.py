import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from providers.notifications.kinds import DEADLINE_NEAR
from providers.notifications.models import Notification


class NotificationFactory(DjangoModelFactory):
    """One that waits to be mailed; give `to`."""

    class Meta:
        model = Notification

    key = factory.Sequence(lambda n: f"test:{n}")
    kind = DEADLINE_NEAR.key
    state = Notification.State.WAITING
    next_try_at = factory.LazyFunction(timezone.now)
    message_id = factory.LazyAttribute(lambda row: f"<{row.key}@portal.example>")
