from django.db import models

from qa_portal.core.audit.history import history
from qa_portal.core.audit.models import AuditedModel
from workflows.shared.models import CaseLink


class Parcel(AuditedModel):
    weight = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=20, blank=True)
    packed_by = models.PositiveBigIntegerField(null=True)
    late = models.BooleanField(default=False)
    boxes = models.PositiveIntegerField(default=0)

    history = history()

    class Meta(AuditedModel.Meta):
        pass

    def __str__(self) -> str:
        return f"parcel {self.pk}"


class Box(AuditedModel):
    parcel = models.ForeignKey(Parcel, models.PROTECT)
    sealed = models.BooleanField(default=False)

    history = history()

    class Meta(AuditedModel.Meta):
        pass

    def __str__(self) -> str:
        return f"box {self.pk}"


class ParcelCase(CaseLink):
    subject = models.OneToOneField(Parcel, models.PROTECT, related_name="+")


class BoxCase(CaseLink):
    subject = models.OneToOneField(Box, models.PROTECT, related_name="+")
