"""Plain django-simple-history, without our base model: only the database guard stands between it and a loss.

And the same shapes on our base model, for what Python refuses before the database has to.
"""

from django.db import models
from simple_history.models import HistoricalRecords

from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AppendOnlyModel, AuditedModel


def plain_history() -> HistoricalRecords:
    """As the package comes, but for the key to the user: this app's tables are made before the users'."""
    return HistoricalRecords(history_user_id_field=models.BigIntegerField(null=True))


class Region(models.Model):
    name = models.CharField(max_length=30)
    history = plain_history()


class Home(models.Model):
    name = models.CharField(max_length=30, unique=True)
    beds = models.IntegerField(default=1)
    grade = models.CharField(max_length=20, default="good")
    opened_on = models.DateField(null=True)
    region = models.ForeignKey(Region, models.SET_NULL, null=True, related_name="homes")
    history = plain_history()


class ProxyHome(Home):
    class Meta:
        proxy = True


class KeptRegion(AuditedModel):
    name = models.CharField(max_length=30)
    history = history()

    def __str__(self) -> str:
        return self.name


class KeptHome(AuditedModel):
    name = models.CharField(max_length=30, unique=True)
    beds = models.IntegerField("number of beds", default=1)
    grade = models.CharField(max_length=20, default="good", choices=[("good", "Good"), ("poor", "Poor")])
    opened_on = models.DateField(null=True)
    region = models.ForeignKey(KeptRegion, models.PROTECT, null=True, related_name="homes")
    history = history()


class Receipt(AppendOnlyModel):
    text = models.CharField(max_length=30)
