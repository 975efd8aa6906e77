from django.db import models
from django.utils import timezone

from qa_portal.core.audit.models import AppendOnlyModel


class FormReceipt(AppendOnlyModel):
    """A form that was acted on, written in the transaction of its effect: the same form has one effect.

    `location` is where the first answer led; every repeat is sent there.
    """

    user_id = models.BigIntegerField()
    token = models.UUIDField()
    location = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "token"], name="form_acted_on_once"),
        ]

    def __str__(self) -> str:
        return f"{self.token} led to {self.location}"
